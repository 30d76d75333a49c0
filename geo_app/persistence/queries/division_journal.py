"""Who changed a division, and why: its journal and that of its successions."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

SHOWN = 100
"""More entries than anybody reads of one division."""

_ENTRIES = text("""
    select c.at, a.display_name, c.verb, c.reason from change_entry c join account a on a.id = c.account_id
    where (c.subject_kind = 'division' and c.subject_key = cast(:id as text))
        or (c.subject_kind = 'division_succession' and c.subject_key in (
            select cast(s.id as text) from division_succession s where :id in (s.predecessor_id, s.successor_id)))
    order by c.at desc, c.id desc limit :shown
""")


def division_journal(session: Session, division_id: int) -> Sequence[tuple[datetime, str, str, str]]:
    """Return instant, account, verb and reason of the changes of a division, the latest first."""
    return [tuple(row) for row in session.execute(_ENTRIES, {"id": division_id, "shown": SHOWN})]
