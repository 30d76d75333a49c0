"""Changes and corrections of what an address is called and where it lies.

A *change* (renumber, readdress, relabel, relocate) leaves the old name behind as an alias; a *correction* replaces what
was never true and leaves none, so it is refused where people already read it from a wall.
"""

from dataclasses import dataclass, replace

from geo_app.domain import address_kinship as kinship
from geo_app.domain import address_place as place_rules
from geo_app.domain.access import require_reason
from geo_app.domain.address import Address, Decision, Kind, Place, Rank, Status, Surroundings
from geo_app.domain.address_alias import Alias, AliasKind
from geo_app.domain.address_elements import HouseNumber, Label
from geo_app.domain.address_life import Verb, begin
from geo_app.domain.address_refusals import ChangesBeforeBeginning
from geo_app.domain.address_text import number_text
from geo_app.domain.position import Position


@dataclass(frozen=True, slots=True)
class Changed:
    """An address after a change, and the alias under which it was known before."""

    address: Address
    alias: Alias


def renumber(address: Address, number: HouseNumber, decision: Decision, around: Surroundings) -> Changed:
    """Return the door with a new number from the decision's day, its old number as an alias: the recorded mapping.

    Raises RenumberNeedsCurrent, ReasonNotStated, ChangesBeforeBeginning, NumberOnlyForDoors, NumberUnchanged,
    NumberAlreadyTaken, NumberResting.
    """
    moved = _with_number(_begin_change(address, Verb.RENUMBER, decision), number, decision, around)
    return _changed(address, moved, decision, around.place)


def readdress(address: Address, number: HouseNumber, decision: Decision, around: Surroundings) -> Changed:
    """Return the door with `number` on another street, `around.place`; its old address becomes an alias.

    Raises ReaddressNeedsCurrent, ReasonNotStated, ChangesBeforeBeginning, PlaceOnlyOfTopLevel, NumberOnlyForDoors,
    PlaceUnchanged and the refusals of place and number.
    """
    moved = _on_place(_begin_change(address, Verb.READDRESS, decision), number, decision, around)
    return _changed(address, moved, decision, around.former_place or around.place)


def relabel(address: Address, label: Label, decision: Decision, around: Surroundings) -> Changed:
    """Return the building, unit or room with a new name, the old one as an alias.

    Raises RelabelNeedsCurrent, ReasonNotStated, ChangesBeforeBeginning, LabelNotForDoors, LabelUnchanged,
    LabelAlreadyTaken.
    """
    moved = _with_label(_begin_change(address, Verb.RELABEL, decision), label, decision, around)
    return _changed(address, moved, decision, around.place)


def relocate(address: Address, position: Position, decision: Decision, around: Surroundings) -> Address:
    """Return the address at the place to which its door was moved on the ground.

    Raises RelocateNeedsCurrent, ReasonNotStated, RoomHasNoPosition, PositionNotOnEarth, PositionOutsideDivision,
    PositionUnchanged.
    """
    return _at(_begin_change(address, Verb.RELOCATE, decision), position, decision, around)


def make_secondary(address: Address, decision: Decision, around: Surroundings) -> Address:
    """Return the door as a secondary address of `around.primary`.

    Raises RerankNeedsLiving, AlreadySecondary, HasLivingChildren, HasLivingSecondaries and the refusals about
    primaries.
    """
    moved = begin(address, Verb.MAKE_SECONDARY, decision)
    primary = kinship.require_primary(address, around.primary)
    if primary.id == address.primary_id:
        raise kinship.AlreadySecondary
    kinship.require_nothing_living_below(around)
    return replace(moved, primary_id=primary.id)


def make_primary(address: Address, decision: Decision) -> Address:
    """Return a secondary door as an address of its own.

    Raises RerankNeedsLiving, AlreadyPrimary.
    """
    moved = begin(address, Verb.MAKE_PRIMARY, decision)
    if address.rank is Rank.PRIMARY:
        raise kinship.AlreadyPrimary
    return replace(moved, primary_id=None)


def correct_number(address: Address, number: HouseNumber, decision: Decision, around: Surroundings) -> Address:
    """Return the door with the number it should have had all along.

    Raises CorrectNumberNeedsLiving, NumberIsOnTheWall and what `renumber` raises about numbers.
    """
    moved = begin(address, Verb.CORRECT_NUMBER, decision)
    _require_off_the_wall(address, around)
    # A number goes back to the door it was taken from by mistake, however short it rested.
    return _with_number(moved, number, decision, replace(around, numbers_resting={}))


def correct_place(address: Address, number: HouseNumber, decision: Decision, around: Surroundings) -> Address:
    """Return the door on the street it should have been on all along, `around.place`.

    Raises CorrectPlaceNeedsLiving, NumberIsOnTheWall and what `readdress` raises about places.
    """
    moved = begin(address, Verb.CORRECT_PLACE, decision)
    _require_off_the_wall(address, around)
    return _on_place(moved, number, decision, replace(around, numbers_resting={}))


def correct_parent(address: Address, decision: Decision, around: Surroundings) -> Address:
    """Return the building, unit or room under the address it belonged to all along, `around.parent`.

    Without a parent a building stands on `around.place` itself. What hangs below moves along.
    Raises CorrectParentNeedsLiving, ReasonNotStated, DoorHasNoParent, ParentUnchanged, ParentNotCurrent,
    LabelAlreadyTaken and the refusals of place and kinship.
    """
    moved = begin(address, Verb.CORRECT_PARENT, decision)
    require_reason(decision.actor)
    if moved.kind is Kind.DOOR:
        raise kinship.DoorHasNoParent
    if around.parent is None:
        hung = replace(moved, parent_id=None, place_id=around.place.place_id)
    else:
        hung = replace(moved, parent_id=around.parent.id, place_id=None)
    if (hung.parent_id, hung.place_id) == (address.parent_id, address.place_id):
        raise kinship.ParentUnchanged
    kinship.require_kin(hung, around)
    place_rules.require_place(hung, around)
    if hung.status is Status.CURRENT:
        kinship.require_kin_current(around)
    place_rules.require_label(hung, around)
    return hung


def correct_label(address: Address, label: Label, decision: Decision, around: Surroundings) -> Address:
    """Return the building, unit or room with the name it should have had all along.

    Raises CorrectLabelNeedsLiving, LabelIsOnTheWall and what `relabel` raises about names.
    """
    moved = begin(address, Verb.CORRECT_LABEL, decision)
    if around.plated:
        raise place_rules.LabelIsOnTheWall(label=address.label)
    return _with_label(moved, label, decision, around)


def correct_floor(address: Address, floor: int, decision: Decision) -> Address:
    """Return the room on the floor it was on all along.

    Raises CorrectFloorNeedsLiving, ReasonNotStated, FloorOnlyForRooms, FloorZeroDoesNotExist, FloorUnchanged.
    """
    moved = begin(address, Verb.CORRECT_FLOOR, decision)
    require_reason(decision.actor)
    return replace(moved, floor=place_rules.require_other_floor(address, floor))


def correct_position(address: Address, position: Position, decision: Decision, around: Surroundings) -> Address:
    """Return the address where it was all along.

    Raises CorrectPositionNeedsLiving and what `relocate` raises about positions.
    """
    return _at(begin(address, Verb.CORRECT_POSITION, decision), position, decision, around)


def _begin_change(address: Address, verb: Verb, decision: Decision) -> Address:
    moved = begin(address, verb, decision)
    start = address.named_from or address.valid_from
    if decision.day < start:
        raise ChangesBeforeBeginning(start=start, day=decision.day)
    return moved


def _changed(before: Address, after: Address, decision: Decision, former: Place) -> Changed:
    if isinstance(before.number, HouseNumber):
        kind, text = AliasKind.OLD_NUMBER, former.name + number_text(before.number)
    else:
        kind, text = AliasKind.OLD_NAME, str(before.label)
    start = before.named_from or before.valid_from
    # Renamed on its first day: the old name held for no whole day and is kept without a beginning.
    alias = Alias(before.id, kind, text, start if start < decision.day else None, decision.day)
    return Changed(replace(after, named_from=decision.day), alias)


def _with_number(moved: Address, number: HouseNumber, decision: Decision, around: Surroundings) -> Address:
    require_reason(decision.actor)
    _require_door(moved)
    if number == moved.number:
        raise place_rules.NumberUnchanged(number=number_text(number))
    numbered = replace(moved, number=number)
    place_rules.require_number(numbered, around, decision.day)
    return numbered


def _on_place(moved: Address, number: HouseNumber, decision: Decision, around: Surroundings) -> Address:
    require_reason(decision.actor)
    if moved.parent_id is not None:
        raise place_rules.PlaceOnlyOfTopLevel(kind=moved.kind.word)
    _require_door(moved)
    if around.place.place_id == moved.place_id:
        raise place_rules.PlaceUnchanged(place=around.place.name)
    place_rules.require_place(moved, around)
    placed = replace(moved, place_id=around.place.place_id, number=number)
    place_rules.require_number(placed, around, decision.day)
    return placed


def _with_label(moved: Address, label: Label, decision: Decision, around: Surroundings) -> Address:
    require_reason(decision.actor)
    if moved.kind is Kind.DOOR:
        raise place_rules.LabelNotForDoors
    if label == moved.label:
        raise place_rules.LabelUnchanged(label=label)
    named = replace(moved, label=label)
    place_rules.require_label(named, around)
    return named


def _at(moved: Address, position: Position, decision: Decision, around: Surroundings) -> Address:
    require_reason(decision.actor)
    place_rules.require_position(moved, position, around)
    if position == moved.position:
        raise place_rules.PositionUnchanged
    return replace(moved, position=position)


def _require_door(address: Address) -> None:
    if address.kind is not Kind.DOOR:
        raise place_rules.NumberOnlyForDoors(kind=address.kind.word)


def _require_off_the_wall(address: Address, around: Surroundings) -> None:
    if around.plated and isinstance(address.number, HouseNumber):
        raise place_rules.NumberIsOnTheWall(number=number_text(address.number))
