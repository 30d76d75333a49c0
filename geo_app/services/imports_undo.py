"""Imports looked at afterwards, and taken back as a whole."""

from collections.abc import Iterator
from datetime import date

from geo_app.domain.access import Actor, decide, reachable_areas, require, require_reason
from geo_app.domain.access_roles import Permission
from geo_app.domain.errors import NotFound
from geo_app.domain.imports import DemoStays, ImportAlreadyUndone, ImportNotDone, Layer
from geo_app.domain.message import Message
from geo_app.domain.row_problem import RowProblem
from geo_app.persistence.bulk_undo import BulkUndo
from geo_app.persistence.imports import IMPORT, ImportState
from geo_app.persistence.paging import Page, Paging
from geo_app.persistence.register import Register


def undo_import(register: Register, actor: Actor, import_id: int, today: date) -> tuple[int, int]:
    """Take back an import; return how many rows were removed and how many stand again as before.

    Raises NotFound, NotGranted, ReasonNotStated, ImportAlreadyUndone, ImportNotDone, DemoStays, and what forbids it:
    PlanUsesImport, AddressUsesImport, DoorUsesImport, AddressLockedForImport, DivisionUsesImport, ImportFollowed.
    """
    found = import_of(register, actor, import_id, today)
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


def import_of(register: Register, actor: Actor, import_id: int, today: date) -> ImportState:
    """Return an import as it stands; whoever may not import into its county does not learn of it.

    Raises NotFound.
    """
    found = register.imports.get(import_id)
    if not decide(actor.grants, Permission.IMPORT_RUN, found.county_code, today).allowed:
        raise NotFound(what=Message(IMPORT), key=import_id)
    return found


def imports_page(
    register: Register, actor: Actor, county_prefix: str, paging: Paging, today: date
) -> Page[ImportState]:
    """Return a page of the imports into counties whose code begins so and that the actor may import into, newest first.

    A grant for less than a county reaches none.
    """
    areas = reachable_areas(actor.grants, Permission.IMPORT_RUN, today)
    return register.imports.page(county_prefix, areas, paging)


def problems_page(register: Register, actor: Actor, import_id: int, paging: Paging, today: date) -> Page[RowProblem]:
    """Return a page of what was wrong with an import's rows.

    Raises NotFound.
    """
    import_of(register, actor, import_id, today)
    return register.imports.problems(import_id, paging)


def all_problems(register: Register, actor: Actor, import_id: int, today: date) -> Iterator[RowProblem]:
    """Return what was wrong with an import's rows one by one, for the report.

    Raises NotFound.
    """
    import_of(register, actor, import_id, today)
    return register.imports.all_problems(import_id)
