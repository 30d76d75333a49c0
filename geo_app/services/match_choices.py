"""Doubtful texts on the way to being remembered: chosen for, agreed to, declined, taken back."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from geo_app.domain import match_choice
from geo_app.domain.access import Actor, require, require_reason
from geo_app.domain.access_roles import Permission
from geo_app.domain.address import Decision
from geo_app.domain.address_id import AddressIdCheckFailed, AddressIdMalformed, validate
from geo_app.domain.match_choice import Choice, ChoiceUnclear, ChoiceWish
from geo_app.domain.matching_grade import Grade
from geo_app.persistence.register import Register
from geo_app.services.search import match_texts
from geo_app.services.search_places import KnownPlaces

Rule = Callable[[Choice, Actor, int], Choice]


def propose_choice(register: Register, wish: ChoiceWish, decision: Decision) -> int:
    """Write what a text is to mean, for a second person to agree, and return the choice's id.

    Raises NotFound, NotGranted, ReasonNotStated, ChoiceHeldAlready.
    """
    register.match_texts.get(wish.text_id)
    _require(register, wish.address_id, Permission.ALIAS_EDIT, decision)
    require_reason(decision.actor)
    choice_id = register.match_choices.add(wish, decision.actor, decision.day)
    _record(register, choice_id, "choose", decision)
    return choice_id


def agree_to_choice(register: Register, choice_id: int, decision: Decision) -> None:
    """Agree as a second person: from now on the text is found at once.

    Raises NotFound, NotGranted and what `match_choice.agree` refuses.
    """
    choice = register.match_choices.lock(choice_id)
    _require(register, choice.address_id, Permission.ADDRESS_APPROVE, decision)
    agreed = match_choice.agree(choice, decision.actor, decision.version)
    if agreed.address_id is not None:
        agreed = replace(agreed, alias_id=register.match_choices.remember(agreed, decision.day))
    register.match_choices.decide(agreed, decision.actor)
    _record(register, choice_id, "agree", decision)


def decline_choice(register: Register, choice_id: int, decision: Decision) -> None:
    """Decline a choice, or withdraw one's own; the text waits again.

    Raises NotFound, NotGranted and what `match_choice.decline` refuses.
    """
    choice = register.match_choices.lock(choice_id)
    if choice.chosen_by != decision.actor.account_id:
        _require(register, choice.address_id, Permission.ADDRESS_APPROVE, decision)
    register.match_choices.decide(match_choice.decline(choice, decision.actor, decision.version), decision.actor)
    _record(register, choice_id, "decline", decision)


def take_choice_back(register: Register, choice_id: int, decision: Decision) -> None:
    """End what was remembered by mistake; the text waits again.

    Raises NotFound, NotGranted and what `match_choice.take_back` refuses.
    """
    choice = register.match_choices.lock(choice_id)
    _require(register, choice.address_id, Permission.ADDRESS_APPROVE, decision)
    ended = match_choice.take_back(choice, decision.actor, decision.version)
    register.match_choices.decide(ended, decision.actor)
    if choice.alias_id is not None:
        register.match_choices.forget(choice.alias_id)
    _record(register, choice_id, "take_back", decision)


def address_meant(register: Register, known: KnownPlaces, text: str) -> str:
    """Return the id of the one address that a person typed: its id, or a text that surely leads to it.

    Raises ChoiceUnclear.
    """
    said = text.strip()
    with suppress(AddressIdMalformed, AddressIdCheckFailed):
        return validate(said)
    [answer] = match_texts(register, known, [said])
    if answer.best is None or answer.grade not in (Grade.EXACT, Grade.SURE):
        raise ChoiceUnclear(text=said)
    return answer.best.row.id


def _require(register: Register, address_id: str | None, permission: Permission, decision: Decision) -> None:
    """Require the right where the address lies; that none fits is nobody's area, and the route's right is enough."""
    if address_id is not None:
        require(decision.actor, permission, register.match_choices.area_of(address_id), decision.day)


def _record(register: Register, choice_id: int, verb: str, decision: Decision) -> None:
    register.journal.write(decision.actor.account_id, decision.actor.reason, verb, ("match_choice", choice_id))
