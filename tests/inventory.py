"""Every address, with what fills its path and what a POST to it carries. An address without a row fails a test."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.world import Town


def nothing(town: Town) -> dict[str, Any]:
    return {}


def slug(town: Town) -> dict[str, Any]:
    return {"slug": town.slug}


@dataclass(frozen=True)
class Row:
    kwargs: Callable[[Town], dict[str, Any]] = nothing
    data: Callable[[Town], dict[str, Any]] = nothing


def of(**rows: str) -> Callable[[Town], dict[str, Any]]:
    """The organisation's slug, and the id of a row of the town by its name there: `of(pk="person")`."""
    return lambda town: {"slug": town.slug, **{name: town.rows[row].pk for name, row in rows.items()}}


LOG_IN = (
    "account_login",
    "account_logout",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_reset_password",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "account_password_reset_completed",
    "account_signup",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "socialaccount_login_cancelled",
)
OWN_ACCOUNT = (
    "own_account",
    "own_language",
    "own_disconnect",
    "own_log_ins",
    "own_name_device",
    "own_end_log_in",
    "own_end_all",
    "own_share",
    "account_change_password",
    "account_set_password",
    "account_email",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_add_webauthn",
)


OF_THE_ORGANISATION = (
    "contact",
    "own",
    "settings",
    "people",
    "people_export",
    "person_create",
    "waiting_grants",
    "bodies",
    "body_create",
    "parties",
    "party_create",
    "contacts",
    "way_create",
    "hours",
    "turn_create",
)
OF_A_PERSON = (
    "person",
    "person_edit",
    "person_end",
    "person_delete",
    "person_reopen",
    "mandate_create",
    "grant_create",
    "invitation_send",
)
MEASURES = ("mine", "plan", "export", "print", "promises", "calendar", "calendar_revoke", "new")
IMPORT_STEPS = ("sheet", "columns", "values", "same", "changes", "done", "invite", "discard")


INVENTORY: dict[str, Row] = {
    "alive": Row(),
    "ready": Row(),
    "robots": Row(),
    "hub": Row(),
    "leave": Row(),
    "about": Row(),
    "accessibility": Row(),
    **{name: Row() for name in LOG_IN + OWN_ACCOUNT},
    "openid_connect_login": Row(kwargs=lambda town: {"provider_id": "oidc"}),
    "openid_connect_callback": Row(kwargs=lambda town: {"provider_id": "oidc"}),
    "mfa_edit_webauthn": Row(kwargs=lambda town: {"pk": 1}),
    "mfa_remove_webauthn": Row(kwargs=lambda town: {"pk": 1}),
    "link_open": Row(kwargs=lambda town: {"token": "hittat-pa"}),
    "own_start": Row(),
    "start": Row(slug),
    "search": Row(slug),
    "step": Row(lambda town: {"slug": town.slug, "step": "stod"}),
    "trail": Row(slug),
    "trail_chain": Row(slug),
    "trail_export": Row(slug),
    "trail_entry": Row(of(pk="entry")),
    "riskguide:agendas": Row(slug),
    "riskguide:about": Row(slug),
    "riskguide:new": Row(slug),
    "riskguide:preview": Row(slug),
    **{f"riskguide:{page}": Row(of(agenda="agenda")) for page in ("sort", "row", "edit", "summary")},
    "riskguide:questions": Row(lambda town: {"slug": town.slug, "agenda": town.rows["agenda"].pk, "row": 1}),
    **{f"measures:{page}": Row(slug) for page in MEASURES},
    **{f"measures:{page}": Row(of(pk="measure")) for page in ("measure", "file", "change", "follow_up", "elsewhere")},
    **{f"measures:{page}": Row(of(pk="printing")) for page in ("printing", "printing_file")},
    "measure_feed": Row(kwargs=lambda town: {"token": "hittat-pa"}),
    "seat": Row(),
    **{name: Row() for name in ("guide", "guide_matter", "guide_result", "guide_saved")},
    "guide_step": Row(kwargs=lambda town: {"step": 2}),
    "riskguide:adopt": Row(slug),
    "riskguide:forecast": Row(slug),
    "riskguide:totals": Row(slug),
    **{f"riskguide:{page}": Row(of(matter="matter")) for page in ("matter", "start", "close", "printed")},
    **{f"riskguide:{page}": Row(of(matter="ended")) for page in ("reopen", "to_file", "clear")},
    **{f"riskguide:{page}": Row(of(pk="assessment")) for page in ("assessment", "note", "go_on", "plan")},
    **{f"riskguide:{page}": Row(of(pk="assessment")) for page in ("report", "report_taken")},
    **{f"riskguide:{page}": Row(of(pk="report")) for page in ("report_printing", "report_file")},
    **{f"riskguide:{page}": Row(of(pk="asking")) for page in ("show", "seats")},
    "riskguide:joint": Row(lambda town: {"slug": town.slug, "pk": town.rows["assessment"].pk, "step": 2}),
    "riskguide:answer": Row(of(pk="seat")),
    **{f"riskguide:{page}": Row(of(pk="guest_seat")) for page in ("renew", "remove")},
    **{name: Row() for name in ("invitation", "invitation_done", "invitation_join")},
    **{f"organisations:{page}": Row(slug) for page in OF_THE_ORGANISATION},
    **{f"organisations:{page}": Row(of(pk="person")) for page in OF_A_PERSON},
    "organisations:mandate_edit": Row(of(pk="mandate")),
    "organisations:mandate_end": Row(of(pk="mandate")),
    "organisations:grant_end": Row(of(pk="grant")),
    "organisations:waiting_grant": Row(of(pk="waiting_grant")),
    "organisations:waiting_withdraw": Row(of(pk="waiting_grant")),
    "organisations:invitation_resend": Row(of(pk="invitation")),
    "organisations:invitation_revoke": Row(of(pk="invitation")),
    "organisations:body": Row(of(pk="body")),
    "organisations:body_delete": Row(of(pk="body")),
    "organisations:party": Row(of(pk="party")),
    "organisations:party_delete": Row(of(pk="party")),
    "organisations:way": Row(of(pk="way")),
    "organisations:way_remove": Row(of(pk="way")),
    "organisations:turn": Row(of(pk="turn")),
    "organisations:turn_remove": Row(of(pk="turn")),
    "organisations:import_start": Row(slug),
    "organisations:import_list": Row(lambda town: {"slug": town.slug, "pk": town.rows["people_import"].pk, "kind": "nya"}),
    **{f"organisations:import_{step}": Row(of(pk="people_import")) for step in IMPORT_STEPS},
}
