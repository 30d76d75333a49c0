"""Old and new numbers of a plan: the table, its file, and the notices to be printed."""

from io import BytesIO

from apiflask import APIBlueprint
from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue

from geo_app.domain.adoption_mapping import Fate
from geo_app.exchange.adoption_table import TABLE_FORMATS, mapping_file
from geo_app.exchange.export import ExportFormat
from geo_app.services.adoption import NumberMapping, number_mapping
from geo_app.web.context import today, transaction
from geo_app.web.language import language
from geo_app.web.permission import needs

bp = APIBlueprint("adoption", __name__, enable_openapi=False)

CHANGES = (Fate.RENUMBERED, Fate.NEW, Fate.ENDED)
"""The fates that people notice, those that concern them most first."""


@bp.get("/plans/<int:plan_id>/mapping")
@needs("plan.read")
def mapping(plan_id: int) -> ResponseReturnValue:
    """Show the old and the new number of each door; doors that change come first."""
    found = _read(plan_id)
    changed = sorted((d for d in found.doors if d.fate in CHANGES), key=lambda door: CHANGES.index(door.fate))
    rest = [door for door in found.doors if door.fate not in CHANGES]
    return render_template("adoption/mapping.html", mapping=found, changed=changed, rest=rest, fates=Fate)


@bp.get("/plans/<int:plan_id>/mapping/file")
@needs("plan.read")
def file(plan_id: int) -> ResponseReturnValue:
    """Send the table as a file; `?format=` csv, excel.csv or xlsx."""
    asked = request.args.get("format", "")
    kind = next((one for one in TABLE_FORMATS if one.value == asked), ExportFormat.XLSX)
    name = f"plan-{plan_id}.{kind}"
    content = mapping_file(name, _read(plan_id).doors, language())
    return send_file(BytesIO(content), as_attachment=True, download_name=name)


@bp.get("/plans/<int:plan_id>/notices")
@needs("plan.read")
def notices(plan_id: int) -> ResponseReturnValue:
    """Show a notice for each door with a new or another number, ready to be printed."""
    return render_template("adoption/notices.html", mapping=_read(plan_id), fates=Fate, today=today())


def _read(plan_id: int) -> NumberMapping:
    with transaction() as register:
        return number_mapping(register, plan_id)
