"""The journal of changes: each write names its actor and reason."""

from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from geo_app.persistence.tables import ChangeEntry


class Journal:
    """Appends change entries in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def write(
        self, account_id: int, reason: str, verb: str, subject: tuple[str, object], detail: dict[str, Any] | None = None
    ) -> None:
        """Record that `account_id` did `verb` to `subject` (kind, key) for `reason`."""
        kind, key = subject
        self._session.execute(
            insert(ChangeEntry).values(
                account_id=account_id, reason=reason, verb=verb, subject_kind=kind, subject_key=str(key), detail=detail
            )
        )
