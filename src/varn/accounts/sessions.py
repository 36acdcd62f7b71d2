"""Sessions of our own: found by the hash of the cookie, their content sealed by this process.

Twelve hours after log-in a session has ended; on a shared computer it ends with the browser and after half an hour
without a click. Who has not logged in yet has an hour.
"""

import json
import time
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from varn.accounts.models import Account, Session
from varn.sealing.boxes import Unreadable, seal, token_hash, unseal
from varn.tenancy.queries import columns_of, made_of

SHARED = "shared"  # the person said that others use this computer too
BEGUN = "begun"  # when they logged in, seconds since 1970
IDLE_SECONDS = 30 * 60
BEFORE_LOG_IN_SECONDS = 60 * 60
_RENEWED_AFTER_SECONDS = 5 * 60  # not a write for every click


def _purpose(lookup: str) -> str:
    """Bound to the row: whoever may write in the database, without the secret, cannot put one session's content in another."""
    return f"session {lookup}"


def _sealed(content: dict[str, Any], lookup: str) -> bytes:
    return seal(json.dumps(content).encode(), secret=settings.SECRET, purpose=_purpose(lookup))


# A session and whose it is, in one question: every page asks.
_LOADED = f"""
SELECT kept.content, kept.expires_at, kept.seen_on, {columns_of(Account, "account")}
  FROM accounts_session kept LEFT JOIN accounts_account account ON account.id = kept.account_id
 WHERE kept.lookup = %s AND kept.expires_at > %s
"""  # noqa: S608  # our own columns' names


class SessionStore(SessionBase):
    """Django's session interface over `Session`."""

    _account: Account | None = None

    @property
    def account(self) -> Account | None:
        """Whose the session is, as read with it: its sealed content names the same account, so whoever may write in the
        database, without the secret, cannot give a session to another."""
        named = self.get(SESSION_KEY)  # reads the session, if it is not read yet
        return self._account if self._account is not None and str(self._account.pk) == named else None

    def load(self) -> dict[str, Any]:
        lookup = token_hash(self.session_key) if self.session_key else ""
        row = self._row(lookup) if lookup else None
        if row is None:
            self._session_key = None
            return {}
        sealed, expires_at, seen_on, self._account = row
        try:
            # With today's secret only: an older one may be shared with another process, which could then make a log-in here.
            opened = unseal(bytes(sealed), secret=settings.SECRET, purpose=_purpose(lookup))
        except Unreadable:  # another role's session, or the secret was changed
            self._session_key = None
            return {}
        content: dict[str, Any] = json.loads(opened)
        if seen_on != timezone.localdate():
            Session.objects.filter(lookup=lookup).update(seen_on=timezone.localdate())
        if content.get(SHARED):
            left = (expires_at - timezone.now()).total_seconds()
            self.modified = self.modified or left < IDLE_SECONDS - _RENEWED_AFTER_SECONDS
        return content

    def exists(self, session_key: str) -> bool:
        return self._row(token_hash(session_key)) is not None

    def create(self) -> None:
        """Raises CreateError when the row cannot be stored for another reason than a taken key: an account that is gone."""
        for last in (False, False, True):
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # Django's, untyped
            try:
                self.save(must_create=True)
            except CreateError:
                if last:
                    raise
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        content = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # Django's, untyped
        today = timezone.localdate()
        lookup = token_hash(self.session_key)
        fields = {
            "content": _sealed(content, lookup),
            "expires_at": self.get_expiry_date(),
            "account_id": content.get("_auth_user_id"),
            "seen_on": today,
        }
        if must_create:
            try:
                with transaction.atomic():
                    Session.objects.create(lookup=lookup, started_on=today, **fields)
            except IntegrityError as error:
                raise CreateError from error
        elif not Session.objects.filter(lookup=lookup).update(**fields):
            raise UpdateError  # logged out elsewhere meanwhile
        return None

    def cycle_key(self) -> None:
        """A new cookie for the same session: it keeps its day and its name, and the old cookie is nobody's at once."""
        content, old = self._session, self.session_key  # type: ignore[attr-defined]  # SessionBase's lazy property
        if old is None:
            self.create()
        else:
            new = self._get_new_session_key()  # type: ignore[attr-defined]  # Django's, untyped
            lookup = token_hash(new)
            if not Session.objects.filter(lookup=token_hash(old)).update(lookup=lookup, content=_sealed(content, lookup)):
                raise UpdateError
            self._session_key = new
        self._session_cache = content
        self.modified = True

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(lookup=token_hash(key)).delete()

    # ---- how long: Django asks for the seconds that are left, the moment, and whether the browser's end ends it

    def get_expiry_age(self, **kwargs: Any) -> int:
        begun = self.get(BEGUN)
        if begun is None:
            return BEFORE_LOG_IN_SECONDS
        left = int(begun + settings.SESSION_COOKIE_AGE - time.time())
        return max(0, min(left, IDLE_SECONDS) if self.get(SHARED) else left)

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        return datetime.fromtimestamp(time.time() + self.get_expiry_age(), UTC)

    def get_expire_at_browser_close(self) -> bool:
        return bool(self.get(SHARED)) or self.get(BEGUN) is None

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expires_at__lt=timezone.now()).delete()

    @staticmethod
    def _row(lookup: str) -> tuple[bytes, datetime, date, Account | None] | None:
        """Sealed content, end, day last seen and account."""
        with connection.cursor() as cursor:
            cursor.execute(_LOADED, [lookup, timezone.now()])
            row = cursor.fetchone()
            if row is None:
                return None
        account = made_of(Account, row[3:])
        return (*row[:3], account if account.pk else None)
