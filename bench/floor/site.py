"""A bare Django site: a view that renders a template, a view that inserts a row, and nothing else.

Beside them the same insert as Django's own parts guard it: session in the database, log-in, token, one transaction.
"""

import os
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.decorators import decorator_from_middleware
from psycopg.conninfo import conninfo_to_dict

PAGE = "<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>{% for n in rows %}<p>{{ n }}</p>{% endfor %}"
_db = conninfo_to_dict(os.environ["DATABASE_URL"])
settings.configure(
    SECRET_KEY="floor",
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF=__name__,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _db["dbname"],
            "USER": _db["user"],
            "PASSWORD": _db["password"],
            "HOST": _db["host"],
            "PORT": _db["port"],
            "CONN_MAX_AGE": None,
        }
    },
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            # cached, as Django does by itself for templates in files
            "OPTIONS": {
                "loaders": [
                    ("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", {"page.html": PAGE})])
                ]
            },
        }
    ],
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

from django.contrib.auth import login  # noqa: E402  # its models need the settings
from django.contrib.auth.decorators import login_required  # noqa: E402
from django.contrib.auth.middleware import AuthenticationMiddleware  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.contrib.sessions.middleware import SessionMiddleware  # noqa: E402
from django.middleware.csrf import CsrfViewMiddleware, get_token  # noqa: E402


class Answer(models.Model):
    value = models.CharField(max_length=20)

    objects: models.Manager["Answer"] = models.Manager()

    class Meta:
        app_label = "floor"
        db_table = "bench_floor_answer"

    def __str__(self) -> str:
        return self.value


def page(request: HttpRequest) -> HttpResponse:
    return render(request, "page.html", {"title": "Golvet", "rows": range(20)})


def save(request: HttpRequest) -> HttpResponse:
    Answer.objects.create(value=request.POST.get("value", "")[:20])
    return HttpResponse("sparat")


def enter(request: HttpRequest) -> HttpResponse:
    user, _is_new = User.objects.get_or_create(username="golvet")
    login(request, user, "django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]  # this site has its own accounts
    return HttpResponse(get_token(request))


def as_django_guards(view: Any) -> Any:
    """The view behind Django's own session, log-in and token, since only these two need them."""
    for middleware in (CsrfViewMiddleware, AuthenticationMiddleware, SessionMiddleware):
        view = decorator_from_middleware(middleware)(view)
    return view


guarded = as_django_guards(login_required(transaction.atomic(save)))
urlpatterns: list[Any] = [
    path("", page),
    path("spara", save),
    path("in", as_django_guards(enter)),
    path("spara-inloggad", guarded),
]
application = get_wsgi_application()
