"""Staging tables: rows on their way into the register, temporary, compared and moved in sets."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from io import StringIO
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import CursorResult, Row, text
from sqlalchemy.orm import Session

from geo_app.domain.position import SRID

if TYPE_CHECKING:
    import psycopg2.extensions

Texts = NDArray[np.object_]

NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": ""})
_SPECIAL = ("\\", "\t", "\n", "\r", "\0")

_COMPARE = """
    update {staged} s set target = r.id, change = case
        when {same} then 'unchanged'
        when not exists (select 1 from import_run i
            where i.id = r.import_id and i.started_at = lower(r.recorded) or i.undone_at = lower(r.recorded))
        then 'kept'
        else 'corrected' end
    from {table} r
    where r.county_code = :county and r.source_key = s.source_key and {living} and s.change <> 'refused'
"""
LIVING = "upper_inf(r.valid)"


class Staging:
    """One temporary table of the running transaction.

    `columns` are names and SQL types; every table has also `change` ('new', 'unchanged', 'corrected', 'kept' or
    'refused') and `target`, the key of the living register row with the same source key.
    """

    def __init__(self, session: Session, name: str, columns: Mapping[str, str]) -> None:
        self.session = session
        self.name = name
        self.columns = columns
        # Dropped at the start too: a rehearsal's savepoint and a test's outer transaction outlive one import.
        session.execute(text(f"drop table if exists pg_temp.{name}"))
        written = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        session.execute(
            text(f"create temporary table {name} ({written}, change text default 'new', target text) on commit drop")
        )

    def add(self, values: Mapping[str, Texts]) -> None:
        """Append rows; `values` holds n written values per column, see `written`, `optional`, `shapes`."""
        lines = np.full(len(next(iter(values.values()))), "", dtype=object)
        for place, column in enumerate(values.values()):
            lines = lines + "\t" + column if place else column
        file = StringIO("\n".join(lines.tolist()))
        with closing(self.session.connection().connection.cursor()) as cursor:
            cast("psycopg2.extensions.cursor", cursor).copy_expert(
                f"copy {self.name} ({', '.join(values)}) from stdin", file
            )

    def analyse(self) -> None:
        """Let the planner know how many rows there are."""
        self.session.execute(text(f"analyze {self.name}"))

    def run(self, statement: str, **values: Any) -> Sequence[Row[Any]]:
        """Run a statement in which `{staged}` is this table; return its rows, if it gives any."""
        result = self.session.execute(text(statement.replace("{staged}", self.name)), values)
        return result.all() if isinstance(result, CursorResult) and result.returns_rows else ()

    def compare(self, table: str, same: str, county_code: str, living: str = LIVING) -> None:
        """Say of each row how it stands to the living register row `r` of its key in `table`.

        `same` is SQL over `r` and `s`, the staged row. What somebody changed after its import is 'kept'.
        """
        statement = _COMPARE.replace("{table}", table).replace("{same}", same).replace("{living}", living)
        self.run(statement, county=county_code)

    def changes(self) -> dict[str, int]:
        """Return how many rows of the file stand in which way; a row of several parts counts once, by its greatest."""
        # Alphabetical order happens to be the order of weight: corrected, kept, new, refused, unchanged.
        found = self.run(
            "select change, count(*) as n from (select min(change) as change from {staged} group by row) x group by 1"
        )
        return {row.change: row.n for row in found}

    def rows(self, change: str) -> list[int]:
        """Return the rows of the file that stand so."""
        found = self.run("select distinct row from {staged} where change = :change order by row", change=change)
        return [row.row for row in found]


def column_of(values: Iterable[str]) -> Texts:
    """Return texts as a column."""
    # numpy would make a list of texts of one length an array of characters' width, and no texts an array of floats.
    return np.array([*values, None], dtype=object)[:-1]


def written(values: Texts) -> Texts:
    """Return texts as COPY reads them."""
    # One search through the joined text is far cheaper than one through each value.
    together = "".join(values.tolist())
    if any(mark in together for mark in _SPECIAL):
        return column_of(value.translate(_ESCAPES) for value in values)
    return values


def optional(values: Texts) -> Texts:
    """Return texts as COPY reads them; an empty one is null."""
    column = written(values)
    return np.asarray(np.where(column == "", NULL, column), dtype=object)


def numbers(values: NDArray[np.int64]) -> Texts:
    """Return whole numbers as COPY reads them."""
    return values.astype(str).astype(object)


def shapes(geometry: NDArray[np.object_]) -> Texts:
    """Return shapes (SRID 4490) as COPY reads them."""
    return np.asarray(shapely.to_wkb(shapely.set_srid(geometry, SRID), hex=True, include_srid=True), dtype=object)
