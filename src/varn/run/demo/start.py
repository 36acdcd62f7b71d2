"""Starts the demo: database and pages at once, the worker after the first answer, then keeps all of it alive."""

import os
import sys
import time

from varn.run import postgres
from varn.run.clients import call
from varn.run.demo.contract import people, with_origins, write_contract
from varn.run.demo.folder import Folder
from varn.run.demo.parts import DATABASE, Plan, database_part, jobs_part, owner_environment, web_parts
from varn.run.language import _
from varn.run.migrate import fingerprint
from varn.run.processes import Part
from varn.run.stop import Stop
from varn.run.supervisor import Supervisor, broken
from varn.run.web_part import answers, is_taken

PORT_SECONDS = 4.0  # a demo that has just been killed lets its port go within this time
READY_SECONDS = 60.0
TYPICAL = ("clerk", "case_handler", "representative")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def run(plan: Plan) -> int:
    """Run until told to end. Raises Stop for a taken port, a full disk, or a part that does not start."""
    wait_for_ports(plan)
    plan.folder.contract.unlink(missing_ok=True)
    if not plan.folder.cluster.exists():
        say(_("Skapar en databas …"))
        postgres.create(plan.folder.cluster, plan.folder.password(postgres.ADMIN))
    mark = fingerprint()
    with Supervisor() as supervisor:
        process = supervisor.start(database_part(plan))
        changed = not plan.folder.fingerprint.exists() or plan.folder.fingerprint.read_text("ascii") != mark
        if not changed:  # the pages start while the database does
            start_web(supervisor, plan)
        supervisor.wait(lambda: postgres.is_ready(plan.folder.cluster, process.pid), seconds=postgres.START_SECONDS)
        state = database_state(plan)
        if changed or state != "varn demo":
            prepare(supervisor, plan, state)
            plan.folder.fingerprint.write_text(mark, "ascii")
            if changed:
                start_web(supervisor, plan)
        serve(supervisor, plan)
    plan.folder.contract.unlink(missing_ok=True)
    say(_("Demon är stoppad."))
    return 0


def wait_for_ports(plan: Plan) -> None:
    """Raises Stop if a port is another program's."""
    deadline = time.monotonic() + PORT_SECONDS
    for port in sorted(set(plan.ports.values())):
        while is_taken(port):
            if time.monotonic() > deadline:
                raise Stop(_("Port {port} är upptagen. Välj en annan med --port, eller --port 0 för en ledig.").format(port=port))
            time.sleep(0.05)


def start_web(supervisor: Supervisor, plan: Plan) -> None:
    for part in web_parts(plan):
        supervisor.start(part)


def database_state(plan: Plan) -> str | None:
    """The comment on the demo's database; None when there is no database yet. Raises Stop if it is not a demo's."""
    query = "SELECT datname, coalesce(shobj_description(oid, 'pg_database'), '?') FROM pg_database"
    # psql, not psycopg: 25 ms against 300, and nothing more in the supervisor's memory
    asked = call(postgres.binaries() / "psql", ["-XAtc", query], plan.database_url(postgres.ADMIN, "postgres"))
    if asked.returncode != 0:
        raise Stop(_("Demons databas svarar inte: {reason}").format(reason=asked.stderr.strip()), code=1)
    state = dict(line.split("|", 1) for line in asked.stdout.splitlines()).get(DATABASE)
    if state is not None and not state.startswith("varn demo"):
        raise Stop(
            _("Databasen i {path} innehåller annat än demodata. Välj en annan mapp med --data.").format(path=plan.folder.path)
        )
    return state


def prepare(supervisor: Supervisor, plan: Plan, state: str | None) -> None:
    """Bring the database to this version; make it anew, with people in it, unless that was done to the end before."""
    whole = state == "varn demo"
    say(_("För databasen till den här versionen …") if whole else _("Lägger upp tabeller …"))
    _child(supervisor, plan, "database" if whole else "new-database")
    if not whole:
        say(_("Fyller på med påhittade kommuner och människor …"))
        _child(supervisor, plan, "people")


def _child(supervisor: Supervisor, plan: Plan, task: str) -> None:
    command = [sys.executable, "-P", "-m", "varn.run.demo.prepare", task]
    part = Part("setup", command, plan.folder.log("setup"), owner_environment(plan))
    if supervisor.run(part) != 0:
        raise broken(part)


def serve(supervisor: Supervisor, plan: Plan) -> None:
    """Write demo.json when every page answers, start the worker, and watch over all until told to end."""

    def publish() -> None:
        write_contract(plan, {name: running.process.pid for name, running in supervisor.running.items()})

    supervisor.wait(lambda: all(answers(plan.port(name)) for name in plan.web_names), seconds=READY_SECONDS)
    publish()
    print(welcome(plan), flush=True)
    supervisor.start(jobs_part(plan))
    publish()
    supervisor.changed = publish
    supervisor.watch()


def welcome(plan: Plan) -> str:
    """Where to go, who to be, and how to stop."""
    lines = [_("Värn är igång:  {url}").format(url=plan.origin("public"))]
    if plan.split:
        lines += [f"  {role:<8}{plan.origin(role)}" for role in plan.ports]
    accounts = people(plan.folder).get("accounts", [])
    if accounts:
        lines += ["", _("Logga in på {url} som").format(url=with_origins("member:/logga-in/", plan))]
    for role in TYPICAL:
        account = next((it for it in accounts if role in it["roles"]), None)
        if account:
            lines.append(f"  {account['email']:<40} {account['password']:<24} {role}")
    if accounts:
        lines.append(_("Alla konton står i {file}").format(file=plan.folder.contract))
    return "\n".join([*lines, "", _("Stoppa med Ctrl+C (process {pid}).").format(pid=os.getpid())])


def plan_for(folder: Folder, port: int, *, split: bool, no_limits: bool) -> Plan:
    """Choose the ports: `port` and the two after it, or free ones for 0."""
    if split:
        chosen = {
            role: port + place if port else postgres.free_port() for place, role in enumerate(("public", "member", "staff"))
        }
    else:
        chosen = dict.fromkeys(("public", "member", "staff"), port or postgres.free_port())
    return Plan(folder, chosen, postgres.free_port(), split, no_limits)
