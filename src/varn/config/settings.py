"""The one settings file. Every value that differs between installations comes from the environment; what is
missing stops the process with a sentence (docs/operations.md lists them)."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from varn.config.logs import LOGGING as LOGGING
from varn.sealing.boxes import derived


def _required(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set")
    return value


def _database(url: str) -> dict[str, object]:
    parts = conninfo_to_dict(url)
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {
        "ENGINE": "varn.config.postgresql",
        **{ours: str(parts.pop(theirs, "")) for theirs, ours in known.items()},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **parts},
    }


def _file(name: str) -> str:
    try:
        return Path(_required(name)).read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: the file cannot be read") from error


PACKAGE = Path(__file__).resolve().parent.parent
ROLE = os.environ.get("VARN_ROLE", "all")
if ROLE not in {"public", "member", "staff", "all", "worker"}:
    raise ImproperlyConfigured("VARN_ROLE is public, member, staff, all or worker")

SECRET_KEY = _file("VARN_SECRET_FILE")
if len(SECRET_KEY) < 64:
    raise ImproperlyConfigured("VARN_SECRET_FILE holds at least 64 hex digits")
SECRET = derived(SECRET_KEY.encode(), "process")
# What this process sealed before its secret was changed (or before the roles were split) can still be opened.
OLD_SECRETS = [
    derived(Path(name).read_text().strip().encode(), "process")
    for name in os.environ.get("VARN_OLD_SECRET_FILES", "").split(os.pathsep)
    if name
]
DATA = Path(_required("VARN_DATA"))
FILES = DATA / "files"
DEMO = os.environ.get("VARN_DEMO") == "1"
NO_LIMITS = DEMO and os.environ.get("VARN_NO_LIMITS") == "1"
DEBUG = False

# ---- addresses: links are built from these, never from what a request says
PUBLIC_URL = _required("VARN_PUBLIC_URL").rstrip("/")
MEMBER_URL = os.environ.get("VARN_MEMBER_URL", PUBLIC_URL).rstrip("/")
STAFF_URL = os.environ.get("VARN_STAFF_URL", MEMBER_URL).rstrip("/")
OWN_URL = {"public": PUBLIC_URL, "staff": STAFF_URL}.get(ROLE, MEMBER_URL)
ALLOWED_HOSTS = sorted({urlsplit(url).hostname or "" for url in (PUBLIC_URL, MEMBER_URL, STAFF_URL)})
IS_SECURE = OWN_URL.startswith("https://")
if os.environ.get("VARN_PROXY_TLS") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [OWN_URL]

# ---- database: this process's own role; the owner's only where a command asks for it
AS_OWNER = os.environ.get("VARN_DB_ROLE") == "owner"  # migrate, backup, tests
DATABASES = {"default": _database(_required("VARN_OWNER_URL" if AS_OWNER else "DATABASE_URL"))}
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # e-mail is unique by a constraint on lower(email)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "varn.web",
    "varn.riskguide",
    "varn.measures",
    "varn.printing",
    "varn.organisations",
    "varn.accounts",
    "varn.audit",
    "varn.tenancy",
    "varn.ui",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "varn.ui.middleware.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "varn.ui.middleware.KeptPagesMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # docs/adr/0009
    "varn.config.middleware.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "varn.accounts.middleware.VisitorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "varn.accounts.middleware.SecondFactorMiddleware",
    "varn.organisations.middleware.AccessMiddleware",
]
if ROLE == "public":  # no sessions, no accounts (allauth refuses to start without its own, which does nothing there)
    MIDDLEWARE = [
        name for name in MIDDLEWARE if not any(part in name for part in (".sessions.", "VisitorMiddleware", "SecondFactor"))
    ]
ROOT_URLCONF = "varn.config.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "varn.organisations.context_processors.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# ---- jobs: each room's jobs.py; arguments are ids only
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# ---- language: Swedish is the source, /en/… the same page in English
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Stockholm"
# Dates and times as Swedish authorities write them, in both languages.
FORMAT_MODULE_PATH = "varn.config.formats"

# ---- static files
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("VARN_STATIC", DATA / "static"))
WHITENOISE_MAX_AGE = 31_536_000
IS_TEST = os.environ.get("VARN_TEST") == "1"  # by ./varn test: nobody has gathered the files, so they come from the source
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if IS_TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
}
WHITENOISE_USE_FINDERS = IS_TEST
WHITENOISE_AUTOREFRESH = IS_TEST

# ---- accounts (docs/adr/0004)
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
_PREFIX = "__Host-" if IS_SECURE else ""
SESSION_ENGINE = "varn.accounts.sessions"
SESSION_COOKIE_NAME = f"{_PREFIX}varn_{ROLE}"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_NAME = f"{_PREFIX}varn_{ROLE}_csrf"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "varn.ui.views.csrf_failure"
MESSAGE_STORAGE = (
    "django.contrib.messages.storage.cookie.CookieStorage"
    if ROLE == "public"
    else "django.contrib.messages.storage.session.SessionStorage"
)

# ---- what may be sent (headers of answers: ui/middleware.py)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 11_000_000  # uploads stay in memory: nothing anybody sends is written to a temp file
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
UPLOAD_MAX_BYTES = 10_000_000

# ---- mail
_mail = urlsplit(os.environ.get("VARN_MAIL", f"maildir:{DATA / 'mail'}"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("VARN_MAIL_FROM", "varn@localhost")
if _mail.scheme == "maildir":
    EMAIL_BACKEND = "varn.config.maildir.MaildirBackend"
    MAILDIR = Path(_mail.path)
elif _mail.scheme in {"smtp", "smtps", "smtp+starttls"}:
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.username or "", _mail.password or ""
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp+starttls"
    EMAIL_TIMEOUT = 10
else:
    raise ImproperlyConfigured("VARN_MAIL is maildir:/path, smtp://, smtps:// or smtp+starttls://")

from varn.accounts.settings import *  # noqa: E402, F403  # allauth's many settings, beside the room that needs them
