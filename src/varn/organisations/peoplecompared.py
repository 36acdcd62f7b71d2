"""Compares the rows of one people list with each other: doubles, namesakes and shared addresses."""

import re
from collections.abc import Sequence
from dataclasses import replace

from .names import name_key
from .peoplerow import PersonRow, Problem, RowProblem, UnreadRow


def compared(rows: Sequence[PersonRow]) -> tuple[list[PersonRow], list[RowProblem], list[UnreadRow]]:
    """What only shows when rows are compared: shared e-mail, one id with two names, the same mandate twice."""
    marked, problems = _shared_emails(rows)
    kept: list[PersonRow] = []
    doubled: list[UnreadRow] = []
    people: dict[str, PersonRow] = {}
    namesakes: dict[str, PersonRow] = {}
    mandates: dict[tuple[object, ...], PersonRow] = {}
    for row in marked:
        first = people.setdefault(row.person_key, row)
        namesake = namesakes.setdefault(name_key(row.name), row)
        if first is row and namesake.person_key != row.person_key:
            problems.append(_against(row, Problem.NAMESAKE, namesake))
        mandate = (row.person_key, name_key(row.body), row.role, row.starts_on)
        earlier = mandates.setdefault(mandate, row)
        if name_key(first.name) != name_key(row.name) and row.register_id:
            problems.append(_against(row, Problem.NAMES_DIFFER_FOR_ID, first))
        elif earlier is not row:
            problems.append(_against(row, Problem.DUPLICATE_MANDATE, earlier))
        else:
            kept.append(_as_first(row, first, problems))
            continue
        doubled.append(UnreadRow(row.row_number, (row.name,), row.email, row.register_id, row.body))
    return kept, problems, doubled


def _as_first(row: PersonRow, first: PersonRow, problems: list[RowProblem]) -> PersonRow:
    """One person has one name, e-mail and telephone: the first row's."""
    if first is row:
        return row
    if row.person_key.startswith("name:"):
        problems.append(_against(row, Problem.SAME_NAME_ASSUMED_ONE, first))
    if (row.email and first.email and row.email != first.email) or (
        row.phone and first.phone and re.sub(r"\D", "", row.phone) != re.sub(r"\D", "", first.phone)
    ):
        problems.append(_against(row, Problem.DIFFERS_FROM_ROW, first))
    email, phone = first.email or row.email, first.phone or row.phone
    if (row.given_name, row.family_name, row.email, row.phone) == (first.given_name, first.family_name, email, phone):
        return row
    return replace(row, given_name=first.given_name, family_name=first.family_name, email=email, phone=phone)


def _against(row: PersonRow, code: Problem, first: PersonRow) -> RowProblem:
    return RowProblem(row.row_number, "", code, {"first_row": first.row_number})


def _shared_emails(rows: Sequence[PersonRow]) -> tuple[list[PersonRow], list[RowProblem]]:
    """An address that two names use ("kansli@…") recognises nobody."""
    first: dict[str, PersonRow] = {}
    shared: set[str] = set()
    problems = []
    for row in rows:
        earlier = first.setdefault(row.email, row)
        if row.email and name_key(earlier.name) != name_key(row.name):
            same_id = row.register_id and row.register_id == earlier.register_id
            if not same_id:
                shared.add(row.email)
                problems.append(_against(row, Problem.SHARED_EMAIL, earlier))
    return [replace(r, email_is_shared=True) if r.email in shared else r for r in rows], problems
