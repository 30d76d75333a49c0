"""The list of numbering plans, the latest first."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """Which plans are wanted: by status, by street, by village group; empty: all."""

    status: str = ""
    street_id: int | None = None
    village_group_id: int | None = None


_PLAN = """
    select p.*, s.name as street_name, d.name as division_name,
        g.name as group_name, coalesce(d.code, p.county_code) as area,
        (select c.id from numbering_plan c where c.corrects_id = p.id and c.status = 'published' limit 1) as undone_by,
        creator.display_name as created_name, submitter.display_name as submitted_name,
        approver.display_name as approved_name, publisher.display_name as published_name
    from {source} p
    left join street s on s.id = p.street_id
    left join village_group g on g.id = p.village_group_id
    left join division d on d.id = coalesce(s.division_id, g.division_id)
    join account creator on creator.id = p.created_by
    left join account submitter on submitter.id = p.submitted_by
    left join account approver on approver.id = p.approved_by
    left join account publisher on publisher.id = p.published_by
"""

ONE = _PLAN.format(source="numbering_plan") + " where p.id = :plan"
"""One plan."""


def statement(wanted: PlanFilter) -> tuple[str, dict[str, object]]:
    """Return the query for a page, with its values; `:size` and `:start` say which."""
    where, values = _where(wanted)
    page = f"(select * from numbering_plan {where} order by id desc limit :size offset :start)"  # noqa: S608  constants; values are bound
    return _PLAN.format(source=page) + " order by p.id desc", values


def count(wanted: PlanFilter) -> tuple[str, dict[str, object]]:
    """Return the query that counts up to `:counted` plans."""
    where, values = _where(wanted)
    return f"select count(*) from (select 1 from numbering_plan {where} limit :counted) found", values  # noqa: S608  constants; values are bound


def _where(wanted: PlanFilter) -> tuple[str, dict[str, object]]:
    conditions: list[str] = []
    values: dict[str, object] = {}
    if wanted.status:
        conditions.append("status = :status")
        values["status"] = wanted.status
    if wanted.street_id is not None:
        conditions.append("street_id = :street")
        values["street"] = wanted.street_id
    if wanted.village_group_id is not None:
        conditions.append("village_group_id = :village_group")
        values["village_group"] = wanted.village_group_id
    return ("where " + " and ".join(conditions)) if conditions else "", values
