"""Lists of doubtful texts and of what was chosen for them, and the figures of matching by month and day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, func, literal, or_, select, text
from sqlalchemy.orm import Session, aliased

from geo_app.domain.match_text import FREQUENT
from geo_app.persistence.paging import Page
from geo_app.persistence.queries.listing import Listing, contains, fetch_page
from geo_app.persistence.tables import Account, MatchChoice, MatchText, StandardAddress

FILTERS = ("state", "text", "grade")
SORTS = {"count": MatchText.count, "last": MatchText.last_seen, "text": MatchText.text}
LIVING = ("proposed", "agreed")
WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """A choice with names: what was chosen by whom and why, and what came of it."""

    id: int
    address_id: str | None
    address: str | None
    kind: str
    state: str
    chosen_by: int
    chooser: str
    chosen_at: datetime
    reason: str
    decider: str | None
    decided_at: datetime | None
    decided_reason: str
    version: int


def text_page(session: Session, listing: Listing) -> Page[Row[*tuple[Any, ...]]]:
    """Return doubtful texts: those that wait, or those whose choice stands as the filter `state` says."""
    living = and_(MatchChoice.text_id == MatchText.id, MatchChoice.state.in_(LIVING))
    found = (
        select(
            MatchText.id, MatchText.text, MatchText.grade, MatchText.count, MatchText.first_seen, MatchText.last_seen,
            MatchText.made_up, func.coalesce(MatchChoice.state, literal(WAITING)).label("state"),
            StandardAddress.text.label("address"), Account.display_name.label("chooser"),
        )
        .select_from(MatchText)
        .outerjoin(MatchChoice, living)
        .outerjoin(StandardAddress, StandardAddress.id == MatchChoice.address_id)
        .outerjoin(Account, Account.id == MatchChoice.chosen_by)
    )  # fmt: skip
    state = listing.filters.get("state", WAITING)
    if state == WAITING:
        frequent = or_(MatchText.grade == "C", MatchText.count >= FREQUENT)
        found = found.where(MatchChoice.id.is_(None), frequent)
    elif state in LIVING:
        found = found.where(MatchChoice.state == state)
    if part := listing.filters.get("text"):
        found = found.where(contains(MatchText.text, part))
    if grade := listing.filters.get("grade"):
        found = found.where(MatchText.grade == ("C" if grade == "C" else ""))
    return fetch_page(session, found, listing, (SORTS[listing.sort], MatchText.id))


def choices_of(session: Session, text_id: int) -> list[ChoiceLine]:
    """Return all that was chosen for a text, the latest first."""
    chooser, decider = aliased(Account), aliased(Account)
    rows = session.execute(
        select(
            MatchChoice.id, MatchChoice.address_id, StandardAddress.text, MatchChoice.kind, MatchChoice.state,
            MatchChoice.chosen_by, chooser.display_name, MatchChoice.chosen_at, MatchChoice.reason,
            decider.display_name, MatchChoice.decided_at, MatchChoice.decided_reason, MatchChoice.version,
        )
        .join(chooser, chooser.id == MatchChoice.chosen_by)
        .outerjoin(decider, decider.id == MatchChoice.decided_by)
        .outerjoin(StandardAddress, StandardAddress.id == MatchChoice.address_id)
        .where(MatchChoice.text_id == text_id)
        .order_by(MatchChoice.id.desc())
    )  # fmt: skip
    return [ChoiceLine(*tuple(row)) for row in rows]


def addresses_of(session: Session, ids: Sequence[str]) -> list[Row[*tuple[Any, ...]]]:
    """Return current addresses (id, text) in the order of their ids."""
    rows = session.execute(
        select(StandardAddress.id, StandardAddress.text).where(
            StandardAddress.id.in_(ids), StandardAddress.status == "current"
        )
    )
    return sorted(rows, key=lambda row: ids.index(row.id))


@dataclass(frozen=True, slots=True)
class GradeShare:
    """How many answers of each grade were given in a month or on a day."""

    period: date
    exact: int
    sure: int
    doubtful: int
    none: int

    @property
    def total(self) -> int:
        """Return all answers."""
        return self.exact + self.sure + self.doubtful + self.none

    @property
    def sure_share(self) -> float | None:
        """Return the share of A and B; None where nothing was asked."""
        return (self.exact + self.sure) / self.total if self.total else None


_SHARES = text("""
    select cast(date_trunc(:step, day) as date) as period,
        coalesce(sum(count) filter (where grade = 'A'), 0), coalesce(sum(count) filter (where grade = 'B'), 0),
        coalesce(sum(count) filter (where grade = 'C'), 0), coalesce(sum(count) filter (where grade = ''), 0)
    from match_count where (:source = '' or source = :source)
    group by 1 order by 1 desc limit :most
""")


def grade_shares(session: Session, step: str, source: str, most: int) -> list[GradeShare]:
    """Return the latest months or days (`step`) on which something was asked, oldest first; `source` "" is all."""
    rows = session.execute(_SHARES, {"step": step, "source": source, "most": most})
    return [GradeShare(row[0], *map(int, row[1:])) for row in rows][::-1]


def unmatched(session: Session, count: int) -> list[MatchText]:
    """Return the texts that are most often asked for and not found, and that nobody has chosen for."""
    living = select(MatchChoice.id).where(MatchChoice.text_id == MatchText.id, MatchChoice.state.in_(LIVING))
    wanted = select(MatchText).where(MatchText.grade == "", ~living.exists())
    return list(session.scalars(wanted.order_by(MatchText.count.desc(), MatchText.id).limit(count)))


def text_id_of(session: Session, key: str) -> int:
    """Return the id of the text with a key that is kept."""
    return session.scalars(select(MatchText.id).where(MatchText.match_key == key)).one()
