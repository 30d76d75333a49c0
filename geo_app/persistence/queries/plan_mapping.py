"""What each door of a plan was called before, and what its address says now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class FormerDoor:
    """The door's address today (empty without one), its beginning, what publication replaced, and what hangs below.

    `before`: the number replaced, None where there was no address; `old_text`: the full text replaced, "" for none.
    """

    entrance_id: int
    before: Mapping[str, Any] | None
    address_id: str
    text: str
    since: date | None
    old_text: str
    below: int


_FORMER = text("""
    with recursive door as (
        select d.entrance_id, d.before, coalesce(a.id, d.address_id) as address_id, a.text, lower(a.valid) as since
        from planned_door d
        join numbering_plan p on p.id = d.plan_id
        left join standard_address a on a.entrance_id = d.entrance_id and a.street_id is not distinct from p.street_id
            and a.kind = 'door' and a.status = 'current' and a.rank = 'primary'
        where d.plan_id = :plan
    ), below as (
        select id, id as top from standard_address where id in (select address_id from door)
        union all
        select a.id, below.top from standard_address a join below on a.parent_id = below.id
        where a.status in ('proposed', 'current')
    ), counted as (select top, count(*) - 1 as below from below group by top)
    select door.*, coalesce(counted.below, 0) as below, alias.text as old_text, upper(alias.valid) as changed
    from door
    left join counted on counted.top = door.address_id
    left join address_alias alias on alias.address_id = door.address_id and alias.kind = 'old_text'
        and alias.source = :source
""")


def former_doors(session: Session, plan_id: int, source: str) -> dict[int, FormerDoor]:
    """Return the doors of a plan by entrance id; `source` marks the aliases that its publication wrote."""
    rows = session.execute(_FORMER, {"plan": plan_id, "source": source})
    return {
        row.entrance_id: FormerDoor(
            row.entrance_id, row.before, row.address_id or "", row.text or "", row.changed or row.since,
            row.old_text or "", row.below,
        )
        for row in rows
    }  # fmt: skip
