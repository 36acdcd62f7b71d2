"""Mail kept in a Maildir instead of sent: for the demo and for a server without mail."""

import mailbox
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class MaildirBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for name in ("cur", "new", "tmp"):  # mailbox makes them only where the folder itself is missing
            (settings.MAILDIR / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        box = mailbox.Maildir(str(settings.MAILDIR))
        for message in email_messages:
            box.add(message.message().as_bytes())
        return len(email_messages)
