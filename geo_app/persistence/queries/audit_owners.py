"""Who can answer for an exception: those who number doors or look after them where the street lies."""

from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

_OWNERS = text("""
    select distinct a.id, a.display_name from account a join account_grant g on g.account_id = a.id
    left join division d on d.id = g.division_id
    where a.status = 'active' and g.valid @> cast(:day as date)
        and g.role in ('planner', 'reviewer', 'township', 'village')
        and (d.id is null or starts_with(:area, d.code) or starts_with(d.code, :area))
    order by a.display_name, a.id
""")


def possible_owners(session: Session, area: str, day: date) -> list[tuple[int, str]]:
    """Return accounts (id, display name) that work where `area`, a division's code, lies, on `day`."""
    return [(row.id, row.display_name) for row in session.execute(_OWNERS, {"area": area, "day": day})]
