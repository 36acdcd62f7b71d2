"""The demo's made-up organisations and people. Every name here is invented, and looks it."""

from dataclasses import dataclass
from itertools import cycle, islice

from varn.organisations.rights import Role
from varn.organisations.terms import BodyKind, OrganisationKind

GIVEN = (
    "Alva Bo Cia Dag Elin Folke Greta Hugo Ida Jarl Kerstin Love Maja Nils Oda Per Quintus Rut Sten Tora Ulla Vidar "
    "Wilma Xerxes Yrsa Zara Åke Ärla Östen"
).split()
FAMILY = (
    "Exempelsson Påhittad Låtsasberg Demoström Provlund Testander Övningsgren Skisstedt Utkastare Modellqvist Fiktivsson "
    "Attrappfelt Kulissberg"
).split()
PARTIES = (("Exempelpartiet", "EX"), ("Låtsaspartiet", "LÅ"), ("Provpartiet", "PR"), ("Skisslistan", "SK"))

# The person who holds each access role, the same in every organisation but for the family name.
HOLDERS: dict[Role, str] = {
    Role.REPRESENTATIVE: "Alva",
    Role.GROUP_LEADER: "Greta",
    Role.PARTY_CONTACT: "Per",
    Role.CHAIR: "Kerstin",
    Role.CLERK: "Nils",
    Role.REGISTRAR: "Rut",
    Role.CASE_HANDLER: "Bo",
    Role.MANAGEMENT: "Maja",
    Role.EDITOR: "Elin",
    Role.AUDITOR: "Ulla",
    Role.ARCHIVIST: "Åke",
    Role.ADMINISTRATOR: "Ida",
    Role.ALTERNATE_HANDLER: "Jarl",
    Role.NETWORK_MANAGER: "Sten",
    Role.ANALYST: "Tora",
}


@dataclass(frozen=True, slots=True)
class Place:
    """`seats` in its council or board; `family` is the family name of those with accounts; `phone` its area code and start."""

    slug: str
    name: str
    kind: OrganisationKind
    family: str
    seats: int
    phone: str
    bodies: tuple[tuple[str, BodyKind], ...]
    coordinator_percent: int = 100

    def email(self, given: str, family: str) -> str:
        plain = str.maketrans("åäöé", "aaoe")
        return f"{given}.{family}@{self.slug}.example".lower().translate(plain)


_TOWN = (
    ("Kommunfullmäktige", BodyKind.COUNCIL),
    ("Kommunstyrelsen", BodyKind.EXECUTIVE_BOARD),
    ("Barn- och utbildningsnämnden", BodyKind.COMMITTEE),
    ("Bygg- och miljönämnden", BodyKind.COMMITTEE),
)
PLACES = (
    Place(
        "granvik",
        "Granviks kommun",
        OrganisationKind.MUNICIPALITY,
        "Exempelsson",
        31,
        "0555-12",
        (*_TOWN, ("Gemensamma räddningsnämnden", BodyKind.JOINT_COMMITTEE), ("Revisorerna", BodyKind.AUDITORS)),
        coordinator_percent=40,
    ),
    Place(
        "bjorkstad",
        "Björkstads kommun",
        OrganisationKind.MUNICIPALITY,
        "Låtsasberg",
        61,
        "0556-34",
        (*_TOWN, ("Socialnämnden", BodyKind.COMMITTEE), ("Revisorerna", BodyKind.AUDITORS)),
    ),
    Place(
        "region-fjallmark",
        "Region Fjällmark",
        OrganisationKind.REGION,
        "Provlund",
        71,
        "0557-56",
        (
            ("Regionfullmäktige", BodyKind.COUNCIL),
            ("Regionstyrelsen", BodyKind.EXECUTIVE_BOARD),
            ("Hälso- och sjukvårdsnämnden", BodyKind.COMMITTEE),
            ("Kollektivtrafiknämnden", BodyKind.COMMITTEE),
            ("Revisorerna", BodyKind.AUDITORS),
        ),
    ),
    Place(
        "granviksbostader",
        "Granviksbostäder AB",
        OrganisationKind.COMPANY,
        "Demoström",
        7,
        "0555-78",
        (("Styrelsen", BodyKind.COMPANY_BOARD),),
        coordinator_percent=20,
    ),
    Place("nationella-noden", "Nationella noden (påhittad)", OrganisationKind.NATIONAL, "Skisstedt", 0, "0558-90", ()),
)
# In two organisations at once, and somebody whose mandate has ended.
IN_TWO = ("Tove", "Tvåuppdragsson", "granvik", "region-fjallmark")
ENDED = ("Ulf", "Utgångsson", "granvik")
PROTECTED = ("Saga", "Skyddad", "granvik")


def councillors(n: int) -> list[tuple[str, str]]:
    """`n` different made-up names."""
    return [(given, FAMILY[(i + i // len(GIVEN)) % len(FAMILY)]) for i, given in enumerate(islice(cycle(GIVEN), n))]
