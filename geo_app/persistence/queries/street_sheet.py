"""One street with all that its page shows beside its lines: notice, figures, names in time, plans, what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message
from geo_app.persistence.streets import STREET

_FACTS = text("""
    select s.id, s.county_code, s.name, s.namesake, s.pinyin, s.kind, s.naming, s.version, s.made_up, s.location,
        s.approving_body, s.legal_basis, s.approved_on, lower(s.valid) as since, upper(s.valid) as until,
        d.name as division, d.code as division_code, d.id as division_id, c.name as county,
        a.display_name as proposed_by, s.proposed_by as proposer_id, ground.length_m, ground.pieces,
        (select count(*) from entrance e where e.street_id = s.id and upper_inf(e.valid)) as doors,
        (select count(*) from standard_address x where x.street_id = s.id and x.kind = 'door' and x.status = 'current')
            as numbered,
        (select min(number) from standard_address x where x.street_id = s.id and x.status = 'current') as lowest,
        (select max(coalesce(number_last, number)) from standard_address x where x.street_id = s.id
            and x.status = 'current') as highest
    from street s left join division d on d.id = s.division_id left join account a on a.id = s.proposed_by
    left join division c on c.code = s.county_code and upper_inf(c.valid)
    cross join lateral (
        select coalesce(sum(st_length(line::geography)), 0) as length_m, count(*) as pieces from street_piece p
        where p.street_id = s.id and upper_inf(p.valid)
    ) ground
    where s.id = :street
""")
_PLANS = text("""
    select id, title, status, created_at from numbering_plan where street_id = :street and status <> 'withdrawn'
    order by id desc limit 20
""")
_JOURNAL = text("""
    select c.at, coalesce(nullif(a.display_name, ''), a.name) as account, c.verb, c.reason
    from change_entry c join account a on a.id = c.account_id
    where c.subject_kind = 'street' and c.subject_key = cast(:street as text) order by c.id desc limit 50
""")


@dataclass(frozen=True, slots=True)
class StreetFactsRow:
    """A street's facts as the page and the notice tell them; lengths in metres, `until` None while it lives."""

    id: int
    county_code: str
    name: str
    namesake: int
    pinyin: str
    kind: str
    naming: str
    version: int
    made_up: bool
    location: str
    approving_body: str
    legal_basis: str
    approved_on: date | None
    since: date | None
    until: date | None
    division: str | None
    division_code: str | None
    division_id: int | None
    county: str | None
    proposed_by: str | None
    proposer_id: int | None
    length_m: float
    pieces: int
    doors: int
    numbered: int
    lowest: int | None
    highest: int | None


@dataclass(frozen=True, slots=True)
class StreetSheet:
    """The facts, the latest plans, and what was done to the street, the latest first."""

    facts: StreetFactsRow
    plans: Sequence[Row[Any]]
    journal: Sequence[Row[Any]]


def street_sheet(session: Session, street_id: int) -> StreetSheet:
    """Return everything about one street, living or not.

    Raises:
        NotFound: this id was never given.
    """
    values = {"street": street_id}
    row = session.execute(_FACTS, values).one_or_none()
    if row is None:
        raise NotFound(what=Message(STREET), key=street_id)
    plans, journal = (session.execute(query, values).all() for query in (_PLANS, _JOURNAL))
    return StreetSheet(StreetFactsRow(*row), plans, journal)
