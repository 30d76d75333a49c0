"""The reference: pg_trgm in two stages, the nearest roads by trigrams, then the number on them."""

import re
from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_app.domain.address_text import match_key
from geo_app.domain.cleaning import comparable
from tests.measure.search_quality import Said

NEAREST = 20
SURE = 0.6
_NUMBER = re.compile(r"(?P<road>.*?)(?P<number>\d+(?:[之-]\d+)?号.*)$")
_ROADS = """
    create temporary table trigram_road on commit drop as
    select distinct street_name, division_id, cast('' as text) as key from standard_address
    where street_name is not null
"""
_FIND = text("""
    select a.text, 1 - (r.key <-> :road) as similarity
    from (select street_name, division_id, key from trigram_road order by key <-> :road limit :nearest) r
    join standard_address a on a.street_name = r.street_name and a.division_id = r.division_id
    where a.number = :number and a.status = 'current'
    order by r.key <-> :road, similarity(a.match_key, :whole) desc limit 1
""")


class Trigrams:
    """Answers texts as a database with trigrams alone would."""

    def __init__(self, session: Session) -> None:
        self._session = session
        session.execute(text(_ROADS))
        rows = session.execute(
            text(
                "select r.street_name, r.division_id, v.name as village, t.name as town from trigram_road r"
                " join division v on v.id = r.division_id left join division t on t.id = v.parent_id"
            )
        ).all()
        session.execute(text("truncate trigram_road"))
        session.execute(
            text(
                "insert into trigram_road select * from"
                " unnest(cast(:streets as text[]), cast(:divisions as bigint[]), cast(:keys as text[]))"
            ),
            {
                "streets": [row.street_name for row in rows],
                "divisions": [row.division_id for row in rows],
                "keys": [comparable(f"{row.town or ''}{row.village}{row.street_name}") for row in rows],
            },
        )
        session.execute(text("create index on trigram_road using gist (key gist_trgm_ops)"))
        session.execute(text("analyze trigram_road"))

    def answers(self, texts: Sequence[str]) -> list[Said]:
        return [self._answer(comparable(one)) for one in texts]

    def _answer(self, key: str) -> Said:
        found = _NUMBER.match(key)
        if not found:
            return Said("", "")
        number = int(re.match(r"\d+", found["number"]).group())
        values = {"road": found["road"], "number": min(number, 2**31), "whole": match_key(key), "nearest": NEAREST}
        row = self._session.execute(_FIND, values).one_or_none()
        if row is None:
            return Said("", "")
        return Said(row.text, "B" if row.similarity >= SURE else "C", (row.text,))
