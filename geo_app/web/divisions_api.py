"""Divisions over the API: as of a day, with outlines and history; outlines looked at and written."""

from apiflask import APIBlueprint
from flask.typing import ResponseReturnValue

from geo_app.exchange.language import render
from geo_app.persistence.queries.division_outlines import outline_as_of, outline_of_version, outline_versions
from geo_app.services.division_outline import outline_findings
from geo_app.services.divisions import Dated, draw_outline
from geo_app.web.api import READING, WRITING, page_of
from geo_app.web.context import actor, today, transaction
from geo_app.web.divisions_models import (
    DayAsked,
    DivisionPage,
    DivisionsAsked,
    DivisionShown,
    OutlineDrawn,
    OutlineFindings,
    OutlineProposed,
    OutlineShown,
    item,
    outline_feature,
    outline_item,
    succession_item,
)
from geo_app.web.language import language
from geo_app.web.permission import needs

bp = APIBlueprint("divisions_api", __name__, url_prefix="/api/v1", tag="Divisions")


@bp.get("/divisions")
@needs("division.read")
@bp.input(DivisionsAsked, location="query", arg_name="asked")
@bp.output(DivisionPage)
@bp.doc(summary="List the divisions of a day by code", responses=READING)
def list_divisions(asked: DivisionsAsked) -> ResponseReturnValue:
    """Answer one page of the divisions as they stood on a day."""
    day = asked.as_of or today()
    with transaction() as register:
        page = register.divisions.page_as_of(day, asked.filter, asked.paging)
    return {**page_of(page, [item(one) for one in page.items]), "as_of": day.isoformat()}


@bp.get("/divisions/<int:division_id>")
@needs("division.read")
@bp.input(DayAsked, location="query", arg_name="asked")
@bp.output(DivisionShown)
@bp.doc(summary="Show a division with outline and history", responses=READING)
def show_division(division_id: int, asked: DayAsked) -> ResponseReturnValue:
    """Answer a division: as it stands, its outline on a day, its names, outlines and successions through time."""
    day = asked.as_of or today()
    with transaction() as register:
        shown = item(register.divisions.get(division_id))
        outline = outline_as_of(register.session, division_id, day)
        return {
            **shown,
            "as_of": day.isoformat(),
            "outline": outline_feature(outline) if outline else None,
            "history": [item(one) for one in register.divisions.versions(division_id)],
            "outlines": [outline_item(one) for one in outline_versions(register.session, division_id)],
            "successions": [succession_item(one) for one in register.divisions.successions(division_id)],
        }


@bp.get("/divisions/<int:division_id>/outlines/<int:version>")
@needs("division.read")
@bp.output(OutlineShown)
@bp.doc(summary="Show an outline that was recorded once", responses=READING)
def show_outline(division_id: int, version: int) -> ResponseReturnValue:
    """Answer an outline as GeoJSON."""
    with transaction() as register:
        return outline_feature(outline_of_version(register.session, division_id, version))


@bp.post("/divisions/<int:division_id>/outline-findings")
@needs("division.edit")
@bp.input(OutlineProposed, arg_name="body")
@bp.output(OutlineFindings)
@bp.doc(summary="Look at an outline before it is written", description="Nothing is written.", responses=WRITING)
def look_at_outline(division_id: int, body: OutlineProposed) -> ResponseReturnValue:
    """Answer where the outline leaves the one above, overlaps those beside or cuts off those within."""
    with transaction() as register:
        found = outline_findings(register, division_id, body.shape, body.since)
    return {"findings": [render(one, language()) for one in found]}


@bp.post("/divisions/<int:division_id>/outlines")
@needs("division.edit")
@bp.input(OutlineDrawn, arg_name="body")
@bp.output(OutlineShown, status_code=201)
@bp.doc(summary="Write the outline that a division has from a day on", responses=WRITING)
def write_outline(division_id: int, body: OutlineDrawn) -> ResponseReturnValue:
    """Write an outline; the earlier ones stay in its history."""
    dated = Dated(actor(body.reason), body.since, today())
    with transaction() as register:
        draw_outline(register, dated, division_id, body.shape, body.source.strip())
        written = register.divisions.outline(division_id)
    assert written is not None
    return outline_feature(written), 201
