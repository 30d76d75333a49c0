"""Estates of the demonstration: one published, one a draft, made up on open ground beside its streets."""

from dataclasses import replace
from datetime import date

from geo_app.domain.address import Decision
from geo_app.domain.case_number import NEW_DOOR
from geo_app.domain.demo_estates import GARDEN, TOWERS, DemoGround, open_ground, slabs
from geo_app.domain.estate import Estate, EstateBuilding, Gate
from geo_app.exchange.numbering_rules import DEFAULT, load_rule
from geo_app.persistence.register import Register
from geo_app.services import estate_plans
from geo_app.services.case_numbers import CaseDoor, propose_door_number
from geo_app.services.demo_plans import DemoPeople
from geo_app.services.estate_plans import EstateRequest
from geo_app.services.estates import add_estate, approve_estate_name

GARDEN_NAME, TOWERS_NAME = "示范花园", "样板新苑"
GARDEN_SIZE, TOWERS_SIZE = (155.0, 100.0), (105.0, 70.0)


def make_demo_estates(register: Register, people: DemoPeople, day: date) -> int:
    """Write a published estate and a draft of one, and return how many found room."""
    made = 0
    ground = _ground(register, GARDEN_SIZE)
    if ground is not None:
        plan = _drafted(register, people, (GARDEN_NAME, day), (ground, slabs(ground, 3, 3, GARDEN)))
        steps = (
            (estate_plans.submit_plan, people.planner),
            (estate_plans.approve_plan, people.reviewer),
            (estate_plans.publish_plan, people.reviewer),
        )
        for take, actor in steps:
            take(register, plan, Decision(actor, day, register.estate_plans.get(plan).life.version))
        made += 1
    ground = _ground(register, TOWERS_SIZE)
    if ground is not None:
        _drafted(register, people, (TOWERS_NAME, day), (ground, slabs(ground, 2, 2, TOWERS)))
        made += 1
    return made


def _ground(register: Register, size: tuple[float, float]) -> DemoGround | None:
    streets, obstacles = register.demo.ground()
    return open_ground(streets, obstacles, size)


def _drafted(
    register: Register,
    people: DemoPeople,
    named: tuple[str, date],
    drawn: tuple[DemoGround, tuple[EstateBuilding, ...]],
) -> int:
    (name, day), (ground, buildings) = named, drawn
    street = register.streets.get(ground.street_id)
    estate = add_estate(register, name, street.area, Decision(people.planner, day, 0))
    register.estates.mark_made_up(estate)
    version = register.estates.get(estate).version
    approve_estate_name(register, estate, Decision(people.reviewer, day, version))
    number = propose_door_number(register, street, CaseDoor(NEW_DOOR, ground.gate)).number
    gate = Gate(ground.gate, street.id, number)
    rule = replace(load_rule(DEFAULT), building_order="s_from_gate_left")
    request = EstateRequest(Estate(buildings, gate, ground.boundary), rule, name)
    return estate_plans.draft_plan(register, estate, request, Decision(people.planner, day, 0))
