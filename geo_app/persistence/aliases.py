"""Old numbers and old texts, kept as aliases for a whole plan at once."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_app.domain.address_alias import AliasKind
from geo_app.domain.address_text import match_key

_KEEP = text("""
    insert into address_alias (address_id, kind, text, match_key, valid, source)
    select a.id, :kind, x.text, x.match_key,
        daterange(case when lower(a.valid) < :day then lower(a.valid) end, greatest(lower(a.valid), :day)), :source
    from unnest(cast(:ids as char(15)[]), cast(:texts as text[]), cast(:keys as text[])) as x(id, text, match_key)
    join standard_address a on a.id = x.id
""")
_TEXTS_WITH_BELOW = text("""
    with recursive below as (
        select id, text from standard_address where id = any(cast(:ids as char(15)[]))
        union all
        select a.id, a.text from standard_address a join below on a.parent_id = below.id
        where a.status in ('proposed', 'current')
    )
    select id, text from below
""")


class Aliases:
    """Writes aliases in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep_old_numbers(self, old: Mapping[str, str], day: date, source: str) -> None:
        """Write what addresses (by id) were called until `day`; call before they are set aside."""
        self._keep(AliasKind.OLD_NUMBER, old, day, source)

    def keep_old_texts(self, addresses: Sequence[str], day: date, source: str) -> None:
        """Write the full texts that addresses, and all that hangs under them, had until `day`; call before they go."""
        rows = self._session.execute(_TEXTS_WITH_BELOW, {"ids": list(addresses)})
        self._keep(AliasKind.OLD_TEXT, {row.id: row.text for row in rows}, day, source)

    def _keep(self, kind: AliasKind, old: Mapping[str, str], day: date, source: str) -> None:
        values = {"ids": list(old), "texts": list(old.values()), "keys": [match_key(one) for one in old.values()]}
        self._session.execute(_KEEP, {**values, "kind": kind.value, "day": day, "source": source})
