"""Single addresses: read by any of their names as of a day, retired, corrected."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from geo_app.domain import address_change, address_life
from geo_app.domain.access import require
from geo_app.domain.access_roles import Permission
from geo_app.domain.address import Address, Decision, PlaceKind, Surroundings
from geo_app.domain.address_alias import Alias
from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.address_text import match_key, number_text, style_like
from geo_app.domain.errors import Conflict, NotFound
from geo_app.domain.message import Message
from geo_app.domain.position import Position
from geo_app.persistence.addresses import ADDRESS, AddressStep, AddressText, AddressVersion
from geo_app.persistence.queries.division_chain import division_chains
from geo_app.persistence.register import Register
from geo_app.services.numbering_addresses import text_in_group, text_of


class SeveralAddresses(Conflict):
    """An old name may lead to several doors."""

    pattern = "“{key}” leads to several addresses: {ids}."


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day that is asked about, and the instant whose belief is asked for."""

    day: date
    known_at: datetime


@dataclass(frozen=True, slots=True)
class AddressView:
    """An address at a moment, with all that was believed about it, its other names and what was done to it."""

    address: AddressVersion
    history: list[AddressVersion]
    aliases: list[Alias]
    successors: list[str]
    steps: list[AddressStep]


def read_address(register: Register, key: str, asked: AsOf) -> AddressView:
    """Return the address with this id, standard code or alias, as of a moment.

    Raises NotFound (there is none, or was none then), SeveralAddresses.
    """
    found = register.addresses.find(key.strip(), match_key(key))
    if len(found) > 1:
        raise SeveralAddresses(key=key, ids=", ".join(sorted(found)))
    address = register.addresses.as_of(found[0], asked.day, asked.known_at) if found else None
    if address is None:
        raise NotFound(what=Message(ADDRESS), key=key)
    return AddressView(
        address,
        register.addresses.versions(address.id),
        register.addresses.aliases(address.id),
        register.addresses.successors(address.id),
        register.addresses.steps(address.id),
    )


def retire_address(register: Register, address_id: str, decision: Decision) -> None:
    """End an address from the decision's day on; its id is never used again.

    Raises NotFound, NotGranted and what `address_life.retire` refuses.
    """
    address, around = _hold(register, address_id, Permission.ADDRESS_CHANGE, decision)
    register.addresses.end(address_life.retire(address, decision, around), decision.day)
    _record(register, address_id, "retire", decision)


def correct_address_retirement(register: Register, address_id: str, decision: Decision) -> None:
    """Take a mistaken retirement back, as if the address had never ended; its number must still be free.

    Raises NotFound, NotGranted and what `address_life.correct_retirement` refuses, NumberAlreadyTaken.
    """
    address, around = _hold(register, address_id, Permission.ADDRESS_CORRECT, decision)
    address_life.correct_retirement(address, decision, around)
    began = register.addresses.name_began(address_id)
    register.addresses.revive(address, began, around.place.name)
    _record(register, address_id, "correct_retirement", decision)


def correct_address_number(register: Register, address_id: str, number: HouseNumber, decision: Decision) -> None:
    """Write the number that the address should have had all along.

    Raises NotFound, NotGranted and what `address_change.correct_number` refuses, NumberAlreadyTaken, AddressTextTaken.
    """
    address, around = _hold(register, address_id, Permission.ADDRESS_CORRECT, decision)
    corrected = address_change.correct_number(address, number, decision, around)
    written = _text(register, address_id, number, around)
    # It was never another number, so nothing begins on a day of its own: below, the texts keep their beginnings.
    old_texts = register.reservations.hold_texts_below([address_id], date.min)
    register.addresses.correct_number(corrected, written, around.place.name)
    register.reservations.carry_texts_below(old_texts)
    _record(register, address_id, "correct_number", decision)


def correct_address_position(register: Register, address_id: str, position: Position, decision: Decision) -> None:
    """Write where the address was all along.

    Raises NotFound, NotGranted and what `address_change.correct_position` refuses.
    """
    address, around = _hold(register, address_id, Permission.ADDRESS_CORRECT, decision)
    inside = register.addresses.lies_inside(register.addresses.division_of(address_id), position)
    corrected = address_change.correct_position(address, position, decision, replace(around, inside_division=inside))
    register.addresses.correct_position(corrected)
    _record(register, address_id, "correct_position", decision)


def _hold(
    register: Register, address_id: str, permission: Permission, decision: Decision
) -> tuple[Address, Surroundings]:
    group = register.village_groups.of_address(address_id)
    area = group.division_code if group else register.streets.lock(register.addresses.street_of(address_id)).area
    require(decision.actor, permission, area, decision.day)
    address = register.addresses.lock(address_id)
    return address, register.addresses.surroundings(address)


def _text(register: Register, address_id: str, number: HouseNumber, around: Surroundings) -> AddressText:
    division = register.addresses.division_of(address_id)
    chains = division_chains(register.session, [division] if division is not None else [])
    if division not in chains:
        raise NotFound(what=Message(ADDRESS), key=address_id)
    style = style_like(register.addresses.number_text_of(address_id))
    write = text_in_group if around.place.kind is PlaceKind.VILLAGE_GROUP else text_of
    text = write(around.place.name, number, chains[division], style)
    return AddressText(number_text(number, style), text, match_key(text))


def _record(register: Register, address_id: str, verb: str, decision: Decision) -> None:
    register.journal.write(decision.actor.account_id, decision.actor.reason, verb, ("address", address_id))
