"""Counts of answers by day and grade, and the texts that a person may look at; nobody is written beside them."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from geo_app.domain.errors import NotFound
from geo_app.domain.match_text import KeptText, MatchSource
from geo_app.domain.matching_grade import Grade
from geo_app.domain.message import Message, marked
from geo_app.persistence.tables import MatchCount, MatchText

TEXT = marked("doubtful text")
LARGEST = 200_000
"""Rows of the list beyond which strangers add no new text; what is known is counted on."""
AT_ONCE = 2000

_NOT_WAITED_FOR = text("set local synchronous_commit = off")
_KEEP = text("""
    insert into match_text as known (text, match_key, grade, count, candidates, first_seen, last_seen, made_up)
    select x.text, x.key, x.grade, x.count, string_to_array(x.candidates, ' '), :day, :day, :made_up
    from unnest(cast(:texts as text[]), cast(:keys as text[]), cast(:grades as text[]), cast(:counts as bigint[]),
        cast(:candidates as text[])) as x(text, key, grade, count, candidates)
    where (select reltuples from pg_class where oid = 'match_text'::regclass) < :largest
        or exists (select 1 from match_text t where t.match_key = x.key)
    -- In one order for everybody: two that count the same texts never wait in a circle.
    order by x.key
    on conflict (match_key) do update set count = known.count + excluded.count,
        last_seen = greatest(known.last_seen, excluded.last_seen), grade = excluded.grade,
        candidates = excluded.candidates
""")


class MatchTexts:
    """Counts and keeps texts in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def count(self, day: date, source: MatchSource, grades: Mapping[Grade, int]) -> None:
        """Add to the counts of a day; the caller's commit does not wait for the disk, a lost count hurts nobody."""
        rows = [
            {"day": day, "source": source.value, "grade": grade.value, "count": count}
            for grade, count in sorted(grades.items())
        ]
        if rows:
            self._session.execute(_NOT_WAITED_FOR)
            added = insert(MatchCount).values(rows)
            total = MatchCount.count + added.excluded.count
            self._session.execute(
                added.on_conflict_do_update(index_elements=["day", "source", "grade"], set_={"count": total})
            )

    def keep(self, texts: Iterable[KeptText], day: date, *, made_up: bool = False) -> int:
        """Count texts on, new ones are added; return how many there were."""
        kept = sorted(texts, key=lambda one: one.key)
        for start in range(0, len(kept), AT_ONCE):
            some = kept[start : start + AT_ONCE]
            columns = {
                "texts": [one.text for one in some],
                "keys": [one.key for one in some],
                "grades": [one.grade.value for one in some],
                "counts": [one.count for one in some],
                "candidates": [" ".join(one.candidates) for one in some],
            }
            self._session.execute(_KEEP, {**columns, "day": day, "largest": LARGEST, "made_up": made_up})
        return len(kept)

    def get(self, text_id: int) -> MatchText:
        """Return a text.

        Raises NotFound.
        """
        found = self._session.get(MatchText, text_id)
        if found is None:
            raise NotFound(what=Message(TEXT), key=text_id)
        return found
