"""The standard addresses that an estate's plan makes: gate, buildings, units and rooms, from outside in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from geo_app.domain.address import Kind
from geo_app.domain.address_elements import ABSENT, AddressElements, HouseNumber, Label
from geo_app.domain.address_text import number_text, standard_text
from geo_app.domain.estate import ROOM_WORD, UNIT_WORD
from geo_app.domain.estate_numbering import NumberedBuilding
from geo_app.domain.estate_refusals import GateNumberMalformed
from geo_app.domain.estate_rooms import EstateRoom, EstateUnit
from geo_app.domain.numbering_wall import read_wall
from geo_app.domain.position import Position

GATE_REACH_METRES = 60.0
"""A number of the street that stands within this distance from the gate is the gate's own."""


@dataclass(frozen=True, slots=True)
class EstateAddress:
    """One address to be: what it is, its elements, its text, where it stands (rooms: where their building does).

    `parent` is the place of the address above in the same list, None: the gate. `signed_text` is how people read it
    who go by the floors' signs, "" where that is the same.
    """

    kind: Kind
    parent: int | None
    elements: AddressElements
    text: str
    position: Position | None = None
    signed_text: str = ""


def addresses_of(numbered: NumberedBuilding, gate: AddressElements, word: str) -> list[EstateAddress]:
    """Return the addresses of a building, units and rooms in their order, parents before children.

    `gate` are the elements of the gate's address with the estate's name; `word` is the word for a building (幢).
    """
    elements = replace(gate, building=Label(numbered.number.text, word))
    found = [_address(Kind.BUILDING, None, elements, numbered.position)]
    for unit in numbered.units:
        found += _unit_addresses(numbered, unit, elements, len(found))
    return found


def _unit_addresses(
    numbered: NumberedBuilding, unit: EstateUnit, building: AddressElements, place: int
) -> Iterator[EstateAddress]:
    if unit.place == 0:
        yield from (_room_address(room, building, 0) for room in unit.rooms)
        return
    elements = replace(building, unit=Label(unit.name, UNIT_WORD))
    yield _address(Kind.UNIT, 0, elements, numbered.places.positions[unit.place - 1])
    yield from (_room_address(room, elements, place) for room in unit.rooms)


def _room_address(room: EstateRoom, above: AddressElements, parent: int) -> EstateAddress:
    address = _address(
        Kind.ROOM, parent, replace(above, floor=room.floor, room=Label(room.label, ROOM_WORD)), position=None
    )
    if not room.signed or room.signed == room.label:
        return address
    signed = standard_text(replace(above, floor=room.floor, room=Label(room.signed, ROOM_WORD)))
    return replace(address, signed_text=signed)


def _address(kind: Kind, parent: int | None, elements: AddressElements, position: Position | None) -> EstateAddress:
    return EstateAddress(kind, parent, elements, standard_text(elements), position)


def gate_text(elements: AddressElements) -> str:
    """Return the text of the gate: the door of its street, without the estate's name."""
    return standard_text(replace(elements, estate=ABSENT))


def read_gate_number(text: str) -> HouseNumber | None:
    """Return the door number that a clerk wrote for the gate, None for none.

    Raises GateNumberMalformed, and what a `HouseNumber` refuses.
    """
    if not text.strip():
        return None
    wall = read_wall(text)
    if wall.bad or wall.number is None or wall.last != wall.number:
        raise GateNumberMalformed(text=text)
    digits = wall.sub_number.isdigit()
    return HouseNumber(wall.number, "" if digits else wall.sub_number, int(wall.sub_number) if digits else 0)


def written_gate_number(number: HouseNumber | None) -> str:
    """Return what `read_gate_number` reads."""
    return number_text(number) if number else ""
