"""Which column of a people list means what: the headings that real registers write, and what is left out.

Home address and personal identity number are recognised in order to be left out, whatever anyone maps.
"""

import re
import unicodedata
from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Field(StrEnum):
    """What a column may be read as."""

    NAME = "name"
    NAME_FAMILY_FIRST = "name_family_first"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    EMAIL = "email"
    PHONE = "phone"
    REGISTER_ID = "register_id"
    BODY = "body"
    ROLE = "role"
    PARTY = "party"
    STARTS_ON = "starts_on"
    ENDS_ON = "ends_on"
    PERIOD = "period"
    SHARE = "share"
    COVERED_18A = "covered_18a"
    PROTECTED = "protected"


class LeftOut(StrEnum):
    """Why a column is never imported."""

    IDENTITY_NUMBER = "identity_number"
    HOME_ADDRESS = "home_address"
    PRIVATE = "private"  # bank account, sex, age, fee


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place (from 0), heading as written, and what it is read as (None: not read)."""

    index: int
    header: str
    field: Field | None
    left_out: LeftOut | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """What each column is read as. At most one column per field."""

    columns: tuple[Column, ...]

    def index(self, field: Field) -> int | None:
        return next((c.index for c in self.columns if c.field is field), None)

    @property
    def missing(self) -> tuple[str, ...]:
        """What must be mapped before anything can be read: "name", "role" (a body may be a heading row)."""
        fields = {c.field for c in self.columns}
        named = fields & {Field.NAME, Field.NAME_FAMILY_FIRST} or {Field.GIVEN_NAME, Field.FAMILY_NAME} <= fields
        return () if named else ("name",)

    @property
    def left_out(self) -> tuple[Column, ...]:
        return tuple(c for c in self.columns if c.left_out)

    def remembered(self) -> dict[str, str]:
        """Heading to field (or ""), to be stored per source and given to `suggest_mapping` next time."""
        return {key: c.field or "" for key, c in zip(_keys([c.header for c in self.columns]), self.columns, strict=True)}


_NEVER: tuple[tuple[LeftOut, str], ...] = (
    (
        LeftOut.IDENTITY_NUMBER,
        r"(person|pers|samordnings?)(nr|nummer)(et)?|pnr|ssn|personid(entitets)?nummer|personidentitet"
        r"|född|födelse(datum|nr|nummer|år|tid)|födelsedag|persnrorgnr|personnr.*|personnummer.*|födelsedatum.*",
    ),
    (
        LeftOut.HOME_ADDRESS,
        r"(?!e?post.*@)(?!(e|mejl|mail|epost|webb).*adress)(.*adress(rad)?\d*|postnr.*|postnummer.*|post?ort|ort|hemort|boendeort"
        r"|bostad|bostadsort|co|box|folkbokf.*|koordinat.*|fastighet.*|gata|adress.*|hemadress.*|bostadsadress.*)",
    ),
    (
        LeftOut.PRIVATE,
        r"kön|sex|ålder|.*konto(nr|nummer)?|clearing.*|bank.*|arvode(n|sbelopp)?|lön|skatt.*|civilstånd",
    ),
)
_READ: tuple[tuple[Field, str], ...] = (
    (Field.COVERED_18A, r".*18a.*"),
    (
        Field.PROTECTED,
        r"skyddad.*|skydd|.*sekretess(mark.*)?|skyddsmarkering|spärrmark.*|.*skyddade?(identitet|person|uppg).*|protected.*",
    ),
    (
        Field.NAME_FAMILY_FIRST,
        r"efternamn(och)?förnamn|namnefternamnförnamn|efternamnförnamn.*|efternamntilltalsnamn",
    ),
    (
        Field.NAME,
        r"namn|för(namn)?(och|o|\+)?efternamn|förnamn(och)?efternamn|tilltalsnamn(och)?efternamn|fullständigt?namn|hela?namnet"
        r"|namnpå.*|person|förtroendevald|förtroendevaldnamn|(den)?förtroendevaldasnamn|name|fullname|ledamotsnamn"
        r"|politiker|namn\d?|namnefternamn|visningsnamn|ledamotersättare|ledamöter(ochersättare)?",
    ),
    (Field.GIVEN_NAME, r"tilltalsnamn|förnamn|fnamn|firstname|givenname|förn"),
    (Field.FAMILY_NAME, r"efternamn|enamn|lastname|surname|familyname|eftern"),
    (
        Field.EMAIL,
        r"(e|e?post)?(mail|mejl|epost)(adress)?(er)?(arbete|privat|hem|kommun|tjänst|1|2|uppdrag)?|epost.*|mejl.*|e?mail.*",
    ),
    (
        Field.PHONE,
        r"(mobil|tele|tel|tfn|phone|cell|telnr|riktnr).*|bostadstelefon|arbetstelefon|hemtelefon|kontaktnummer",
    ),
    (
        Field.REGISTER_ID,
        r"troman.*|person(id|ens?id)|persid|id|uid|guid|register(id|nr|nummer)|(förtroendevald|förtroendeman|politiker|användar|ledamots?)(id|nr)"
        r"|ext(ernt)?id|externid|netpublicator.*id|personkod|uuid|systemid|idnr|idnummer",
    ),
    (
        Field.PERIOD,
        r"(mandat|val|uppdrags)?period(en)?|mandattid|uppdragstid|tid|giltighetstid|gäller",
    ),
    (
        Field.STARTS_ON,
        r"(uppdrag|mandat|giltig|gäller|vald)?(from|från(ochmed|om|datum|och)?)(datum)?|start(datum|ar)?|(till|in)träd(e|de|er|esdatum)"
        r"|börja(r|de)|startdate|datumfrom|valdfrån",
    ),
    (
        Field.ENDS_ON,
        r"(uppdrag|mandat|giltig|gäller|vald)?(tom|till(ochmed)?|tillom)(datum)?|slut(datum|ar)?|avgå(ng|tt|r)?(sdatum)?|avgick|upphör(de)?"
        r"|enddate|datumtom|valdtill|avslut(at|as|ad)?",
    ),
    (
        Field.SHARE,
        r"(tjänstgörings|tj|sysselsättnings|uppdrags|arvoderings|arvodes|anställnings)?(grad|gr)(%|procent)?|omfattning.*|procent|%|andel.*"
        r"|(hel|del)tid.*|tjänstgöring.*|tjgrad.*|sysselsättningsgrad.*|arvoderad.*",
    ),
    (
        Field.BODY,
        r"(förtroende)?organ(et)?(namn|benämning)?|nämnd(en)?(styrelse|organ|bolag|namn)*|styrelse(nämnd|n)?|instans|bolag(et)?"
        r"|(politiskt?)organ|nämnder?.*|utskott|församling|body|committee|organnämnd|gremium|enhet",
    ),
    (
        Field.ROLE,
        r"befattning(ar)?|(uppdrag|uppdrags)(typ|et|sbenämning|roll|benämning|stitel)?|roll(en)?(i.*)?|funktion|position|role|post|titel"
        r"|befattninguppdrag|uppdragbefattning|tjänstebenämning",
    ),
    (
        Field.PARTY,
        r"parti(et)?(bet(eckning)?|tillhörighet|förk(ortning)?|kod|namn|grupp)?|party|part|pb|nominerandeparti",
    ),
)


def compact(text: str) -> str:
    """Letters, digits, % and + alone, lower case: "Fr.o.m." is "from"."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum() or c in "%+")


def recognised(header: str) -> tuple[Field | None, LeftOut | None]:
    """What a heading says its column holds."""
    word = compact(re.split(r"[\r\n]", header.strip() + "\n")[0]) or compact(header)
    if not word or len(word) > 60:
        return None, None
    for left_out, pattern in _NEVER:
        if re.fullmatch(pattern, word):
            return None, left_out
    return next((field for field, pattern in _READ if re.fullmatch(pattern, word)), None), None


def suggest_mapping(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]] = (),
    remembered: Lookup[str, str] | None = None,
) -> Mapping:
    """What each column probably is: as remembered from last time, else by its heading.

    A column of personal identity numbers is left out by its content too, whatever its heading says.
    Where two columns claim a field, the better one has it: work before private, mobile before home.
    """
    before = remembered or {}
    columns = [
        _column(
            index,
            header,
            before.get(key),
            [row[index] for row in rows if index < len(row)],
        )
        for index, (key, header) in enumerate(zip(_keys(headers), headers, strict=True))
    ]
    best: dict[Field, Column] = {}
    for column in sorted(columns, key=_preference):
        if column.field:
            best.setdefault(column.field, column)
    chosen = {c.index for c in best.values()}
    return Mapping(tuple(c if c.index in chosen else Column(c.index, c.header, None, c.left_out) for c in columns))


def _column(index: int, header: str, remembered: str | None, cells: Sequence[str]) -> Column:
    field, left_out = recognised(header)
    filled = [c for c in cells if c.strip()]
    if filled and sum(map(is_identity_number, filled)) * 2 >= len(filled) and field is not Field.PHONE:
        left_out = LeftOut.IDENTITY_NUMBER
    if left_out:
        return Column(index, header, None, left_out)
    if remembered is not None:
        field = Field(remembered) if remembered in set(Field) else None
    return Column(index, header, field)


def _preference(column: Column) -> tuple[int, int]:
    word = compact(column.header)
    worse = bool(re.search(r"privat|hem|bostad|2$", word)) - bool(re.search(r"arbete|tjänst|kommun|mobil|tilltals", word))
    return worse, column.index


def _keys(headers: Sequence[str]) -> list[str]:
    """One key per column even where headings repeat: "tel", "tel#2"."""
    keys: list[str] = []
    for header in headers:
        key = compact(header) or "tom"
        n = sum(k.partition("#")[0] == key for k in keys) + 1
        keys.append(key if n == 1 else f"{key}#{n}")
    return keys


_LIKE_IDENTITY = re.compile(r"\s*(?:18|19|20)?(\d{6})[-+ ]?(\d{4})\s*")


def is_identity_number(text: str) -> bool:
    """True for what is written like a personal identity or co-ordination number with a right check digit."""
    if not 10 <= len(text) <= 40:
        return False
    digits = _LIKE_IDENTITY.fullmatch(text)
    if not digits:
        return False
    number = digits[1] + digits[2]
    day = int(number[4:6]) % 60 if int(number[4:6]) > 60 else int(number[4:6])
    try:
        date(2000 + int(number[:2]) % 4, int(number[2:4]), day)  # the century does not matter, leap days do
    except ValueError:
        return False
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(number)]
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0
