"""A made-up county written by COPY: streets, pieces, buildings and doors in one transaction."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import Session

from geo_app.persistence.copying import copy_rows
from geo_app.persistence.tables import Division, Entrance, ImportRun, Street

NO_FILE = "made up, no file"


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
        """Return the streets most of whose doors carry a number on the wall; those of towns first, then by length."""
        numbered = func.count(Entrance.wall_number)
        chosen = (
            select(Entrance.street_id)
            .join(Street, Street.id == Entrance.street_id)
            .group_by(Entrance.street_id, Street.kind)
            .having(numbered * 10 > func.count() * 6)
            .order_by(Street.kind == "village_group", func.count().desc(), Entrance.street_id)
        )
        return [key for key in self._session.scalars(chosen) if key is not None]

    def street_to_number(self, doors: int) -> int | None:
        """Return a street with at least so many doors and no number on any wall: the shortest, of a town if it can."""
        chosen = (
            select(Entrance.street_id)
            .join(Street, Street.id == Entrance.street_id)
            .group_by(Entrance.street_id, Street.kind)
            .having(func.count(Entrance.wall_number) == 0, func.count() >= doors)
            .order_by(Street.kind == "village_group", func.count(), Entrance.street_id)
        )
        return self._session.scalar(chosen.limit(1))

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
