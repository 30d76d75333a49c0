"""The work list of findings, and the list of exceptions."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from geo_app.domain.audit_findings import AUDIT_SEVERITY, AuditKind
from geo_app.persistence.paging import Page
from geo_app.persistence.queries.listing import Listing, Statement, contains, fetch_page, is_key, under
from geo_app.persistence.tables import Account, AuditException, AuditFinding, Division, Street

STATES = ("open", "exception", "gone")
FINDING_SORTS = ("street", "kind", "severity", "since")
FINDING_FILTERS = ("kind", "severity", "division", "street", "name", "state")
EXCEPTION_SORTS = ("until", "since", "street", "kind")
EXCEPTION_FILTERS = ("kind", "name", "state", "owner")
MOST_ROWS = 200_000
"""A file has at most so many rows."""

_village, _of_street = aliased(Division), aliased(Division)
_owner, _acceptor, _revoker = aliased(Account), aliased(Account), aliased(Account)
_AREA = func.coalesce(_village.code, _of_street.code, AuditFinding.county_code)
_WEIGHT = case(
    (AuditFinding.kind == AuditKind.MISSING, 3), (AuditFinding.severity == "error", 0),
    (AuditFinding.severity == "warning", 1), else_=2,
)  # fmt: skip
"""Doors that wait for a number come last: there are many, and they hide what is wrong with the others."""
_SORTS = {
    "street": Street.name,
    "kind": AuditFinding.kind,
    "severity": _WEIGHT,
    "since": AuditFinding.first_seen,
}
_first_day = func.timezone("Asia/Shanghai", AuditException.accepted_at).cast(Date)
_since = func.coalesce(func.lower(AuditException.valid, type_=Date), _first_day)
_until = case((func.isempty(AuditException.valid), _first_day), else_=func.upper(AuditException.valid, type_=Date))
_EXCEPTION_SORTS = {"until": _until, "since": _since, "street": Street.name, "kind": AuditException.kind}


def finding_page(session: Session, listing: Listing, areas: Iterable[str], day: date) -> Page[Any]:
    """Return one page of the findings in `areas` (prefixes of codes), with the exception that holds on `day`."""
    order = (_SORTS[listing.sort], Street.name, AuditFinding.id)
    return fetch_page(session, _findings(listing, areas, day), listing, order)


def all_findings(session: Session, listing: Listing, areas: Iterable[str], day: date) -> Iterator[Any]:
    """Yield the findings that the filters want, at most `MOST_ROWS`, for a file."""
    found = _findings(listing, areas, day).order_by(Street.name, AuditFinding.id).limit(MOST_ROWS)
    yield from session.execute(found)


def exception_page(session: Session, listing: Listing, areas: Iterable[str], day: date) -> Page[Any]:
    """Return one page of the exceptions in `areas`; filter `state`: held on `day`, ended, revoked."""
    held = AuditException.valid.op("@>", is_comparison=True)(day)
    statement = (
        select(
            AuditException.id, AuditException.entrance_id, AuditException.kind, AuditException.number,
            AuditException.reason, AuditException.version, AuditException.street_id, Street.name.label("street"),
            _since.label("since"), _until.label("until"), held.label("held"), _owner.display_name.label("owner"),
            _acceptor.display_name.label("accepted_by"), _revoker.display_name.label("revoked_by"),
            AuditException.revoked_reason,
        )
        .join(Street, Street.id == AuditException.street_id)
        .outerjoin(_of_street, _of_street.id == Street.division_id)
        .join(_owner, _owner.id == AuditException.owner_id)
        .join(_acceptor, _acceptor.id == AuditException.accepted_by)
        .outerjoin(_revoker, _revoker.id == AuditException.revoked_by)
        .where(_within(func.coalesce(_of_street.code, AuditException.county_code), areas))
    )  # fmt: skip
    states = {"held": held, "ended": ~held & AuditException.revoked_by.is_(None),
              "revoked": AuditException.revoked_by.is_not(None)}  # fmt: skip
    wanted = listing.filters
    conditions = [
        AuditException.kind == wanted["kind"] if "kind" in wanted else true(),
        contains(Street.name, wanted["name"]) if "name" in wanted else true(),
        contains(_owner.display_name, wanted["owner"]) if "owner" in wanted else true(),
        states.get(wanted.get("state", ""), true()),
    ]
    order = (_EXCEPTION_SORTS[listing.sort], AuditException.id.desc())
    return fetch_page(session, statement.where(*conditions), listing, order)


def _findings(listing: Listing, areas: Iterable[str], day: date) -> Statement:
    covering = and_(
        AuditException.entrance_id == AuditFinding.entrance_id,
        AuditException.kind == AuditFinding.kind,
        AuditException.number == AuditFinding.number,
        AuditException.valid.op("@>", is_comparison=True)(day),
    )
    excepted = exists().where(covering)
    state = case((AuditFinding.gone_on.is_not(None), "gone"), (excepted, "exception"), else_="open")
    statement = (
        select(
            AuditFinding.id, AuditFinding.street_id, AuditFinding.entrance_id, AuditFinding.kind,
            AuditFinding.severity, AuditFinding.number, AuditFinding.message, AuditFinding.proposal,
            AuditFinding.first_seen, AuditFinding.last_seen, AuditFinding.gone_on, Street.name.label("street"),
            _village.name.label("village"), state.label("state"),
            func.st_x(AuditFinding.position).label("lon"), func.st_y(AuditFinding.position).label("lat"),
        )
        .join(Street, Street.id == AuditFinding.street_id)
        .outerjoin(_of_street, _of_street.id == Street.division_id)
        .outerjoin(_village, _village.id == AuditFinding.village_id)
        .where(_within(_AREA, areas))
    )  # fmt: skip
    states = {
        "gone": AuditFinding.gone_on.is_not(None),
        "exception": AuditFinding.gone_on.is_(None) & excepted,
        "open": AuditFinding.gone_on.is_(None) & ~excepted,
    }
    return statement.where(*_wanted(listing.filters), states.get(listing.filters.get("state", ""), true()))


def _wanted(filters: Any) -> Iterator[ColumnElement[bool]]:
    if filters.get("kind") in set(AuditKind):
        yield AuditFinding.kind == filters["kind"]
    if filters.get("severity") in set(AUDIT_SEVERITY.values()):
        yield AuditFinding.severity == filters["severity"]
    if "division" in filters:
        yield under(_AREA, filters["division"])
    if is_key(filters.get("street", "")):
        yield AuditFinding.street_id == int(filters["street"])
    if "name" in filters:
        yield contains(Street.name, filters["name"])


def _within(code: Any, areas: Iterable[str]) -> ColumnElement[bool]:
    return or_(*(under(code, area) for area in sorted(areas))) if "" not in set(areas) else true()
