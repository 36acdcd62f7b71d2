"""What the mail says to those who may confirm a strong access role, in both languages. Pure."""

from datetime import date

SUBJECT = "Något väntar på dig i Värn / Something waits for you in Värn"  # nothing personal: subjects show on locked screens

_TEXT = """\
Hej!

En behörighet i Värn för {organisation} väntar på att någon mer än den som har föreslagit den bekräftar den. \
Du är en av dem som kan. Logga in, läs vem det gäller och bekräfta bara om du själv vet att det är rätt:
{url}

Senast {last_day}, annars ges den inte.

---

Hello,

An access role in Värn for {organisation} waits to be confirmed by somebody else than who proposed it. \
You are one of those who may. Log in, read whom it is for, and confirm only if you know yourself that it is right:
{url}

At the latest {last_day}; otherwise it is not given.
"""


def confirmation_text(*, organisation: str, url: str, last_day: date) -> str:
    return _TEXT.format(organisation=organisation, url=url, last_day=last_day.isoformat())
