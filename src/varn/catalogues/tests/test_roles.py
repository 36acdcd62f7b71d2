"""One list of duty roles, with the ids of the governance catalogue and aliases for the others."""

import pytest

from varn.catalogues.roles import catalogue, role, roles
from varn.catalogues.tests.reading import content


def test_the_roles_of_governance_are_here_by_the_same_name_and_side() -> None:
    for row in content("governance")["role"]:
        found = roles()[row["id"]]
        assert (found.name.sv, found.name.en) == (row["name_sv"], row["name_en"])
        assert (found.side, found.named) == (row["side"], row["named"])


def test_an_alias_belongs_to_one_role_and_is_no_id() -> None:
    aliases = [alias for found in roles().values() for alias in found.aliases]
    assert len(aliases) == len(set(aliases))
    assert set(aliases) & set(roles()) == set()


@pytest.mark.parametrize(
    ("alias", "code"),
    [
        ("safety_officer", "security_function"),
        ("security_officer", "security_function"),
        ("senior_manager", "head_of_administration"),
        ("committee_chair", "chair"),
        ("committee_secretary", "secretariat"),
        ("clerk", "secretariat"),
        ("legal_adviser", "legal"),
        ("representative", "elected"),
        ("case_officer", "case_officer"),
    ],
)
def test_an_alias_finds_its_role(alias: str, code: str) -> None:
    assert role(alias).id == code


def test_an_unknown_role_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        role("wizard")


def test_the_list_knows_its_edition() -> None:
    assert catalogue("1.0.0").meta.version == "1.0.0"
