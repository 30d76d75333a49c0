"""The list of streets: names in pinyin order, and for the streets of one page what stands on them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row


@dataclass(frozen=True, slots=True)
class StreetFilter:
    """Which streets are wanted: part of the name, code of a division above, state of the latest plan ("none": none)."""

    name: str = ""
    division: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class StreetListing:
    """A street in the list: doors, how many have a current address, the latest plan, length in metres, bounds.

    `bounds` are west, south, east, north in degrees (SRID 4490), None without lines.
    """

    id: int
    name: str
    namesake: int
    kind: str
    naming: str
    version: int
    division: str | None
    division_code: str | None
    doors: int
    numbered: int
    plan_status: str
    length_m: float
    bounds: tuple[float, float, float, float] | None


_LATEST_PLAN = """
    select p.status from numbering_plan p
    where p.street_id = s.id and p.status <> 'withdrawn' order by p.id desc limit 1
"""

_COLUMNS = "s.id, s.name, s.namesake, s.kind, s.naming, s.version, s.division_id"

_STANDING = f"""
    select s.*, d.name as division, d.code as division_code, lines.length_m, lines.bounds, doors.doors,
        numbered.numbered, coalesce(({_LATEST_PLAN}), 'none') as plan_status
    from wanted s
    left join division d on d.id = s.division_id
    cross join lateral (
        select coalesce(sum(st_length(line::geography)), 0) as length_m, st_extent(line) as bounds
        from street_piece where street_id = s.id and upper_inf(valid)
    ) lines
    cross join lateral (
        select count(*) as doors from entrance where street_id = s.id and upper_inf(valid)
    ) doors
    cross join lateral (
        select count(*) as numbered from standard_address
        where street_id = s.id and kind = 'door' and status = 'current'
    ) numbered
    order by s.name, s.id
"""  # noqa: S608  constants; values are bound

ONE = f"with wanted as (select {_COLUMNS} from street s where s.id = :street and upper_inf(s.valid)) {_STANDING}"  # noqa: S608  constants; values are bound
"""One living street."""


def statement(wanted: StreetFilter) -> tuple[str, dict[str, str]]:
    """Return the query for a page, with its values; `:size` and `:start` say which."""
    where, values = _where(wanted)
    page = f"select {_COLUMNS} from street s {where} order by s.name, s.id limit :size offset :start"  # noqa: S608  constants; values are bound
    return f"with wanted as ({page}) {_STANDING}", values


def count(wanted: StreetFilter) -> tuple[str, dict[str, str]]:
    """Return the query that counts up to `:counted` streets."""
    where, values = _where(wanted)
    return f"select count(*) from (select 1 from street s {where} limit :counted) found", values  # noqa: S608  constants; values are bound


def listing(row: Row[Any]) -> StreetListing:
    """Return a row of `statement` as a value."""
    return StreetListing(
        row.id, row.name, row.namesake, row.kind, row.naming, row.version, row.division, row.division_code,
        row.doors, row.numbered, row.plan_status, round(row.length_m, 1), _bounds(row.bounds),
    )  # fmt: skip


def _where(wanted: StreetFilter) -> tuple[str, dict[str, str]]:
    conditions, values = ["upper_inf(s.valid)"], {}
    if wanted.name:
        conditions.append("s.name ilike :name")
        values["name"] = "%" + wanted.name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    if wanted.division:
        conditions.append(
            "s.division_id in (select id from division where code ~>=~ :division and code ~<~ :division_end)"
        )
        # Codes are digits: everything below 511111 lies before 511111 followed by something after 9.
        values |= {"division": wanted.division, "division_end": wanted.division + ":"}
    if wanted.state:
        conditions.append(f"coalesce(({_LATEST_PLAN}), 'none') = :state")
        values["state"] = wanted.state
    return "where " + " and ".join(conditions), values


def _bounds(box: str | None) -> tuple[float, float, float, float] | None:
    """Read PostGIS's BOX(w s,e n)."""
    if box is None:
        return None
    west, south, east, north = (float(part) for part in box[4:-1].replace(",", " ").split())
    return west, south, east, north
