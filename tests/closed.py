"""What PostgreSQL's own catalogue says about who reaches what. Each function gives sentences, one per fault."""

from collections.abc import Iterator
from typing import Any, Protocol

from varn.tenancy.within import HERE

# Tables that belong to no organisation, and why. A new table is either owned or has a line here.
GLOBAL = {
    "organisations_organisation": "the tenants themselves: name and slug are public",
    "accounts_account": "one log-in may have mandates in several organisations",
    "accounts_session": "a log-in, looked up by the hash of its cookie",
    "accounts_tally": "counts of attempts under a daily key, no address",
    "riskguide_guestassessment": "saved without an account; read by whoever holds its link",
    "account_emailaddress": "allauth's: the address of an account",
    "account_emailconfirmation": "allauth's",
    "mfa_authenticator": "allauth's: second factors, sealed by the process that checks them",
    "socialaccount_socialaccount": "allauth's: the subject at an OpenID provider, nothing more",
    "socialaccount_socialapp": "allauth's; empty, providers come from the environment",
    "socialaccount_socialtoken": "allauth's; empty, tokens are not kept",
    "auth_group": "Django's; empty",
    "auth_group_permissions": "Django's; empty",
    "auth_permission": "Django's; names of models",
    "django_content_type": "Django's; names of models",
    "django_migrations": "Django's; which migrations have run",
    "procrastinate_events": "the queue: arguments are ids only",
    "procrastinate_jobs": "the queue: arguments are ids only",
    "procrastinate_periodic_defers": "the queue",
    "procrastinate_workers": "the queue",
}

# Besides `tenant`: what a key of one's own opens, and what is published.
OTHER_POLICIES = {
    ("audit_entry", "noted", "a", "varn_public"),
    ("measures_calendarfeed", "by_link", "r", "varn_app"),
    ("organisations_capabilitylink", "by_link", "r", "varn_app,varn_public"),
    ("organisations_capabilitylink", "used_by_link", "w", "varn_public"),
    ("organisations_contactway", "published", "r", "varn_public"),
    ("organisations_invitation", "by_link", "*", "varn_public"),
    ("organisations_invitation", "own_invitation", "r", "varn_app"),
    ("organisations_officehours", "published", "r", "varn_public"),
    ("organisations_person", "own_account", "r", "varn_app"),
    ("riskguide_assessment", "by_link", "r", "varn_public"),
    ("riskguide_guestassessment", "by_link", "*", "varn_app,varn_public"),
    ("riskguide_guestassessment", "expired", "d", "varn_app"),
    ("riskguide_seat", "by_link", "*", "varn_public"),
}

# What a colleague with a link sees of an assessment: no answer of anybody else's.
_OF_ASSESSMENT = ("id", "organisation_id", "title", "edition", "step", "versions", "is_closed")

# What somebody with a guest's link may change: never whose it is, nor its last day.
_OF_GUEST = ("title", "edition", "own_judgement", "step1", "joint", "version")

# All that the public role may do, column by column where not the whole row.
PUBLIC_GRANTS = {
    ("audit_entry", "", "INSERT"),
    ("organisations_capabilitylink", "", "SELECT"),
    ("organisations_capabilitylink", "used_at", "UPDATE"),
    ("organisations_contactway", "", "SELECT"),
    ("organisations_invitation", "", "SELECT"),
    ("organisations_invitation", "accepted_at", "UPDATE"),
    ("organisations_officehours", "", "SELECT"),
    ("organisations_organisation", "", "SELECT"),
    *(("riskguide_assessment", column, "SELECT") for column in _OF_ASSESSMENT),
    *(("riskguide_guestassessment", "", privilege) for privilege in ("SELECT", "INSERT", "DELETE")),
    *(("riskguide_guestassessment", column, "UPDATE") for column in _OF_GUEST),
    ("riskguide_seat", "", "SELECT"),
    ("riskguide_seat", "answers", "UPDATE"),
}

APPEND_ONLY = {"audit_entry", "audit_head", "audit_link"}
OUTSIDE_KEYS = {"organisations_organisation", "accounts_account"}  # what an owned row may point at outside its organisation


class Cursor(Protocol):
    """Django's or psycopg's."""

    def execute(self, query: Any, params: Any = ..., /) -> Any: ...
    def fetchall(self) -> list[Any]: ...


def rows(cursor: Cursor, query: str) -> list[tuple[Any, ...]]:
    cursor.execute(query)
    return list(cursor.fetchall())


def faults(cursor: Cursor) -> list[str]:
    """Every fault in how tables are closed, by table."""
    owned = owned_in_database(cursor)
    checks = (unclassified, open_tables, wrong_policies, wrong_keys, wrong_uniqueness, wrong_columns)
    return sorted(fault for check in checks for fault in check(cursor, owned))


def owned_in_database(cursor: Cursor) -> set[str]:
    """Tables with an `organisation_id`."""
    return {name for (name,) in rows(cursor, _TABLES + " AND EXISTS (SELECT FROM pg_attribute WHERE " + _HAS_COLUMN + ")")}


_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')"
_HAS_COLUMN = "attrelid = pg_class.oid AND attname = 'organisation_id' AND NOT attisdropped"


def unclassified(cursor: Cursor, owned: set[str]) -> Iterator[str]:
    for (table,) in rows(cursor, _TABLES):
        if table not in owned and table not in GLOBAL:
            yield f"{table}: neither owned nor among the global tables, each with its reason"


def open_tables(cursor: Cursor, owned: set[str]) -> Iterator[str]:
    flags = (
        "SELECT relname, relrowsecurity, relforcerowsecurity, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    )
    for table, is_on, is_forced, kind in rows(cursor, flags):
        if table in owned and not (is_on and is_forced and kind == "r"):
            yield f"{table}: row-level security is not forced"


_POLICIES = """
SELECT relname, polname, polcmd, polpermissive,
       (SELECT string_agg(CASE role WHEN 0 THEN 'PUBLIC' ELSE role::regrole::text END, ',' ORDER BY role::regrole::text)
          FROM unnest(polroles) role),
       pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)
  FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid
"""


def wrong_policies(cursor: Cursor, owned: set[str]) -> Iterator[str]:
    found = rows(cursor, _POLICIES)
    for table in owned - {table for table, name, *_ in found if name == "tenant"}:
        yield f"{table}: no policy «tenant»"
    for table, name, command, is_permissive, roles, reads, writes in found:
        if name != "tenant":
            if (table, name, command, roles) not in OTHER_POLICIES:
                yield f"{table}: an unknown policy «{name}»"
        elif (command, is_permissive, roles) != ("*", True, "varn_app") or {_plain(reads), _plain(writes)} != {_TENANT}:
            yield f"{table}: the policy «tenant» is not the one that tenancy.operations writes"


def _plain(expression: str | None) -> str:
    return "".join(sign for sign in (expression or "").replace("::text", "") if sign not in " ()").lower()


_TENANT = _plain(f'organisation_id = {HERE.removesuffix(")")} AS "nullif")')  # PostgreSQL names what it selects

_KEYS = """
SELECT source.relname, conname, target.relname, convalidated,
       ARRAY(SELECT attname::text FROM unnest(conkey) WITH ORDINALITY k (n, o)
             JOIN pg_attribute ON attrelid = conrelid AND attnum = n ORDER BY o),
       ARRAY(SELECT attname::text FROM unnest(confkey) WITH ORDINALITY k (n, o)
             JOIN pg_attribute ON attrelid = confrelid AND attnum = n ORDER BY o)
  FROM pg_constraint JOIN pg_class source ON source.oid = conrelid JOIN pg_class target ON target.oid = confrelid
 WHERE contype = 'f' AND source.relnamespace = 'public'::regnamespace
"""


def wrong_keys(cursor: Cursor, owned: set[str]) -> Iterator[str]:
    """Foreign keys ignore row-level security: only a key with the organisation in it keeps two organisations apart."""
    tied = set()
    for source, name, target, is_valid, columns, others in rows(cursor, _KEYS):
        if not is_valid:
            yield f"{source}.{name}: not validated"
        if target == "organisations_organisation" and columns == ["organisation_id"]:
            tied.add(source)
        if target in owned and source not in owned:
            yield f"{source}.{name}: a global row points at {target}, which is owned"
        elif target in owned and (columns[0], others) != ("organisation_id", ["organisation_id", "id"]):
            yield f"{source}.{name}: the key to {target} lacks the organisation"
        elif source in owned and target not in owned | OUTSIDE_KEYS:
            yield f"{source}.{name}: points at {target}"
    for table in owned - tied - APPEND_ONLY:
        yield f"{table}: no key to the organisation itself"


_INDEXES = """
SELECT relname, indexrelid::regclass::text, indisprimary, indisexclusion,
       (SELECT attname::text FROM pg_attribute WHERE attrelid = indrelid AND attnum = indkey[0])
  FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
 WHERE relnamespace = 'public'::regnamespace AND (indisunique OR indisexclusion)
"""


def wrong_uniqueness(cursor: Cursor, owned: set[str]) -> Iterator[str]:
    """Uniqueness ignores row-level security too: across organisations it would tell what others have."""
    for table, index, is_primary, _, first in rows(cursor, _INDEXES):
        if table in owned and not is_primary and first != "organisation_id":
            yield f"{table}: the unique {index} does not start with the organisation"
        if table in owned and is_primary and first != "id":
            yield f"{table}: the primary key is not the id"


_COLUMNS = """
SELECT relname, attname::text, format_type(atttypid, NULL), attnotnull
  FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
 WHERE relnamespace = 'public'::regnamespace AND attname IN ('id', 'organisation_id') AND relkind = 'r' AND NOT attisdropped
"""


def wrong_columns(cursor: Cursor, owned: set[str]) -> Iterator[str]:
    for table, column, kind, is_required in rows(cursor, _COLUMNS):
        if table in owned and (kind, is_required) != ("uuid", True):
            yield f"{table}.{column}: not a required uuid"


_GRANTS = """
SELECT relname, '', privilege_type, grantee FROM pg_class, aclexplode(relacl)
 WHERE relnamespace = 'public'::regnamespace AND relkind <> 'S'
UNION ALL
SELECT relname, attname, privilege_type, grantee FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid, aclexplode(attacl)
 WHERE relnamespace = 'public'::regnamespace
"""


def grants(cursor: Cursor, role: str) -> set[tuple[str, str, str]]:
    """(table, column or nothing, privilege) of a role; `PUBLIC` is everybody."""
    grantee = "0" if role == "PUBLIC" else f"'{role}'::regrole"
    found = rows(cursor, f'SELECT relname, "?column?", privilege_type FROM ({_GRANTS}) g WHERE grantee = {grantee}')
    return {(table, column, privilege) for table, column, privilege in found}
