"""A whole import taken back: what it added is removed, what it corrected stands again as it was before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, text
from sqlalchemy.orm import Session

from geo_app.domain.errors import DomainError
from geo_app.domain.imports import (
    AddressLockedForImport,
    AddressUsesImport,
    DivisionUsesImport,
    DoorUsesImport,
    ImportFollowed,
    Layer,
    PlanUsesImport,
)
from geo_app.persistence.tables import Base

TABLES: Mapping[Layer, tuple[str, ...]] = {
    Layer.DIVISIONS: ("division_outline", "division"),
    Layer.OUTLINES: ("division_outline", "division"),
    Layer.STREETS: ("street_piece", "street"),
    Layer.BUILDINGS: ("building",),
    Layer.ENTRANCES: ("entrance",),
    Layer.ADDRESSES: ("standard_address", "division"),
}
"""Where the rows of a layer's imports stand, in the order in which they can be removed."""

TOUCHED = """
    not exists (select 1 from import_run i
        where i.id = r.import_id and i.started_at = lower(r.recorded) or i.undone_at = lower(r.recorded))
"""
"""The register row `r` was written by somebody else than its import, or than an undo that restored it."""

_FOLLOWED = """
    select (select count(*) from {table} r where r.import_id = :import and {touched})
        + (select count(*) from {table} r where r.import_id is distinct from :import and exists (
            select 1 from {table}_history h where h.id = r.id and h.import_id = :import
                and lower(h.recorded) = :started))
"""
_RESTORE = """
    update {table} r set ({columns}) = ({before})
    from (select distinct on (id) * from {table}_history where upper(recorded) = :started order by id, version desc) h
    where h.id = r.id and r.import_id = :import
"""
_REMOVE = """
    delete from {table} r where r.import_id = :import and not exists (
        select 1 from {table}_history h where h.id = r.id and upper(h.recorded) = :started)
"""
_ADDED = """
    (select r.id from {table} r where r.import_id = :import and not exists (
        select 1 from {table}_history h where h.id = r.id and upper(h.recorded) = :started))
"""

_PLAN_OF_STREETS = "select p.id as what from numbering_plan p where p.street_id in {street} limit 1"
_DOOR_OF_STREETS = "select e.id as what from entrance e where upper_inf(e.valid) and e.street_id in {street} limit 1"
_ADDRESS_OF_STREETS = "select a.text as what from standard_address a where a.street_id in {street} limit 1"
_DOOR_OF_BUILDINGS = "select e.id as what from entrance e where e.building_id in {building} limit 1"
_PLAN_OF_DOORS = "select p.plan_id as what from planned_door p where p.entrance_id in {entrance} limit 1"
_ADDRESS_OF_DOORS = "select a.text as what from standard_address a where a.entrance_id in {entrance} limit 1"
_LOCKED_ADDRESS = """
    select a.text as what from standard_address a where a.import_id = :import and a.locked_for is not null limit 1
"""
_PLAN_OF_ADDRESSES = "select p.plan_id as what from planned_door p where p.address_id in {standard_address} limit 1"
_ADDRESS_OF_ADDRESSES = """
    select a.text as what from standard_address a where a.import_id is distinct from :import
        and (a.parent_id in {standard_address} or a.primary_id in {standard_address}) limit 1
"""
_IN_DIVISIONS = """
    select nullif(
        (select count(*) from street where division_id in {division})
        + (select count(*) from standard_address where division_id in {division})
        + (select count(*) from account_grant where division_id in {division})
        + (select count(*) from division where import_id is distinct from :import and parent_id in {division})
        + (select count(*) from division_outline where import_id is distinct from :import
            and division_id in {division}), 0) as what
"""
Blocker = tuple[type[DomainError], str, str]
BLOCKERS: Mapping[Layer, tuple[Blocker, ...]] = {
    Layer.DIVISIONS: ((DivisionUsesImport, "count", _IN_DIVISIONS),),
    Layer.OUTLINES: (),
    Layer.STREETS: (
        (PlanUsesImport, "plan", _PLAN_OF_STREETS),
        (AddressUsesImport, "address", _ADDRESS_OF_STREETS),
        (DoorUsesImport, "door", _DOOR_OF_STREETS),
    ),
    Layer.BUILDINGS: ((DoorUsesImport, "door", _DOOR_OF_BUILDINGS),),
    Layer.ENTRANCES: ((PlanUsesImport, "plan", _PLAN_OF_DOORS), (AddressUsesImport, "address", _ADDRESS_OF_DOORS)),
    Layer.ADDRESSES: (
        (AddressLockedForImport, "address", _LOCKED_ADDRESS),
        (PlanUsesImport, "plan", _PLAN_OF_ADDRESSES),
        (AddressUsesImport, "address", _ADDRESS_OF_ADDRESSES),
    ),
}
"""What forbids to take back an import of a layer: the refusal, the field of its sentence, and who finds the culprit."""

_DIVISIONS_IN_USE = """
    update division set import_id = null where import_id = :import and (
        id in (select division_id from standard_address) or id in (select division_id from street)
        or id in (select division_id from division_outline) or id in (select division_id from account_grant)
        or id in (select parent_id from division where import_id is distinct from :import))
"""


class BulkUndo:
    """Takes back the rows of one import in the caller's transaction; `started` is the instant all of them bear."""

    def __init__(self, session: Session, import_id: int, started: datetime) -> None:
        self._session = session
        self._values = {"import": import_id, "started": started}

    def require_free(self, layer: Layer) -> None:
        """Check that nothing stands on the import's rows and nobody changed them.

        Raises PlanUsesImport, AddressUsesImport, DoorUsesImport, AddressLockedForImport, DivisionUsesImport,
        ImportFollowed.
        """
        number = self._values["import"]
        for refusal, field, statement in BLOCKERS[layer]:
            culprit = self._run(_with_added(statement)).scalar()
            if culprit is not None:
                raise refusal(number=number, **{field: culprit})
        changed = sum(self._run(_for(_FOLLOWED, table)).scalar_one() for table in TABLES[layer])
        if changed:
            raise ImportFollowed(rows=changed, number=number)

    def take_back(self, layer: Layer) -> tuple[int, int]:
        """Remove what was added and restore what was corrected; return how many rows of each."""
        restored = sum(self._changed(_for(_RESTORE, table)) for table in TABLES[layer])
        return sum(self._remove(table) for table in TABLES[layer]), restored

    def _remove(self, table: str) -> int:
        if table == "division":
            self._run("delete from division_succession where import_id = :import")
            # A division that something else came to lie in meanwhile stays, as the register's own.
            self._run(_DIVISIONS_IN_USE)
        return self._changed(_for(_REMOVE, table))

    def _changed(self, statement: str) -> int:
        return int(self._run(statement).rowcount)

    def _run(self, statement: str) -> CursorResult[Any]:
        return cast("CursorResult[Any]", self._session.execute(text(statement), self._values))


def _for(statement: str, table: str) -> str:
    columns = Base.metadata.tables[table].columns
    kept = [column.name for column in columns if column.name not in ("id", "recorded", "version")]
    names = ", ".join(kept)
    before = ", ".join(f"h.{name}" for name in kept)
    filled = statement.replace("{table}", table).replace("{touched}", TOUCHED)
    return filled.replace("{columns}", names).replace("{before}", before)


def _with_added(statement: str) -> str:
    for table in {table for tables in TABLES.values() for table in tables}:
        statement = statement.replace("{" + table + "}", _for(_ADDED, table))
    return statement
