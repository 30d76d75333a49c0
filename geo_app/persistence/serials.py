"""Serials: counters that never go back, so that no id and no code is ever given twice."""

from sqlalchemy import text
from sqlalchemy.orm import Session

_DRAW = text("""
    insert into serial (series, last) values (:series, :count)
    on conflict (series) do update set last = serial.last + excluded.last
    returning last
""")


class Serials:
    """Gives out serials; whoever draws from a series holds it until the transaction ends."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def draw(self, series: str, count: int) -> range:
        """Return the next `count` serials of `series`; the first ever is 1."""
        last = self._session.execute(_DRAW, {"series": series, "count": count}).scalar_one()
        return range(last - count + 1, last + 1)
