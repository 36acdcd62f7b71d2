"""Accounts and their sessions. Not owned: one person has one account, whatever organisations there are."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(email=email.strip().lower(), **fields)
        account.set_password(password)
        account.save()
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A log-in. Names, roles and mandates are the organisations' (`organisations.Person`)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(max_length=254)
    is_active = models.BooleanField(default=True)
    last_login = None  # type: ignore[assignment]  # nobody's habits are kept

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="accounts_account_email"),)

    def __str__(self) -> str:
        return str(self.pk)


class Session(models.Model):
    """A log-in on one device. `lookup` is a hash of the cookie and `content` is sealed by the process,
    so that no value here works as a cookie or holds a code."""

    lookup = models.CharField(primary_key=True, max_length=64)
    content = models.BinaryField()
    expires_at = models.DateTimeField()
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="sessions")
    started_on = models.DateField()
    seen_on = models.DateField()
    device = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = (models.Index(fields=["expires_at"], name="accounts_session_expiry"),)

    def __str__(self) -> str:
        return f"{self.started_on}"
