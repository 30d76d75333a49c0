"""The addresses a plan makes: their texts, ids and codes, reserved on submission and made current on publication."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geo_app.domain.address import Decision
from geo_app.domain.address_code import DEFAULT_SCHEME, CodeLevel
from geo_app.domain.address_elements import ABSENT, AddressElements, DivisionNames, HouseNumber
from geo_app.domain.address_id import make_id
from geo_app.domain.address_kinship import HasLivingChildren
from geo_app.domain.address_refusals import AddressLocked
from geo_app.domain.address_text import TextStyle, number_text, standard_text
from geo_app.domain.adoption_mapping import Fate, Held
from geo_app.domain.division_names import short_name
from geo_app.domain.errors import DomainError
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.planned_door import PlannedDoor
from geo_app.domain.planned_street import style_of
from geo_app.persistence.plans import PlanRecord
from geo_app.persistence.queries.division_chain import DivisionChain, division_chains, divisions_of_doors
from geo_app.persistence.register import Register
from geo_app.persistence.reservations import DoorAddress, Proposal
from geo_app.persistence.streets import StreetRecord
from geo_app.persistence.village_groups import VillageGroupRecord
from geo_app.services.numbering_facts import Changes
from geo_app.services.numbering_places import PlanPlace, address_place, name_of

LEVELS = ("province", "city", "county", "township")
"""The divisions that every address names."""

Chains = Mapping[int, DivisionChain]
"""By entrance id."""


class StreetHasNoTownship(DomainError):
    """An address names the divisions down to the township at least (police practice)."""

    pattern = "“{street}” lies in no known township; choose its division first."


def reserve(register: Register, place: PlanPlace, plan: PlanRecord, changes: Changes, decision: Decision) -> None:
    """Make proposed addresses, which hold the plan's numbers.

    A number that a door of the same plan still has cannot be held twice; it is given when that door lets go.
    Raises NumberAlreadyTaken, AddressTextTaken, StreetHasNoTownship, AddressLocked.
    """
    held = {door.door.number for door in (*changes.renumbered, *changes.ended)}
    doors = [door for door in changes.numbers if door.number not in held]
    if not doors:
        return
    held_for = register.reservations.case_at_doors([door.door.entrance_id for door in doors])
    if held_for is not None:
        raise AddressLocked(case=held_for)
    ids = new_ids(register, place, len(doors))
    chains = chains_of(register, place, doors)
    addresses = [_address(place, door, chains, (id_, plan)) for id_, door in zip(ids, doors, strict=True)]
    register.reservations.reserve(address_place(place), addresses, _proposal(decision))
    given = zip((door.door.entrance_id for door in doors), ids, strict=True)
    register.plans.set_addresses(plan.life.plan_id, given)


def release(register: Register, plan: PlanRecord, doors: Sequence[PlannedDoor]) -> None:
    """Give back the numbers of a plan that goes no further."""
    reserved = [(door.door.entrance_id, door.address_id) for door in doors if door.address_id]
    register.reservations.release([address for _, address in reserved if address])
    register.plans.set_addresses(plan.life.plan_id, ((entrance, None) for entrance, _ in reserved))


def publish(register: Register, place: PlanPlace, plan: PlanRecord, changes: Changes, decision: Decision) -> None:
    """Make the plan's addresses current: new ones with their codes, renumbered ones with their old numbers as aliases.

    Raises AddressLocked, HasLivingChildren, NumberAlreadyTaken, AddressTextTaken, CodeFieldTooWide.
    """
    _require_free_to_move(register, changes)
    plan_id = plan.life.plan_id
    register.plans.remember_before(plan_id)
    chains = chains_of(register, place, changes.numbers)
    _keep_old_texts(register, plan, changes, decision)
    old_texts = register.reservations.hold_texts_below(changes.moving, decision.day)
    _let_go(register, place, plan, changes, decision)
    _renumber(register, place, plan, (changes.renumbered, chains))
    register.reservations.carry_texts_below(old_texts)
    _make_current(register, place, plan, (changes.new, chains), decision)
    _keep_walls(register, place, plan, changes, decision)
    _settle_ranks(register, plan, changes, decision)
    who = (decision.actor.account_id, decision.actor.reason)
    register.reservations.journal(changes.moving, "renumber" if not plan.life.corrects else "undo", plan_id, who)


def _settle_ranks(register: Register, plan: PlanRecord, changes: Changes, decision: Decision) -> None:
    """Tell secondary and temporary addresses from others (GB/T 39609: a second door of one place is secondary)."""
    ended = [door.door.address_id for door in changes.ended if door.door.address_id]
    register.door_ranks.free_secondaries(ended, decision.day)
    doors = [door.door.entrance_id for door in changes.numbers]
    register.door_ranks.mark_temporary(doors, decision.day)
    if NumberingRule.from_mapping(plan.rule).corner == "main_door":
        register.door_ranks.make_secondary(doors, decision.day)


def _require_free_to_move(register: Register, changes: Changes) -> None:
    locked = register.reservations.locked_case(changes.moving)
    if locked is not None:
        raise AddressLocked(case=locked)
    ended = [door.door.address_id for door in changes.ended if door.door.address_id]
    living = register.reservations.living_below(ended)
    if living:
        raise HasLivingChildren(count=living)


def alias_source(plan_id: int) -> str:
    """Return the mark of the aliases that the publication of a plan wrote."""
    return f"plan {plan_id}"


def _keep_old_texts(register: Register, plan: PlanRecord, changes: Changes, decision: Decision) -> None:
    """Keep the full old texts of renumbered doors and of all that hangs under them: rooms stay findable too."""
    moving = [door.door.address_id for door in changes.renumbered if door.door.address_id]
    register.aliases.keep_old_texts(moving, decision.day, alias_source(plan.life.plan_id))


def _keep_walls(register: Register, place: PlanPlace, plan: PlanRecord, changes: Changes, decision: Decision) -> None:
    """Keep what hung on the walls of doors that had no address and now have another number."""
    walls = {door.door.entrance_id: door.door.wall_number for door in changes.new if door.fate is Fate.RENUMBERED}
    if not walls:
        return
    style = style_of_plan(plan)
    published = {door.door.entrance_id: door.address_id for door in register.plans.doors(plan.life.plan_id)}
    old = {
        address: name_of(place) + Held(None, walls[entrance] or "").text(style)
        for entrance, address in published.items()
        if entrance in walls and address
    }
    register.aliases.keep_old_numbers(old, decision.day, alias_source(plan.life.plan_id))


def _let_go(register: Register, place: PlanPlace, plan: PlanRecord, changes: Changes, decision: Decision) -> None:
    old = {
        door.door.address_id: name_of(place) + number_text(door.door.number, style_of_plan(plan))
        for door in changes.renumbered
        if door.door.address_id and door.door.number
    }
    register.aliases.keep_old_numbers(old, decision.day, alias_source(plan.life.plan_id))
    register.plans.set_addresses(
        plan.life.plan_id,
        ((door.door.entrance_id, door.door.address_id) for door in (*changes.renumbered, *changes.ended)),
    )
    register.reservations.drop_reservations([door.address_id for door in changes.renumbered if door.address_id])
    register.reservations.set_aside(changes.moving, decision.day)


def _renumber(
    register: Register, place: PlanPlace, plan: PlanRecord, renumbered: tuple[Sequence[PlannedDoor], Chains]
) -> None:
    doors, chains = renumbered
    addresses = [_address(place, door, chains, (door.door.address_id or "", plan)) for door in doors]
    register.reservations.renumber(address_place(place), addresses)


def _make_current(
    register: Register,
    place: PlanPlace,
    plan: PlanRecord,
    new: tuple[Sequence[PlannedDoor], Chains],
    decision: Decision,
) -> None:
    doors, chains = new
    late = [door for door in doors if door.address_id is None]
    ids = dict(zip((door.door.entrance_id for door in late), new_ids(register, place, len(late)), strict=True))
    addresses = [_address(place, door, chains, (ids[door.door.entrance_id], plan)) for door in late]
    register.reservations.reserve(address_place(place), addresses, _proposal(decision))
    register.plans.set_addresses(plan.life.plan_id, ids.items())
    by_id = {door.address_id or ids[door.door.entrance_id]: chains[door.door.entrance_id] for door in doors}
    codes = door_codes(register, by_id)
    scheme = f"{DEFAULT_SCHEME.name}.{DEFAULT_SCHEME.version}"
    register.reservations.publish(codes, scheme, decision.day)
    who = (decision.actor.account_id, decision.actor.reason)
    register.reservations.journal(list(codes), "publish", plan.life.plan_id, who)


def new_ids(register: Register, place: PlanPlace, count: int) -> list[str]:
    """Return `count` permanent ids that nothing ever had. Raises SerialOutOfRange."""
    if not count:
        return []
    serials = register.serials.draw(f"address:{place.county_code}", count)
    return [make_id(place.county_code, serial) for serial in serials]


def chains_of(register: Register, place: PlanPlace, doors: Sequence[PlannedDoor]) -> Chains:
    """Return the divisions of each door: by outline where one holds it, else those of its street; a group's village.

    Raises StreetHasNoTownship.
    """
    if isinstance(place, VillageGroupRecord):
        chain = division_chains(register.session, [place.division_id])[place.division_id]
        return {door.door.entrance_id: chain for door in doors}
    found = divisions_of_doors(register.session, [door.door.entrance_id for door in doors])
    division = {entrance: _lower(place, outline) for entrance, outline in found.items()}
    if None in division.values():
        raise StreetHasNoTownship(street=place.name)
    chains = division_chains(register.session, sorted({one for one in division.values() if one is not None}))
    return {entrance: chains[one] for entrance, one in division.items() if one is not None}


def _lower(street: StreetRecord, outline: tuple[int, str] | None) -> int | None:
    """Return the street's own division where it says more than the outline that the door lies in."""
    if outline is None or (street.division_code or "").startswith(outline[1]):
        return street.division_id
    return outline[0]


def door_codes(register: Register, addresses: Mapping[str, DivisionChain]) -> dict[str, str]:
    """Return the standard code of each new door by its id; serials run on in each village or township.

    Raises CodeFieldTooWide.
    """
    scheme = f"{DEFAULT_SCHEME.name}.{DEFAULT_SCHEME.version}"
    wanted = Counter(chain.code[:12] for chain in addresses.values())
    # In fixed order: two publications that draw from the same series wait for each other and never in a circle.
    serials = {code: iter(register.serials.draw(f"door:{scheme}:{code}", wanted[code])) for code in sorted(wanted)}
    return {id_: door_code(chain.code, next(serials[chain.code[:12]])) for id_, chain in addresses.items()}


def door_code(division_code: str, serial: int) -> str:
    """Return the standard code of a door. Raises CodeFieldTooWide."""
    parts = {CodeLevel.COUNTY: division_code[:6], CodeLevel.TOWNSHIP: division_code[6:9]}
    parts[CodeLevel.VILLAGE] = division_code[9:12]
    return DEFAULT_SCHEME.encode({level: int(text or 0) for level, text in parts.items()} | {CodeLevel.DOOR: serial})


def text_at(place: PlanPlace, number: HouseNumber, chain: DivisionChain, style: TextStyle) -> str:
    """Return the standard text of a door of a place. Raises what `text_of` and `text_in_group` raise."""
    write = text_in_group if isinstance(place, VillageGroupRecord) else text_of
    return write(place.name, number, chain, style)


def text_of(street_name: str, number: HouseNumber, chain: DivisionChain, style: TextStyle) -> str:
    """Return the standard text of a door. Raises ElementBlank where a division above is missing."""
    return standard_text(AddressElements(_divisions(chain), street=street_name, number=number), style)


def text_in_group(group: str, number: HouseNumber, chain: DivisionChain, style: TextStyle) -> str:
    """Return the standard text of a house: …镇X村3组25号. Raises ElementBlank, GroupWithoutVillage."""
    village = chain.names.get("village")
    divisions = replace(_divisions(chain), village=short_name(village) if village else ABSENT)
    return standard_text(AddressElements(divisions, group=group, number=number), style)


def _divisions(chain: DivisionChain) -> DivisionNames:
    province, city, county, township = (chain.names.get(level, "") for level in LEVELS)
    return DivisionNames(province, city, county, township, chain.names.get("village") or ABSENT)


def style_of_plan(plan: PlanRecord) -> TextStyle:
    """Return how the plan's rule writes numbers."""
    return style_of(NumberingRule.from_mapping(plan.rule))


def _address(place: PlanPlace, planned: PlannedDoor, chains: Chains, identity: tuple[str, PlanRecord]) -> DoorAddress:
    id_, plan = identity
    number, door = planned.number, planned.door
    assert number is not None
    chain, style = chains[door.entrance_id], style_of_plan(plan)
    text = text_at(place, number, chain, style)
    return DoorAddress(id_, door.entrance_id, chain.id, number, number_text(number, style), text, door.position)


def _proposal(decision: Decision) -> Proposal:
    return Proposal(decision.actor.account_id, decision.day)
