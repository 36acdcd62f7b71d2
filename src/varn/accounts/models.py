"""Accounts and their sessions. Not owned: one person has one account, whatever organisations there are."""

from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import connection, models, transaction
from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class AccountManager(BaseUserManager["Account"]):
    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        """An account whose e-mail is known to be the person's own (they came by a link mailed there, or an operator
        vouches for it). Without a password they log in by a code or a passkey. Raises IntegrityError if it exists."""
        from allauth.account.models import EmailAddress  # its models need ours first

        account = self.model(email=email.strip().lower(), **fields)
        account.set_password(password)
        account.save()
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A log-in. Names, roles and mandates are the organisations' (`organisations.Person`)."""

    class Language(models.TextChoices):
        SWEDISH = "sv", "Svenska"
        ENGLISH = "en", "English"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(max_length=254)
    language = models.CharField(_("språk i mejl till dig"), max_length=2, choices=Language.choices, default=Language.SWEDISH)
    is_active = models.BooleanField(default=True)
    last_login = None  # nobody's habits are kept

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="accounts_account_email"),)

    def __str__(self) -> str:
        return str(self.pk)

    def log_out_everywhere(self, *, but: str | None = None) -> int:
        """Ends every session at once; `but` is the lookup of one to keep. Returns how many ended."""
        return self.sessions.exclude(lookup=but or "").delete()[0]


class Session(models.Model):
    """A log-in on one device. `lookup` is a hash of the cookie and `content` is sealed by the process,
    so that no value here works as a cookie or holds a code."""

    lookup = models.CharField(primary_key=True, max_length=64)
    content = models.BinaryField()
    expires_at = models.DateTimeField()
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="sessions")
    started_on = models.DateField()
    seen_on = models.DateField()
    device = models.CharField(_("namn på enheten"), max_length=60, blank=True)

    class Meta:
        indexes = (models.Index(fields=["expires_at"], name="accounts_session_expiry"),)

    def __str__(self) -> str:
        return f"{self.started_on}"


class TallyManager(models.Manager["Tally"]):
    def add(self, key: str, *, seconds: int, now: datetime) -> tuple[int, datetime]:
        """Counts one more under the key, in one statement; returns the count and when it starts anew."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO accounts_tally AS t (key, n, ends_at) VALUES (%(key)s, 1, %(ends_at)s)"
                " ON CONFLICT (key) DO UPDATE SET n = CASE WHEN t.ends_at <= %(now)s THEN 1 ELSE t.n + 1 END,"
                " ends_at = CASE WHEN t.ends_at <= %(now)s THEN EXCLUDED.ends_at ELSE t.ends_at END"
                " RETURNING n, ends_at",
                {"key": key, "ends_at": now + timedelta(seconds=seconds), "now": now},
            )
            n, ends_at = cursor.fetchone()
        return n, ends_at

    def take_back(self, key: str) -> None:
        """What was counted in advance turned out well."""
        self.filter(key=key, n__gt=0).update(n=F("n") - 1)


class Tally(models.Model):
    """How many attempts there were, under a keyed hash that nobody without the process's secret can try a guess on."""

    key = models.CharField(primary_key=True, max_length=64)
    n = models.PositiveIntegerField()
    ends_at = models.DateTimeField()

    objects = TallyManager()

    class Meta:
        indexes = (models.Index(fields=["ends_at"], name="accounts_tally_end"),)
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.n}"
