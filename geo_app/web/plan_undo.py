"""Taking a published plan back as a whole: what would change is shown before anybody confirms."""

from apiflask import APIBlueprint
from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from geo_app.domain.errors import DomainError, NotFound, NotPermitted
from geo_app.exchange.language import render
from geo_app.services import numbering
from geo_app.web.api import decided
from geo_app.web.context import transaction
from geo_app.web.errors import status_of
from geo_app.web.language import language
from geo_app.web.permission import needs
from geo_app.web.plan_places import board_of

bp = APIBlueprint("plan_undo", __name__, enable_openapi=False)

PREVIEWS = "undoing a plan"
"""The reason of a look at what would happen; nothing is written with it."""


@bp.get("/plans/<int:plan_id>/undo")
@needs("plan.undo")
def preview(plan_id: int) -> ResponseReturnValue:
    """Show door by door what taking a plan back would change."""
    return _page(plan_id, None)


@bp.post("/plans/<int:plan_id>/undo")
@needs("plan.undo")
def undo(plan_id: int) -> ResponseReturnValue:
    """Draft the correcting plan and go to it; it is submitted, approved and published like any other."""
    version = request.form.get("version", 0, type=int)
    try:
        with transaction() as register:
            correcting = numbering.undo_plan(register, plan_id, decided(request.form.get("reason", ""), version))
            life = register.plans.get(correcting).life
    except (NotFound, NotPermitted):
        raise
    except DomainError as refusal:
        return _page(plan_id, refusal)
    return redirect(board_of(life))


def _page(plan_id: int, refusal: DomainError | None) -> ResponseReturnValue:
    view = None
    with transaction() as register:
        plan = register.plans.get(plan_id)
        try:
            view = numbering.preview_undo(register, plan_id, decided(PREVIEWS))
        except (NotFound, NotPermitted):
            raise
        except DomainError as impossible:
            refusal = refusal or impossible
    fault = render(refusal.message, language()) if refusal else None
    page = render_template("plans/undo.html", plan=plan, view=view, fault=fault)
    return page, status_of(refusal) if refusal else 200
