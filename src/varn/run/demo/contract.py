"""demo.json: what a tool outside Värn can rely on (docs/contract.md)."""

import json
import os
from collections.abc import Mapping
from typing import Any

from varn.run import postgres
from varn.run.demo.folder import Folder
from varn.run.demo.parts import WEB_ROLES, Plan, logs
from varn.run.role_names import APP, PUBLIC
from varn.run.secret_files import write_private

CONTRACT = 1


def people(folder: Folder) -> dict[str, Any]:
    """What the demo remembers of its made-up people; empty where none have been made."""
    try:
        found: dict[str, Any] = json.loads(folder.people.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return found


def with_origins(value: Any, plan: Plan) -> Any:
    """The same, with `public:/…`, `member:/…` and `staff:/…` made into whole addresses."""
    if isinstance(value, dict):
        return {key: with_origins(inner, plan) for key, inner in value.items()}
    if isinstance(value, list):
        return [with_origins(inner, plan) for inner in value]
    if isinstance(value, str):
        role, colon, path = value.partition(":")
        if colon and role in WEB_ROLES and path.startswith("/"):
            return plan.origin(role) + path
    return value


def contract(plan: Plan, pids: Mapping[str, int]) -> dict[str, Any]:
    """The whole of demo.json. Keys of what is not built yet are absent."""
    data = plan.folder.path
    paths: dict[str, Any] = {"files": str(data / "files")}
    if any((data / "keys").iterdir()):
        paths["keys"] = str(data / "keys")
    paths |= {"logs": [str(log) for log in logs(plan)], "mail": str(data / "mail"), "temp": [str(data / "tmp")]}
    return {
        "contract": CONTRACT,
        "url": plan.origin("public"),
        **{f"{role}_url": plan.origin(role) for role in WEB_ROLES},
        "pid": os.getpid(),
        "processes": [{"name": name, "pid": pid} for name, pid in pids.items()],
        "paths": paths,
        "database": {
            "admin": plan.database_url(postgres.ADMIN),
            "app": plan.database_url(APP),
            "public": plan.database_url(PUBLIC),
        },
        **with_origins(people(plan.folder), plan),
    }


def write_contract(plan: Plan, pids: Mapping[str, int]) -> None:
    """Atomically, mode 0600."""
    write_private(plan.folder.contract, json.dumps(contract(plan, pids), ensure_ascii=False, indent=1) + "\n")
