"""Estates and their names: entered by one person, approved by another."""

from geo_app.domain.access import require
from geo_app.domain.access_roles import Permission
from geo_app.domain.address import Decision
from geo_app.domain.errors import NotFound
from geo_app.domain.estate_name import alike, approve_estate, propose_estate
from geo_app.domain.message import Message
from geo_app.persistence.estates import EstateRecord, NewEstate
from geo_app.persistence.register import Register
from geo_app.services.streets import DIVISION


def add_estate(register: Register, name: str, division_code: str, decision: Decision) -> int:
    """Enter an estate, its name yet to be approved, and return its id.

    Raises NotFound, NotGranted, EstateNameMalformed, EstateNameTaken.
    """
    division = register.streets.division_of(division_code)
    if division is None:
        raise NotFound(what=Message(DIVISION), key=division_code)
    require(decision.actor, Permission.PLAN_DRAFT, division_code, decision.day)
    division_id, county_code = division
    naming = propose_estate(name, decision, register.estates.names(county_code))
    estate = NewEstate(county_code, division_id, naming.name, decision.actor.account_id)
    estate_id = register.estates.add(estate, decision.day)
    _record(register, decision, "add", estate_id)
    return estate_id


def approve_estate_name(register: Register, estate_id: int, decision: Decision) -> None:
    """Approve an estate's name: from now on it can be numbered.

    Raises NotFound, NotGranted, EstateVersionStale, ApproveEstateNeedsProposed, EstateApproverIsProposer.
    """
    estate = register.estates.lock(estate_id)
    require(decision.actor, Permission.STREET_APPROVE, estate.area, decision.day)
    approve_estate(estate.naming, decision)
    register.estates.approve_name(estate_id, decision.day)
    _record(register, decision, "approve", estate_id)


def names_alike(register: Register, estate: EstateRecord) -> list[str]:
    """Return the names of the county's other estates that look or sound like this one's."""
    return alike(estate.name, register.estates.names(estate.county_code, but=estate.id))


def _record(register: Register, decision: Decision, verb: str, estate_id: int) -> None:
    register.journal.write(decision.actor.account_id, decision.actor.reason, verb, ("estate", estate_id))
