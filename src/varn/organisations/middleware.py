"""Checks what each view asks of its visitor, and enters the organisation in the path."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import patch_cache_control

from varn.accounts.middleware import must_add_factor
from varn.organisations.models import Organisation
from varn.organisations.queries import entering_as
from varn.organisations.rights import STRONG, Member
from varn.tenancy.access import Access, ProcessRole

View = Callable[..., HttpResponse]


class MemberRequest(HttpRequest):
    """What a view that `needs` a right gets."""

    organisation: Organisation
    member: Member


class AccessMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: list[Any], kwargs: dict[str, Any]) -> HttpResponse:
        access = access_of(view)
        if access is None:
            raise ImproperlyConfigured(f"{view.__module__}: a view without a declared access")
        if not is_served(access):
            raise Http404
        if access.kind in {"account", "right"} and not _account_id(request):
            return redirect_to_login(request.get_full_path(), login_url=settings.LOGIN_URL)
        if access.right is not None:
            return self._as_member(request, access, view, args, kwargs)
        if access.is_cacheable:
            _forget_visitor(request)
        response = view(request, *args, **kwargs)
        if access.is_cacheable and response.status_code == 200:
            patch_cache_control(response, public=True, max_age=60)
            response.is_kept_page = True  # type: ignore[attr-defined]  # read by ui's KeptPagesMiddleware
        return response

    def _as_member(
        self, request: HttpRequest, access: Access, view: View, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse:
        account_id = cast(UUID, _account_id(request))
        with entering_as(account_id, kwargs.pop("slug"), today=timezone.localdate()) as found:
            if found is None:
                raise Http404
            organisation, member = found
            if access.right is None or not member.may(access.right):
                raise Http404
            if member.roles & STRONG and must_add_factor(request):
                return redirect("mfa_index")
            inside = cast(MemberRequest, request)
            inside.organisation, inside.member = organisation, member
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response = response.render()
            return response


def _forget_visitor(request: HttpRequest) -> None:
    """A kept page is the same bytes for everyone: it must not know who asked, nor show their messages."""
    request.user = AnonymousUser()
    if hasattr(request, "_messages"):
        del request._messages


def access_of(view: View) -> Access | None:
    return cast(Access | None, getattr(view, "access", None))


def is_served(access: Access) -> bool:
    return settings.ROLE == "all" or ProcessRole(settings.ROLE) in access.roles


def _account_id(request: HttpRequest) -> UUID | None:
    user = getattr(request, "user", None)
    return user.pk if user is not None and user.is_authenticated else None
