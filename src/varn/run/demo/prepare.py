"""Makes and fills the demo's database, in a child process of its own (Django and psycopg stay out of the supervisor).

`python -m varn.run.demo.prepare database` makes roles, database, tables and static files; `… people` fills in the
made-up people.
What the database is stands in its comment, so that a half-filled one is made anew and any other one is refused.
"""

import json
import os
import sys
from importlib import import_module
from pathlib import Path

import psycopg
from psycopg import sql

from varn.run import roles
from varn.run.demo.parts import DATABASE
from varn.run.migrate import migrate
from varn.run.secret_files import write_private

HALF, WHOLE = "varn demo: half filled", "varn demo"
SEED = "varn.run.demo.seed"


def comment(text: str) -> None:
    """Write into the database what it is."""
    with psycopg.connect(os.environ["VARN_DEMO_ADMIN_URL"], autocommit=True) as admin:
        admin.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(DATABASE), sql.Literal(text)))


def make_database(*, anew: bool) -> None:
    admin_url = os.environ["VARN_DEMO_ADMIN_URL"]
    if anew:
        with psycopg.connect(admin_url, autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE)))
    passwords = {role: os.environ[f"VARN_DEMO_PASSWORD_{role.upper()}"] for role in roles.WANTED}
    roles.ensure_roles(admin_url, passwords, DATABASE)
    if anew:
        comment(HALF)
    migrate()


def fill_people() -> None:
    """`varn.run.demo.seed.fill()` makes the people and returns their part of demo.json.

    Addresses in it begin with `public:/`, `member:/` or `staff:/`: the origin is put in at each start.
    """
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varn.config.settings")
    django.setup()
    try:
        seed = import_module(SEED)
    except ModuleNotFoundError as error:
        if error.name != SEED:
            raise
        return
    write_private(Path(os.environ["VARN_DEMO_PEOPLE"]), json.dumps(seed.fill(), ensure_ascii=False, indent=1))
    comment(WHOLE)


if __name__ == "__main__":
    if sys.argv[1] == "people":
        fill_people()
    else:
        make_database(anew=sys.argv[1] == "new-database")
