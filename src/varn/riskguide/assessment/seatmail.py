"""What the mail to a colleague says, in both languages: which matter, how long it takes, that nobody sees who answered what."""

from datetime import date

SUBJECT = "Din bedömning i Värns riskguide / Your assessment in Värn's risk guide"  # no matter, no name: subjects show

_TEXT = """\
Hej!

{organisation} ber dig bedöma risken för konflikt i ett ärende:
{title}

Svara för dig själv, på några minuter. Du ser inte de andras svar, och när gruppen har talat ihop sig \
sparas inte vem som svarade vad.
{url}
{until_sv}
---

Hello,

{organisation} asks you to assess the risk of conflict in a matter:
{title}

Answer for yourself, it takes a few minutes. You do not see the answers of the others, and once the group has talked \
it is not kept who answered what.
{url}
{until_en}"""
UNTIL_SV = "\nLänken gäller till och med {day}, i den webbläsare där du öppnar den först. Skicka den inte vidare.\n"
UNTIL_EN = "\nThe link works until {day}, in the browser where you first open it. Do not pass it on.\n"


def seat_text(*, organisation: str, title: str, url: str, last_day: date | None) -> str:
    """`last_day` is None for somebody who logs in."""
    day = last_day.isoformat() if last_day else ""
    return _TEXT.format(
        organisation=organisation,
        title=title,
        url=url,
        until_sv=UNTIL_SV.format(day=day) if day else "",
        until_en=UNTIL_EN.format(day=day) if day else "",
    )
