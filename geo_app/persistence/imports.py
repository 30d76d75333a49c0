"""Imports in the register: what was read when by whom, and what was wrong with which row."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import Session

from geo_app.domain.errors import NotFound
from geo_app.domain.imports import ImportCounts, Layer
from geo_app.domain.message import Message, marked
from geo_app.domain.row_problem import RowProblem, Severity
from geo_app.persistence.copying import copy_rows
from geo_app.persistence.message_json import message_from, message_to
from geo_app.persistence.paging import Page, Paging
from geo_app.persistence.tables import Account, ImportProblem, ImportRun

IMPORT = marked("import")

_QUIET = (
    "set local statement_timeout = 0",
    "set local idle_in_transaction_session_timeout = 0",
    # Reading a chunk and planning its sorts need more than a page view does.
    "set local work_mem = '128MB'",
    # Or the planner answers "=" from the trigram index, a hundred times slower than from the unique one.
    "set local enable_bitmapscan = off",
)


@dataclass(frozen=True, slots=True)
class NewImport:
    """A file about to be read."""

    county_code: str
    layer: Layer
    file_name: str
    sha256: str
    reference_system: str
    account_id: int


@dataclass(frozen=True, slots=True)
class ImportState:
    """One import as people see it; `counts` are rows of the file, `account` the display name of who ran it."""

    id: int
    county_code: str
    layer: Layer
    file_name: str
    sha256: str
    reference_system: str
    status: str
    counts: ImportCounts
    account: str
    started_at: datetime
    finished_at: datetime | None
    undone_at: datetime | None


class Imports:
    """The imports of the register's database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def take_county(self, county_code: str) -> None:
        """Hold the county until the transaction ends, which may take its time; imports into one county queue."""
        self.take_time()
        self._session.execute(
            text("select pg_advisory_xact_lock(hashtext('import:' || :county))"), {"county": county_code}
        )

    def take_time(self) -> None:
        """Let this transaction run longer than a page view may."""
        for setting in _QUIET:
            self._session.execute(text(setting))

    def start(self, new: NewImport) -> int:
        """Write an import that runs, and return its number; all of its rows bear the instant `started_at`."""
        values = {name: getattr(new, name) for name in NewImport.__slots__}
        statement = insert(ImportRun).values(**values).returning(ImportRun.id)
        return int(self._session.execute(statement).scalar_one())

    def finish(self, import_id: int, counts: ImportCounts, problems: Iterable[RowProblem]) -> None:
        """Write what came of an import, with the problems of its rows."""
        columns = ("import_id", "row", "column", "value", "problem", "suggestion", "severity")
        copy_rows(self._session, "import_problem", columns, (_problem_row(import_id, one) for one in problems))
        self._session.execute(
            update(ImportRun)
            .where(ImportRun.id == import_id)
            .values(
                status="done", finished_at=func.clock_timestamp(), rows_read=counts.read, rows_accepted=counts.added,
                rows_corrected=counts.corrected, rows_unchanged=counts.unchanged, rows_refused=counts.refused,
            )
        )  # fmt: skip

    def mark_undone(self, import_id: int, account_id: int) -> None:
        """Write that an import was taken back."""
        self._session.execute(
            update(ImportRun)
            .where(ImportRun.id == import_id)
            .values(status="undone", undone_at=func.now(), undone_by=account_id)
        )

    def get(self, import_id: int) -> ImportState:
        """Return an import.

        Raises:
            NotFound: there is none of this number.
        """
        found = self._session.execute(_states().where(ImportRun.id == import_id)).one_or_none()
        if found is None:
            raise NotFound(what=Message(IMPORT), key=import_id)
        return _state(*found)

    def page(self, county_prefix: str, paging: Paging) -> Page[ImportState]:
        """Return a page of the imports into counties of this code, newest first."""
        wanted = ImportRun.county_code.startswith(county_prefix, autoescape=True)
        total = self._session.scalar(select(func.count()).select_from(ImportRun).where(wanted)) or 0
        rows = self._session.execute(
            _states().where(wanted).order_by(ImportRun.id.desc()).offset(paging.start).limit(paging.size)
        )
        return Page(tuple(_state(*row) for row in rows), total, paging)

    def problems(self, import_id: int, paging: Paging) -> Page[RowProblem]:
        """Return a page of the problems of an import, by row."""
        wanted = ImportProblem.import_id == import_id
        total = self._session.scalar(select(func.count()).select_from(ImportProblem).where(wanted)) or 0
        rows = self._session.scalars(
            select(ImportProblem)
            .where(wanted)
            .order_by(ImportProblem.row, ImportProblem.id)
            .offset(paging.start)
            .limit(paging.size)
        )
        return Page(tuple(_problem(row) for row in rows), total, paging)

    def all_problems(self, import_id: int) -> Iterator[RowProblem]:
        """Yield the problems of an import, by row."""
        rows = self._session.scalars(
            select(ImportProblem)
            .where(ImportProblem.import_id == import_id)
            .order_by(ImportProblem.row, ImportProblem.id)
            .execution_options(yield_per=10_000)
        )
        for row in rows:
            yield _problem(row)


def _states() -> Any:
    return select(ImportRun, Account.display_name).join(Account, Account.id == ImportRun.account_id)


def _state(run: ImportRun, account: str) -> ImportState:
    counts = ImportCounts(run.rows_read, run.rows_accepted, run.rows_corrected, run.rows_unchanged, run.rows_refused)
    return ImportState(
        run.id, run.county_code, Layer(run.layer), run.file_name, run.sha256, run.reference_system, run.status, counts,
        account, run.started_at, run.finished_at, run.undone_at,
    )  # fmt: skip


def _problem_row(import_id: int, one: RowProblem) -> tuple[object, ...]:
    advice = json.dumps(message_to(one.suggestion), ensure_ascii=False) if one.suggestion else None
    problem = json.dumps(message_to(one.problem), ensure_ascii=False)
    # PostgreSQL's text takes every character but this one.
    value = one.value[:1000].replace("\0", "")
    return (import_id, one.row, one.column.replace("\0", ""), value, problem, advice, one.severity.value)


def _problem(row: ImportProblem) -> RowProblem:
    advice = message_from(row.suggestion) if row.suggestion else None
    problem = message_from(row.problem)
    return RowProblem(row.row, row.column or "", row.value or "", problem, advice, Severity(row.severity))
