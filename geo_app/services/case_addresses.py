"""What a case does to the register: its number reserved on submission, its effect carried out on approval."""

from dataclasses import replace

from geo_app.domain import address_change, address_life
from geo_app.domain.address import Address, Decision
from geo_app.domain.address_code import DEFAULT_SCHEME
from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.address_text import number_text
from geo_app.domain.case_kinds import Effect
from geo_app.domain.planned_door import Door, PlannedDoor
from geo_app.domain.planned_street import style_of
from geo_app.domain.position import Position
from geo_app.persistence.cases import CaseRecord
from geo_app.persistence.queries.division_chain import DivisionChain, division_chains
from geo_app.persistence.register import Register
from geo_app.persistence.reservations import DoorAddress, Proposal
from geo_app.persistence.streets import StreetRecord
from geo_app.services.case_numbers import street_rule
from geo_app.services.numbering_addresses import chains_of, door_codes, new_ids, text_of
from geo_app.services.numbering_places import address_place


def reserve_number(register: Register, street: StreetRecord, case: CaseRecord, decision: Decision) -> DoorAddress:
    """Make the proposed address that holds the number of a case; only this case may move it.

    Raises NumberAlreadyTaken, AddressTextTaken, StreetHasNoTownship.
    """
    assert case.number is not None
    assert case.position is not None
    [id_] = new_ids(register, street, 1)
    address = _door_address(register, street, case, (id_, case.number.number, case.position))
    proposal = Proposal(decision.actor.account_id, decision.day)
    register.reservations.reserve(address_place(street), [address], proposal)
    register.addresses.set_lock(id_, case.receipt)
    return address


def release_number(register: Register, case: CaseRecord) -> None:
    """Give the number of a case back; it is free at once."""
    if case.reserved_id is not None:
        register.addresses.set_lock(case.reserved_id, None)
        register.reservations.release([case.reserved_id])


def carry_out(register: Register, street: StreetRecord | None, case: CaseRecord, decision: Decision) -> None:
    """Do to the register what the kind of the case says, from the decision's day.

    Raises the refusals of `address_life.retire` and `address_change.renumber`, NumberAlreadyTaken, AddressTextTaken,
    CodeFieldTooWide.
    """
    effect = case.life.kind.effect
    if effect in {Effect.MAKE, Effect.MAKE_TEMPORARY}:
        assert street is not None
        _make_current(register, street, case, decision)
    elif effect is Effect.RENUMBER:
        assert street is not None
        _renumber(register, street, case, decision)
    elif effect is Effect.RETIRE:
        _retire(register, case, decision)
    elif effect is Effect.FORMALISE:
        assert case.address_id is not None
        register.addresses.set_temporary(case.address_id, decision.day, temporary=False)


def _make_current(register: Register, street: StreetRecord, case: CaseRecord, decision: Decision) -> None:
    assert case.reserved_id is not None
    register.addresses.set_lock(case.reserved_id, None)
    codes = door_codes(register, {case.reserved_id: _chain(register, street, case)})
    register.reservations.publish(codes, f"{DEFAULT_SCHEME.name}.{DEFAULT_SCHEME.version}", decision.day)
    if case.life.kind.effect is Effect.MAKE_TEMPORARY:
        register.addresses.set_temporary(case.reserved_id, decision.day, temporary=True)


def _renumber(register: Register, street: StreetRecord, case: CaseRecord, decision: Decision) -> None:
    assert case.address_id is not None
    assert case.reserved_id is not None
    assert case.number is not None
    # The proposal only kept the number free for the address, which keeps its own id.
    register.addresses.set_lock(case.reserved_id, None)
    register.cases.forget_reservation(case.life.case_id)
    register.reservations.drop_reservations([case.reserved_id])
    address = _unlocked(register, case, decision)
    around = register.addresses.surroundings(address)
    changed = address_change.renumber(address, case.number.number, _seen(address, decision), around)
    address_id, position = case.address_id, changed.address.position or case.position
    assert position is not None
    source = f"case {case.receipt}"
    register.aliases.keep_old_numbers({address_id: changed.alias.text}, decision.day, source)
    register.aliases.keep_old_texts([address_id], decision.day, source)
    texts_below = register.reservations.hold_texts_below([address_id], decision.day)
    register.reservations.set_aside([address_id], decision.day)
    written = _door_address(register, street, case, (address_id, case.number.number, position))
    register.reservations.renumber(address_place(street), [written])
    register.reservations.carry_texts_below(texts_below)


def _retire(register: Register, case: CaseRecord, decision: Decision) -> None:
    address = _unlocked(register, case, decision)
    around = register.addresses.surroundings(address)
    register.addresses.end(address_life.retire(address, _seen(address, decision), around), decision.day)


def _unlocked(register: Register, case: CaseRecord, decision: Decision) -> Address:
    assert case.address_id is not None
    address = register.addresses.lock(case.address_id)
    register.addresses.set_lock(address.id, None)
    return address_life.unlock(address, case.receipt, _seen(address, decision))


def _seen(address: Address, decision: Decision) -> Decision:
    """Return the decision about the address as it is now: the case's version was checked, the address is held."""
    return replace(decision, version=address.version)


def _door_address(
    register: Register, street: StreetRecord, case: CaseRecord, what: tuple[str, HouseNumber, Position]
) -> DoorAddress:
    id_, number, position = what
    chain, style = _chain(register, street, case), style_of(street_rule(register, street.id))
    text = text_of(street.name, number, chain, style)
    return DoorAddress(id_, case.entrance_id, chain.id, number, number_text(number, style), text, position)


def _chain(register: Register, street: StreetRecord, case: CaseRecord) -> DivisionChain:
    """Return the divisions of the case's address: those it has, else those its door lies in."""
    division = (
        register.addresses.division_of(case.address_id) if case.life.kind.needs_address and case.address_id else None
    )
    if division is not None:
        return division_chains(register.session, [division])[division]
    assert case.entrance_id is not None
    assert case.position is not None
    return chains_of(register, street, [PlannedDoor(Door(case.entrance_id, case.position, 1))])[case.entrance_id]
