"""Sessions of our own: found by the hash of the cookie, their content sealed by this process."""

import json
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

from varn.accounts.models import Session
from varn.sealing.boxes import Unreadable, seal, token_hash, unseal

_PURPOSE = "session"


class SessionStore(SessionBase):
    """Django's session interface over `Session`."""

    def load(self) -> dict[str, Any]:
        row = self._row(self.session_key) if self.session_key else None
        if row is None:
            self._session_key = None
            return {}
        try:
            content: dict[str, Any] = json.loads(unseal(bytes(row.content), secret=settings.SECRET, purpose=_PURPOSE))
        except Unreadable:  # another role's session, or the secret was changed
            self._session_key = None
            return {}
        return content

    def exists(self, session_key: str) -> bool:
        return self._row(session_key) is not None

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        content = self._get_session(no_load=must_create)
        today = timezone.localdate()
        fields = {
            "content": seal(json.dumps(content).encode(), secret=settings.SECRET, purpose=_PURPOSE),
            "expires_at": self.get_expiry_date(),
            "account_id": content.get("_auth_user_id"),
            "seen_on": today,
        }
        lookup = token_hash(self.session_key)
        if must_create:
            try:
                with transaction.atomic():
                    Session.objects.create(lookup=lookup, started_on=today, **fields)
            except IntegrityError as error:
                raise CreateError from error
        elif not Session.objects.filter(lookup=lookup).update(**fields):
            raise UpdateError  # logged out elsewhere meanwhile
        return None

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(lookup=token_hash(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expires_at__lt=timezone.now()).delete()

    @staticmethod
    def _row(session_key: str) -> Session | None:
        return Session.objects.filter(lookup=token_hash(session_key), expires_at__gt=timezone.now()).first()
