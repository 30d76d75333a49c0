"""Exceptions to the audit's findings: which hold, accepting one, revoking one."""

from datetime import date
from typing import Any

from sqlalchemy import Row, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_app.domain.audit_exception import ExceptionHeldAlready, ExceptionWish, HeldException
from geo_app.domain.audit_findings import AuditKind
from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.persistence.tables import AuditException

EXCEPTION = marked("exception")

# The range of one that was revoked on its first day is empty and has no ends.
_FIRST_DAY = "(x.accepted_at at time zone 'Asia/Shanghai')::date"
_COLUMNS = """
    x.id, x.entrance_id, x.kind, x.number, coalesce(lower(x.valid), {first}) as since,
    case when isempty(x.valid) then {first} else upper(x.valid) end as until, x.reason,
    owner.display_name as owner, acceptor.display_name as accepted_by, x.version,
    coalesce(revoker.display_name, '') as revoked_by, x.revoked_reason
""".replace("{first}", _FIRST_DAY)
_JOINS = """
    join account owner on owner.id = x.owner_id join account acceptor on acceptor.id = x.accepted_by
    left join account revoker on revoker.id = x.revoked_by
"""
_HELD = text(f"""
    select {_COLUMNS} from audit_exception x {_JOINS}
    where x.county_code = :county and x.valid @> cast(:day as date)
        and (cast(:street as bigint) is null or x.street_id = :street)
""")  # noqa: S608  constants; values are bound
_ONE = text(f"select {_COLUMNS} from audit_exception x {_JOINS} where x.id = :id")  # noqa: S608  constants; values are bound


class AuditExceptions:
    """Finds, writes and ends exceptions in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def held(self, county: str, day: date, street_id: int | None = None) -> dict[tuple[int, AuditKind], HeldException]:
        """Return the exceptions of a county, or of one street of it, that hold on `day`, by door and kind."""
        rows = self._session.execute(_HELD, {"county": county, "day": day, "street": street_id})
        return {(row.entrance_id, AuditKind(row.kind)): _held(row) for row in rows}

    def lock(self, exception_id: int) -> HeldException:
        """Return an exception and hold it.

        Raises NotFound.
        """
        self._session.execute(select(AuditException.id).where(AuditException.id == exception_id).with_for_update())
        row = self._session.execute(_ONE, {"id": exception_id}).one_or_none()
        if row is None:
            raise NotFound(what=Message(EXCEPTION), key=exception_id)
        return _held(row)

    def street_of(self, exception_id: int) -> int:
        """Return the street whose door an exception is about.

        Raises NotFound.
        """
        found = self._session.scalar(select(AuditException.street_id).where(AuditException.id == exception_id))
        if found is None:
            raise NotFound(what=Message(EXCEPTION), key=exception_id)
        return found

    def add(self, wish: ExceptionWish, on: tuple[str, int], by: tuple[int, str], day: date) -> int:
        """Write an exception from `day` on and return its id; `on` are county and street, `by` account and reason.

        Raises ExceptionHeldAlready.
        """
        county, street_id = on
        account_id, reason = by
        statement = insert(AuditException).values(
            county_code=county,
            street_id=street_id,
            entrance_id=wish.entrance_id,
            kind=wish.kind.value,
            number=wish.number,
            reason=reason,
            owner_id=wish.owner_id,
            accepted_by=account_id,
            valid=func.daterange(day, wish.until),
        )
        try:
            with self._session.begin_nested():
                return int(self._session.execute(statement.returning(AuditException.id)).scalar_one())
        except IntegrityError as clash:
            raise ExceptionHeldAlready from clash

    def end(self, revoked: HeldException, account_id: int) -> None:
        """Write that an exception was revoked, from the day on which it ends."""
        self._session.execute(
            update(AuditException)
            .where(AuditException.id == revoked.id)
            .values(
                valid=func.daterange(revoked.since, revoked.until),
                revoked_by=account_id,
                revoked_at=func.now(),
                revoked_reason=revoked.revoked_reason,
            )
        )


def _held(row: Row[Any]) -> HeldException:
    return HeldException(
        row.id, row.entrance_id, AuditKind(row.kind), row.number, row.since, row.until, row.reason, row.owner,
        row.accepted_by, row.version, row.revoked_by, row.revoked_reason,
    )  # fmt: skip
