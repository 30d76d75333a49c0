"""Numbering plans in the register: their life, their doors, their findings."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from geoalchemy2.shape import to_shape
from sqlalchemy import ColumnElement, Row, func, insert, select, text, update
from sqlalchemy.orm import Session

from geo_app.domain.address import PlaceKind
from geo_app.domain.division_names import short_name
from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_plan import PlanLife, PlanStatus
from geo_app.domain.planned_door import Door, PlanContent, PlanFinding, PlannedDoor
from geo_app.domain.position import Position
from geo_app.persistence.copying import copy_rows
from geo_app.persistence.entrances import circumstance_of, house_number
from geo_app.persistence.message_json import message_from, message_to
from geo_app.persistence.paging import COUNTED, Page, Paging
from geo_app.persistence.queries import plan_list
from geo_app.persistence.tables import NumberingPlan
from geo_app.persistence.tables import PlanFinding as FindingRow

if TYPE_CHECKING:
    import shapely

PLAN = marked("numbering plan")
UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A plan without its doors; `status` says "undone" where the life says published and undone.

    `place_name` is that of its street, or of its village group with the village.
    """

    life: PlanLife
    county_code: str
    place_name: str
    area: str
    title: str
    rule: Mapping[str, Any]
    computed_on: str
    score: float | None
    people: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def status(self) -> str:
        """Return where the plan stands."""
        return UNDONE if self.life.undone_by else self.life.status.value


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A draft to be written: its place, rule, title, the state it was computed on, what it corrects."""

    county_code: str
    place_id: int
    title: str
    rule: Mapping[str, Any]
    computed_on: str
    corrects: int | None = None
    place_kind: PlaceKind = PlaceKind.STREET


_PLACE_COLUMNS = {
    PlaceKind.STREET: NumberingPlan.street_id,
    PlaceKind.VILLAGE_GROUP: NumberingPlan.village_group_id,
}
STEPS = ("submitted", "approved", "published")

_DOORS = text("""
    select d.*, st_x(e.position) as lon, st_y(e.position) as lat, e.version, e.wall_number,
        e.door_kind, e.door_state, e.front_metres, e.door_of_id, e.note,
        a.id as current_id, a.number as current_number, a.suffix as current_suffix, a.sub_number as current_sub_number
    from planned_door d
    join numbering_plan p on p.id = d.plan_id
    join entrance e on e.id = d.entrance_id
    left join standard_address a on a.entrance_id = d.entrance_id and a.kind = 'door'
        and a.street_id is not distinct from p.street_id
        and a.status = 'current' and a.rank = 'primary'
    where d.plan_id = :plan order by d.id
""")


class Plans:
    """Finds, locks and writes plans in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, plan_id: int) -> PlanRecord:
        """Return a plan.

        Raises:
            NotFound: there is none.
        """
        row = self._session.execute(text(plan_list.ONE), {"plan": plan_id}).one_or_none()
        if row is None:
            raise NotFound(what=Message(PLAN), key=plan_id)
        return record_of(row)

    def lock(self, plan_id: int) -> PlanRecord:
        """Return a plan and hold it, after its place: whoever holds a street may take its plans, never the reverse.

        Raises:
            NotFound: there is none.
        """
        self._session.execute(
            select(NumberingPlan.id).where(NumberingPlan.id == plan_id).with_for_update(key_share=True)
        )
        return self.get(plan_id)

    def page(self, wanted: plan_list.PlanFilter, paging: Paging) -> Page[PlanRecord]:
        """Return one page of plans, the latest first."""
        statement, values = plan_list.statement(wanted)
        found = self._session.execute(text(statement), {**values, "size": paging.size, "start": paging.start})
        statement, values = plan_list.count(wanted)
        total = self._session.execute(text(statement), {**values, "counted": COUNTED}).scalar_one()
        return Page(tuple(record_of(row) for row in found), total, paging)

    def rule_of_street(self, street_id: int) -> Mapping[str, Any] | None:
        """Return the rule of the latest plan of a street that is neither withdrawn, undone nor a correction."""
        return self._session.execute(
            select(NumberingPlan.rule)
            .where(
                NumberingPlan.street_id == street_id,
                NumberingPlan.status.not_in(("withdrawn", UNDONE)),
                NumberingPlan.corrects_id.is_(None),
            )
            .order_by((NumberingPlan.status == PlanStatus.PUBLISHED.value).desc(), NumberingPlan.id.desc())
            .limit(1)
        ).scalar()

    def unpublished_correcting(self, plan_id: int) -> int | None:
        """Return the plan on its way that undoes this one."""
        return self._session.execute(
            select(NumberingPlan.id).where(
                NumberingPlan.corrects_id == plan_id, NumberingPlan.status.in_(("draft", "submitted", "approved"))
            )
        ).scalar()

    def published_after(self, plan: PlanLife) -> int | None:
        """Return the latest plan published on the place after `plan` and not undone; corrections do not count."""
        published_at = select(NumberingPlan.published_at).where(NumberingPlan.id == plan.plan_id).scalar_subquery()
        return self._session.execute(
            select(NumberingPlan.id)
            .where(
                _same_place(plan),
                NumberingPlan.status == PlanStatus.PUBLISHED.value,
                NumberingPlan.corrects_id.is_(None),
                NumberingPlan.published_at > published_at,
            )
            .order_by(NumberingPlan.published_at.desc())
            .limit(1)
        ).scalar()

    def on_its_way_in_group(self, group_id: int) -> int | None:
        """Return a plan of a village group that is neither withdrawn nor undone."""
        return self._session.execute(
            select(NumberingPlan.id)
            .where(NumberingPlan.village_group_id == group_id, NumberingPlan.status.not_in(("withdrawn", UNDONE)))
            .limit(1)
        ).scalar()

    def add(self, plan: NewPlan, account_id: int) -> int:
        """Write a draft without doors and return its id."""
        return int(
            self._session.execute(
                insert(NumberingPlan)
                .values(
                    county_code=plan.county_code, title=plan.title, rule=dict(plan.rule), created_by=account_id,
                    computed_on=plan.computed_on, corrects_id=plan.corrects,
                    **{_PLACE_COLUMNS[plan.place_kind].key: plan.place_id},
                )
                .returning(NumberingPlan.id)
            ).scalar_one()
        )  # fmt: skip

    def revise(self, life: PlanLife, plan: NewPlan) -> None:
        """Write title, rule and state of a draft."""
        self._session.execute(
            update(NumberingPlan)
            .where(NumberingPlan.id == life.plan_id)
            .values(title=plan.title, rule=dict(plan.rule), computed_on=plan.computed_on, version=life.version)
        )

    def save(self, before: PlanLife, after: PlanLife) -> None:
        """Write the step that leads from `before` to `after`, with the instant of the transaction."""
        values: dict[str, Any] = {"status": after.status.value, "version": after.version}
        for step in STEPS:
            account = getattr(after, f"{step}_by")
            if account != getattr(before, f"{step}_by"):
                values |= {f"{step}_by": account, f"{step}_at": func.now() if account is not None else None}
        if after.undone_by is not None:
            values["status"] = UNDONE
        self._session.execute(update(NumberingPlan).where(NumberingPlan.id == after.plan_id).values(**values))

    def replace_content(self, plan_id: int, content: PlanContent) -> None:
        """Write doors and findings in place of those the plan had."""
        values = {"plan": plan_id}
        self._session.execute(text("delete from planned_door where plan_id = :plan"), values)
        self._session.execute(text("delete from plan_finding where plan_id = :plan"), values)
        copy_rows(self._session, "planned_door", _DOOR_COLUMNS, (_door_row(plan_id, door) for door in content.doors))
        copy_rows(
            self._session, "plan_finding", _FINDING_COLUMNS, (_finding_row(plan_id, one) for one in content.findings)
        )
        self._session.execute(
            update(NumberingPlan)
            .where(NumberingPlan.id == plan_id)
            .values(future_proof_score=content.score.get("future_proof"))
        )

    def doors(self, plan_id: int) -> list[PlannedDoor]:
        """Return the doors of a plan where they stand today, with their current addresses."""
        rows = self._session.execute(_DOORS, {"plan": plan_id})
        return list({row.entrance_id: _planned_door(row) for row in rows}.values())

    def findings(self, plan_id: int) -> list[PlanFinding]:
        """Return the findings of a plan."""
        rows = self._session.scalars(select(FindingRow).where(FindingRow.plan_id == plan_id).order_by(FindingRow.id))
        return [_finding(row) for row in rows]

    def set_addresses(self, plan_id: int, addresses: Iterable[tuple[int, str | None]]) -> None:
        """Write which address holds the number of each door (entrance id, address id)."""
        pairs = list(addresses)
        self._session.execute(
            text("""
                update planned_door d set address_id = x.address
                from unnest(cast(:entrances as bigint[]), cast(:addresses as char(15)[])) as x(entrance, address)
                where d.plan_id = :plan and d.entrance_id = x.entrance
            """),
            {"plan": plan_id, "entrances": [pair[0] for pair in pairs], "addresses": [pair[1] for pair in pairs]},
        )

    def remember_before(self, plan_id: int) -> None:
        """Keep in each door what number its address has now, so that the plan can be undone."""
        self._session.execute(
            text("""
                update planned_door d
                set before = jsonb_build_object('number', a.number, 'suffix', a.suffix, 'sub_number', a.sub_number)
                from standard_address a, numbering_plan p
                where d.plan_id = :plan and p.id = d.plan_id and a.entrance_id = d.entrance_id
                    and a.street_id is not distinct from p.street_id and a.kind = 'door' and a.status = 'current'
                    and a.rank = 'primary'
            """),
            {"plan": plan_id},
        )

    def before(self, plan_id: int) -> dict[int, Mapping[str, Any] | None]:
        """Return for each door (entrance id) of a published plan the number it had before; None: no address."""
        rows = self._session.execute(
            text("select entrance_id, before from planned_door where plan_id = :plan"), {"plan": plan_id}
        )
        return {row.entrance_id: row.before for row in rows}


def _same_place(plan: PlanLife) -> ColumnElement[bool]:
    return _PLACE_COLUMNS[plan.place_kind] == plan.place_id


def record_of(row: Row[Any]) -> PlanRecord:
    """Return a row of `plan_list` as a value."""
    undone = row.status == UNDONE
    life = PlanLife(
        row.id, row.street_id or row.village_group_id, row.version,
        PlanStatus.PUBLISHED if undone else PlanStatus(row.status), row.created_by, row.submitted_by, row.approved_by,
        row.published_by, row.corrects_id, row.undone_by,
        PlaceKind.STREET if row.street_id else PlaceKind.VILLAGE_GROUP,
    )  # fmt: skip
    steps = ("created", *STEPS)
    name = row.street_name or short_name(row.division_name) + row.group_name
    return PlanRecord(
        life, row.county_code, name, row.area, row.title, row.rule, row.computed_on, row.future_proof_score,
        people={step: row._mapping[f"{step}_name"] for step in steps if row._mapping[f"{step}_name"]},  # noqa: SLF001  SQLAlchemy's public name
        times={step: row._mapping[f"{step}_at"] for step in steps if row._mapping[f"{step}_at"]},  # noqa: SLF001
    )  # fmt: skip


_DOOR_COLUMNS = (
    "plan_id", "entrance_id", "line_key", "side", "metres", "number", "suffix", "sub_number", "text", "kept", "by_hand",
    "moved", "reason", "address_id",
)  # fmt: skip
_FINDING_COLUMNS = ("plan_id", "entrance_id", "kind", "severity", "message", "position")


def _door_row(plan_id: int, planned: PlannedDoor) -> tuple[object, ...]:
    number = planned.number
    parts = (number.number, number.suffix or None, number.sub_number or None) if number else (None, None, None)
    return (
        plan_id, planned.door.entrance_id, planned.line_key, planned.side, planned.metres, *parts, planned.text,
        planned.kept, planned.by_hand, planned.moved, _stored(planned.reason), planned.address_id,
    )  # fmt: skip


def _finding_row(plan_id: int, finding: PlanFinding) -> tuple[object, ...]:
    place = finding.position
    point = f"SRID=4490;POINT({place.lon!r} {place.lat!r})" if place else None
    return plan_id, finding.entrance_id, finding.kind, finding.severity, _stored(finding.message), point


def _stored(message: Message) -> str:
    return json.dumps(message_to(message), ensure_ascii=False)


def _planned_door(row: Row[Any]) -> PlannedDoor:
    current = house_number(row.current_number, row.current_suffix, row.current_sub_number)
    door = Door(
        row.entrance_id, Position(row.lon, row.lat), row.version, row.wall_number or None, row.current_id, current,
        circumstance_of(row),
    )  # fmt: skip
    return PlannedDoor(
        door, house_number(row.number, row.suffix, row.sub_number), row.text, row.line_key, row.side, row.metres,
        row.kept, row.by_hand, row.moved, message_from(row.reason), row.address_id,
    )  # fmt: skip


def _finding(row: FindingRow) -> PlanFinding:
    point = cast("shapely.Point", to_shape(row.position)) if row.position is not None else None
    position = Position(point.x, point.y) if point is not None else None
    return PlanFinding(row.kind, row.severity, message_from(row.message), row.entrance_id, position)
