"""A small register for tests: made-up accounts, the divisions above one town, streets with doors on both sides."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from sqlalchemy import text

from geo_app.domain.access import Actor, Grant
from geo_app.domain.access_roles import Role
from geo_app.domain.address import Decision
from geo_app.exchange.numbering_rules import load_rule
from geo_app.persistence.register import Register
from geo_app.services import numbering
from geo_app.services.numbering_facts import PlanRequest

DAY = date(2024, 3, 1)
COUNTY = "511111"
TOWNSHIP = "511111100"
VILLAGE = "511111100001"
WEST, SOUTH = 103.55, 29.41
"""South-western corner of the example; 0.0001 degrees are about 10 m."""

DIVISIONS = (
    ("51", "province", "四川省"),
    ("5111", "city", "乐山市"),
    (COUNTY, "county", "沙湾区"),
    (TOWNSHIP, "township", "沙湾镇"),
    (VILLAGE, "village", "铜街子社区"),
)
SICHUAN = load_rule("sichuan")


@dataclass(frozen=True)
class Example:
    planner: Actor
    reviewer: Actor
    stranger: Actor
    street: int

    def by_planner(self, version=0, reason="", day=DAY):
        return Decision(replace(self.planner, reason=reason), day, version)

    def by_reviewer(self, version=0, reason="", day=DAY):
        return Decision(replace(self.reviewer, reason=reason), day, version)

    def by_stranger(self, version=0):
        return Decision(self.stranger, DAY, version)


def make_example(register: Register, doors: int = 6) -> Example:
    """Return three people and a street of `doors` doors, running east and west."""
    divisions = make_divisions(register)
    return Example(
        make_actor(register, "planner", Role.PLANNER),
        make_actor(register, "reviewer", Role.REVIEWER),
        make_actor(register, "stranger", None),
        make_street(register, "铜河路", divisions[TOWNSHIP], doors),
    )


def make_divisions(register: Register) -> dict[str, int]:
    ids: dict[str, int] = {}
    for code, level, name in DIVISIONS:
        above = next((ids[known] for known in reversed(ids) if code.startswith(known)), None)
        ids[code] = register.session.execute(
            text(
                "insert into division (code, level, name, parent_id, valid)"
                " values (:code, :level, :name, :above, '[2018-01-01,)') returning id"
            ),
            {"code": code, "level": level, "name": name, "above": above},
        ).scalar_one()
    return ids


def living_divisions(register: Register) -> dict[str, int]:
    return dict(register.session.execute(text("select code, id from division where upper_inf(valid)")).all())


def make_actor(register: Register, name: str, role: Role | None) -> Actor:
    account = register.session.execute(
        text("insert into account (name, display_name) values (:name, :name) returning id"), {"name": name}
    ).scalar_one()
    grants = (Grant(role, COUNTY, date(2020, 1, 1)),) if role else ()
    return Actor(account, name, grants)


def make_street(register: Register, name: str, division: int, doors: int, *, north: float = 0.0) -> int:
    """Write a street of `doors` doors on both sides of its line, which lies `north` degrees above the corner."""
    values = {"name": name, "division": division, "county": COUNTY}
    street = register.session.execute(
        text(
            "insert into street (county_code, division_id, name, valid)"
            " values (:county, :division, :name, '[2018-01-01,)') returning id"
        ),
        values,
    ).scalar_one()
    length = 0.0001 * (doors // 2 + 2)
    register.session.execute(
        text(
            "insert into street_piece (county_code, street_id, line, valid) values (:county, :street,"
            " st_setsrid(st_makeline(st_makepoint(:west, :lat), st_makepoint(:east, :lat)), 4490), '[2018-01-01,)')"
        ),
        {**values, "street": street, "west": WEST, "east": WEST + length, "lat": SOUTH + north},
    )
    register.session.execute(
        text(
            "insert into entrance (county_code, street_id, position, valid)"
            " select :county, :street, st_setsrid(st_makepoint("
            " :west + 0.0001 * (i / 2 + 1), :lat + case when i % 2 = 0 then 0.00008 else -0.00008 end), 4490),"
            " '[2018-01-01,)' from generate_series(0, :doors - 1) i"
        ),
        {**values, "street": street, "west": WEST, "lat": SOUTH + north, "doors": doors},
    )
    return int(street)


def request(rule=SICHUAN, **fields) -> PlanRequest:
    return PlanRequest(rule, **fields)


def number_street(register: Register, example: Example, street: int | None = None) -> None:
    """Number the doors of a street (the example's own) and publish them."""
    plan = numbering.draft_plan(register, street or example.street, request(), example.by_planner())
    numbering.submit_plan(register, plan, example.by_planner(1))
    numbering.approve_plan(register, plan, example.by_reviewer(2))
    numbering.publish_plan(register, plan, example.by_reviewer(3))


@pytest.fixture
def example(register: Register) -> Example:
    return make_example(register)
