"""The demo's processes: which role runs where, with which database role, secret and environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from varn.run import postgres
from varn.run.demo.folder import Folder
from varn.run.processes import Part
from varn.run.role_names import APP, OWNER, PUBLIC, ROLES
from varn.run.web_part import clean_environment, web_part, worker_part

WEB_ROLES = ("public", "member", "staff")
DATABASE_ROLE = {"public": PUBLIC}  # all others: varn_app
DATABASE = "varn"
SEALING = {"all": ("member", "staff"), "member": ("all",), "staff": ("all",)}


@dataclass(frozen=True, slots=True)
class Plan:
    """How one demo is to run. `ports`: by web role; the same for all three when one process serves them."""

    folder: Folder
    ports: Mapping[str, int]
    database_port: int
    split: bool
    no_limits: bool

    @property
    def web_names(self) -> tuple[str, ...]:
        return WEB_ROLES if self.split else ("all",)

    def port(self, name: str) -> int:
        return self.ports["public" if name == "all" else name]

    def origin(self, role: str) -> str:
        return f"http://localhost:{self.ports[role]}"

    def database_url(self, role: str, database: str = DATABASE) -> str:
        return postgres.url(role, self.folder.password(role), self.database_port, database)


def environment(plan: Plan, name: str) -> dict[str, str]:
    """The whole environment of a process: `all`, `public`, `member`, `staff` or `worker`."""
    data = plan.folder.path
    values = {
        **clean_environment(),
        "VARN_ROLE": name,
        "DATABASE_URL": plan.database_url(DATABASE_ROLE.get(name, APP)),
        "VARN_SECRET_FILE": str(plan.folder.secret_file(f"process-{name}")),
        "VARN_DATA": str(data),
        "VARN_MAIL": f"maildir:{data / 'mail'}",
        "VARN_DEMO": "1",
        "TMPDIR": str(data / "tmp"),
        **{f"VARN_{role.upper()}_URL": plan.origin(role) for role in WEB_ROLES},
    }
    if name not in ("public", "member"):  # those two must not even know where the keys are
        values["VARN_KEYS_DIR"] = str(data / "keys")
    if name in SEALING:  # the same data, split or not: what one of them sealed the other kind of start can open
        older = [str(plan.folder.secret_file(f"process-{it}")) for it in SEALING[name]]
        values["VARN_OLD_SECRET_FILES"] = os.pathsep.join(older)
    if plan.no_limits:
        values["VARN_NO_LIMITS"] = "1"
    return values


def owner_environment(plan: Plan) -> dict[str, str]:
    """For the short-lived children that prepare and fill the database."""
    return {
        **environment(plan, "all"),
        "VARN_OWNER_URL": plan.database_url(OWNER),
        "VARN_DEMO_ADMIN_URL": plan.database_url(postgres.ADMIN, "postgres"),
        "VARN_DEMO_PEOPLE": str(plan.folder.people),
        **{f"VARN_DEMO_PASSWORD_{role.upper()}": plan.folder.password(role) for role in ROLES},
    }


def database_part(plan: Plan) -> Part:
    cluster = plan.folder.cluster
    return postgres.part(cluster, plan.database_port, plan.folder.log("postgres"))


def web_parts(plan: Plan) -> list[Part]:
    return [
        web_part(name, "127.0.0.1", plan.port(name), environment(plan, name), plan.folder.log(name)) for name in plan.web_names
    ]


def jobs_part(plan: Plan) -> Part:
    return worker_part(environment(plan, "worker"), plan.folder.log("worker"))


def logs(plan: Plan) -> list[Path]:
    return [plan.folder.log(name) for name in ("postgres", *plan.web_names, "worker", "setup")]
