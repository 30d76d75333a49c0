"""The number proposed to one door: the street's own plan with this door added, all settled numbers kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from geo_app.domain.case_number import NEW_DOOR, NumberProposal, proposal_of
from geo_app.domain.case_refusals import DoorOnOtherStreet
from geo_app.domain.case_rule import rule_on_the_wall
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.planned_decided import Decided, entrances_of
from geo_app.domain.planned_door import Door, PlanContent
from geo_app.domain.planned_street import plan_street
from geo_app.domain.position import Position
from geo_app.domain.street import build_streets
from geo_app.exchange.numbering_rules import load_rule, rule_names
from geo_app.persistence.register import Register
from geo_app.persistence.streets import StreetRecord
from geo_app.services.numbering_places import street_facts


@dataclass(frozen=True, slots=True)
class CaseDoor:
    """The door of a case: one of the register, or (entrance id `NEW_DOOR`) a point in degrees."""

    entrance_id: int
    position: Position

    @property
    def new(self) -> bool:
        """Tell whether the register has no such door yet."""
        return self.entrance_id == NEW_DOOR


def propose_door_number(register: Register, street: StreetRecord, door: CaseDoor, by_hand: str = "") -> NumberProposal:
    """Return the number of one door among its neighbours; `by_hand` fixes it. Nothing is written.

    Raises CentreNeeded, RuleValueNotAllowed, DoorOnOtherStreet.
    """
    content = street_with(register, street, door, by_hand)
    if door.entrance_id not in {planned.door.entrance_id for planned in content.doors}:
        raise DoorOnOtherStreet
    return proposal_of(content, door.entrance_id)


def street_with(register: Register, street: StreetRecord, door: CaseDoor, by_hand: str = "") -> PlanContent:
    """Return the street's numbers with the door of a case; numbers that others have reserved count as theirs.

    Raises CentreNeeded, RuleValueNotAllowed.
    """
    hand = _settled(register, street.id, door, by_hand)
    extra = [Door(NEW_DOOR, door.position, 1)] if door.new else []
    facts, rule = street_facts(register, street, extra), street_rule(register, street.id)
    walls = entrances_of(facts.doors, Decided({key: text for key, text in hand.items() if key != door.entrance_id}))
    return plan_street(facts, rule_on_the_wall(build_streets(facts.pieces), walls, rule), Decided(hand))


def street_rule(register: Register, street_id: int) -> NumberingRule:
    """Return the rule of the street's latest plan that stands, else the practice that comes first."""
    stored = register.plans.rule_of_street(street_id)
    return NumberingRule.from_mapping(stored) if stored else load_rule(rule_names()[0])


def _settled(register: Register, street_id: int, door: CaseDoor, by_hand: str) -> Mapping[int, str]:
    proposed = register.reservations.numbers_proposed(street_id)
    others = {entrance: text for entrance, text in proposed.items() if entrance != door.entrance_id}
    return others | ({door.entrance_id: by_hand} if by_hand else {})
