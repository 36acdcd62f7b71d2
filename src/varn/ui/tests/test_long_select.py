"""A long list of choices says the same as Django's own, escaped, with its groups and what is chosen."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.forms import Select

from varn.ui.forms import LongSelect

CHOICES = [("", "Alla"), ("Personer", [("1", "Alva <b>"), ("2", 'Bo "Ek"')]), ("x&y", "Roll")]


class Parts(HTMLParser):
    """Tags with their attributes, and texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Any] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, sorted((name, value or "") for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append(data.strip())


@pytest.mark.parametrize("value", ["", "2", "x&y", None, "okänt"])
def test_it_says_what_djangos_own_says(value: str | None) -> None:
    attrs = {"id": "id_it", "aria-describedby": "id_it-hint", "required": True, "disabled": False}
    ours, theirs = (kind(choices=CHOICES).render("it", value, attrs) for kind in (LongSelect, Select))
    assert Parts(ours).found == Parts(theirs).found
    assert "<b>" not in ours
