"""An import as background work: read by a child process, followed row by row, all of it or nothing."""

from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from geo_app.domain.access import Actor
from geo_app.domain.access_session import require_open_account
from geo_app.domain.datum import Datum
from geo_app.domain.imports import Layer
from geo_app.exchange.report import write_report
from geo_app.exchange.vector_options import ReadOptions
from geo_app.persistence.register import Register
from geo_app.services.imports import ImportOrder, ImportReport
from geo_app.services.imports_catalogue import IMPORTS
from geo_app.settings import DEFAULT_TIMEZONE
from geo_app.tasks.run import Run

REPORT = "report.csv"


def import_file(run: Run) -> dict[str, Any]:
    """Do the import that the job's arguments describe; a rehearsal leaves only its report.

    Arguments: path, layer, county, day, today, reason, rehearsal, crs, datum, fields, text, language.
    """
    told = run.job.arguments
    order = order_of(told)
    with run.database.transaction() as register:
        actor = acting(register, run, date.fromisoformat(told["today"]))
        report = IMPORTS[order.layer](register, actor, order, run.progress)
    if order.rehearsal:
        write_report(order.path.with_name(f"{run.job.id}-{REPORT}"), report.problems, told["language"])
    return _result(report)


def order_of(told: dict[str, Any]) -> ImportOrder:
    """Return the order that a job's arguments hold."""
    day, today = date.fromisoformat(told["day"]), date.fromisoformat(told["today"])
    options = ReadOptions(crs=told["crs"], datum=Datum(told["datum"]), fields=told["fields"])
    return ImportOrder(
        Layer(told["layer"]), Path(told["path"]), told["county"], day, today, options,
        text=told["text"], rehearsal=told["rehearsal"], apart=True,
    )  # fmt: skip


def acting(register: Register, run: Run, today: date) -> Actor:
    """Return who asked for the job on the day `today`, with the rights of the day on which it runs.

    A right that was taken away meanwhile no longer counts, however long the job waited or when it is tried again.

    Raises AccountDisabled, AccountWithoutRole.
    """
    account = register.accounts.by_id(run.job.account_id)
    day = max(today, _begun(run))
    grants = register.accounts.grants_on(account.id, day)
    require_open_account(grants, day, disabled=account.disabled)
    return Actor(account.id, account.name, grants, str(run.job.arguments.get("reason", "")))


def _begun(run: Run) -> date:
    assert run.job.started_at is not None
    return run.job.started_at.astimezone(ZoneInfo(DEFAULT_TIMEZONE)).date()


def _result(report: ImportReport) -> dict[str, Any]:
    counts = {name: getattr(report.counts, name) for name in ("read", "added", "corrected", "unchanged", "refused")}
    return {"import": report.number, "problems": len(report.problems), **counts}
