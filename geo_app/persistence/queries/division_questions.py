"""Open questions of succession, a page at a time."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from geo_app.persistence.divisions import SuccessionRecord
from geo_app.persistence.paging import Page
from geo_app.persistence.queries.listing import Listing, fetch_page, under
from geo_app.persistence.tables import Division, DivisionSuccession

SORTS = ("code",)
FILTERS = ("kind", "township", "under")

_Old, _New = aliased(Division), aliased(Division)


def question_page(session: Session, listing: Listing) -> Page[SuccessionRecord]:
    """Return one page of the successions that a person has to decide, by the code of the division in question."""
    about = func.coalesce(_Old.code, _New.code)
    asked = DivisionSuccession
    statement = (
        select(asked, _Old, _New)
        .outerjoin(_Old, _Old.id == asked.predecessor_id)
        .outerjoin(_New, _New.id == asked.successor_id)
        .where(asked.certainty == "proposed")
    )
    if "kind" in listing.filters:
        statement = statement.where(asked.kind == listing.filters["kind"])
    for name in ("township", "under"):
        if name in listing.filters:
            statement = statement.where(under(about, listing.filters[name]))
    page = fetch_page(session, statement, listing, (about, asked.id))
    return page.of(lambda row: _record(*row))


def question_townships(session: Session) -> list[tuple[str, str]]:
    """Return code and name of the townships, living or ended, in which a question is open, by code."""
    about = func.coalesce(_Old.code, _New.code)
    asked = (
        select(func.left(about, 9))
        .select_from(DivisionSuccession)
        .outerjoin(_Old, _Old.id == DivisionSuccession.predecessor_id)
        .outerjoin(_New, _New.id == DivisionSuccession.successor_id)
        .where(DivisionSuccession.certainty == "proposed")
    )
    rows = session.execute(
        select(Division.code, func.max(Division.name))
        .where(Division.level == "township", Division.code.in_(asked))
        .group_by(Division.code)
        .order_by(Division.code)
    )
    return [(code, name) for code, name in rows]


def _record(asked: DivisionSuccession, old: Division | None, new: Division | None) -> SuccessionRecord:
    return SuccessionRecord(
        asked.id, asked.kind, asked.happened_on, asked.certainty, asked.note, asked.source, asked.detail or {},
        (old.id, old.code, old.name) if old else None, (new.id, new.code, new.name) if new else None,
    )  # fmt: skip
