"""What an invitation's mail says, in both languages: who invites, what happens, until when. Pure."""

from datetime import date

SUBJECT = "Inbjudan till Värn / Invitation to Värn"  # nothing personal: subjects show on locked screens

_TEXT = """\
Hej!

{by_sv} dig att använda Värn, ett stöd i arbetet mot hot, hat och våld mot förtroendevalda.

Öppna länken och tacka ja:
{url}

Sedan loggar du in med en engångskod som skickas till den här adressen. \
Länken gäller till och med {last_day} och kan användas en gång. Skicka den inte vidare. \
Är du osäker på om brevet är äkta: ring din organisation och fråga.

---

Hello,

{by_en} you to use Värn, for the work against threats, hate and violence towards elected representatives.

Open the link and accept:
{url}

You then log in with a one-time code sent to this address. The link works once, until {last_day}. \
Do not pass it on. If you doubt that this message is genuine, call your organisation and ask.
"""


def invitation_text(*, organisation: str, inviter: str, url: str, last_day: date) -> str:
    """`inviter` may be empty: then the organisation invites."""
    by_sv = f"{inviter} vid {organisation} bjuder in" if inviter else f"{organisation} bjuder in"
    by_en = f"{inviter} at {organisation} invites" if inviter else f"{organisation} invites"
    return _TEXT.format(organisation=organisation, url=url, last_day=last_day.isoformat(), by_sv=by_sv, by_en=by_en)
