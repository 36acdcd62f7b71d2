"""Fills a running demo with as much as a large country has. Test data only: every name is made up by counting.

Rows by the hundred thousand are put in by SQL past the acts, as the owner of the cluster; what is measured itself
(the agendas that are sorted) is made by the acts.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg

SMALL, LARGE = "granvik", "region-fjallmark"
N_PEOPLE, N_AGENDAS, N_MATTERS_EACH, N_ENTRIES = 40_000, 2_000, 12, 100_000
N_MEASURES = 2_000

_PEOPLE = """
INSERT INTO organisations_person (id, organisation_id, given_name, family_name, email, phone, is_protected)
SELECT gen_random_uuid(), %(organisation)s, 'Provnamn' || n %% 499, 'Efternamn' || n %% 7919, '', '', false
  FROM generate_series(1, %(n_people)s) n
"""
_MANDATES = """
INSERT INTO organisations_mandate
       (id, organisation_id, person_id, body_id, party_id, role, starts_on, full_time_percent, is_covered_by_18a)
SELECT gen_random_uuid(), person.organisation_id, person.id,
       (SELECT id FROM organisations_body WHERE organisation_id = %(organisation)s ORDER BY name LIMIT 1),
       (SELECT id FROM organisations_party WHERE organisation_id = %(organisation)s ORDER BY name LIMIT 1),
       'member', current_date - 30, 0, false
  FROM organisations_person person
 WHERE person.organisation_id = %(organisation)s AND person.given_name LIKE 'Provnamn%%'
"""
_MATTERS = """
INSERT INTO organisations_matter (id, organisation_id, title, register_number, register_key, body_id)
SELECT gen_random_uuid(), %(organisation)s, 'Provärende ' || n, 'PROV ' || n, 'prov/' || n,
       (SELECT id FROM organisations_body WHERE organisation_id = %(organisation)s ORDER BY name LIMIT 1)
  FROM generate_series(1, %(n_matters)s) n
"""
_AGENDAS = """
INSERT INTO riskguide_agenda (id, organisation_id, body_id, meets_on, created_at, set_aside, next_row)
SELECT gen_random_uuid(), %(organisation)s,
       (SELECT id FROM organisations_body WHERE organisation_id = %(organisation)s ORDER BY name LIMIT 1),
       DATE '2026-01-01' - n, now(), '[]', %(n_each)s + 1
  FROM generate_series(1, %(n_agendas)s) n
"""
_SCREENINGS = """
INSERT INTO riskguide_screening (id, organisation_id, agenda_id, matter_id, "row", position, number, title, note, edition,
       own_judgement, answers, version)
SELECT gen_random_uuid(), %(organisation)s, agenda.id, matter.id, n, n, '§ ' || n, matter.title, '', '1.0.0',
       (ARRAY['low', 'moderate', 'high', ''])[1 + n %% 4], '{}', 1
  FROM (SELECT id, row_number() OVER (ORDER BY meets_on) AS place FROM riskguide_agenda
         WHERE organisation_id = %(organisation)s AND meets_on < DATE '2026-01-01') agenda
 CROSS JOIN generate_series(1, %(n_each)s) n
  JOIN organisations_matter matter ON matter.organisation_id = %(organisation)s
   AND matter.register_number = 'PROV ' || ((agenda.place - 1) * %(n_each)s + n)
"""
_ENTRIES = """
INSERT INTO audit_entry (id, organisation_id, at, actor_kind, actor_id, code, target_kind, target_id, detail)
SELECT gen_random_uuid(), %(organisation)s, now() - interval '1 year' + n * interval '5 minutes', 'member',
       (SELECT id FROM organisations_person WHERE organisation_id = %(organisation)s ORDER BY id LIMIT 1), 'matter.judge',
       'riskguide.screening', gen_random_uuid(), jsonb_build_object('row', n %% 200, 'level', 'high')
  FROM generate_series(1, %(n_entries)s) n
"""
_MEASURES = """
INSERT INTO measures_measure
       (id, organisation_id, what, why, phase, priority, due_on, person_id, duty_role, origin_kind, origin_id, code, edition,
        state, dropped_because, closed_on, note, effect, elsewhere, version, created_on, created_by_id, changed_at)
SELECT gen_random_uuid(), %(organisation)s, 'Provåtgärd ' || n || ' med en rubrik av vanlig längd', 'Varför den behövs.',
       '', 1 + n %% 3, current_date - 200 + n %% 400, CASE WHEN n %% 5 > 0 THEN owner.id END,
       CASE WHEN n %% 5 = 0 THEN (ARRAY['security_function', 'secretariat', 'chair', ''])[1 + n %% 4] ELSE '' END,
       (ARRAY['own', 'risk_assessment'])[1 + n %% 2], CASE WHEN n %% 2 = 1 THEN gen_random_uuid() END, '', '',
       CASE WHEN n %% 4 = 0 THEN 'done' ELSE 'planned' END, '', CASE WHEN n %% 4 = 0 THEN current_date - n %% 90 END, '',
       CASE WHEN n %% 8 = 0 THEN 'helped' ELSE '' END, '', 0, current_date, NULL, now()
  FROM generate_series(1, %(n_measures)s) n
  JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM organisations_person
         WHERE organisation_id = %(organisation)s LIMIT 300) owner ON owner.place = 1 + n %% 300
"""
_STEPS = (_PEOPLE, _MANDATES, _MATTERS, _AGENDAS, _SCREENINGS, _ENTRIES, _MEASURES)
_ANALYSED = ", ".join(
    """
    organisations_person organisations_mandate organisations_matter riskguide_agenda riskguide_screening audit_entry
    measures_measure
    """.split()
)


@dataclass(frozen=True, slots=True)
class Filled:
    """Agendas that are sorted while measuring: id, and its rows' numbers."""

    twelve: UUID
    two_hundred: UUID
    organisation: UUID  # the large one


def filled(folder: Path) -> Filled:
    """What the running demo holds, filled the first time (half a minute); remembered beside its folder."""
    _become(folder)
    remembered = folder.parent / "filled.json"
    if not remembered.exists():
        made = _fill(folder)
        remembered.write_text(json.dumps({name: str(getattr(made, name)) for name in Filled.__slots__}))
    return Filled(**{name: UUID(value) for name, value in json.loads(remembered.read_text()).items()})


def _become(folder: Path) -> None:
    """Makes this process one of the demo's own."""
    from varn.run import settings_file

    settings_file.become_demo(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varn.config.settings")
    import django

    django.setup()


def _fill(folder: Path) -> Filled:
    from varn.audit.jobs import chain_entries
    from varn.run import settings_file

    told: Any = settings_file.demo(folder)
    large = next(it["id"] for it in told["organisations"] if it["slug"] == LARGE)
    _by_sql(told["database"]["admin"], large)
    chain_entries(UUID(large), thoroughly=True)
    with psycopg.connect(told["database"]["admin"], autocommit=True) as admin:
        admin.execute("VACUUM ANALYZE")
    small = UUID(next(it["id"] for it in told["organisations"] if it["slug"] == SMALL))
    return Filled(_agenda(small, 12, date(2031, 2, 3)), _agenda(small, 200, date(2031, 6, 2)), UUID(large))


def _by_sql(url: str, organisation: str) -> None:
    values = {
        "organisation": organisation,
        "n_people": N_PEOPLE,
        "n_agendas": N_AGENDAS,
        "n_each": N_MATTERS_EACH,
        "n_matters": N_AGENDAS * N_MATTERS_EACH,
        "n_entries": N_ENTRIES,
        "n_measures": N_MEASURES,
    }
    with psycopg.connect(url) as admin:
        for step in _STEPS:
            admin.execute(step.encode(), values)
        admin.execute(f"ANALYZE {_ANALYSED}".encode())


def _agenda(organisation: UUID, n: int, meets_on: date) -> UUID:
    """An agenda of `n` matters, half of which were judged at a meeting a month before."""
    from varn.organisations.models import Body
    from varn.organisations.rights import Job
    from varn.riskguide.actions import Choice, create_agenda, judge_matters
    from varn.riskguide.rows import Row
    from varn.tenancy.within import within

    rows = [
        Row(f"Prov av ett ärende med en rubrik av vanlig längd, nummer {at}", f"§ {at}", f"BENCH {n}/{at}") for at in _count(n)
    ]
    with within(organisation):
        body = Body.objects.order_by("name")[0]
        before = create_agenda(
            Job(organisation), key=uuid4(), body=body, meets_on=meets_on - timedelta(days=28), rows=rows[: n // 2]
        )
        judge_matters(Job(organisation), before, [Choice(at, "moderate", "", 0) for at in _count(n // 2)])
        return create_agenda(Job(organisation), key=uuid4(), body=body, meets_on=meets_on, rows=rows).pk


def _count(n: int) -> Sequence[int]:
    return range(1, n + 1)


def seconds_to_verify(organisation: UUID) -> float:
    """How long the whole trail of an organisation takes to check. Raises ValueError for a broken one."""
    import time

    from django.utils import timezone

    from varn.audit.queries import verify
    from varn.tenancy.within import within

    begun = time.perf_counter()
    with within(organisation):
        broken = verify(now=timezone.now())
    if broken is not None:
        raise ValueError(f"the trail is broken: {broken}")
    return time.perf_counter() - begun
