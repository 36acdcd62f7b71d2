"""A real OpenID provider (django-oauth-toolkit) in a process of its own: `python openid_provider.py CALLBACK`.

Prints its port when it is ready. Who is logged in there is told by the cookie `who` (an e-mail); addresses that begin
with "unproved" are not verified.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # loopback

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

CLIENT_ID, CLIENT_SECRET = "varn", "the provider's secret for Värn"


def a_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    kind = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption()).decode()


def configure() -> None:
    settings.configure(
        SECRET_KEY="x" * 50,
        ALLOWED_HOSTS=["localhost"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{tempfile.mkdtemp()}/provider.sqlite3"}},
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "oauth2_provider"],
        MIDDLEWARE=[f"{__name__}.who"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_RSA_PRIVATE_KEY": a_key(),
            "SCOPES": {"openid": "openid", "email": "email"},
            "OAUTH2_VALIDATOR_CLASS": f"{__name__}.Validator",
            "PKCE_REQUIRED": True,
        },
    )
    django.setup()


if __name__ == "__main__":
    sys.modules["openid_provider"] = sys.modules[__name__]
    __name__ = "openid_provider"  # Django imports this very module by its name
    configure()

    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from django.urls import include, path
    from oauth2_provider.models import Application
    from oauth2_provider.oauth2_validators import OAuth2Validator

    class Validator(OAuth2Validator):  # type: ignore[misc]
        oidc_claim_scope = {**OAuth2Validator.oidc_claim_scope, "email": "email", "email_verified": "email", "name": "openid"}

        def get_additional_claims(self, request: Any) -> dict[str, object]:
            email = request.user.email
            return {"email": email, "email_verified": not email.startswith("unproved"), "name": "Hemligt Namn"}

    def who(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def middleware(request: Any) -> Any:
            email = request.COOKIES.get("who")
            if email:
                request.user, _ = User.objects.get_or_create(username=email, defaults={"email": email})
            return get_response(request)

        return middleware

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args: object) -> None:
            """Nothing."""

    urlpatterns = [path("o/", include("oauth2_provider.urls", namespace="oauth2_provider"))]
    call_command("migrate", verbosity=0)
    Application.objects.create(
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        hash_client_secret=False,  # its slow hash is not what is tried
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        redirect_uris=sys.argv[1],
        skip_authorization=True,
        algorithm=Application.RS256_ALGORITHM,
    )
    with make_server("localhost", 0, get_wsgi_application(), handler_class=Quiet) as server:
        sys.stdout.write(f"{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()
