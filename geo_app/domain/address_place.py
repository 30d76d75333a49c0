"""Where an address lies and what it is called there: place, number, label, floor and position."""

from datetime import date

from geo_app.domain.address import Address, Kind, PlaceStatus, Surroundings
from geo_app.domain.address_elements import ABSENT, HouseNumber, Label, require_floor
from geo_app.domain.address_text import match_key, number_text
from geo_app.domain.errors import Conflict, DomainError
from geo_app.domain.position import Position


class PlaceNotApproved(DomainError):
    """No number without an approved name (place-name regulations, order 753)."""

    pattern = "“{place}” has no approved name yet, so nothing can be numbered there."


class PlaceRetired(DomainError):
    """A street or estate that is gone gets no new address."""

    pattern = "“{place}” was retired; nothing new can be numbered there."


class PlaceInAnotherCounty(DomainError):
    """An address lies in the county of its street."""

    pattern = "“{place}” lies in county {county}."


class PlaceUnchanged(DomainError):
    """Moving to another street needs another street."""

    pattern = "The address is on “{place}” already."


class PlaceOnlyOfTopLevel(DomainError):
    """A child moves with its parent."""

    pattern = "A {kind} moves with the address above; move that one."


class DivisionAbolished(DomainError):
    """New addresses belong to divisions that exist."""

    pattern = "The village or community of this address was abolished; choose its successor."


class DoorNeedsNumber(DomainError):
    """A door is found by its number."""

    pattern = "A door needs a number."


class NumberOnlyForDoors(DomainError):
    """Buildings, units and rooms have names (3幢, 2单元, 501室)."""

    pattern = "A {kind} has a name, not a door number."


class LabelMissing(DomainError):
    """A building, unit or room is found by its name."""

    pattern = "A {kind} needs a name."


class LabelNotForDoors(DomainError):
    """A door has a number."""

    pattern = "A door has a number, not a name."


class NumberAlreadyTaken(Conflict):
    """One number, suffix and sub-number once on a street, proposed ones included."""

    pattern = "{number} is taken on “{place}”."


class LabelAlreadyTaken(Conflict):
    """One name once among the siblings of a kind, in any spelling."""

    pattern = "“{label}” exists here already."


class NumberResting(DomainError):
    """A retired number rests, or post and people mix up the doors."""

    pattern = "{number} was retired lately and is free again from {day}."


class NumberUnchanged(DomainError):
    """A new number differs from the old one."""

    pattern = "The address has {number} already."


class LabelUnchanged(DomainError):
    """A new name differs from the old one."""

    pattern = "The address is called “{label}” already."


class FloorOnlyForRooms(DomainError):
    """Only a room lies on a floor."""

    pattern = "A {kind} has no floor."


class FloorUnchanged(DomainError):
    """A corrected floor differs from the wrong one."""

    pattern = "The room is on floor {floor} already."


class NumberIsOnTheWall(DomainError):
    """A number with a plate is changed by renumbering, which records old and new; it is not corrected away."""

    pattern = "{number} is on the wall: renumber the address, so that the old number stays findable."


class LabelIsOnTheWall(DomainError):
    """A name with a plate is changed, which records old and new; it is not corrected away."""

    pattern = "“{label}” is on the wall: rename the address, so that the old name stays findable."


class PlateIsMounted(DomainError):
    """An approval that led to a plate is not taken back silently."""

    pattern = "A plate with this number is mounted; retire the address instead."


class PositionNotOnEarth(DomainError):
    """Degrees of longitude and latitude."""

    pattern = "{lon}, {lat} is not a position in degrees."


class PositionOutsideDivision(DomainError):
    """A door lies in its division; a wrong reference system shows here first."""

    pattern = "The position lies outside the division of this address."


class DoorNeedsPosition(DomainError):
    """A door on no map cannot be found, inspected or given a plate."""

    pattern = "The door has no position yet; set it on the map first."


class RoomHasNoPosition(DomainError):
    """Rooms take their position from their building."""

    pattern = "A room takes its position from its building."


class PositionUnchanged(DomainError):
    """A new position differs from the old one."""

    pattern = "The address has this position already."


def require_place(address: Address, around: Surroundings) -> None:
    """Check that something can be numbered at the place now.

    Raises PlaceNotApproved, PlaceRetired, PlaceInAnotherCounty, DivisionAbolished.
    """
    place = around.place
    if place.status is PlaceStatus.PROPOSED:
        raise PlaceNotApproved(place=place.name)
    if place.status is PlaceStatus.RETIRED:
        raise PlaceRetired(place=place.name)
    if place.county_code != address.county_code:
        raise PlaceInAnotherCounty(place=place.name, county=place.county_code)
    if not around.division_current:
        raise DivisionAbolished


def require_name(address: Address, around: Surroundings, day: date) -> None:
    """Check number or label, floor and position of an address that is to live from `day` on.

    Raises the refusals of `require_number`, `require_label` and `require_position`, and FloorOnlyForRooms,
    FloorZeroDoesNotExist.
    """
    if address.kind is Kind.DOOR:
        if address.label is not ABSENT:
            raise LabelNotForDoors
        require_number(address, around, day)
    else:
        if address.number is not ABSENT:
            raise NumberOnlyForDoors(kind=address.kind.word)
        require_label(address, around)
    if address.floor is not ABSENT:
        _require_floor_of_room(address, address.floor)
    if address.position is not None:
        require_position(address, address.position, around)


def require_number(address: Address, around: Surroundings, day: date) -> HouseNumber:
    """Return the number of a door if it is free on `day`.

    Raises DoorNeedsNumber, NumberAlreadyTaken, NumberResting.
    """
    number = address.number
    if number is ABSENT:
        raise DoorNeedsNumber
    if number in around.numbers_taken:
        raise NumberAlreadyTaken(number=number_text(number), place=around.place.name)
    free_from = around.numbers_resting.get(number)
    if free_from is not None and day < free_from:
        raise NumberResting(number=number_text(number), day=free_from)
    return number


def require_label(address: Address, around: Surroundings) -> Label:
    """Return the label of a building, unit or room if no sibling has it in any spelling.

    Raises LabelMissing, LabelAlreadyTaken.
    """
    label = address.label
    if label is ABSENT:
        raise LabelMissing(kind=address.kind.word)
    if match_key(str(label)) in around.labels_taken:
        raise LabelAlreadyTaken(label=label)
    return label


def require_position(address: Address, position: Position, around: Surroundings) -> Position:
    """Return `position` if the address may have it.

    Raises RoomHasNoPosition, PositionNotOnEarth, PositionOutsideDivision.
    """
    if address.kind is Kind.ROOM:
        raise RoomHasNoPosition
    if not position.on_earth:
        raise PositionNotOnEarth(lon=position.lon, lat=position.lat)
    if not around.inside_division:
        raise PositionOutsideDivision
    return position


def require_door_position(address: Address) -> None:
    """Check that a door which becomes current is on the map.

    Raises DoorNeedsPosition.
    """
    if address.kind is Kind.DOOR and address.position is None:
        raise DoorNeedsPosition


def require_other_floor(address: Address, floor: int) -> int:
    """Return `floor` if it is another one of a room.

    Raises FloorOnlyForRooms, FloorZeroDoesNotExist, FloorUnchanged.
    """
    _require_floor_of_room(address, floor)
    if floor == address.floor:
        raise FloorUnchanged(floor=floor)
    return floor


def _require_floor_of_room(address: Address, floor: int) -> None:
    if address.kind is not Kind.ROOM:
        raise FloorOnlyForRooms(kind=address.kind.word)
    require_floor(floor)
