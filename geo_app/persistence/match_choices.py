"""What persons chose for doubtful texts."""

from datetime import date

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_app.domain.access import Actor
from geo_app.domain.address_alias import AliasKind
from geo_app.domain.address_text import match_key
from geo_app.domain.errors import NotFound
from geo_app.domain.match_choice import Choice, ChoiceHeldAlready, ChoiceState, ChoiceWish
from geo_app.domain.message import Message, marked
from geo_app.persistence.tables import AddressAlias, MatchChoice, MatchText

CHOICE = marked("choice")
_AREA = text("""
    select coalesce(d.code, a.county_code) from standard_address a left join division d on d.id = a.division_id
    where a.id = cast(:id as char(15)) and a.status = 'current'
""")


class MatchChoices:
    """Finds and writes choices in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def area_of(self, address_id: str) -> str:
        """Return the division of a current address.

        Raises NotFound.
        """
        found = self._session.scalar(_AREA, {"id": address_id})
        if found is None:
            raise NotFound(what=Message(marked("current address")), key=address_id)
        return str(found)

    def lock(self, choice_id: int) -> Choice:
        """Return a choice and hold it.

        Raises NotFound.
        """
        row = self._session.execute(
            select(MatchChoice, MatchText.text)
            .join(MatchText, MatchText.id == MatchChoice.text_id)
            .where(MatchChoice.id == choice_id)
            .with_for_update(of=MatchChoice)
        ).one_or_none()
        if row is None:
            raise NotFound(what=Message(CHOICE), key=choice_id)
        held, said = row
        return Choice(
            held.id, held.text_id, said, held.address_id, AliasKind(held.kind), ChoiceState(held.state),
            held.chosen_by, held.version, held.alias_id,
        )  # fmt: skip

    def add(self, wish: ChoiceWish, actor: Actor, day: date) -> int:
        """Write a choice and return its id.

        Raises ChoiceHeldAlready.
        """
        values = {
            "text_id": wish.text_id, "address_id": wish.address_id, "kind": wish.kind.value,
            "chosen_by": actor.account_id, "reason": actor.reason, "valid": func.daterange(day, None),
        }  # fmt: skip
        try:
            with self._session.begin_nested():
                return int(
                    self._session.execute(insert(MatchChoice).values(values).returning(MatchChoice.id)).scalar_one()
                )
        except IntegrityError as clash:
            raise ChoiceHeldAlready from clash

    def decide(self, choice: Choice, actor: Actor) -> None:
        """Write what came of a choice, and who decided it."""
        self._session.execute(
            update(MatchChoice)
            .where(MatchChoice.id == choice.id)
            .values(
                state=choice.state.value,
                decided_by=actor.account_id,
                decided_at=func.now(),
                decided_reason=actor.reason,
                alias_id=choice.alias_id,
            )
        )

    def remember(self, choice: Choice, day: date) -> int:
        """Write the alias by which the text is found from `day` on, and return its id."""
        values = {
            "address_id": choice.address_id, "kind": choice.kind.value, "text": choice.text,
            "match_key": match_key(choice.text), "valid": func.daterange(day, None),
            "source": f"match_choice {choice.id}",
        }  # fmt: skip
        return int(self._session.execute(insert(AddressAlias).values(values).returning(AddressAlias.id)).scalar_one())

    def forget(self, alias_id: int) -> None:
        """Take an alias away that never should have been; the choice's history still tells of it."""
        self._session.execute(delete(AddressAlias).where(AddressAlias.id == alias_id))
