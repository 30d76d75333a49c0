"""Accounts and their roles in areas."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, Update, and_, exists, false, func, or_, select, true, update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_app.domain.access import EVERYWHERE, Grant
from geo_app.domain.access_account import Account, AccountNameTaken, Credentials
from geo_app.domain.access_grants import PowersCombined
from geo_app.domain.access_password import SignInRecord
from geo_app.domain.access_roles import Role
from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.persistence import tables
from geo_app.persistence.paging import Page
from geo_app.persistence.queries.listing import Listing, fetch_page
from geo_app.persistence.tables import AccountGrant, Division

Row = tables.Account

_SORTS = {"display_name": Row.display_name, "name": Row.name, "organisation": Row.organisation}
SORTS = tuple(_SORTS)
"""What the list of accounts can be sorted by."""

ACCOUNT = Message(marked("account"))
AREA = Message(marked("area"))


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """A grant with the key of its row and the name of its area ("" for the whole register)."""

    id: int
    grant: Grant
    area_name: str = ""


class Accounts:
    """Accounts by name and number, their grants, and what a sign-in needs."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def by_id(self, account_id: int) -> Account:
        """Return an account.

        Raises NotFound.
        """
        row = self._session.get(Row, account_id, populate_existing=True)
        if row is None:
            raise NotFound(what=ACCOUNT, key=account_id)
        return _account(row)

    def by_name(self, name: str) -> Account:
        """Return an account; capitals do not matter.

        Raises NotFound.
        """
        row = self._session.scalar(_named(name))
        if row is None:
            raise NotFound(what=ACCOUNT, key=name)
        return _account(row)

    def find(self, listing: Listing, areas: Collection[str], day: date) -> Page[Account]:
        """Return one page of the accounts seen from `areas` that carry the filter `q` in name or organisation."""
        text = listing.filters.get("q", "")
        wanted = _seen_from(areas, day) & or_(*(column.icontains(text, autoescape=True) for column in _SORTS.values()))
        page = fetch_page(self._session, select(Row).where(wanted), listing, (_SORTS[listing.sort], Row.id))
        return page.of(lambda row: _account(row[0]))

    def is_seen(self, account_id: int, areas: Collection[str], day: date) -> bool:
        """Tell whether an account works in one of `areas` now or later, or nowhere yet."""
        return self._session.scalar(select(Row.id).where(Row.id == account_id, _seen_from(areas, day))) is not None

    def add(self, name: str, display_name: str, organisation: str, *, made_up: bool = False) -> Account:
        """Add an account without password and roles.

        Raises AccountNameTaken.
        """
        row = Row(name=name, display_name=display_name, organisation=organisation, made_up=made_up)
        try:
            with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError as clash:
            raise AccountNameTaken(name=name) from clash
        self._session.refresh(row)
        return _account(row)

    def credentials_for_update(self, name: str) -> Credentials | None:
        """Return what a sign-in of `name` is checked against, locked: guesses at one account queue up."""
        # Not the key: whoever writes to the journal as this account is not to wait for somebody's guesses.
        row = self._session.scalar(_named(name).with_for_update(key_share=True))
        return _credentials(row) if row else None

    def credentials_of(self, account_id: int) -> Credentials:
        """Return the same for an account that is signed in, locked.

        Raises NotFound.
        """
        row = self._session.scalar(
            select(Row)
            .where(Row.id == account_id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
        if row is None:
            raise NotFound(what=ACCOUNT, key=account_id)
        return _credentials(row)

    def note_attempt(self, account_id: int, record: SignInRecord) -> None:
        """Keep the failures and locks of an account."""
        self._session.execute(
            _of(account_id).values(failures=record.failures, locks=record.locks, locked_until=record.locked_until)
        )

    def set_password(self, account_id: int, password_hash: str, set_at: datetime, *, must_change: bool) -> None:
        """Keep a new password's hash; `must_change` when somebody else chose it."""
        self._session.execute(
            _of(account_id).values(
                password_hash=password_hash, password_set_at=set_at, must_change_password=must_change
            )
        )

    def renew_hash(self, account_id: int, password_hash: str) -> None:
        """Keep a hash of the same password with today's parameters."""
        self._session.execute(_of(account_id).values(password_hash=password_hash))

    def set_second_factor(self, account_id: int, sealed: bytes | None, step: int | None) -> None:
        """Keep the sealed secret and the last step used; None takes the second factor away."""
        self._session.execute(_of(account_id).values(second_factor=sealed, second_factor_step=step))

    def set_status(self, account_id: int, status: str) -> None:
        """Keep "active" or "disabled"."""
        self._session.execute(_of(account_id).values(status=status))

    def set_language(self, account_id: int, language: str) -> None:
        """Keep the account's language."""
        self._session.execute(_of(account_id).values(language=language))

    def grants(self, account_id: int) -> list[HeldGrant]:
        """Return all grants of an account, ended ones too, the latest first; a recoded area has its present code."""
        rows = self._session.execute(
            select(AccountGrant, Division.code, Division.name)
            .outerjoin(Division, Division.id == AccountGrant.division_id)
            .where(AccountGrant.account_id == account_id, ~func.isempty(AccountGrant.valid))
            .order_by(AccountGrant.id.desc())
            .execution_options(populate_existing=True)
        )
        return [HeldGrant(row.id, _grant(row, code or EVERYWHERE), name or "") for row, code, name in rows]

    def grants_on(self, account_id: int, day: date) -> tuple[Grant, ...]:
        """Return the grants in force on `day`."""
        rows = self._session.execute(
            select(AccountGrant, Division.code)
            .outerjoin(Division, Division.id == AccountGrant.division_id)
            .where(AccountGrant.account_id == account_id, AccountGrant.valid.contains(day))
            .order_by(AccountGrant.id)
            .execution_options(populate_existing=True)
        )
        return tuple(_grant(row, code or EVERYWHERE) for row, code in rows)

    def add_grant(self, account_id: int, grant: Grant, granted_by: int) -> int:
        """Add a grant and return its key.

        Raises NotFound (no such area), PowersCombined (the database's own constraint).
        """
        row = AccountGrant(
            account_id=account_id,
            role=grant.role.value,
            division_id=self._division(grant.area_code),
            valid=Range(grant.valid_from, grant.valid_to),
            granted_by=granted_by,
        )
        try:
            with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError as clash:
            raise PowersCombined(one=grant.role.word, other=Message(marked("another power"))) from clash
        return row.id

    def end_grant(self, grant_id: int, day: date) -> None:
        """Keep that a grant ends on `day`; one that begins on that day or later never holds (an empty range)."""
        self._session.execute(
            update(AccountGrant)
            .where(AccountGrant.id == grant_id)
            .values(valid=AccountGrant.valid * func.daterange(None, day))
            .execution_options(synchronize_session=False)
        )

    def other_holders(self, role: Role, account_id: int, day: date) -> int:
        """Count the other open accounts that hold `role` on `day`."""
        held = and_(AccountGrant.role == role.value, AccountGrant.valid.contains(day))
        others = and_(Row.id == AccountGrant.account_id, Row.id != account_id, Row.status == "active")
        return self._session.scalar(select(func.count(Row.id.distinct())).where(held, others)) or 0

    def areas(self, text: str, limit: int = 20) -> list[tuple[str, str]]:
        """Return code and name of living divisions whose code begins with or whose name contains `text`."""
        rows = self._session.execute(
            select(Division.code, Division.name)
            .where(
                func.upper_inf(Division.valid),
                or_(Division.code.startswith(text, autoescape=True), Division.name.contains(text, autoescape=True)),
            )
            .order_by(Division.code)
            .limit(limit)
        )
        return [(code, name) for code, name in rows]

    def first_area(self, digits: int) -> str:
        """Return the lowest living code of so many digits; the whole register while there is none."""
        found = self._session.scalar(
            select(Division.code)
            .where(func.upper_inf(Division.valid), func.length(Division.code) == digits)
            .order_by(Division.code)
            .limit(1)
        )
        return found or EVERYWHERE

    def _division(self, code: str) -> int | None:
        if code == EVERYWHERE:
            return None
        found = self._session.scalar(select(Division.id).where(Division.code == code, func.upper_inf(Division.valid)))
        if found is None:
            raise NotFound(what=AREA, key=code)
        return found


def _seen_from(areas: Collection[str], day: date) -> ColumnElement[bool]:
    if EVERYWHERE in areas:
        return true()
    living = and_(AccountGrant.account_id == Row.id, AccountGrant.valid.op("&&")(func.daterange(day, None)))
    inside = or_(false(), *(Division.code.startswith(area, autoescape=True) for area in areas))
    somewhere = exists(select(AccountGrant.id).where(living))
    here = exists(select(AccountGrant.id).join(Division, Division.id == AccountGrant.division_id).where(living, inside))
    return or_(~somewhere, here)


def _named(name: str) -> Select[Row]:
    return select(Row).where(func.lower(Row.name) == name.strip().lower()).execution_options(populate_existing=True)


def _of(account_id: int) -> Update:
    return update(Row).where(Row.id == account_id).execution_options(synchronize_session=False)


def _account(row: Row) -> Account:
    return Account(
        row.id,
        row.name,
        row.display_name,
        row.organisation,
        disabled=row.status == "disabled",
        language=row.language,
        made_up=row.made_up,
        second_factor=row.second_factor is not None,
        password_set_at=row.password_set_at,
        must_change_password=row.must_change_password,
    )


def _credentials(row: Row) -> Credentials:
    record = SignInRecord(row.failures, row.locks, row.locked_until)
    return Credentials(_account(row), row.password_hash, record, row.second_factor, row.second_factor_step)


def _grant(row: AccountGrant, area_code: str) -> Grant:
    assert row.valid.lower is not None
    return Grant(Role(row.role), area_code, row.valid.lower, row.valid.upper)
