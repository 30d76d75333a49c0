"""A small made-up street for tests of pages: 600 m from east to west, doors on both sides, a lane off it."""

from dataclasses import dataclass
from datetime import date

from geoalchemy2.shape import from_shape
from shapely import LineString, MultiPolygon, Point, box
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_app.domain.position import SRID
from geo_app.persistence.tables import (
    Account,
    Building,
    Division,
    DivisionOutline,
    Entrance,
    StandardAddress,
    Street,
    StreetPiece,
)

COUNTY = "511111"
WEST, EAST, LATITUDE = 103.5480, 103.5542, 29.4160
DIVISIONS = (
    ("51", "province", "四川省"),
    ("5111", "city", "乐山市"),
    (COUNTY, "county", "沙湾区"),
    ("511111100", "township", "沙湾镇"),
)
SINCE = Range(date(2018, 1, 1), None)


@dataclass(frozen=True)
class ExampleStreet:
    """Ids of what was written."""

    street: int
    lane: int
    doors: tuple[int, ...]
    account: int
    address: str
    town: int


def write_example_street(session: Session) -> ExampleStreet:
    account = Account(name="example.clerk", display_name="示例规划员", made_up=True)
    session.add(account)
    session.flush()
    town = _divisions(session)
    outline = box(103.53, 29.40, 103.57, 29.43)
    session.add(
        DivisionOutline(
            division_id=town.id, outline=from_shape(MultiPolygon([outline]), SRID), derived=True, valid=SINCE
        )
    )
    street = _street(session, town.id, "铜河路", [(EAST, LATITUDE), (103.5511, LATITUDE + 0.0002), (WEST, LATITUDE)])
    lane = _street(session, town.id, "文豪巷", [(103.5511, LATITUDE + 0.0002), (103.5511, LATITUDE + 0.0016)])
    doors = tuple(_door(session, street, place) for place in range(24))
    return ExampleStreet(street, lane, doors, account.id, _address(session, town.id, street, doors[0]), town.id)


def _divisions(session: Session) -> Division:
    """Write the divisions from the province down to the town, and return the town."""
    above = None
    for code, level, name in DIVISIONS:
        division = Division(code=code, level=level, name=name, parent_id=above and above.id, valid=SINCE)
        session.add(division)
        session.flush()
        above = division
    return above


def _street(session: Session, town: int, name: str, points: list[tuple[float, float]]) -> int:
    street = Street(county_code=COUNTY, division_id=town, name=name, made_up=True, valid=SINCE)
    session.add(street)
    session.flush()
    line = from_shape(LineString(points), SRID)
    session.add(StreetPiece(county_code=COUNTY, street_id=street.id, line=line, valid=SINCE))
    return street.id


def _door(session: Session, street: int, place: int) -> int:
    lon = EAST - 0.0002 - (place // 2) * 0.0005
    side = 1 if place % 2 else -1
    near, far = sorted((LATITUDE + side * 0.00025, LATITUDE + side * 0.00045))
    outline = from_shape(box(lon - 0.00018, near, lon + 0.00018, far), SRID)
    building = Building(county_code=COUNTY, made_up=True, storeys=6, valid=SINCE, outline=outline)
    session.add(building)
    session.flush()
    door = Entrance(
        county_code=COUNTY, street_id=street, building_id=building.id, made_up=True, valid=SINCE,
        position=from_shape(Point(lon, LATITUDE + side * 0.00024), SRID), wall_number="1" if place == 0 else None,
    )  # fmt: skip
    session.add(door)
    session.flush()
    return door.id


def _address(session: Session, town: int, street: int, door: int) -> str:
    address = StandardAddress(
        id="511111000000017", county_code=COUNTY, status="current", division_id=town, street_id=street,
        entrance_id=door, street_name="铜河路", number=1, number_text="1号", valid=SINCE,
        text="四川省乐山市沙湾区沙湾镇铜河路1号", match_key="四川省乐山市沙湾区沙湾镇铜河路1号",
        position=from_shape(Point(EAST - 0.0002, LATITUDE - 0.00024), SRID),
    )  # fmt: skip
    session.add(address)
    session.flush()
    return address.id
