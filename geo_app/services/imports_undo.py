"""Imports looked at afterwards, and taken back as a whole."""

from collections.abc import Iterator
from datetime import date

from geo_app.domain.access import Actor, require, require_reason
from geo_app.domain.access_roles import Permission
from geo_app.domain.imports import DemoStays, ImportAlreadyUndone, ImportNotDone, Layer
from geo_app.domain.row_problem import RowProblem
from geo_app.persistence.bulk_undo import BulkUndo
from geo_app.persistence.imports import ImportState
from geo_app.persistence.paging import Page, Paging
from geo_app.persistence.register import Register


def undo_import(register: Register, actor: Actor, import_id: int, today: date) -> tuple[int, int]:
    """Take back an import; return how many rows were removed and how many stand again as before.

    Raises NotFound, NotGranted, ReasonNotStated, ImportAlreadyUndone, ImportNotDone, DemoStays, and what forbids it:
    PlanUsesImport, AddressUsesImport, DoorUsesImport, AddressLockedForImport, DivisionUsesImport, ImportFollowed.
    """
    found = register.imports.get(import_id)
    require(actor, Permission.IMPORT_UNDO, found.county_code, today)
    reason = require_reason(actor)
    # Only one at a time: the second one waits here, and then sees that it is undone.
    register.imports.take_county(found.county_code)
    found = register.imports.get(import_id)
    if found.status == "undone":
        raise ImportAlreadyUndone(number=import_id)
    if found.status != "done":
        raise ImportNotDone(number=import_id)
    if found.layer is Layer.DEMO:
        raise DemoStays
    undo = BulkUndo(register.session, import_id, found.started_at)
    undo.require_free(found.layer)
    removed, restored = undo.take_back(found.layer)
    register.imports.mark_undone(import_id, actor.account_id)
    detail = {"removed": removed, "restored": restored}
    register.journal.write(actor.account_id, reason, "undo", ("import", import_id), detail)
    return removed, restored


def import_of(register: Register, import_id: int) -> ImportState:
    """Return an import as it stands.

    Raises NotFound.
    """
    return register.imports.get(import_id)


def imports_page(register: Register, county_prefix: str, paging: Paging) -> Page[ImportState]:
    """Return a page of the imports into counties whose code begins so, newest first."""
    return register.imports.page(county_prefix, paging)


def problems_page(register: Register, import_id: int, paging: Paging) -> Page[RowProblem]:
    """Return a page of what was wrong with an import's rows."""
    return register.imports.problems(import_id, paging)


def all_problems(register: Register, import_id: int) -> Iterator[RowProblem]:
    """Yield what was wrong with an import's rows, for the report."""
    return register.imports.all_problems(import_id)
