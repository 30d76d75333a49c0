"""The addresses of an estate's plan: proposed on submission, made current on publication, taken back as a whole."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from geo_app.domain.address import Decision, Kind
from geo_app.domain.address_code import DEFAULT_SCHEME, CodeLevel
from geo_app.domain.address_elements import ABSENT, AddressElements, DivisionNames
from geo_app.domain.address_id import make_ids
from geo_app.domain.address_refusals import AddressLocked
from geo_app.domain.address_text import number_text
from geo_app.domain.estate import Gate
from geo_app.domain.estate_address import GATE_REACH_METRES, EstateAddress, addresses_of, gate_text
from geo_app.domain.estate_numbering import NumberedBuilding, NumberedEstate
from geo_app.domain.estate_refusals import EstateRoomsInUse, GateNumberElsewhere
from geo_app.domain.position import metres_between
from geo_app.persistence.estate_addresses import AddressBelow, EstateGround, GateDoor
from geo_app.persistence.estate_plans import EstatePlanRecord, StoredEstate
from geo_app.persistence.estates import EstateRecord
from geo_app.persistence.queries.division_chain import DivisionChain, division_chains, division_of_position
from geo_app.persistence.register import Register
from geo_app.persistence.reservations import Proposal
from geo_app.services.numbering_addresses import LEVELS, StreetHasNoTownship, door_codes

SCHEME = f"{DEFAULT_SCHEME.name}.{DEFAULT_SCHEME.version}"
WRITTEN = Mapping[str, Sequence[EstateAddress]]
"""Addresses to be by the key of their building."""


def reserve(
    register: Register, estate: EstateRecord, plan: EstatePlanRecord, numbered: NumberedEstate, decision: Decision
) -> None:
    """Make proposed addresses for the gate, where it has none, and for all that is new below it.

    Raises GateNumberElsewhere, NumberAlreadyTaken, AddressTextTaken, StreetHasNoTownship.
    """
    ground, elements = _ground(register, estate, plan)
    new = {one.building.key: addresses_of(one, elements, numbered.estate.word) for one in numbered.new}
    gate = _gate_door(register, plan)
    count = sum(map(len, new.values())) + (gate is None)
    serials = np.array(register.serials.draw(f"address:{estate.county_code}", count))
    ids = iter(make_ids(estate.county_code, serials).tolist())
    gate_id = gate.id if gate else next(ids)
    door = EstateAddress(Kind.DOOR, None, replace(elements, estate=ABSENT), gate_text(elements), plan.gate.position)
    rows: list[tuple[str, str | None, EstateAddress]] = [] if gate else [(gate_id, None, door)]
    tops: list[tuple[str, str | None]] = []
    for key, below in new.items():
        own = [next(ids) for _ in below]
        tops.append((key, own[0]))
        rows += [
            (id_, gate_id if one.parent is None else own[one.parent], one) for id_, one in zip(own, below, strict=True)
        ]
    register.estate_addresses.reserve(ground, rows, Proposal(decision.actor.account_id, decision.day))
    register.estate_plans.set_gate(plan.life.plan_id, gate_id, is_new=gate is None)
    register.estate_plans.set_addresses(plan.life.plan_id, tops)


def release(register: Register, plan: EstatePlanRecord) -> None:
    """Give back the addresses of a plan that goes no further."""
    made = _made(register, plan)
    if made:
        register.reservations.release([one.id for one in made])
        keys = register.estate_plans.content(plan.life.plan_id).made
        register.estate_plans.set_addresses(plan.life.plan_id, ((key, None) for key in keys))
        register.estate_plans.set_gate(plan.life.plan_id, None, is_new=False)


def publish(
    register: Register, estate: EstateRecord, plan: EstatePlanRecord, numbered: NumberedEstate, decision: Decision
) -> None:
    """Make the plan's addresses current with their standard codes, and write its gate and buildings on the ground.

    Raises CodeFieldTooWide.
    """
    assert plan.gate_address_id is not None
    plan_id, made = plan.life.plan_id, _made(register, plan)
    codes = _codes(register, plan, made)
    register.reservations.publish(codes, SCHEME, decision.day)
    if plan.gate_is_new:
        assert plan.gate.street_id is not None
        assert plan.gate.position is not None
        street, position = plan.gate.street_id, plan.gate.position
        entrance = register.entrances.add(estate.county_code, street, position, decision.day)
        register.estate_addresses.hang_gate(plan.gate_address_id, entrance)
    register.estate_addresses.write_buildings(estate.county_code, plan_id, decision.day)
    register.estate_addresses.add_nicknames(
        estate.county_code, plan_id, dict(_nicknames(register, estate, plan, numbered)), decision.day
    )
    register.estates.touch_by_plan(estate.id, plan_id, decision.day)
    _journal(register, [one.id for one in made], "publish", plan_id, decision)


def take_back(register: Register, estate: EstateRecord, plan: EstatePlanRecord, decision: Decision) -> None:
    """End all addresses that a published plan made, rooms before units before buildings before the gate.

    Raises AddressLocked, EstateRoomsInUse.
    """
    plan_id = plan.life.plan_id
    made = [one.id for one in _made(register, plan)]
    locked = register.reservations.locked_case(made)
    if locked is not None:
        raise AddressLocked(case=locked)
    if plan.gate_is_new and plan.gate_address_id:
        others = register.estate_addresses.others_at_gate(plan.gate_address_id, made)
        if others:
            raise EstateRoomsInUse(count=others)
    register.reservations.set_aside(made, decision.day)
    register.estate_addresses.end_nicknames(plan_id, [*made, plan.gate_address_id or ""], decision.day)
    register.estate_addresses.end_buildings(estate.county_code, plan_id, decision.day)
    if plan.gate_is_new and plan.gate_address_id:
        entrance = register.estate_addresses.entrance_of(plan.gate_address_id)
        if entrance is not None:
            register.entrances.remove(entrance, decision.day)
        register.estates.forget_gate(estate.id, decision.day)
    _journal(register, made, "undo", plan_id, decision)


def made_by(numbered: NumberedEstate, stored: StoredEstate | None) -> list[NumberedBuilding]:
    """Return the buildings whose addresses the plan makes, or made."""
    made = stored.made if stored else frozenset[str]()
    return [one for one in numbered.buildings if one.building.address_id is None or one.building.key in made]


def _gate_door(register: Register, plan: EstatePlanRecord) -> GateDoor | None:
    """Return the current address that the gate has already, None where the plan is to make it."""
    gate = plan.gate
    assert gate.street_id is not None
    assert gate.number is not None
    door = register.estate_addresses.door(gate.street_id, gate.number)
    if door is None or door.status != "current":
        # A proposed one is somebody else's: the unique index refuses ours.
        return None
    metres = _metres_to(door, gate)
    if metres > GATE_REACH_METRES:
        street = register.streets.get(gate.street_id).name
        raise GateNumberElsewhere(number=number_text(gate.number), street=street, metres=round(metres))
    return door


def _metres_to(door: GateDoor, gate: Gate) -> float:
    if door.position is None or gate.position is None:
        return 0.0
    return metres_between(door.position, gate.position)


def _ground(register: Register, estate: EstateRecord, plan: EstatePlanRecord) -> tuple[EstateGround, AddressElements]:
    """Return what all addresses share: divisions by the gate, its street and number, the estate's name."""
    gate = plan.gate
    assert gate.street_id is not None
    assert gate.number is not None
    street = register.streets.get(gate.street_id)
    chain = _chain(register, estate, gate)
    if "township" not in chain.names:
        raise StreetHasNoTownship(street=estate.name)
    province, city, county, township = (chain.names.get(level, "") for level in LEVELS)
    divisions = DivisionNames(province, city, county, township, chain.names.get("village") or ABSENT)
    elements = AddressElements(divisions, street=street.name, estate=estate.name, number=gate.number)
    return EstateGround(estate.county_code, chain.id, street.id, street.name), elements


def _chain(register: Register, estate: EstateRecord, gate: Gate) -> DivisionChain:
    """Return the divisions of the gate: by outline where one holds it, else those of the estate."""
    place = division_of_position(register.session, estate.county_code, gate.position) if gate.position else None
    says_more = place is None or (estate.division_code or "").startswith(place[1])
    found = estate.division_id if says_more or place is None else place[0]
    if found is None:
        raise StreetHasNoTownship(street=estate.name)
    return division_chains(register.session, [found])[found]


def _made(register: Register, plan: EstatePlanRecord) -> list[AddressBelow]:
    """Return the addresses that the plan made, in the order in which they were made."""
    content = register.estate_plans.content(plan.life.plan_id)
    tops = [one.address_id for one in content.estate.buildings if one.key in content.made and one.address_id]
    below = register.estate_addresses.below(tops)
    if plan.gate_is_new and plan.gate_address_id:
        return [AddressBelow(plan.gate_address_id, Kind.DOOR.value, None, ""), *below]
    return below


def _codes(register: Register, plan: EstatePlanRecord, made: Sequence[AddressBelow]) -> dict[str, str | None]:
    """Return the standard code of each address: serials of buildings never go back, those below them begin anew.

    Without a code of the gate (a door of another scheme) those below have none either.
    """
    assert plan.gate_address_id is not None
    gate = register.estate_addresses.door_of(plan.gate_address_id)
    codes: dict[str, str | None] = {}
    code = gate.standard_code
    if plan.gate_is_new and gate.division_id is not None:
        chain = division_chains(register.session, [gate.division_id])[gate.division_id]
        code = codes[gate.id] = door_codes(register, {gate.id: chain})[gate.id]
    if code is None or len(code) != DEFAULT_SCHEME.digits:
        return codes | {one.id: None for one in made if one.id != gate.id}
    buildings = sum(one.kind == Kind.BUILDING for one in made)
    serials = iter(register.serials.draw(f"building:{SCHEME}:{code}", buildings) if buildings else ())
    return codes | dict(_codes_below(DEFAULT_SCHEME.decode(code), made, serials))


def _codes_below(
    door: Mapping[CodeLevel, int], made: Sequence[AddressBelow], serials: Iterator[int]
) -> Iterator[tuple[str, str]]:
    parts: dict[str, Mapping[CodeLevel, int]] = {}
    counted: defaultdict[tuple[str | None, str], int] = defaultdict(int)
    for one in made:
        if one.kind == Kind.DOOR:
            continue
        counted[one.parent_id, one.kind] += 1
        serial = next(serials) if one.kind == Kind.BUILDING else counted[one.parent_id, one.kind]
        above = door if one.kind == Kind.BUILDING else parts[one.parent_id or ""]
        parts[one.id] = {**above, CodeLevel(one.kind): serial}
        yield one.id, DEFAULT_SCHEME.encode(parts[one.id])


def _nicknames(
    register: Register, estate: EstateRecord, plan: EstatePlanRecord, numbered: NumberedEstate
) -> Iterator[tuple[str, str]]:
    """Yield other names by the address's text: the estate's own for its gate, rooms as the floors' signs have them."""
    _, elements = _ground(register, estate, plan)
    if plan.gate_is_new:
        yield gate_text(elements), estate.name
    for one in made_by(numbered, register.estate_plans.content(plan.life.plan_id)):
        for address in addresses_of(one, elements, numbered.estate.word):
            if address.signed_text:
                yield address.text, address.signed_text


def _journal(register: Register, ids: Sequence[str], verb: str, plan_id: int, decision: Decision) -> None:
    register.estate_addresses.journal(ids, verb, plan_id, (decision.actor.account_id, decision.actor.reason))
