"""Changes of streets over the API: consequences first, then submitted, decided on, carried out, undone."""

from collections.abc import Callable

from apiflask import APIBlueprint
from flask.typing import ResponseReturnValue

from geo_app.domain.address import Decision
from geo_app.persistence.register import Register
from geo_app.persistence.street_changes import ChangeFilter
from geo_app.services import street_changes as service
from geo_app.services.street_consequences import preview_change
from geo_app.web.api import (
    IF_MATCH,
    READING,
    STEPPING,
    WRITING,
    Asked,
    Reason,
    decided,
    expected_version,
    page_of,
    tagged,
)
from geo_app.web.context import transaction
from geo_app.web.permission import needs
from geo_app.web.street_changes_models import (
    ChangeAsked,
    ChangedAddresses,
    ChangePage,
    ChangesAsked,
    ChangeShown,
    ConsequencesShown,
    change_item,
    consequences,
    line_item,
    request_of,
)

bp = APIBlueprint("street_changes_api", __name__, url_prefix="/api/v1", tag="Changes of streets")


@bp.post("/streets/<int:street_id>/consequences")
@needs("street.read")
@bp.input(ChangeAsked, arg_name="body")
@bp.output(ConsequencesShown)
@bp.doc(summary="Show what a change of a street would do to every address; nothing is written", responses=WRITING)
def show_consequences(street_id: int, body: ChangeAsked) -> ResponseReturnValue:
    """Answer the consequences of a change."""
    with transaction() as register:
        register.streets.get(street_id)
        return consequences(preview_change(register, request_of(register, street_id, body)))


@bp.post("/streets/<int:street_id>/changes")
@needs("street.edit")
@bp.input(ChangeAsked, arg_name="body")
@bp.output(ChangeShown, status_code=201)
@bp.doc(summary="Submit a change of a street", description="A second person then decides.", responses=WRITING)
def submit_change(street_id: int, body: ChangeAsked) -> ResponseReturnValue:
    """Hand a change over to a second person."""
    with transaction() as register:
        register.streets.get(street_id)
        asked = request_of(register, street_id, body)
        return _change(register, service.submit_change(register, asked, decided(body.reason)), 201)


@bp.get("/street-changes")
@needs("street.read")
@bp.input(ChangesAsked, location="query", arg_name="asked")
@bp.output(ChangePage)
@bp.doc(summary="List changes of streets, the latest first", responses=READING)
def list_changes(asked: ChangesAsked) -> ResponseReturnValue:
    """Answer one page of changes."""
    with transaction() as register:
        page = register.street_changes.page(ChangeFilter(asked.street_id, asked.status), asked.paging)
    return page_of(page, [change_item(change) for change in page.items])


@bp.get("/street-changes/<int:change_id>")
@needs("street.read")
@bp.output(ChangeShown)
@bp.doc(summary="Show a change of a street", responses=READING)
def show_change(change_id: int) -> ResponseReturnValue:
    """Answer a change."""
    with transaction() as register:
        return _change(register, change_id, 200)


@bp.get("/street-changes/<int:change_id>/addresses")
@needs("street.read")
@bp.input(Asked, location="query", arg_name="asked")
@bp.output(ChangedAddresses)
@bp.doc(summary="List what a change that was carried out did to addresses", responses=READING)
def list_changed_addresses(change_id: int, asked: Asked) -> ResponseReturnValue:
    """Answer one page of the addresses before and after."""
    paging = asked.paging
    with transaction() as register:
        register.street_changes.get(change_id)
        lines = register.street_changes.lines(change_id, paging)
        total = register.street_changes.count_lines(change_id)
    return {"items": [line_item(one) for one in lines], "total": total, "page": paging.page, "size": paging.size}


@bp.post("/street-changes/<int:change_id>/approval")
@needs("street.approve")
@bp.input(Reason, arg_name="body")
@bp.output(ChangeShown)
@bp.doc(
    summary="Approve a change, as a second person; on its day it is carried out",
    responses=STEPPING,
    extensions=IF_MATCH,
)
def approve_change(change_id: int, body: Reason) -> ResponseReturnValue:
    """Approve, and from the change's day on carry out."""
    return _step(change_id, body, service.approve_change)


@bp.post("/street-changes/<int:change_id>/rejection")
@needs("street.approve")
@bp.input(Reason, arg_name="body")
@bp.output(ChangeShown)
@bp.doc(summary="Reject a change, as a second person", responses=STEPPING, extensions=IF_MATCH)
def reject_change(change_id: int, body: Reason) -> ResponseReturnValue:
    """Reject; nothing happened."""
    return _step(change_id, body, service.reject_change)


@bp.post("/street-changes/<int:change_id>/withdrawal")
@needs("street.edit")
@bp.input(Reason, arg_name="body")
@bp.output(ChangeShown)
@bp.doc(summary="Withdraw a change before it happens", responses=STEPPING, extensions=IF_MATCH)
def withdraw_change(change_id: int, body: Reason) -> ResponseReturnValue:
    """Take the change back before it happens."""
    return _step(change_id, body, service.withdraw_change)


@bp.post("/street-changes/<int:change_id>/execution")
@needs("street.approve")
@bp.input(Reason, arg_name="body")
@bp.output(ChangeShown)
@bp.doc(summary="Carry out an approved change", responses=STEPPING, extensions=IF_MATCH)
def carry_out_change(change_id: int, body: Reason) -> ResponseReturnValue:
    """Carry the change out as a whole."""
    return _step(change_id, body, service.carry_out_change)


@bp.post("/street-changes/<int:change_id>/undoing")
@needs("street.edit")
@bp.input(Reason, arg_name="body")
@bp.output(ChangeShown, status_code=201)
@bp.doc(summary="Submit the change that takes this one back", responses=STEPPING, extensions=IF_MATCH)
def undo_change(change_id: int, body: Reason) -> ResponseReturnValue:
    """Answer the correcting change, which walks the same road."""
    decision = decided(body.reason, expected_version())
    with transaction() as register:
        return _change(register, service.undo_change(register, change_id, decision), 201)


def _step(change_id: int, body: Reason, take: Callable[[Register, int, Decision], object]) -> ResponseReturnValue:
    decision = decided(body.reason, expected_version())
    with transaction() as register:
        take(register, change_id, decision)
        return _change(register, change_id, 200)


def _change(register: Register, change_id: int, status: int) -> ResponseReturnValue:
    change = register.street_changes.get(change_id)
    return change_item(change), status, tagged(change.life.version)
