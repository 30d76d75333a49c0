"""Estates in the register: found, named, listed, and what their published plans made of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import shapely
from sqlalchemy import Row, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_app.domain.errors import NotFound
from geo_app.domain.estate_name import EstateNaming
from geo_app.domain.estate_refusals import EstateNameTaken
from geo_app.domain.message import Message, marked
from geo_app.domain.position import SRID, Position
from geo_app.persistence.tables import Estate

ESTATE = marked("estate")


@dataclass(frozen=True, slots=True)
class EstateRecord:
    """An estate as it stands; gate and boundary (degrees) are those of its latest published plan."""

    id: int
    county_code: str
    name: str
    approved: bool
    version: int
    proposed_by: int | None = None
    division_id: int | None = None
    division_code: str | None = None
    division_name: str | None = None
    boundary: shapely.Polygon | None = None
    gate: Position | None = None
    gate_address_id: str | None = None
    gate_text: str = ""
    made_up: bool = False

    @property
    def area(self) -> str:
        """Return where a permission is asked for."""
        return self.division_code or self.county_code

    @property
    def naming(self) -> EstateNaming:
        """Return the estate as the rules of its name see it."""
        return EstateNaming(self.name, self.approved, self.proposed_by, self.version)


@dataclass(frozen=True, slots=True)
class NewEstate:
    """An estate to be entered."""

    county_code: str
    division_id: int | None
    name: str
    proposed_by: int


_ONE = text("""
    select e.*, d.code as division_code, d.name as division_name, st_x(e.gate) as lon, st_y(e.gate) as lat,
        st_asbinary(e.boundary) as ground, a.text as gate_text
    from estate e left join division d on d.id = e.division_id left join standard_address a on a.id = e.gate_address_id
    where e.id = :estate and upper_inf(e.valid)
""")

_BOUNDS = text("""
    select st_xmin(e) as west, st_ymin(e) as south, st_xmax(e) as east, st_ymax(e) as north from (
        select coalesce(
            (select st_extent(st_collect(b.outline, coalesce(p.gate, b.outline))) from estate_plan p
                join planned_building b on b.plan_id = p.id where p.estate_id = :estate),
            (select st_extent(st_collect(p.gate, p.boundary)) from estate_plan p where p.estate_id = :estate),
            (select st_extent(o.outline) from estate s join division_outline o on o.division_id = s.division_id
                where s.id = :estate)
        ) as e
    ) extent
""")


class Estates:
    """Finds, locks and writes estates in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, estate_id: int) -> EstateRecord:
        """Return a living estate.

        Raises:
            NotFound: there is none.
        """
        row = self._session.execute(_ONE, {"estate": estate_id}).one_or_none()
        if row is None:
            raise NotFound(what=Message(ESTATE), key=estate_id)
        return _record(row)

    def lock(self, estate_id: int) -> EstateRecord:
        """Return a living estate and hold it: two planners on one estate go one after the other.

        Raises:
            NotFound: there is none.
        """
        self._session.execute(select(Estate.id).where(Estate.id == estate_id).with_for_update(key_share=True))
        return self.get(estate_id)

    def add(self, estate: NewEstate, day: date) -> int:
        """Write an estate whose name is yet to be approved, and return its id.

        Raises:
            EstateNameTaken: somebody was faster.
        """
        values = {
            "county_code": estate.county_code, "division_id": estate.division_id, "name": estate.name,
            "proposed_by": estate.proposed_by, "valid": func.daterange(day, None),
        }  # fmt: skip
        try:
            return int(self._session.execute(insert(Estate).values(**values).returning(Estate.id)).scalar_one())
        except IntegrityError as clash:
            raise EstateNameTaken(name=estate.name) from clash

    def approve_name(self, estate_id: int, day: date) -> None:
        """Write that the estate's name is approved from `day` on."""
        begins = func.daterange(func.greatest(func.lower(Estate.valid), day), None)
        self._session.execute(update(Estate).where(Estate.id == estate_id).values(naming="approved", valid=begins))

    def names(self, county_code: str, *, but: int | None = None) -> list[str]:
        """Return the names of the county's living estates, `but` one."""
        return list(
            self._session.scalars(
                select(Estate.name).where(
                    Estate.county_code == county_code, Estate.id.is_distinct_from(but), func.upper_inf(Estate.valid)
                )
            )
        )

    def bounds(self, estate_id: int) -> tuple[float, float, float, float] | None:
        """Return west, south, east, north (degrees) of what is drawn of an estate, else of its division, else None."""
        row = self._session.execute(_BOUNDS, {"estate": estate_id}).one()
        return None if row.west is None else (row.west, row.south, row.east, row.north)

    def mark_made_up(self, estate_id: int) -> None:
        """Write that nobody should look for the estate: it belongs to the demonstration."""
        self._session.execute(update(Estate).where(Estate.id == estate_id).values(made_up=True))

    def touch_by_plan(self, estate_id: int, plan_id: int, day: date) -> None:
        """Write gate, boundary and gate address of a plan that was just published as the estate's own."""
        self._session.execute(
            text("""
                update estate e set gate = p.gate, boundary = p.boundary, gate_address_id = p.gate_address_id,
                    valid = daterange(greatest(lower(e.valid), :day), null)
                from estate_plan p where e.id = :estate and p.id = :plan
            """),
            {"estate": estate_id, "plan": plan_id, "day": day},
        )

    def forget_gate(self, estate_id: int, day: date) -> None:
        """Write that the estate has no numbered gate any more: the plan that gave it was undone."""
        self._session.execute(
            update(Estate)
            .where(Estate.id == estate_id)
            .values(
                gate=None,
                boundary=None,
                gate_address_id=None,
                valid=func.daterange(func.greatest(func.lower(Estate.valid), day), None),
            )
        )


def ewkt(shape: shapely.Geometry | None) -> str | None:
    """Return a shape in degrees as the database reads it."""
    return None if shape is None else f"SRID={SRID};{shapely.to_wkt(shape, rounding_precision=-1)}"


def point(position: Position | None) -> str | None:
    """Return a position as the database reads it."""
    return None if position is None else f"SRID={SRID};POINT({position.lon!r} {position.lat!r})"


def _record(row: Row[Any]) -> EstateRecord:
    ground = cast("shapely.Polygon", shapely.from_wkb(bytes(row.ground))) if row.ground else None
    return EstateRecord(
        row.id, row.county_code, row.name, row.naming == "approved", row.version, row.proposed_by, row.division_id,
        row.division_code, row.division_name, ground, None if row.lon is None else Position(row.lon, row.lat),
        row.gate_address_id, row.gate_text or "", row.made_up,
    )  # fmt: skip
