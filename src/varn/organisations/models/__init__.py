"""Tenants and what their rooms share: bodies, parties, people, mandates, access, contact ways, matters."""

from varn.organisations.models.bodies import Body, Mandate, Party
from varn.organisations.models.contacts import ContactWay, DutyTurn, OfficeHours
from varn.organisations.models.imports import ImportSource, PeopleImport
from varn.organisations.models.links import CapabilityLink, Invitation
from varn.organisations.models.matters import Matter
from varn.organisations.models.people import AccessGrant, Person, RegisterKey, SwedishOrder, WaitingGrant
from varn.organisations.models.tenants import RESERVED_SLUGS, Organisation

__all__ = [
    "RESERVED_SLUGS",
    "AccessGrant",
    "Body",
    "CapabilityLink",
    "ContactWay",
    "DutyTurn",
    "ImportSource",
    "Invitation",
    "Mandate",
    "Matter",
    "OfficeHours",
    "Organisation",
    "Party",
    "PeopleImport",
    "Person",
    "RegisterKey",
    "SwedishOrder",
    "WaitingGrant",
]
