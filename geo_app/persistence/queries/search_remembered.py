"""Texts that two persons agreed on, looked up by their whole key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

_REMEMBERED = text("""
    select k.asking, c.address_id, cast(c.decided_at at time zone 'Asia/Shanghai' as date) as day
    from unnest(cast(:asking as int[]), cast(:keys as text[])) as k(asking, key)
    join match_text t on t.match_key = k.key
    join match_choice c on c.text_id = t.id and c.state = 'agreed' and c.address_id is not null
""")


@dataclass(frozen=True, slots=True)
class Remembered:
    """Who asks, which address was agreed on, and on which day."""

    asking: int
    address_id: str
    day: date


def remembered(session: Session, asked: Sequence[tuple[int, str]]) -> list[Remembered]:
    """Return what was agreed on texts; `asked` are who asks, and for which key."""
    values = {"asking": [asking for asking, _ in asked], "keys": [key for _, key in asked]}
    return [Remembered(*row) for row in session.execute(_REMEMBERED, values)]
