"""Divisions as the API shows and takes them."""

import json
from datetime import date

import shapely
from pydantic import BaseModel, Field

from geo_app.persistence.divisions import DivisionFilter, DivisionRecord, OutlineRecord, SuccessionRecord
from geo_app.persistence.queries.division_outlines import OutlineVersion
from geo_app.web.api import Asked, Body, PageOf, iso
from geo_app.web.geojson import GroundFeature, MultiPolygonGeometry, PolygonGeometry

TEXT = r"^[^\x00]*$"
"""The database keeps no NUL in a text."""

LEVELS = "^(|province|city|county|township|village|grid_cell)$"


class DivisionsAsked(Asked):
    """Which divisions are asked for."""

    as_of: date | None = Field(None, description="The day on which they stood; today without one.")
    under: str = Field("", pattern=r"^\d{0,15}$", description="First digits of the code.")
    name: str = Field("", max_length=60, pattern=TEXT, description="Part of the name.")
    level: str = Field("", pattern=LEVELS, description="province, city, county, township, village or grid_cell.")

    @property
    def filter(self) -> DivisionFilter:
        """Return what is asked for as the repository understands it."""
        return DivisionFilter(self.under, self.name.strip(), self.level)


class DayAsked(Body):
    """For which day something is asked."""

    as_of: date | None = Field(None, description="The day; today without one.")


class DivisionItem(BaseModel):
    """A division as it stands or stood."""

    id: int
    code: str
    level: str
    name: str
    parent_id: int | None
    since: str | None = Field(description="First day of this code and name.")
    until: str | None = Field(description="First day on which they no longer hold.")


class DivisionPage(PageOf[DivisionItem]):
    """One page of divisions by code."""

    as_of: str


class OutlineProperties(BaseModel):
    """What is known about an outline."""

    version: int
    derived: bool = Field(description="Worked out, not surveyed.")
    source: str
    since: str | None


class OutlineShown(GroundFeature[OutlineProperties]):
    """An outline as GeoJSON."""


class OutlineItem(OutlineProperties):
    """An outline in the list of all that were recorded."""

    until: str | None
    held: bool = Field(description="Believed today; false: superseded by a correction.")


class SuccessionEnd(BaseModel):
    """The one or the other division of a succession."""

    id: int
    code: str
    name: str


class SuccessionItem(BaseModel):
    """Who followed whom."""

    kind: str = Field(description="merge, split, rename, recode, transfer, establish, abolish")
    happened_on: str
    certainty: str = Field(description="certain: lists or records prove it; decided: by a person; proposed: open.")
    predecessor: SuccessionEnd | None
    successor: SuccessionEnd | None


class DivisionShown(DivisionItem):
    """A division with its outline on a day, its names, outlines and successions through time."""

    as_of: str
    outline: OutlineShown | None
    history: list[DivisionItem]
    outlines: list[OutlineItem]
    successions: list[SuccessionItem]


class OutlineProposed(Body):
    """An outline to be looked at."""

    geometry: PolygonGeometry | MultiPolygonGeometry
    since: date = Field(description="First day on which it holds.")

    @property
    def shape(self) -> shapely.MultiPolygon:
        """Return the ground in degrees."""
        given = self.geometry
        polygons = [given.coordinates] if isinstance(given, PolygonGeometry) else given.coordinates
        return shapely.MultiPolygon([shapely.Polygon(rings[0], rings[1:]) for rings in polygons if rings])


class OutlineDrawn(OutlineProposed):
    """An outline to be written."""

    source: str = Field(
        min_length=1, max_length=200, pattern=TEXT, description="Survey, agreement, map sheet it follows."
    )
    reason: str = Field("", max_length=500, pattern=TEXT, description="Why; it stands in the journal.")


class OutlineFindings(BaseModel):
    """What speaks against an outline; nothing of it forbids to write it."""

    findings: list[str]


def item(one: DivisionRecord) -> dict[str, object]:
    """Return a division as lists show it."""
    values = {"id": one.id, "code": one.code, "level": one.level.name.lower(), "name": one.name}
    return {**values, "parent_id": one.parent_id, "since": iso(one.since), "until": iso(one.until)}


def outline_feature(found: OutlineRecord) -> dict[str, object]:
    """Return an outline as GeoJSON."""
    known = {"version": found.version, "derived": found.derived, "source": found.source, "since": iso(found.since)}
    return {"type": "Feature", "geometry": json.loads(found.shape), "properties": known}


def outline_item(one: OutlineVersion) -> dict[str, object]:
    """Return an outline without its shape."""
    known = {"version": one.version, "derived": one.derived, "source": one.source, "since": iso(one.since)}
    return {**known, "until": iso(one.until), "held": one.held}


def succession_item(one: SuccessionRecord) -> dict[str, object]:
    """Return a succession."""
    ends = {"predecessor": _end(one.predecessor), "successor": _end(one.successor)}
    return {"kind": one.kind, "happened_on": iso(one.happened_on), "certainty": one.certainty, **ends}


def _end(end: tuple[int, str, str] | None) -> dict[str, object] | None:
    return dict(zip(("id", "code", "name"), end, strict=True)) if end else None
