"""`./varn init`: sets up a production installation: database roles, secrets, settings, the first organisation."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from varn.run import settings_file
from varn.run.arguments import Arguments
from varn.run.language import _
from varn.run.processes import die_with_parent
from varn.run.role_names import APP, OWNER, PUBLIC, ROLES
from varn.run.secret_files import secret, write_private
from varn.run.stop import Stop
from varn.run.web_part import clean_environment

KINDS = ("municipality", "region", "federation", "company", "national")
MAILS = ("maildir", "smtp", "smtps", "smtp+starttls")
PORTS = {"all": 8000, "public": 8000, "member": 8001, "staff": 8002}


@dataclass(frozen=True, slots=True)
class Question:
    name: str
    text: str
    default: str
    fits: Callable[[str], bool]


def _is_origin(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.path in ("", "/") and not parts.query


def _is_database(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("postgresql", "postgres") and bool(parts.hostname)


def _is_database_name(text: str) -> bool:
    return bool(re.fullmatch(r"[a-z_][a-z0-9_]{0,50}", text))


def _is_slug(text: str) -> bool:
    return bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text))


def _is_mail(text: str) -> bool:
    return urlsplit(text).scheme in MAILS


def _is_address(text: str) -> bool:
    return bool(re.fullmatch(r"[^@\s]+@[^@\s]+", text))


def questions() -> list[Question]:
    """What has to be known, in the order that it is asked. Without a default it must be answered."""
    mails = _("mejl: smtp://, smtps://, smtp+starttls:// eller maildir:/mapp")
    slug = _("dess namn i adresser (små bokstäver, siffror, bindestreck)")
    admin = _("databasens administratör, postgresql://användare:lösenord@värd/postgres")
    return [
        Question("admin_url", admin, "", _is_database),
        Question("database", _("databasens namn"), "varn", _is_database_name),
        Question("data", _("mapp för filer"), "/var/lib/varn", bool),
        Question("keys", _("mapp för nycklar, utanför den för filer"), "/etc/varn/keys", bool),
        Question("public_url", _("adress för allmänheten, https://…"), "", _is_origin),
        Question("member_url", _("adress för förtroendevalda och tjänstepersoner"), "{public_url}", _is_origin),
        Question("staff_url", _("adress för handläggare"), "{member_url}", _is_origin),
        Question("mail", mails, "maildir:{data}/mail", _is_mail),
        Question("mail_from", _("avsändare för mejl"), "", _is_address),
        Question("organisation", _("organisationens namn"), "", bool),
        Question("slug", slug, "", _is_slug),
        Question("kind", _("slag: {kinds}").format(kinds=", ".join(KINDS)), "municipality", lambda it: it in KINDS),
        Question("given_name", _("administratörens förnamn"), "", bool),
        Question("family_name", _("administratörens efternamn"), "", bool),
        Question("email", _("administratörens e-post"), "", _is_address),
    ]


def main(argv: list[str]) -> int:
    """Ask, then do everything; running it again with the same folder mends and changes nothing else."""
    parser = Arguments(
        "init", _("Ställer i ordning en skarp installation. Frågar efter det som inte ges som val eller i en fil.")
    )
    parser.add_argument(
        "--into", type=Path, default=Path("/etc/varn"), help=_("mapp för inställningar och hemligheter (/etc/varn)")
    )
    parser.add_argument("--answers", type=Path, help=_("fil med svar, en rad var: namn=värde"))
    parser.add_argument("--split", action="store_true", help=_("skilda processer för allmänhet, förtroendevalda och handläggare"))
    for question in questions():
        parser.add_argument(f"--{question.name.replace('_', '-')}", dest=question.name, help=question.text)
    options = parser.parse_args(argv)
    given = settings_file.read(options.answers) if options.answers else {}
    given |= {name: value for name, value in vars(options).items() if isinstance(value, str)}
    answers = answered(given, ask=_ask if sys.stdin.isatty() else None)
    return set_up(answers, options.into.absolute(), split=options.split)


def _ask(question: Question, default: str) -> str:
    hint = f" [{default}]" if default else ""
    return input(f"{question.text}{hint}: ").strip() or default


def answered(given: Mapping[str, str], ask: Callable[[Question, str], str] | None) -> dict[str, str]:
    """An answer to every question. Raises Stop, naming all of them, for what is missing or does not fit."""
    answers: dict[str, str] = {}
    wrong: list[str] = []
    for question in questions():
        default = question.default.format_map(answers)
        answer = given.get(question.name) or (ask(question, default) if ask else default)
        while ask and not question.fits(answer):
            print(_("Det svaret passar inte. Försök igen."))
            answer = ask(question, default)
        if not question.fits(answer):
            wrong.append(f"  --{question.name.replace('_', '-')}  {question.text}")
        answers[question.name] = answer
    if wrong:
        raise Stop(_("Det här saknas eller går inte att förstå:") + "\n" + "\n".join(wrong))
    return answers


def set_up(answers: Mapping[str, str], into: Path, *, split: bool) -> int:
    """Roles and database, secrets, settings, tables, the first organisation; says what is left to do."""
    from varn.run.roles import ensure_roles

    data, keys = Path(answers["data"]).absolute(), Path(answers["keys"]).absolute()
    if keys.is_relative_to(data):
        raise Stop(_("Nycklarna får inte ligga i mappen för filer: då följer de med i säkerhetskopian. Välj en annan --keys."))
    try:
        for folder in (into, into / "secrets", data, data / "files", data / "tmp", keys):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(_("Mappen {folder} går inte att skapa.").format(folder=error.filename)) from None
    print(_("Skapar databasroller och databas …"), flush=True)
    passwords = {role: secret(into / "secrets" / role) for role in ROLES}  # those of an earlier run stay
    ensure_roles(answers["admin_url"], passwords, answers["database"])
    names = write_settings(answers, into, passwords, split=split)
    print(_("Lägger upp tabeller …"), flush=True)
    _child(["-m", "varn", "migrate", "--env", str(into / "owner.env")], {})
    wanted = {
        "name": answers["organisation"],
        **{it: answers[it] for it in ("slug", "kind", "given_name", "family_name", "email")},
    }
    environment = settings_file.read(into / f"{names[0]}.env") | {
        "DATABASE_URL": _url(answers, APP, passwords[APP]),
        "VARN_ROLE": "all",
    }
    link = json.loads(_child(["-m", "varn.run.first"], environment, json.dumps(wanted)))["link"]
    print(next_steps(into, names, keys, link))
    return 0


def _url(answers: Mapping[str, str], role: str, password: str) -> str:
    parts = urlsplit(answers["admin_url"])
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{role}:{quote(password)}@{host}", path="/" + answers["database"]).geturl()


def write_settings(answers: Mapping[str, str], into: Path, passwords: Mapping[str, str], *, split: bool) -> list[str]:
    """One file per process (mode 0600), and owner.env for migrate, backup and restore. Returns the processes' names."""
    web = ["public", "member", "staff"] if split else ["all"]
    common = {
        "VARN_DATA": str(Path(answers["data"]).absolute()),
        **{f"VARN_{it.upper()}_URL": answers[f"{it}_url"].rstrip("/") for it in ("public", "member", "staff")},
        "VARN_MAIL": answers["mail"],
        "VARN_MAIL_FROM": answers["mail_from"],
        "VARN_PROXY_TLS": "1" if answers["public_url"].startswith("https://") else "0",
    }
    for name in [*web, "worker", "owner"]:
        role = PUBLIC if name == "public" else APP
        file = into / "secrets" / f"process-{name}"
        secret(file)
        own = {"VARN_ROLE": name, "VARN_SECRET_FILE": str(file), "DATABASE_URL": _url(answers, role, passwords[role])}
        if name in PORTS:
            own["VARN_PORT"] = str(PORTS[name])
        if name in ("all", "staff", "worker"):
            own["VARN_KEYS_DIR"] = str(Path(answers["keys"]).absolute())
        if name == "owner":
            own |= {"VARN_ROLE": "worker", "VARN_OWNER_URL": _url(answers, OWNER, passwords[OWNER])}
        write_private(into / f"{name}.env", settings_file.written(own | common))
    return [*web, "worker"]


def _child(words: list[str], settings: Mapping[str, str], told: str = "") -> str:
    """Run a part of our own; its output. Raises Stop with what it said if it failed."""
    done = subprocess.run(
        [sys.executable, "-P", *words], env={**clean_environment(), **settings}, input=told, capture_output=True, text=True,
        check=False, preexec_fn=die_with_parent(signal.SIGKILL), cwd="/",
    )  # fmt: skip
    if done.returncode != 0:
        raise Stop("\n".join(done.stderr.strip().splitlines()[-5:]), code=done.returncode)
    return done.stdout


def next_steps(into: Path, names: list[str], keys: Path, link: str) -> str:
    """What the operator does now."""
    files = " ".join(f"--env {into / name}.env" for name in names)
    invitation = [_("Administratören öppnar den här länken (gäller i två dygn) och tackar ja:"), f"  {link}"] if link else []
    return "\n".join(
        [
            _("Klart. Gör nu så här:"),
            f"  ./varn serve {files}",
            f"  ./varn doctor {files}",
            *invitation,
            _("Säkerhetskopiera {keys} och {secrets} för sig, på annat håll än databasen.").format(
                keys=keys, secrets=into / "secrets"
            ),
        ]
    )
