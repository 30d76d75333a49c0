"""A small village group for tests: one lane of 100 m from its mouth, a side lane, houses along both."""

from dataclasses import dataclass

from sqlalchemy import text

from geo_app.domain.position import Position
from geo_app.persistence.register import Register
from geo_app.services import village_groups
from geo_app.services.village_groups import GroupEntry
from tests.support.example_register import COUNTY, SOUTH, VILLAGE, WEST, Example

MOUTH = Position(WEST, SOUTH + 0.01)
HOUSES = ((2, 1), (4, -1), (6, 2), (6, 4), (9, 1), (11, -1))
"""In tens of metres east and north of the mouth; the side lane leaves at 5 to the north."""


@dataclass(frozen=True)
class ExampleGroup:
    id: int
    houses: tuple[int, ...]


def at(east: float, north: float) -> Position:
    return Position(MOUTH.lon + east * 0.0001, MOUTH.lat + north * 0.00009)


def make_group(register: Register, example: Example, name: str = "3组", houses=HOUSES) -> ExampleGroup:
    """Write a group with its lanes; the order of the houses is that of the walk."""
    entry = GroupEntry(name, VILLAGE, MOUTH)
    group_id = village_groups.enter_group(register, entry, example.by_planner())
    for line in (((0, 0), (12, 0)), ((5, 0), (5, 5))):
        make_lane(register, *line)
    return ExampleGroup(group_id, tuple(add_house(register, example, group_id, *spot) for spot in houses))


def make_lane(register: Register, *corners: tuple[float, float]) -> None:
    places = [at(*corner) for corner in corners]
    line = ", ".join(f"{place.lon} {place.lat}" for place in places)
    register.session.execute(
        text("insert into street_piece (county_code, line, valid) values (:county, :line, '[2018-01-01,)')"),
        {"county": COUNTY, "line": f"SRID=4490;LINESTRING({line})"},
    )


def add_house(register: Register, example: Example, group_id: int, east: float, north: float) -> int:
    return village_groups.add_house(register, group_id, at(east, north), example.by_planner())
