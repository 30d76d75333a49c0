"""Imports: a file read, checked, compared with the register and written in one transaction; or only rehearsed."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import shapely

from geo_app.domain.access import Actor, require
from geo_app.domain.access_roles import Permission
from geo_app.domain.address_id import CountyCodeMalformed
from geo_app.domain.datum import Datum
from geo_app.domain.imports import ImportCounts, Layer, require_fields
from geo_app.domain.message import Message, marked
from geo_app.domain.row_problem import RowProblem, Severity
from geo_app.exchange.child import read_feature_chunks_in_child
from geo_app.exchange.imports import feature_chunks
from geo_app.exchange.source import SourceFile
from geo_app.exchange.vector import FeatureTable
from geo_app.exchange.vector_options import DEFAULTS, ReadOptions, Shape
from geo_app.persistence.bulk_staging import Staging, Texts, column_of
from geo_app.persistence.imports import NewImport
from geo_app.persistence.register import Register

KEPT = marked("Somebody changed this row in the register after it was imported; the register's row stays.")
LOOK = marked("Compare the two, and correct the register where the file is right.")


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """What a person says about a file: its layer and county, since when it holds, what day it is, how to read it.

    `text` names the column that holds the standard text (addresses only), `changes` a second file with recorded changes
    (divisions only). A `rehearsal` checks everything and writes nothing. `apart`: a stranger's file, read in a process
    of its own.
    """

    layer: Layer
    path: Path
    county_code: str
    day: date
    today: date
    options: ReadOptions = DEFAULTS
    text: str = ""
    changes: Path | None = None
    rehearsal: bool = False
    apart: bool = False

    def column(self, ours: str) -> str:
        """Return what the file calls one of our fields."""
        return self.options.fields.get(ours, ours)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import; `number` is None for a rehearsal."""

    number: int | None
    counts: ImportCounts
    problems: tuple[RowProblem, ...]
    notices: tuple[Message, ...]


Tell = Callable[[int], None]
"""Told how many rows were read so far; may raise to stop the import."""


@dataclass(slots=True)
class Loading:
    """An import under way: its register and order, who runs it, and what was read, found and said so far."""

    register: Register
    order: ImportOrder
    actor: Actor
    tell: Tell
    import_id: int = 0
    read: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    notices: list[Message] = field(default_factory=list)
    counts: ImportCounts = field(default_factory=ImportCounts)

    def chunks(self, shape: Shape) -> Iterator[FeatureTable]:
        """Yield the file's rows; with the first the import is entered into the register."""
        for table in self._read(shape):
            if not self.import_id:
                self.enter(table.source)
            self.read += len(table) + table.left_out
            self.problems += table.problems
            self.notices += table.notices
            self.tell(self.read)
            yield table

    def _read(self, shape: Shape) -> Iterator[FeatureTable]:
        read = read_feature_chunks_in_child if self.order.apart else feature_chunks
        return read(self.order.path, shape, self.order.options)

    def enter(self, source: SourceFile) -> None:
        """Enter the import into the register."""
        order = self.order
        new = NewImport(
            order.county_code, order.layer, source.name, source.sha256, reference_system(source), self.actor.account_id
        )
        self.import_id = self.register.imports.start(new)

    def doubt(self, row: int, about: tuple[str, str], problem: Message, advice: Message | None) -> None:
        """Tell what is doubtful about a row that is taken; `about` is our field and the value."""
        ours, value = about
        self.problems.append(RowProblem(row, self.order.column(ours), value, problem, advice, Severity.WARNING))

    def refuse(self, row: int, about: tuple[str, str], problem: Message, advice: Message | None) -> None:
        """Tell why a row is left out."""
        ours, value = about
        self.problems.append(RowProblem(row, self.order.column(ours), value, problem, advice))

    def settle(self, staged: Staging) -> None:
        """Count what the comparison with the register said of each row, and tell which rows were kept as they were."""
        found = staged.changes()
        for row in staged.rows("kept"):
            self.doubt(row, ("id", ""), Message(KEPT), Message(LOOK))
        added, corrected = found.get("new", 0), found.get("corrected", 0)
        unchanged = found.get("unchanged", 0) + found.get("kept", 0)
        refused = self.read - added - corrected - unchanged
        self.counts = ImportCounts(self.read, added, corrected, unchanged, refused)


def run_import(
    register: Register, actor: Actor, order: ImportOrder, work: tuple[Callable[[Loading], None], Tell]
) -> ImportReport:
    """Do the import that `work` (its steps, and whom to tell) describes; see the functions of each layer.

    Raises NotGranted, CountyCodeMalformed, FieldUnknown, and whatever refuses the file as a whole.
    """
    steps, tell = work
    require_county(order.county_code)
    require(actor, Permission.IMPORT_RUN, order.county_code, order.today)
    require_fields(order.layer, order.options.fields)
    attempt = register.session.begin_nested()
    register.imports.take_county(order.county_code)
    loading = Loading(register, order, actor, tell)
    steps(loading)
    report = _report(loading)
    if order.rehearsal:
        attempt.rollback()
    else:
        _conclude(loading)
        attempt.commit()
    return report


def _report(loading: Loading) -> ImportReport:
    number = None if loading.order.rehearsal else loading.import_id
    problems = tuple(sorted(loading.problems, key=lambda problem: problem.row))
    return ImportReport(number, loading.counts, problems, tuple(loading.notices))


def _conclude(loading: Loading) -> None:
    register, counts, actor = loading.register, loading.counts, loading.actor
    register.imports.finish(loading.import_id, counts, loading.problems)
    reason = actor.reason or loading.order.path.name
    detail = {"added": counts.added, "corrected": counts.corrected}
    register.journal.write(actor.account_id, reason, "import", ("import", loading.import_id), detail)


def require_county(code: str) -> str:
    """Return `code` if it is six digits.

    Raises CountyCodeMalformed.
    """
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        raise CountyCodeMalformed(code=code)
    return code


def reference_system(source: SourceFile) -> str:
    """Return what the import is tagged with: the system the file was read in, and the shift that was undone."""
    shifted = {Datum.GCJ02: "GCJ-02", Datum.BD09: "BD-09"}.get(source.datum)
    return f"{source.crs} ({shifted})" if shifted else source.crs or "EPSG:4490"


def texts(table: FeatureTable, ours: str) -> Texts:
    """Return one of our columns as n texts without outer blanks; empty where the file has no such column."""
    if ours not in table.columns.columns:
        return np.full(len(table), "", dtype=object)
    return column_of(value.strip() for value in table.columns[ours])


def keys_of(ids: Texts, shapes: Texts) -> Texts:
    """Return what identifies each row in its county: its own id, else a hash of its shape.

    Of several parts of one row the later ones are told apart by their place.
    """
    found: dict[str, int] = {}
    keys = []
    for own, shape in zip(ids, shapely.to_wkb(shapes), strict=True):
        key = own or "shape:" + hashlib.sha256(shape).hexdigest()[:32]
        found[key] = found.get(key, 0) + 1
        # Without an id the same shape again is the same thing again, not a second part.
        keys.append(key if found[key] == 1 or not own else f"{key}#{found[key]}")
    return column_of(keys)
