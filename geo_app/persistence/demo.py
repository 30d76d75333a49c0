"""A made-up county written by COPY: streets, pieces, buildings and doors in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

import shapely
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import Session

from geo_app.domain.position import Position
from geo_app.persistence.copying import copy_rows
from geo_app.persistence.tables import AuditFinding, Division, Entrance, ImportRun, Street

NO_FILE = "made up, no file"

_LINES = text("""
    select p.street_id, st_asbinary(p.line) as line
    from street_piece p join street s on s.id = p.street_id
    where upper_inf(p.valid) and s.naming = 'approved'
    order by exists (select 1 from standard_address a where a.street_id = s.id and a.kind = 'door') desc,
        st_length(p.line) desc, p.id limit 300
""")
_STANDING = text("""
    select st_asbinary(outline) as shape from building where upper_inf(valid)
    union all select st_asbinary(line) from street_piece where upper_inf(valid)
    union all select st_asbinary(b.outline) from planned_building b
""")


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """A place for a made-up case: an address, and the point (degrees) halfway to its neighbour."""

    county_code: str
    street_id: int
    address_id: str
    between: Position


_PLACES = text("""
    select * from (
        select distinct on (a.street_id) a.county_code, a.street_id, a.id,
            (st_x(a.position) + st_x(b.position)) / 2 as lon, (st_y(a.position) + st_y(b.position)) / 2 as lat,
            count(*) over (partition by a.street_id) as doors
        from standard_address a
        join standard_address b on b.street_id = a.street_id and b.number = a.number + 2 and b.status = 'current'
            and b.sub_number is null and st_dwithin(a.position, b.position, 0.0003)
        where a.status = 'current' and a.kind = 'door' and a.sub_number is null and a.locked_for is null
        order by a.street_id, abs(a.number - 15)
    ) found order by doors desc, street_id limit :most
""")


class DemoWriter:
    """Writes what the generator made; every row names the demo's import and says that it is made up."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, county_code: str, account_id: int, seed: int) -> int:
        """Enter the demo among the imports and return its number."""
        return self._session.execute(
            insert(ImportRun)
            .values(
                county_code=county_code,
                layer="demo",
                file_name=f"{NO_FILE} (seed {seed})",
                sha256="",
                status="done",
                account_id=account_id,
                finished_at=func.now(),
            )
            .returning(ImportRun.id)
        ).scalar_one()

    def is_loaded(self, county_code: str) -> bool:
        """Tell whether a demo of this county is in the register."""
        found = select(ImportRun.id).where(
            ImportRun.county_code == county_code, ImportRun.layer == "demo", ImportRun.status == "done"
        )
        return self._session.scalar(found.limit(1)) is not None

    def divisions(self, county_code: str) -> dict[str, int]:
        """Return the ids of the county's living divisions by code."""
        living = select(Division).where(Division.code.startswith(county_code), func.upper_inf(Division.valid))
        return {division.code: division.id for division in self._session.scalars(living)}

    def streets_with_numbers(self) -> list[int]:
        """Return the streets most of whose doors carry a number on the wall, the longest first."""
        numbered = func.count(Entrance.wall_number)
        chosen = (
            select(Entrance.street_id)
            .where(Entrance.street_id.is_not(None))
            .group_by(Entrance.street_id)
            .having(numbered * 10 > func.count() * 6)
            .order_by(func.count().desc(), Entrance.street_id)
        )
        return [key for key in self._session.scalars(chosen) if key is not None]

    def groups_by_houses(self, most: int) -> list[int]:
        """Return the village groups with the most houses, the largest first."""
        chosen = (
            select(Entrance.village_group_id)
            .where(Entrance.village_group_id.is_not(None))
            .group_by(Entrance.village_group_id)
            .order_by(func.count().desc(), Entrance.village_group_id)
            .limit(most)
        )
        return [key for key in self._session.scalars(chosen) if key is not None]

    def places_for_cases(self, most: int) -> list[DemoPlace]:
        """Return places between two neighbouring numbered doors, each on a street of its own, busy streets first."""
        rows = self._session.execute(_PLACES, {"most": most})
        return [DemoPlace(row.county_code, row.street_id, row.id, Position(row.lon, row.lat)) for row in rows]

    def streets_without_numbers(self, most: int) -> list[int]:
        """Return the longest town streets none of whose doors carries a number, at most so many."""
        chosen = (
            select(Entrance.street_id)
            .join(Street, Street.id == Entrance.street_id)
            .where(Street.division_id.is_not(None))
            .group_by(Entrance.street_id)
            .having(func.count(Entrance.wall_number) == 0)
            .order_by(func.count().desc(), Entrance.street_id)
            .limit(most)
        )
        return [key for key in self._session.scalars(chosen) if key is not None]

    def street_with_finding(self, kind: str) -> int | None:
        """Return the first street on which an audit found something of a kind."""
        found = select(AuditFinding.street_id).where(AuditFinding.kind == kind, AuditFinding.gone_on.is_(None))
        return self._session.scalar(found.order_by(AuditFinding.id).limit(1))

    def ground(self) -> tuple[list[tuple[int, shapely.LineString]], list[shapely.Geometry]]:
        """Return streets, those with published numbers first, and all that stands around (degrees)."""
        lines = [(row.street_id, shapely.from_wkb(bytes(row.line))) for row in self._session.execute(_LINES)]
        around = [shapely.from_wkb(bytes(row.shape)) for row in self._session.execute(_STANDING)]
        return cast("list[tuple[int, shapely.LineString]]", lines), list(around)

    def street_to_number(self, doors: int) -> int | None:
        """Return the shortest street with at least so many doors and no number on any wall."""
        chosen = (
            select(Entrance.street_id)
            .where(Entrance.street_id.is_not(None))
            .group_by(Entrance.street_id)
            .having(func.count(Entrance.wall_number) == 0, func.count() >= doors)
            .order_by(func.count(), Entrance.street_id)
        )
        return self._session.scalar(chosen.limit(1))

    def streets_to_rename(self, most: int) -> list[int]:
        """Return made-up streets with addresses and without a plan under way, those of most doors first."""
        chosen = text("""
            select s.id from street s join standard_address a on a.street_id = s.id and a.status = 'current'
            where s.made_up and upper_inf(s.valid) and not exists (
                select from numbering_plan p where p.street_id = s.id and p.status in ('submitted', 'approved'))
            group by s.id order by count(*) desc, s.id limit :most
        """)
        return list(self._session.scalars(chosen, {"most": most}))

    def add(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Append rows to a register table."""
        copy_rows(self._session, table, columns, rows)

    def new_ids(self, table: str, count: int) -> list[int]:
        """Return ids nobody else will get."""
        drawn = text(f"select nextval('{table}_id_seq') from generate_series(1, :count)")  # noqa: S608  our own tables
        return list(self._session.scalars(drawn, {"count": count}))

    def finish(self, import_id: int, rows: int) -> None:
        """Record how many rows the demo made."""
        self._session.execute(
            update(ImportRun).where(ImportRun.id == import_id).values(rows_read=rows, rows_accepted=rows)
        )
