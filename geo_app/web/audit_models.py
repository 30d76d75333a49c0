"""Audits as the API asks for and shows them."""

from datetime import date

from pydantic import BaseModel, Field

from geo_app.domain.audit_findings import AuditKind
from geo_app.web.api import Asked, Body, Id, PageOf, Reason
from geo_app.web.geojson import GroundFeature, Lines, Points
from geo_app.web.streets_models import StreetItem

COUNTY = r"^[0-9]{6}$"
MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])$"


class AuditLineProperties(BaseModel):
    """A line of the street as its numbers rise, and the scheme that its walls show."""

    line_key: str
    start: str | None = Field(description="first or last end as drawn; null: no direction can be told")
    odd_side: str = Field(description="left, right, mixed, unknown, as seen walking from the start")
    method: str | None
    metres_per_number: float | None
    explained: float | None = Field(description="Share of the doors that the scheme explains.")
    doors: int


class AuditDoorProperties(BaseModel):
    """A door of the street and what it is called."""

    entrance_id: int
    text: str
    number: int | None


class AuditFindingProperties(BaseModel):
    """A finding: what breaks the scheme, what the engine would propose, the exception that covers it."""

    entrance_id: int
    text: str = Field(description="What the door is called; empty: it has no number.")
    kind: str
    severity: str
    message: str
    proposal: str | None
    proposal_reason: str | None
    state: str = Field(description="open, exception")
    exception_id: int | None


class FigureShown(BaseModel):
    """A measure by its name in FGDC-STD-016: doors judged, those that break it, those that an exception covers."""

    measure: str
    title: str
    tested: int
    open: int
    excepted: int
    share: float | None = Field(description="Share that conforms, exceptions included; null: nothing to judge.")


class StreetAuditShown(BaseModel):
    """The audit of a street as it stands."""

    street: StreetItem
    lines: Lines[AuditLineProperties]
    doors: Points[AuditDoorProperties]
    findings: Points[AuditFindingProperties]
    figures: list[FigureShown]
    explained: float | None


class ExceptionAsked(Reason):
    """A finding to accept, as it was seen."""

    entrance_id: Id
    kind: AuditKind
    number: str = Field("", max_length=100, description="What the door was called when the finding was seen.")
    owner_id: Id = Field(description="The account that answers for it.")
    until: date | None = Field(None, description="The first day on which it no longer holds; null: further notice.")


class ExceptionShown(BaseModel):
    """An exception as it stands."""

    id: int
    entrance_id: int
    kind: str
    number: str
    owner: str
    accepted_by: str
    reason: str
    since: str
    until: str | None
    version: int


class ExceptionsAsked(Asked):
    """Which exceptions are asked for."""

    kind: str = Field("", max_length=40)
    state: str = Field("", pattern="^(|held|ended|revoked)$", description="As of today.")
    name: str = Field("", max_length=40, description="Part of the street's name.")
    owner: str = Field("", max_length=40, description="Part of the name of who answers for it.")


class ExceptionItem(BaseModel):
    """An exception in the list; `revoked_by` and `revoked_reason` only where somebody ended it before its day."""

    id: int
    street_id: int
    street: str
    entrance_id: int
    kind: str
    number: str
    owner: str
    accepted_by: str
    reason: str
    since: str
    until: str | None
    held: bool
    revoked_by: str | None
    revoked_reason: str | None
    version: int


class ExceptionPage(PageOf[ExceptionItem]):
    """One page of exceptions."""


class RunAsked(Reason):
    """Which county is audited, for which month."""

    county: str = Field(pattern=COUNTY)
    month: str = Field("", pattern=rf"{MONTH}|^$", description="2026-03; empty: this month.")


class FiguresAsked(Body):
    """Which figures are asked for."""

    county: str = Field(pattern=COUNTY)
    month: str = Field("", pattern=rf"{MONTH}|^$", description="2026-03; empty: the latest month.")


class VillagesAsked(FiguresAsked):
    """Which measure of which month is asked for."""

    measure: str = Field(max_length=60)


class VillageFigures(BaseModel):
    """A village and its figures; an empty code: doors outside every village."""

    code: str
    name: str
    figures: list[FigureShown]


class FiguresShown(BaseModel):
    """The figures of a month, by village."""

    month: str | None = Field(description="Null: no audit was run.")
    as_of: str | None
    months: list[str] = Field(description="All months with figures, the latest first.")
    villages: list[VillageFigures]


class VillageProperties(BaseModel):
    """A village on the map."""

    division_id: int
    name: str
    share: float | None
    derived: bool = Field(description="Nobody surveyed the outline.")


class VillagesShown(BaseModel):
    """Villages as a map layer."""

    type: str = "FeatureCollection"
    features: list[GroundFeature[VillageProperties]]


class FindingsAsked(Asked):
    """Which findings of the latest audits are asked for."""

    kind: str = Field("", max_length=40)
    severity: str = Field("", pattern="^(|error|warning|info)$")
    state: str = Field("", pattern="^(|open|exception|gone)$")
    division: str = Field("", pattern=r"^[0-9]{0,15}$")
    street: Id | None = None


class FindingItem(BaseModel):
    """A finding in the work list."""

    street_id: int
    street: str
    village: str | None
    entrance_id: int
    number: str
    kind: str
    severity: str
    message: str
    proposal: str
    state: str
    first_seen: str
    last_seen: str
    gone_on: str | None
    lon: float | None
    lat: float | None


class FindingPage(PageOf[FindingItem]):
    """One page of findings."""
