"""The rules of the house, read from the tree itself: purity, audited acts, declared access, layers."""

import ast
import inspect
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import is_dataclass
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from types import FunctionType
from typing import Any, get_args, get_type_hints

import pytest
from django.db.models import Model, Q, QuerySet
from django.urls import URLResolver, get_resolver
from importlinter import cli as linter

from varn.accounts.models import Account
from varn.audit.act import Actor
from varn.config.routes import patterns
from varn.organisations.middleware import access_of
from varn.organisations.models import RESERVED_SLUGS, Organisation
from varn.organisations.rights import RIGHTS, Guest, Job, Member, Right
from varn.tenancy.models import Owned

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]

# Files that may import Django, by name (file or folder); every other file of a room is pure.
DJANGO_FILES = frozenset(
    """
    actions adapters admin apps conftest context_processors forms jobs management middleware migrations models queries
    settings templatetags tests urls views wsgi
    guard operations sessions within
    """.split()
)
FREE_ROOMS = frozenset({"config", "run"})  # what starts everything


def modules() -> Iterator[str]:
    for path in sorted((SOURCE / "varn").rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = [name for name in modules() if "tests" not in name.split(".") and "migrations" not in name.split(".")]


def room(module: str) -> str:
    return [*module.split("."), ""][1]


def is_pure(module: str) -> bool:
    return room(module) not in FREE_ROOMS | {"", "__main__"} and not DJANGO_FILES & set(module.split(".")[2:])


PURE = [module for module in MODULES if is_pure(module)]


def tree(module: str) -> ast.Module:
    return ast.parse(source(module))


def source(module: str) -> str:
    path = SOURCE.joinpath(*module.split("."))
    return (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text("utf-8")


def contract(name: str) -> Any:
    return next(contract for contract in CONTRACTS if contract["name"] == name)


def offenders(which: list[str], found: Callable[[str], Iterable[object]]) -> dict[str, list[object]]:
    """By module, what it has that it should not; modules without are left out."""
    return {module: faults for module in which if (faults := sorted(found(module), key=str))}


# ---- purity


def test_the_purity_contract_names_every_module_outside_the_django_files() -> None:
    named = set(contract("Rules are free of Django")["source_modules"])
    missing, gone = sorted(set(PURE) - named), sorted(named - set(PURE))
    assert not missing, "add to pyproject.toml:\n" + "\n".join(f'  "{module}",' for module in missing)
    assert not gone, "take away from pyproject.toml: " + ", ".join(gone)


def test_the_import_contracts_hold(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(SOURCE))
    assert linter.lint_imports(cache_dir=None) == 0, capsys.readouterr().out


def test_every_room_has_a_place_among_the_layers() -> None:
    places = {place.strip() for layer in contract("Arrows between rooms point down")["layers"] for place in layer.split("|")}
    assert places == {room(module) for module in MODULES} - {"", "__main__"}


def test_a_rule_reads_no_clock_no_settings_and_no_chance() -> None:
    """Pass `today`, `now` and the like in."""
    banned = {"datetime.now", "datetime.utcnow", "date.today", "time.time", "os.environ", "os.getenv", "random.random"}
    assert offenders(PURE, lambda module: banned & attributes(module)) == {}


def attributes(module: str) -> set[str]:
    return {ast.unparse(node) for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute)}


# ---- acts


ACTIONS = [module for module in MODULES if "actions" in module.split(".") and module != "varn.audit.actions"]


def acts(module: str) -> list[FunctionType]:
    """Its public functions."""
    found = import_module(module)
    return [
        function
        for name, function in vars(found).items()
        if inspect.isfunction(function) and function.__module__ == module and not name.startswith("_")
    ]


def test_every_public_function_in_actions_is_an_audited_act() -> None:
    assert offenders(ACTIONS, lambda module: [act.__name__ for act in acts(module) if not hasattr(act, "audit_code")]) == {}


def test_an_act_takes_the_actor_first_and_a_right_unless_it_says_none() -> None:
    rights = {None, *Right}
    for act in (act for module in ACTIONS for act in acts(module)):
        assert next(iter(inspect.signature(act).parameters)) == "actor", act.__name__
        assert act.right in rights, act.__name__  # type: ignore[attr-defined]


def test_acts_are_opened_by_the_trail_alone() -> None:
    """`@action` opens them; `unnoted()` is for the chain."""
    uses = re.compile(r"from varn\.audit\.act import .*\b(?:begin|end|unnoted)\b|\bacts?\.(?:begin|end|unnoted)\(")
    assert [module for module in MODULES if room(module) != "audit" and uses.search(source(module))] == []


# ---- reads


READS = [module for module in MODULES if "queries" in module.split(".") and room(module) != "tenancy"]  # how rows are read at all
ACTORS = {Account, Actor, Guest, Job, Member}
SAY_LITTLE = {Q, bool, date, datetime, int, str, type(None)}  # a yes, a number, a sentence, part of a question
SHOWN_BY_THE_HOLDER = {"token_hash"}
# What stays without an actor, and why.
WITHOUT_AN_ACTOR = {
    "varn.audit.queries.last_head": "the chain's own job, which acts for nobody",
    "varn.audit.queries.last_link": "the chain's own job",
    "varn.audit.queries.state": "whether the chain is whole: places in it, nothing of what was done",
    "varn.audit.queries.unlinked": "the chain's own job",
    "varn.audit.queries.verify": "whether the chain is whole; asked from the command line too",
    "varn.organisations.queries.contact_ways": "published",
    "varn.organisations.queries.contacts.office_hours": "published",
    "varn.organisations.queries.contacts.ways_now": "published",
    "varn.organisations.queries.contacts.ways_with_hours": "published",
    "varn.organisations.queries.entering_as": "makes the actor",
    "varn.organisations.queries.links.waiting_invitations": "the address is one that its holder has opened a link from",
    "varn.organisations.queries.member_of": "makes the actor",
    "varn.organisations.queries.memberships_of": "makes the actor",
    "varn.organisations.queries.roles_of": "makes the actor",
}


def named_in(annotation: Any) -> Iterator[Any]:
    """The types that an annotation is made of, without what holds them: Mapping[UUID, Person] has UUID and Person."""
    inside = [part for part in get_args(annotation) if part is not Ellipsis]
    yield from (found for part in inside for found in named_in(part)) if inside else (annotation,)


def holds_rows(kind: Any) -> bool:
    """A row, a dataclass with one in it, or a QuerySet, which does not say of what. Anybody comes by an organisation."""
    if not isinstance(kind, type) or kind is Organisation:
        return False
    inside = get_type_hints(kind).values() if is_dataclass(kind) else ()
    return issubclass(kind, (Model, QuerySet)) or any(holds_rows(part) for hint in inside for part in named_in(hint))


def tells(kind: Any) -> bool:
    is_global = isinstance(kind, type) and issubclass(kind, Model) and not issubclass(kind, Owned)
    return kind not in SAY_LITTLE and not is_global


def asks_whom_it_is_for(read: FunctionType) -> bool:
    hints = get_type_hints(read)
    given = [hints[name] for name in inspect.signature(read).parameters]
    kinds = [kind for hint in given for kind in named_in(hint)]
    return bool(hints.keys() & SHOWN_BY_THE_HOLDER) or any(kind in ACTORS or holds_rows(kind) for kind in kinds)


def rows_for_anybody() -> set[str]:
    return {
        f"{module}.{read.__name__}"
        for module in READS
        for read in acts(module)
        if any(tells(kind) for kind in named_in(get_type_hints(read)["return"])) and not asks_whom_it_is_for(read)
    }


def test_a_read_takes_the_actor_or_a_row_that_somebody_was_let_in_to() -> None:
    """A read that takes neither gives the same to everybody; the exceptions say why, and go when they are not needed."""
    assert rows_for_anybody() == set(WITHOUT_AN_ACTOR)


def test_a_read_takes_the_actor_first() -> None:
    for read in (read for module in READS for read in acts(module)):
        parameters = list(inspect.signature(read).parameters)
        assert "actor" not in parameters[1:], read.__qualname__


# ---- tenancy


def test_nothing_is_set_for_a_whole_database_session() -> None:
    """It would leak to whoever gets the connection next."""
    session = re.compile(
        r"set_config\([^)]*,\s*false\s*\)|[\"']\s*SET\s+(?!LOCAL)(?:SESSION\s+)?(?:\"?varn\.|ROLE|AUTHORIZATION|search_path)",
        re.IGNORECASE,
    )
    assert offenders(MODULES, lambda module: session.findall(source(module))) == {}


PAGES = [module for module in MODULES if {"views", "forms", "templatetags", "context_processors"} & set(module.split("."))]


def test_a_page_asks_the_reads_of_its_room_for_rows() -> None:
    """They take the actor; a page that made a query of its own could forget whom it is for."""
    own = re.compile(r"\w+\.objects\.\w+|\.raw\(|RawSQL|\.extra\(|connection\.cursor\(")
    assert offenders(PAGES, lambda module: own.findall(source(module))) == HEALTH


HEALTH = {"varn.web.views.health": ["connection.cursor("]}  # asks whether the database answers, nothing of anybody's


def test_no_query_goes_past_the_owned_manager() -> None:
    past = re.compile(r"\._base_manager|\ball_objects\b")
    assert offenders(MODULES, lambda module: past.findall(source(module))) == {}


# ---- access


def views() -> Iterator[tuple[str, Any]]:
    def walk(resolver: URLResolver) -> Iterator[tuple[str, Any]]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                yield from walk(entry)
            else:
                yield str(entry.pattern), entry.callback

    yield from walk(get_resolver())


def test_every_view_declares_its_access() -> None:
    assert [pattern for pattern, view in views() if access_of(view) is None] == []


def test_no_organisation_can_take_an_address_of_ours() -> None:
    first = {path.strip("/").split("/")[0] for path, _ in patterns()}
    ours = {segment for segment in first if re.fullmatch(r"[a-z0-9-]+", segment)}
    assert ours - RESERVED_SLUGS == set()


def test_a_right_that_a_page_asks_for_exists_and_somebody_has_it() -> None:
    asked = {access.right for _, view in views() if (access := access_of(view)) and access.kind == "right"}
    held = frozenset().union(*RIGHTS.values())
    assert asked <= set(held)
    assert set(Right) == set(held)


# ---- names, size, heavy libraries


DATABASE_BACKEND = "varn.config.postgresql.base"  # Django looks a backend up by that name
NOTHING_SAID = {"utils", "helpers", "common", "misc", "manager", "managers", "data", "info", "base"}


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = [module for module in MODULES if module != DATABASE_BACKEND]
    assert offenders(named, lambda module: NOTHING_SAID & set(module.split("."))) == {}


def test_a_module_is_at_most_300_lines() -> None:
    assert {module for module in MODULES if source(module).count("\n") > 300} == set()


HEAVY = {"openpyxl", "xlsxwriter", "docx", "pypdfium2", "holidays", "typst", "simplemma", "icalendar"}


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    assert offenders(MODULES, lambda module: HEAVY & set(imported_at_start(module))) == {}


def imported_at_start(module: str) -> Iterator[str]:
    for node in tree(module).body:
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]
