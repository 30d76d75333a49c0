"""A made-up estate for tests: six slabs in two rows north of a street, with a gate on it."""

from dataclasses import replace

import shapely

from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.estate import BuildingSpec, Estate, EstateBuilding, Gate
from geo_app.domain.position import Position
from geo_app.persistence.register import Register
from geo_app.services import estate_plans
from geo_app.services.estate_plans import EstateRequest
from geo_app.services.estates import add_estate, approve_estate_name
from tests.support.example_register import SOUTH, TOWNSHIP, WEST, Example

GATE = Position(WEST + 0.0003, SOUTH + 0.0001)
SPEC = BuildingSpec(units=2, floors=3, rooms=2)
NAME = "阳光花园"


def slab(column: int, row: int, *, width: float = 0.0004) -> shapely.Polygon:
    """Return a slab; columns from the west, rows from the south, 60 m and 40 m apart."""
    west, south = WEST + column * 0.0006, SOUTH + 0.0004 + row * 0.0004
    return shapely.box(west, south, west + width, south + 0.0001)


def slabs(spec: BuildingSpec = SPEC) -> tuple[EstateBuilding, ...]:
    places = [(column, row) for row in range(2) for column in range(3)]
    return tuple(EstateBuilding(f"{'abc'[column]}{row}", slab(column, row), spec) for column, row in places)


def make_estate(register: Register, example: Example, name: str = NAME) -> int:
    """Enter an estate whose name is approved."""
    estate = add_estate(register, name, TOWNSHIP, example.by_planner())
    version = register.estates.get(estate).version
    approve_estate_name(register, estate, example.by_reviewer(version))
    return estate


def estate_request(example: Example, **fields) -> EstateRequest:
    estate = Estate(slabs(), Gate(GATE, example.street, HouseNumber(18)))
    return EstateRequest(replace(estate, **fields))


def estate_version(register: Register, plan: int) -> int:
    return register.estate_plans.get(plan).life.version


def brought(register: Register, example: Example, plan: int, steps: int = 3) -> int:
    """Take a draft so far: 1 submitted, 2 approved, 3 published."""
    taken = (
        (estate_plans.submit_plan, example.by_planner),
        (estate_plans.approve_plan, example.by_reviewer),
        (estate_plans.publish_plan, example.by_reviewer),
    )
    for step, decide in taken[:steps]:
        step(register, plan, decide(estate_version(register, plan)))
    return plan
