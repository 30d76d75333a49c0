"""Divisions over the API: the list as of a day."""

from datetime import date
from typing import Any

from apiflask import APIBlueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from geo_app.persistence.divisions import DivisionRecord
from geo_app.services import divisions as service
from geo_app.web.api import READING, Body, iso
from geo_app.web.context import today, transaction
from geo_app.web.permission import needs

bp = APIBlueprint("divisions_api", __name__, url_prefix="/api/v1", tag="Divisions")


class DivisionsAsked(Body):
    """Which divisions are asked for."""

    as_of: date | None = Field(None, description="The day that is asked about; today without.")
    under: str = Field("", pattern=r"^[0-9]{0,15}$", description="Beginning of the codes.")


class DivisionItem(BaseModel):
    """A division in the list."""

    id: int
    code: str = Field(description="GB/T 2260 and GB/T 10114, without trailing zeros.")
    level: str = Field(description="province, city, county, township, village, grid_cell")
    name: str
    parent_id: int | None
    since: str | None


class DivisionList(BaseModel):
    """The divisions as of a day, by code."""

    as_of: str
    items: list[DivisionItem]


@bp.get("/divisions")
@needs("division.read")
@bp.input(DivisionsAsked, location="query", arg_name="asked")
@bp.output(DivisionList)
@bp.doc(summary="List divisions as of a day, by code", responses=READING)
def list_divisions(asked: DivisionsAsked) -> ResponseReturnValue:
    """Answer the divisions as of a day, by code."""
    day = asked.as_of or today()
    with transaction() as register:
        found = service.divisions_as_of(register, day, asked.under)
    return {"as_of": iso(day), "items": [_item(one) for one in found]}


def _item(one: DivisionRecord) -> dict[str, Any]:
    values = {"id": one.id, "code": one.code, "level": one.level.name.lower(), "name": one.name}
    return {**values, "parent_id": one.parent_id, "since": iso(one.since)}
