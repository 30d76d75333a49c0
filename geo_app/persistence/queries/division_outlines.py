"""Outlines of divisions through time: which held on a day, all that were ever recorded, those that lie around one."""

from dataclasses import dataclass
from datetime import date, datetime

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_app.domain.division import DivisionCode, Outline
from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.persistence.divisions import OutlineRecord

OUTLINE = marked("outline")

_COLUMNS = "st_asgeojson(r.outline, 7) as shape, r.derived, r.source, lower(r.valid) as since, r.version"
_AS_OF = text(
    """
    select {columns} from division_outline_timeline r
    where r.division_id = :id and r.valid @> cast(:day as date) and upper_inf(r.recorded)
    order by lower(r.recorded) desc, r.version desc limit 1
""".replace("{columns}", _COLUMNS)
)
_OF_VERSION = text(
    """
    select {columns} from division_outline_timeline r
    where r.division_id = :id and r.version = :version order by lower(r.recorded) desc limit 1
""".replace("{columns}", _COLUMNS)
)
# What was drawn bears the journal's instant, what was loaded its import.
_VERSIONS = text("""
    select v.version, v.since, v.until, v.recorded, v.held, v.derived, v.source, coalesce(c.reason, '') as reason,
        coalesce(drawer.display_name, loader.display_name, '') as account
    from (
        select distinct on (r.version) r.version, lower(r.valid) as since, upper(r.valid) as until,
            min(lower(r.recorded)) over (partition by r.version) as recorded, upper_inf(r.recorded) as held,
            r.derived, r.source, r.import_id
        from division_outline_timeline r where r.division_id = :id and not isempty(r.valid)
        order by r.version, lower(r.recorded) desc
    ) v
    left join change_entry c on c.subject_kind = 'division' and c.subject_key = cast(:id as text)
        and c.verb = 'draw' and c.at = v.recorded
    left join account drawer on drawer.id = c.account_id
    left join import_run i on i.id = v.import_id left join account loader on loader.id = i.account_id
    order by v.version desc
""")
_AROUND = text("""
    select distinct on (d.id) d.code, st_asbinary(r.outline) as outline, r.derived, r.source
    from division_outline_timeline r join division_timeline d on d.id = r.division_id
    where r.valid @> cast(:day as date) and upper_inf(r.recorded)
        and d.valid @> cast(:day as date) and upper_inf(d.recorded)
        and (d.id = :parent or d.parent_id = :id or (d.parent_id = :parent and d.id <> :id))
    order by d.id, lower(r.recorded) desc
""")


@dataclass(frozen=True, slots=True)
class OutlineVersion:
    """An outline as it was recorded: the days it holds for (half-open), whether that is believed today, who, why."""

    version: int
    since: date | None
    until: date | None
    recorded: datetime
    held: bool
    derived: bool
    source: str
    reason: str
    account: str


def outline_as_of(session: Session, division_id: int, day: date) -> OutlineRecord | None:
    """Return the outline that a division had on `day`, by what is known now."""
    row = session.execute(_AS_OF, {"id": division_id, "day": day}).one_or_none()
    return OutlineRecord(*row) if row else None


def outline_of_version(session: Session, division_id: int, version: int) -> OutlineRecord:
    """Return an outline that was recorded once, as of today or superseded.

    Raises NotFound.
    """
    row = session.execute(_OF_VERSION, {"id": division_id, "version": version}).one_or_none()
    if row is None:
        raise NotFound(what=Message(OUTLINE), key=version)
    return OutlineRecord(*row)


def outline_versions(session: Session, division_id: int) -> list[OutlineVersion]:
    """Return all outlines of a division that were ever recorded, the latest first."""
    return [OutlineVersion(*row) for row in session.execute(_VERSIONS, {"id": division_id})]


def outlines_around(session: Session, division: tuple[int, int | None], day: date) -> list[Outline]:
    """Return the outlines, on `day`, of the division above, those beside and those within `division` (id, parent)."""
    division_id, parent = division
    rows = session.execute(_AROUND, {"id": division_id, "parent": parent, "day": day})
    return [Outline(DivisionCode(row.code), _ground(row.outline), row.derived, row.source) for row in rows]


def _ground(stored: memoryview) -> shapely.MultiPolygon:
    shape = shapely.from_wkb(bytes(stored))
    assert isinstance(shape, shapely.MultiPolygon)
    return shape
