"""Village groups in the register: found, locked, entered, their lanes and houses."""

from dataclasses import dataclass
from datetime import date
from typing import cast

import shapely
from geoalchemy2.shape import to_shape
from sqlalchemy import ColumnElement, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_app.domain.division_names import short_name
from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.domain.position import Position
from geo_app.domain.village_group import GroupNameTaken
from geo_app.persistence.tables import Division, VillageGroup

GROUP = marked("village group")


@dataclass(frozen=True, slots=True)
class VillageGroupRecord:
    """A group as it stands, with its village."""

    id: int
    county_code: str
    name: str
    division_id: int
    division_code: str
    division_name: str
    mouth: Position | None
    version: int

    @property
    def area(self) -> str:
        """Return where a permission is asked for."""
        return self.division_code

    @property
    def full_name(self) -> str:
        """Return the name with that of the village, as addresses write it: 万坪村3组."""
        return short_name(self.division_name) + self.name


@dataclass(frozen=True, slots=True)
class GroupOfAddress:
    """The village group of an address: its village (id and code) and its name."""

    division_id: int
    division_code: str
    name: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A drawn lane in degrees (SRID 4490)."""

    id: int
    line: shapely.LineString


class VillageGroups:
    """Finds, locks and writes village groups in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, group_id: int) -> VillageGroupRecord:
        """Return a living group.

        Raises:
            NotFound: there is none.
        """
        found = self._records(VillageGroup.id == group_id)
        if not found:
            raise NotFound(what=Message(GROUP), key=group_id)
        return found[0]

    def named(self, full_name: str) -> list[VillageGroupRecord]:
        """Return the living groups with this name, as addresses write it: 万坪村3组."""
        own = func.right(full_name, func.length(VillageGroup.name)) == VillageGroup.name
        return [group for group in self._records(own) if group.full_name == full_name]

    def _records(self, wanted: ColumnElement[bool]) -> list[VillageGroupRecord]:
        rows = self._session.execute(
            select(VillageGroup, Division.code, Division.name)
            .join(Division, Division.id == VillageGroup.division_id)
            .where(wanted, func.upper_inf(VillageGroup.valid))
            .order_by(VillageGroup.id)
            .execution_options(populate_existing=True)
        )
        return [_record(*row) for row in rows]

    def lock(self, group_id: int) -> VillageGroupRecord:
        """Return a living group and hold it: two planners of one group go one after the other.

        Raises:
            NotFound: there is none.
        """
        self._session.execute(
            select(VillageGroup.id).where(VillageGroup.id == group_id).with_for_update(key_share=True)
        )
        return self.get(group_id)

    def village(self, code: str) -> tuple[int, str, str] | None:
        """Return id, level and name of the living division with `code`."""
        found = self._session.execute(
            select(Division.id, Division.level, Division.name).where(
                Division.code == code, func.upper_inf(Division.valid)
            )
        ).one_or_none()
        return (found.id, found.level, found.name) if found else None

    def add(self, county_code: str, division_id: int, name: str, day: date) -> int:
        """Write a group without mouth and houses and return its id.

        Raises:
            GroupNameTaken: the database has the last word.
        """
        values = {"county_code": county_code, "division_id": division_id, "name": name}
        try:
            return int(
                self._session.execute(
                    insert(VillageGroup).values(**values, valid=func.daterange(day, None)).returning(VillageGroup.id)
                ).scalar_one()
            )
        except IntegrityError as clash:
            raise GroupNameTaken(name=name) from clash

    def set_mouth(self, group_id: int, mouth: Position) -> None:
        """Write where one comes in to the group's lanes: better knowledge of the ground, so it is a correction."""
        point = f"SRID=4490;POINT({mouth.lon!r} {mouth.lat!r})"
        self._session.execute(update(VillageGroup).where(VillageGroup.id == group_id).values(mouth=point))

    def remove(self, group_id: int, day: date) -> None:
        """End the group on `day`; one that was entered on that day never was."""
        ends = func.daterange(func.lower(VillageGroup.valid), func.greatest(func.lower(VillageGroup.valid), day))
        self._session.execute(update(VillageGroup).where(VillageGroup.id == group_id).values(valid=ends))

    def lanes(self, group_id: int) -> list[Lane]:
        """Return the lanes around houses and mouth, by id: those without a name, and the country roads they leave."""
        rows = self._session.execute(_LANES, {"group": group_id})
        return [Lane(row.id, cast("shapely.LineString", shapely.from_wkb(bytes(row.line)))) for row in rows]

    def houses_around(self, group: VillageGroupRecord) -> list[int]:
        """Return the houses around the group's ground, within its village, that are numbered nowhere."""
        values = {"group": group.id, "division": group.division_id, "county": group.county_code}
        return [row.id for row in self._session.execute(_HOUSES_AROUND, values)]

    def of_address(self, address_id: str) -> GroupOfAddress | None:
        """Return the village group in which a door is numbered, None for one of a street."""
        row = self._session.execute(_OF_ADDRESS, {"id": address_id}).one_or_none()
        return GroupOfAddress(row.division_id, row.code, row.village_group) if row else None

    def state(self, group_id: int) -> str:
        """Return a mark that changes whenever the group, its lanes, its houses or their addresses do."""
        lanes = ",".join(f"{row.id}:{row.version}" for row in self._session.execute(_LANES, {"group": group_id}))
        return str(self._session.execute(_STATE, {"group": group_id, "lanes": lanes}).scalar_one())

    def suggested_mouth(self, group_id: int) -> Position | None:
        """Return where a lane about the houses meets a named road, the place nearest to them; None: nowhere."""
        row = self._session.execute(_MOUTH, {"group": group_id}).one_or_none()
        return Position(row.lon, row.lat) if row else None


def _record(group: VillageGroup, code: str, village: str) -> VillageGroupRecord:
    mouth = cast("shapely.Point", to_shape(group.mouth)) if group.mouth is not None else None
    return VillageGroupRecord(
        group.id, group.county_code, group.name, group.division_id, code, village,
        Position(mouth.x, mouth.y) if mouth is not None else None, group.version,
    )  # fmt: skip


# Some 100 m about the ground between the houses; country roads have no doors of their own but lead from lane to lane.
_AROUND = """
    with ground as (
        select st_setsrid(st_expand(st_extent(shape), 0.001)::geometry, 4490) as box,
            st_convexhull(st_collect(shape)) as hull
        from (
            select position as shape from entrance where village_group_id = :group and upper_inf(valid)
            union all select mouth from village_group where id = :group and mouth is not null
        ) shapes
    )
"""
_LANES = text(f"""{_AROUND}
    select p.id, p.version, st_asbinary(p.line) as line
    from ground
    join street_piece p on p.line && ground.box and st_dwithin(p.line, ground.hull, 0.001)
    left join street s on s.id = p.street_id
    where upper_inf(p.valid) and (p.street_id is null or s.kind = 'highway')
    order by p.id
""")  # noqa: S608  constants; values are bound
# Houses stand farther apart than lanes do: some 300 m; another village's houses stay there.
_HOUSES_AROUND = text(f"""{_AROUND}
    select e.id from ground
    join entrance e on e.position && st_expand(ground.box, 0.003) and st_dwithin(e.position, ground.hull, 0.003)
    where e.county_code = :county and upper_inf(e.valid) and e.street_id is null and e.village_group_id is null
        and not exists (select 1 from standard_address a where a.entrance_id = e.id and a.status = 'current')
        and not exists (
            select 1 from division_outline o join division d on d.id = o.division_id
            where d.level = 'village' and d.id <> :division and upper_inf(d.valid) and upper_inf(o.valid)
                and st_intersects(o.outline, e.position)
        )
    order by e.id
""")  # noqa: S608  constants; values are bound
_MOUTH = text(f"""{_AROUND}
    select st_x(meeting) as lon, st_y(meeting) as lat from (
        select st_closestpoint(lane.line, road.line) as meeting, ground.hull
        from ground
        join street_piece lane on lane.line && ground.box and lane.street_id is null
        join street_piece road on st_dwithin(lane.line, road.line, 0.00005) and road.street_id is not null
        where upper_inf(lane.valid) and upper_inf(road.valid)
    ) found
    order by st_distance(meeting, st_centroid(hull)), lon, lat limit 1
""")  # noqa: S608  constants; values are bound
_STATE = text("""
    select md5(concat_ws('|', cast(:lanes as text),
        (select version from village_group where id = :group),
        (select string_agg(id || ':' || version, ',' order by id) from entrance
            where village_group_id = :group and upper_inf(valid)),
        (select string_agg(a.id || ':' || a.version, ',' order by a.id)
            from standard_address a join village_group g on g.division_id = a.division_id and g.name = a.village_group
            where g.id = :group and a.street_id is null and a.kind = 'door' and a.status = 'current')))
""")
_OF_ADDRESS = text("""
    select a.division_id, d.code, a.village_group from standard_address a join division d on d.id = a.division_id
    where a.id = :id and a.street_id is null and a.village_group is not null
""")
