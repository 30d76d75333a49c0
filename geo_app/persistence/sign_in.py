"""Sessions: the browser holds the token, the register its hash."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session as DatabaseSession

from geo_app.domain.access_session import Session
from geo_app.persistence.tables import SignIn


@dataclass(frozen=True, slots=True)
class HeldSession:
    """A session with the key of its row, its account, and where it was opened from."""

    id: int
    account_id: int
    session: Session
    remote: str | None
    agent: str


def hash_of(token: str) -> bytes:
    """Return the hash of a random token; it needs no salt, there is nothing to guess."""
    return hashlib.sha256(token.encode()).digest()


class SignIns:
    """Sessions by token and account."""

    def __init__(self, session: DatabaseSession) -> None:
        self._session = session

    def open(self, token: str, account_id: int, session: Session, remote: str | None, agent: str) -> int:
        """Keep a new session and return its key."""
        values = {
            "token_hash": hash_of(token),
            "account_id": account_id,
            "started_at": session.started_at,
            "seen_at": session.seen_at,
            "second_factor_at": session.seen_at if session.second_factor_shown else None,
            "remote": remote,
            "agent": agent[:200],
        }
        return self._session.execute(insert(SignIn).values(values).returning(SignIn.id)).scalar_one()

    def by_token(self, token: str) -> HeldSession | None:
        """Return the session of a token, ended or not."""
        row = self._session.scalar(select(SignIn).where(SignIn.token_hash == hash_of(token)))
        return _held(row) if row else None

    def living(self, account_id: int) -> Sequence[HeldSession]:
        """Return the sessions of an account that nobody ended, the latest first."""
        rows = self._session.scalars(
            select(SignIn)
            .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
            .order_by(SignIn.seen_at.desc())
        )
        return [_held(row) for row in rows]

    def seen(self, session_id: int, at: datetime) -> None:
        """Keep when the session was last used."""
        self._session.execute(update(SignIn).where(SignIn.id == session_id).values(seen_at=at))

    def rotate(self, session_id: int, token: str, second_factor_at: datetime) -> None:
        """Give the session a new token once the second factor was shown; the old token is worth nothing."""
        self._session.execute(
            update(SignIn)
            .where(SignIn.id == session_id)
            .values(token_hash=hash_of(token), second_factor_at=second_factor_at, seen_at=second_factor_at)
        )

    def end(self, session_id: int, at: datetime) -> None:
        """End one session; the first end counts."""
        self._session.execute(
            update(SignIn).where(SignIn.id == session_id, SignIn.ended_at.is_(None)).values(ended_at=at)
        )

    def end_all(self, account_id: int, at: datetime, *, but: int | None = None) -> None:
        """End the sessions of an account, all `but` one."""
        self._session.execute(
            update(SignIn)
            .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None), SignIn.id.is_distinct_from(but))
            .values(ended_at=at)
        )

    def clear(self, ended_before: datetime, started_before: datetime) -> int:
        """Remove the sessions that were ended before an instant or begun before another; return how many."""
        gone = self._session.execute(
            delete(SignIn)
            .where((SignIn.ended_at < ended_before) | (SignIn.started_at < started_before))
            .returning(SignIn.id)
        )
        return len(gone.all())


def _held(row: SignIn) -> HeldSession:
    session = Session(
        row.started_at, row.seen_at, second_factor_shown=row.second_factor_at is not None, ended_at=row.ended_at
    )
    return HeldSession(row.id, row.account_id, session, row.remote, row.agent)
