"""Plans of estates in the register: their life, their gate and buildings."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

import shapely
from sqlalchemy import Row, func, insert, select, text, update
from sqlalchemy.orm import Session

from geo_app.domain.address import PlaceKind
from geo_app.domain.errors import NotFound
from geo_app.domain.estate import Estate, EstateBuilding, Gate
from geo_app.domain.estate_numbering import NumberedEstate
from geo_app.domain.estate_spec import read_spec, written_spec
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_plan import PlanLife, PlanStatus
from geo_app.domain.position import Position
from geo_app.persistence.copying import copy_rows
from geo_app.persistence.entrances import house_number
from geo_app.persistence.estates import ewkt, point
from geo_app.persistence.plans import STEPS, UNDONE
from geo_app.persistence.tables import EstatePlan

ESTATE_PLAN = marked("estate plan")


@dataclass(frozen=True, slots=True)
class EstatePlanRecord:
    """A plan without its buildings; `status` says "undone" where the life says published and undone."""

    life: PlanLife
    estate_id: int
    county_code: str
    estate_name: str
    area: str
    title: str
    rule: Mapping[str, Any]
    gate: Gate
    gate_address_id: str | None
    gate_is_new: bool
    computed_on: int
    counts: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def status(self) -> str:
        """Return where the plan stands."""
        return UNDONE if self.life.undone_by else self.life.status.value


@dataclass(frozen=True, slots=True)
class StoredEstate:
    """What a plan numbers, and the numbers it was stored with by the buildings' keys; `made` have new addresses."""

    estate: Estate
    numbers: Mapping[str, str]
    made: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NewEstatePlan:
    """A draft to be written; `computed_on` is the version of the estate, `corrects` the plan it takes back."""

    county_code: str
    estate_id: int
    title: str
    rule: Mapping[str, Any]
    computed_on: int
    corrects: int | None = None


_ONE = text("""
    select p.*, e.name as estate_name, coalesce(d.code, p.county_code) as area,
        st_x(p.gate) as lon, st_y(p.gate) as lat,
        (select c.id from estate_plan c where c.corrects_id = p.id and c.status = 'published' limit 1) as undone_by,
        creator.display_name as created_name, submitter.display_name as submitted_name,
        approver.display_name as approved_name, publisher.display_name as published_name
    from estate_plan p
    join estate e on e.id = p.estate_id
    left join division d on d.id = e.division_id
    join account creator on creator.id = p.created_by
    left join account submitter on submitter.id = p.submitted_by
    left join account approver on approver.id = p.approved_by
    left join account publisher on publisher.id = p.published_by
    where p.id = :plan
""")
_GROUND = text("select word, reserved, st_asbinary(boundary) as ground from estate_plan where id = :plan")
_BUILDINGS = text("""
    select b.*, st_asbinary(b.outline) as shape from planned_building b where b.plan_id = :plan order by b.place
""")
_LATER = text("""
    select p.id from estate_plan p, estate_plan own
    where own.id = :plan and p.estate_id = own.estate_id and p.status = 'published' and p.corrects_id is null
        and p.published_at > own.published_at order by p.published_at desc limit 1
""")
_SET_ADDRESSES = text("""
    update planned_building b set address_id = x.address, address_is_new = x.address is not null
    from unnest(cast(:keys as text[]), cast(:addresses as char(15)[])) as x(key, address)
    where b.plan_id = :plan and b.key = x.key
""")
_COLUMNS = (
    "plan_id", "key", "place", "outline", "name", "number", "kept", "by_hand", "spec", "building_id", "address_id",
    "address_is_new",
)  # fmt: skip


_KNOWN_BUILDINGS = text("select id from building where id = any(:ids) and upper_inf(valid)")
BUILDING = marked("building")


class EstatePlans:
    """Finds, locks and writes plans in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def require_buildings(self, building_ids: Collection[int | None]) -> None:
        """Pass if the register has all these buildings.

        Raises:
            NotFound: it lacks one.
        """
        if not building_ids:
            return
        known = set(self._session.scalars(_KNOWN_BUILDINGS, {"ids": list(building_ids)}))
        for missing in sorted(one for one in building_ids if one is not None and one not in known):
            raise NotFound(what=Message(BUILDING), key=missing)

    def get(self, plan_id: int) -> EstatePlanRecord:
        """Return a plan.

        Raises:
            NotFound: there is none.
        """
        row = self._session.execute(_ONE, {"plan": plan_id}).one_or_none()
        if row is None:
            raise NotFound(what=Message(ESTATE_PLAN), key=plan_id)
        return _record(row)

    def lock(self, plan_id: int) -> EstatePlanRecord:
        """Return a plan and hold it, after its estate, never before.

        Raises:
            NotFound: there is none.
        """
        self._session.execute(select(EstatePlan.id).where(EstatePlan.id == plan_id).with_for_update(key_share=True))
        return self.get(plan_id)

    def of_estate(self, estate_id: int) -> list[EstatePlanRecord]:
        """Return the plans of an estate, the latest first."""
        found = self._session.scalars(
            select(EstatePlan.id).where(EstatePlan.estate_id == estate_id).order_by(EstatePlan.id.desc())
        )
        return [self.get(plan_id) for plan_id in found]

    def latest_published(self, estate_id: int) -> int | None:
        """Return the plan whose numbers are official now."""
        return self._session.execute(
            select(EstatePlan.id)
            .where(
                EstatePlan.estate_id == estate_id, EstatePlan.status == "published", EstatePlan.corrects_id.is_(None)
            )
            .order_by(EstatePlan.published_at.desc(), EstatePlan.id.desc())
            .limit(1)
        ).scalar()

    def unpublished_correcting(self, plan_id: int) -> int | None:
        """Return the plan on its way that undoes this one."""
        return self._session.execute(
            select(EstatePlan.id).where(
                EstatePlan.corrects_id == plan_id, EstatePlan.status.in_(("draft", "submitted", "approved"))
            )
        ).scalar()

    def published_after(self, plan_id: int) -> int | None:
        """Return the latest plan published on the estate after this one and not undone; corrections do not count."""
        return self._session.execute(_LATER, {"plan": plan_id}).scalar()

    def add(self, plan: NewEstatePlan, numbered: NumberedEstate, account_id: int) -> int:
        """Write a draft with its buildings and return its id."""
        values = {
            "county_code": plan.county_code, "estate_id": plan.estate_id, "corrects_id": plan.corrects,
            "created_by": account_id, **_values(plan, numbered),
        }  # fmt: skip
        plan_id = int(self._session.execute(insert(EstatePlan).values(**values).returning(EstatePlan.id)).scalar_one())
        self._replace_buildings(plan_id, numbered)
        return plan_id

    def revise(self, life: PlanLife, plan: NewEstatePlan, numbered: NumberedEstate) -> None:
        """Write gate, rule and buildings of a draft in place of those it had."""
        values = {**_values(plan, numbered), "version": life.version}
        self._session.execute(update(EstatePlan).where(EstatePlan.id == life.plan_id).values(**values))
        self._session.execute(text("delete from planned_building where plan_id = :plan"), {"plan": life.plan_id})
        self._replace_buildings(life.plan_id, numbered)

    def save(self, before: PlanLife, after: PlanLife) -> None:
        """Write the step that leads from `before` to `after`, with the instant of the transaction."""
        values: dict[str, Any] = {"status": after.status.value, "version": after.version}
        for step in STEPS:
            account = getattr(after, f"{step}_by")
            if account != getattr(before, f"{step}_by"):
                values |= {f"{step}_by": account, f"{step}_at": func.now() if account is not None else None}
        if after.undone_by is not None:
            values["status"] = UNDONE
        self._session.execute(update(EstatePlan).where(EstatePlan.id == after.plan_id).values(**values))

    def content(self, plan_id: int) -> StoredEstate:
        """Return what a plan numbers, with the numbers it was stored with."""
        plan = self.get(plan_id)
        ground = self._session.execute(_GROUND, {"plan": plan_id}).one()
        rows = self._session.execute(_BUILDINGS, {"plan": plan_id}).all()
        boundary = cast("shapely.Polygon", shapely.from_wkb(bytes(ground.ground))) if ground.ground else None
        reserved = {int(number): reason for number, reason in ground.reserved.items()}
        estate = Estate(tuple(map(_building, rows)), plan.gate, boundary, reserved, ground.word)
        made = frozenset(row.key for row in rows if row.address_is_new)
        return StoredEstate(estate, {row.key: row.number for row in rows}, made)

    def set_addresses(self, plan_id: int, addresses: Iterable[tuple[str, str | None]]) -> None:
        """Write which new address each building has (key, address id; None: none any more)."""
        pairs = list(addresses)
        values = {"keys": [pair[0] for pair in pairs], "addresses": [pair[1] for pair in pairs]}
        self._session.execute(_SET_ADDRESSES, {"plan": plan_id, **values})

    def set_gate(self, plan_id: int, address_id: str | None, *, is_new: bool) -> None:
        """Write which address the gate has, and whether the plan makes it."""
        self._session.execute(
            update(EstatePlan).where(EstatePlan.id == plan_id).values(gate_address_id=address_id, gate_is_new=is_new)
        )

    def _replace_buildings(self, plan_id: int, numbered: NumberedEstate) -> None:
        rows = (_row(plan_id, place, numbered) for place in range(len(numbered.buildings)))
        copy_rows(self._session, "planned_building", _COLUMNS, rows)


def _values(plan: NewEstatePlan, numbered: NumberedEstate) -> dict[str, Any]:
    estate, counts = numbered.estate, numbered.counts()
    number = estate.gate.number
    return {
        "title": plan.title, "rule": dict(plan.rule), "computed_on": plan.computed_on, "word": estate.word,
        "reserved": {str(kept): reason for kept, reason in estate.reserved.items()},
        "boundary": ewkt(estate.boundary), "gate": point(estate.gate.position), "street_id": estate.gate.street_id,
        "gate_number": number.number if number else None,
        "gate_suffix": (number.suffix or None) if number else None,
        "gate_sub_number": (number.sub_number or None) if number else None,
        **{name: counts.get(name, 0) for name in ("buildings", "units", "rooms")},
    }  # fmt: skip


def _row(plan_id: int, place: int, numbered: NumberedEstate) -> tuple[object, ...]:
    one = numbered.buildings[place]
    building = one.building
    return (
        plan_id, building.key, place, ewkt(building.footprint), building.name, one.number.text, bool(building.kept),
        bool(building.hand), json.dumps(written_spec(building.spec), ensure_ascii=False), building.building_id,
        building.address_id, False,
    )  # fmt: skip


def _building(row: Row[Any]) -> EstateBuilding:
    return EstateBuilding(
        row.key, cast("shapely.Polygon", shapely.from_wkb(bytes(row.shape))), read_spec(row.spec),
        row.number if row.kept else "", row.number if row.by_hand and not row.kept else "", row.name, row.building_id,
        row.address_id,
    )  # fmt: skip


def _record(row: Row[Any]) -> EstatePlanRecord:
    undone = row.status == UNDONE
    life = PlanLife(
        row.id, row.estate_id, row.version, PlanStatus.PUBLISHED if undone else PlanStatus(row.status), row.created_by,
        row.submitted_by, row.approved_by, row.published_by, row.corrects_id, row.undone_by, PlaceKind.ESTATE,
    )  # fmt: skip
    steps = ("created", *STEPS)
    told = row._mapping  # noqa: SLF001  SQLAlchemy's public name
    return EstatePlanRecord(
        life, row.estate_id, row.county_code, row.estate_name, row.area, row.title, row.rule, _gate(row),
        row.gate_address_id, row.gate_is_new, row.computed_on,
        counts={name: told[name] for name in ("buildings", "units", "rooms")},
        people={step: told[f"{step}_name"] for step in steps if told[f"{step}_name"]},
        times={step: told[f"{step}_at"] for step in steps if told[f"{step}_at"]},
    )  # fmt: skip


def _gate(row: Row[Any]) -> Gate:
    number = house_number(row.gate_number, row.gate_suffix, row.gate_sub_number)
    return Gate(None if row.lon is None else Position(row.lon, row.lat), row.street_id, number)
