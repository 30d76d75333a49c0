"""Village groups: entered under their village, given a mouth and houses, numbered by plans."""

from dataclasses import dataclass

from geo_app.domain.access import require
from geo_app.domain.access_roles import Permission
from geo_app.domain.address import Decision
from geo_app.domain.address_place import PositionNotOnEarth
from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.domain.position import Position
from geo_app.domain.village_group import (
    GroupHasHouses,
    GroupHasPlan,
    GroupNeedsVillage,
    GroupVersionStale,
    HouseElsewhere,
    group_name,
)
from geo_app.persistence.register import Register
from geo_app.persistence.village_groups import VillageGroupRecord
from geo_app.services import numbering
from geo_app.services.numbering import PlanView
from geo_app.services.numbering_facts import PlanRequest, compute
from geo_app.services.streets import require_free_of_numbers

VILLAGE = marked("village")


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """A group to be entered: its name (3组, 三组, 六社 or a natural village), the code of its village, its mouth."""

    name: str
    village_code: str
    mouth: Position | None = None


def enter_group(register: Register, entry: GroupEntry, decision: Decision) -> int:
    """Write a group of a village and return its id.

    Raises NotFound, NotGranted, GroupNeedsVillage, GroupNameMalformed, GroupNameTaken, PositionNotOnEarth.
    """
    village = register.village_groups.village(entry.village_code)
    if village is None:
        raise NotFound(what=Message(VILLAGE), key=entry.village_code)
    require(decision.actor, Permission.STREET_EDIT, entry.village_code, decision.day)
    division_id, level, village_name = village
    if level != "village":
        raise GroupNeedsVillage(division=village_name)
    county = entry.village_code[:6]
    group_id = register.village_groups.add(county, division_id, group_name(entry.name), decision.day)
    if entry.mouth is not None:
        _require_on_earth(entry.mouth)
        register.village_groups.set_mouth(group_id, entry.mouth)
    _record(register, decision, "enter", ("village_group", group_id))
    return group_id


def set_mouth(register: Register, group_id: int, mouth: Position, decision: Decision) -> None:
    """Write where one comes in to the group's lanes; plans on their way are then out of date.

    Raises NotFound, NotGranted, GroupVersionStale, PositionNotOnEarth.
    """
    _require_on_earth(mouth)
    _hold(register, group_id, Permission.ENTRANCE_EDIT, decision)
    register.village_groups.set_mouth(group_id, mouth)
    _record(register, decision, "set_mouth", ("village_group", group_id))


def remove_group(register: Register, group_id: int, decision: Decision) -> None:
    """End a group without houses.

    Raises NotFound, NotGranted, GroupVersionStale, GroupHasHouses, GroupHasPlan.
    """
    _hold(register, group_id, Permission.STREET_EDIT, decision)
    houses = len(register.entrances.of_group(group_id))
    if houses:
        raise GroupHasHouses(count=houses)
    plan = register.plans.on_its_way_in_group(group_id)
    if plan is not None:
        raise GroupHasPlan(plan=plan)
    register.village_groups.remove(group_id, decision.day)
    _record(register, decision, "remove", ("village_group", group_id))


def add_house(register: Register, group_id: int, position: Position, decision: Decision) -> int:
    """Write a new house of a group and return its id; it has no number until a plan gives one.

    Raises NotFound, NotGranted, PositionNotOnEarth.
    """
    _require_on_earth(position)
    group = register.village_groups.lock(group_id)
    require(decision.actor, Permission.ENTRANCE_EDIT, group.area, decision.day)
    entrance_id = register.entrances.add_house(group.county_code, group_id, position, decision.day)
    _record(register, decision, "add", ("entrance", entrance_id))
    return entrance_id


def take_in_houses(register: Register, group_id: int, decision: Decision) -> int:
    """Let all houses around that are numbered nowhere belong to the group; return how many there were.

    Raises NotFound, NotGranted.
    """
    group = register.village_groups.lock(group_id)
    require(decision.actor, Permission.ENTRANCE_EDIT, group.area, decision.day)
    houses = register.village_groups.houses_around(group)
    for entrance_id in houses:
        register.entrances.take_into(entrance_id, group_id)
        _record(register, decision, "take_in", ("entrance", entrance_id))
    return len(houses)


def release_house(register: Register, group_id: int, entrance_id: int, decision: Decision) -> None:
    """Let a house without a number no longer belong to the group.

    Raises NotFound, NotGranted, HouseElsewhere, EntranceVersionStale, DoorHasAddress, DoorIsPlanned.
    """
    group = register.village_groups.lock(group_id)
    require(decision.actor, Permission.ENTRANCE_EDIT, group.area, decision.day)
    record = register.entrances.lock(entrance_id, decision.version)
    if record.village_group_id != group_id:
        raise HouseElsewhere
    require_free_of_numbers(register, entrance_id)
    register.entrances.take_into(entrance_id, None)
    _record(register, decision, "release", ("entrance", entrance_id))


def preview(register: Register, group_id: int, request: PlanRequest) -> PlanView:
    """Return the numbers that a rule would give; nothing is written. Raises NotFound."""
    group = register.village_groups.get(group_id)
    return PlanView(group, compute(register, group, request))


def draft_plan(register: Register, group_id: int, request: PlanRequest, decision: Decision) -> int:
    """Write the numbers that a rule gives as a draft and return its id. Raises NotFound, NotGranted."""
    return numbering.draft_on(register, register.village_groups.lock(group_id), request, decision)


def _hold(register: Register, group_id: int, permission: Permission, decision: Decision) -> VillageGroupRecord:
    group = register.village_groups.lock(group_id)
    require(decision.actor, permission, group.area, decision.day)
    if decision.version != group.version:
        raise GroupVersionStale(current=group.version, given=decision.version)
    return group


def _require_on_earth(position: Position) -> None:
    if not position.on_earth:
        raise PositionNotOnEarth(lon=position.lon, lat=position.lat)


def _record(register: Register, decision: Decision, verb: str, subject: tuple[str, object]) -> None:
    register.journal.write(decision.actor.account_id, decision.actor.reason, verb, subject)
