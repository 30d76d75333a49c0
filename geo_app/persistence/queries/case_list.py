"""Counter cases: one, and the work list with those first whose last day is next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from geo_app.domain.case import DECIDED, ENDED


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases are wanted; empty: all. `areas` are code prefixes that the reader may see ("" stands for all).

    `open` leaves out what has ended; `overdue_on` leaves only undecided cases whose last day lies before it; `sort`:
    due, opened or receipt, with - before it: the other way round.
    """

    areas: tuple[str, ...]
    status: str = ""
    kind: str = ""
    text: str = ""
    mine: int | None = None
    open: bool = False
    overdue_on: date | None = None
    sort: str = "due"


_ENDED = tuple(sorted(status.value for status in ENDED))
_DECIDED = tuple(sorted(status.value for status in DECIDED))

_CASE = """
    select c.*, s.name as street_name, coalesce(sd.code, d.code, c.county_code) as area,
        st_x(coalesce(e.position, c.position, a.position)) as lon,
        st_y(coalesce(e.position, c.position, a.position)) as lat,
        opener.display_name as opened_name, submitter.display_name as submitted_name,
        decider.display_name as decided_name,
        coalesce((select jsonb_agg(jsonb_build_array(p.asked_on, p.supplied_on, p.papers) order by p.id)
            from case_pause p where p.case_id = c.id), '[]') as pauses
    from {source} c
    left join street s on s.id = c.street_id
    left join division sd on sd.id = s.division_id
    left join division d on d.id = c.division_id
    left join entrance e on e.id = c.entrance_id
    left join standard_address a on a.id = c.address_id
    join account opener on opener.id = c.opened_by
    left join account submitter on submitter.id = c.submitted_by
    left join account decider on decider.id = c.decided_by
"""

ONE = _CASE.format(source="counter_case") + " where c.id = :case"
"""One case."""

BY_RECEIPT = "select id from counter_case where receipt = :receipt"
"""The id of the case with a receipt number."""

_DUE = f"(c.status in {_ENDED}), (c.status in {_DECIDED}), c.due_on {{way}} nulls last, c.id"
_ORDERS = {"due": _DUE, "opened": "c.opened_at {way}, c.id {way}", "receipt": "c.receipt {way}"}
SORTS = tuple(_ORDERS)
"""The keys by which the work list is sorted."""

_NARROW = """
    from counter_case c
    left join street s on s.id = c.street_id
    left join division sd on sd.id = s.division_id
    left join division d on d.id = c.division_id
"""


def statement(wanted: CaseFilter) -> tuple[str, Mapping[str, object]]:
    """Return the query for a page, with its values; `:size` and `:start` say which."""
    where, values = _where(wanted)
    order = _ORDERS[wanted.sort.removeprefix("-")].format(way="desc" if wanted.sort.startswith("-") else "asc")
    chosen = f"(select c.* {_NARROW} {where} order by {order} limit :size offset :start)"
    return _CASE.format(source=chosen) + f" order by {order}", values


def count(wanted: CaseFilter) -> tuple[str, Mapping[str, object]]:
    """Return the query that counts up to `:counted` cases."""
    where, values = _where(wanted)
    return f"select count(*) from (select 1 {_NARROW} {where} limit :counted) found", values  # noqa: S608  constants; values are bound


def _where(wanted: CaseFilter) -> tuple[str, dict[str, object]]:
    area = "coalesce(sd.code, d.code, c.county_code)"
    asked: dict[str, tuple[bool, str, object]] = {
        "areas": ("" not in wanted.areas, f"{area} like any(:areas)", [f"{code}%" for code in wanted.areas]),
        "status": (bool(wanted.status), "c.status = :status", wanted.status),
        "kind": (bool(wanted.kind), "c.kind = :kind", wanted.kind),
        "mine": (wanted.mine is not None, ":mine in (c.opened_by, c.submitted_by)", wanted.mine),
        "ended": (wanted.open, "not (c.status = any(:ended))", list(_ENDED)),
        "decided": (wanted.overdue_on is not None, "not (c.status = any(:decided))", list(_DECIDED)),
        "day": (wanted.overdue_on is not None, "c.due_on < :day", wanted.overdue_on),
        "text": (bool(wanted.text), _TEXT, _like(wanted.text)),
    }
    used = {name: (condition, value) for name, (on, condition, value) in asked.items() if on}
    where = " and ".join(condition for condition, _ in used.values())
    return f"where {where}" if where else "", {name: value for name, (_, value) in used.items()}


_TEXT = "concat_ws(' ', c.receipt, c.address_text, c.new_text, s.name, c.shop_name) ilike :text"


def _like(part: str) -> str:
    escaped = part.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
