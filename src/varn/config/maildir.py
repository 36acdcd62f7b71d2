"""Mail kept in a Maildir instead of sent: for the demo and for a server without mail."""

import mailbox
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class MaildirBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        box = mailbox.Maildir(str(settings.MAILDIR), create=True)
        for message in email_messages:
            box.add(message.message().as_bytes())
        return len(email_messages)
