"""The five steps of the toolbox, and which of Värn's pages stands under which. Pure: texts are in the templates' language files.

Source: Uppsala kommun's toolbox in five steps, as SKR's page describes it (shared facts; docs/sources.md).
"""

from dataclasses import dataclass

from varn.organisations.rights import Right


@dataclass(frozen=True, slots=True)
class Tool:
    """A page of a step: `name` is its URL name, `right` what it takes to see it. Its words: `web/_tool.html`."""

    step: str
    name: str
    right: Right


STEPS = ("vagledning", "utbildning", "stod", "uppfoljning", "utveckling")
