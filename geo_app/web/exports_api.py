"""Exports over the API: asked for here, followed and fetched as a job."""

from datetime import date

from apiflask import APIBlueprint
from flask import url_for
from flask.typing import ResponseReturnValue
from pydantic import Field

from geo_app.domain.exports import ExportLayer
from geo_app.exchange.export import ExportFormat
from geo_app.services import jobs
from geo_app.web.api import WRITING, Reason
from geo_app.web.context import actor, transaction
from geo_app.web.exports import Wanted, ask_for_export
from geo_app.web.jobs_api import JobShown, shown_job
from geo_app.web.permission import needs

bp = APIBlueprint("exports_api", __name__, url_prefix="/api/v1", tag="Exports")


class ExportAsked(Reason):
    """What is to be written into a file."""

    layer: ExportLayer
    format: ExportFormat
    area: str = Field("", pattern=r"^[0-9]{0,15}$", description="Code of a division; empty: the whole register.")
    as_of: date | None = Field(None, description="As it was on that day; as it stands without.")


@bp.post("/exports")
@needs("export.run")
@bp.input(ExportAsked, arg_name="body")
@bp.output(JobShown, status_code=202)
@bp.doc(summary="Ask for a file with a layer of an area", responses=WRITING)
def export(body: ExportAsked) -> ResponseReturnValue:
    """Answer the job that writes the file."""
    wanted = Wanted(body.layer, body.format, body.area, body.as_of)
    with transaction() as register:
        job = jobs.own_job(register, actor(), ask_for_export(register, wanted, body.reason))
    return shown_job(job), 202, {"Location": url_for("jobs_api.show_job", job_id=job.id)}
