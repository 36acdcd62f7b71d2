"""Log-in and one's own account. Third-party views declare their access here."""

from allauth.account import views as allauth
from django.urls import path

from varn.tenancy.access import LOGGED_IN, public

_open = public(roles=LOGGED_IN)

urlpatterns = [
    path("logga-in/", _open(allauth.login), name="account_login"),
    path("logga-ut/", _open(allauth.logout), name="account_logout"),
    path("logga-in/kod/", _open(allauth.request_login_code), name="account_request_login_code"),
    path("logga-in/kod/bekrafta/", _open(allauth.confirm_login_code), name="account_confirm_login_code"),
]
