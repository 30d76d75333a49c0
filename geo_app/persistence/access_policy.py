"""What the office decided about access."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_app.domain.access_policy import SECOND_FACTOR_ROLES, AccessPolicy, policy_of
from geo_app.domain.access_roles import Role
from geo_app.domain.errors import Conflict
from geo_app.persistence.tables import PolicyChoice


class PolicyChoices:
    """The settings that were made, each with its version (0: never set)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def in_force(self) -> AccessPolicy:
        """Return the policy: what was set, and defaults for the rest."""
        values = {name: value for name, (value, _) in self.all().items()}
        roles = values.pop(SECOND_FACTOR_ROLES, None)
        return policy_of(values, None if roles is None else [Role(role) for role in roles])

    def all(self) -> Mapping[str, tuple[Any, int]]:
        """Return each setting that was made, with its version."""
        rows = self._session.execute(select(PolicyChoice.name, PolicyChoice.value, PolicyChoice.version))
        return {name: (value, version) for name, value, version in rows}

    def set(self, name: str, value: object, version: int, account_id: int) -> None:
        """Keep a setting that was read at `version`.

        Raises Conflict when somebody else set it meanwhile.
        """
        row = {"value": value, "set_by": account_id}
        if version == 0:
            self._add(name, row)
            return
        done = self._session.execute(
            update(PolicyChoice)
            .where(PolicyChoice.name == name, PolicyChoice.version == version)
            .values(**row, version=version + 1)
            .returning(PolicyChoice.name)
        )
        if done.first() is None:
            raise Conflict

    def _add(self, name: str, row: Mapping[str, object]) -> None:
        try:
            with self._session.begin_nested():
                self._session.execute(insert(PolicyChoice).values(name=name, **row))
        except IntegrityError as clash:
            raise Conflict from clash
