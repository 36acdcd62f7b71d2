"""argparse that speaks the user's language and answers a mistake with one sentence."""

from argparse import ArgumentParser, HelpFormatter
from collections.abc import Iterable
from typing import Any, NoReturn

from varn.run.language import _
from varn.run.stop import Stop


class _Formatter(HelpFormatter):
    def add_usage(self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("Så här: ") if prefix is None else prefix)


class Arguments(ArgumentParser):
    """The parser of one command. A mistake raises Stop, with the command's usage in it."""

    def __init__(self, command: str, description: str) -> None:
        super().__init__(
            prog=f"./varn {command}",
            description=description,
            formatter_class=_Formatter,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title = _("Argument")
        self._optionals.title = _("Val")
        self.add_argument("-h", "--help", action="help", help=_("visa den här hjälpen"))

    def error(self, message: str) -> NoReturn:
        """argparse's own message is in English and names the argument; the usage says the rest."""
        raise Stop(_("Det går inte att förstå kommandot ({what}).").format(what=message) + "\n" + self.format_usage().strip())
