"""API tokens by hash and account."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from geo_app.domain.access_roles import Permission
from geo_app.domain.access_token import ApiToken
from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.persistence import tables
from geo_app.persistence.sign_in import hash_of

Row = tables.ApiToken


class ApiTokens:
    """Tokens for programs."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, token: ApiToken, secret: str) -> ApiToken:
        """Keep a new token (its id is ignored) by its secret's hash, and return it as it is kept."""
        row = Row(
            account_id=token.account_id,
            name=token.name,
            token_hash=hash_of(secret),
            permissions=sorted(token.permissions),
            created_at=token.created_at,
            expires_at=token.expires_at,
        )
        self._session.add(row)
        self._session.flush()
        return _token(row)

    def by_secret(self, secret: str) -> ApiToken | None:
        """Return the token of a secret, ended or not."""
        row = self._session.scalar(select(Row).where(Row.token_hash == hash_of(secret)))
        return _token(row) if row else None

    def by_id(self, token_id: int) -> ApiToken:
        """Return a token.

        Raises NotFound.
        """
        row = self._session.get(Row, token_id, populate_existing=True)
        if row is None:
            raise NotFound(what=Message(marked("token")), key=token_id)
        return _token(row)

    def of_account(self, account_id: int) -> Sequence[ApiToken]:
        """Return all tokens of an account, the latest first."""
        rows = self._session.scalars(select(Row).where(Row.account_id == account_id).order_by(Row.id.desc()))
        return [_token(row) for row in rows]

    def used(self, token_id: int, at: datetime) -> None:
        """Keep when the token was last used."""
        self._session.execute(update(Row).where(Row.id == token_id).values(used_at=at))

    def revoke(self, token_id: int, at: datetime) -> None:
        """Withdraw a token; the first withdrawal counts."""
        self._session.execute(update(Row).where(Row.id == token_id, Row.revoked_at.is_(None)).values(revoked_at=at))

    def clear(self, before: datetime) -> int:
        """Remove the tokens that were withdrawn or ran out before an instant; return how many."""
        gone = self._session.execute(
            delete(Row).where((Row.revoked_at < before) | (Row.expires_at < before)).returning(Row.id)
        )
        return len(gone.all())


def _token(row: Row) -> ApiToken:
    # A permission that a later version took away is no longer in the token either.
    known = frozenset(Permission(name) for name in row.permissions if name in set(Permission))
    return ApiToken(
        row.id, row.account_id, row.name, known, row.created_at, row.expires_at, row.revoked_at, row.used_at
    )
