"""Choices 疑难地址认定: a person says which address a doubtful text means, a second one agrees.

proposed → agreed (an alias of the address from then on) → ended; proposed → declined. "None of ours" is a choice
as well: nothing is remembered, and the text is not asked about again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from geo_app.domain.access import Actor, require_reason
from geo_app.domain.address_alias import AliasKind
from geo_app.domain.errors import Conflict, DomainError
from geo_app.domain.message import Message, marked


class ChoiceState(StrEnum):
    """Where a choice stands."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DECLINED = "declined"
    ENDED = "ended"

    @property
    def word(self) -> Message:
        """Return the state for a reader."""
        return Message(_STATE_WORDS[self])


_STATE_WORDS: Mapping[ChoiceState, str] = {
    ChoiceState.PROPOSED: marked("chosen, waits for a second person"),
    ChoiceState.AGREED: marked("agreed"),
    ChoiceState.DECLINED: marked("declined"),
    ChoiceState.ENDED: marked("taken back"),
}

KINDS: Mapping[AliasKind, str] = {
    AliasKind.MISSPELT: marked("often written wrong"),
    AliasKind.NICKNAME: marked("what people call it"),
    AliasKind.OLD_TEXT: marked("an old address"),
}
"""What a remembered text may be."""


def likely_kind(text: str) -> AliasKind:
    """Return what a text most likely is: without any number a name that people use."""
    return AliasKind.MISSPELT if any(character.isdigit() for character in text) else AliasKind.NICKNAME


class ChoiceHeldAlready(Conflict):
    """A text means one thing at a time."""

    pattern = "Somebody has chosen for this text already; load it again."


class ChoiceVersionStale(Conflict):
    """Somebody acted on the choice after this page was loaded."""

    pattern = "The choice was changed in the meantime (version {current}, yours was {given}); load it again."


class ChoiceNeedsAnother(DomainError):
    """Two pairs of eyes see a text before it is remembered."""

    pattern = "You chose this yourself; somebody else must agree."


class ChoiceNotOpen(DomainError):
    """Only what waits can be agreed to or declined."""

    pattern = "This choice does not wait any more; it is {state}."


class ChoiceNotAgreed(DomainError):
    """Only what is remembered can be taken back."""

    pattern = "Only an agreed choice can be taken back; this one is {state}."


class ChoiceUnclear(DomainError):
    """A choice names one address, or says that none fits."""

    pattern = "“{text}” does not lead to one address; type its id, or the standard address."


@dataclass(frozen=True, slots=True)
class ChoiceWish:
    """What a person wants a text to mean: an address (None: none of ours), and what kind of alias the text is then."""

    text_id: int
    address_id: str | None
    kind: AliasKind = AliasKind.MISSPELT


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice as it stands; `alias_id` is what it is remembered by while it is agreed."""

    id: int
    text_id: int
    text: str
    address_id: str | None
    kind: AliasKind
    state: ChoiceState
    chosen_by: int
    version: int
    alias_id: int | None = None


def agree(choice: Choice, actor: Actor, version: int) -> Choice:
    """Return the choice agreed to by a second person.

    Raises ChoiceVersionStale, ReasonNotStated, ChoiceNotOpen, ChoiceNeedsAnother.
    """
    _require_open(choice, actor, version)
    if actor.account_id == choice.chosen_by:
        raise ChoiceNeedsAnother
    return replace(choice, state=ChoiceState.AGREED)


def decline(choice: Choice, actor: Actor, version: int) -> Choice:
    """Return the choice declined; whoever chose may take it back this way.

    Raises ChoiceVersionStale, ReasonNotStated, ChoiceNotOpen.
    """
    _require_open(choice, actor, version)
    return replace(choice, state=ChoiceState.DECLINED)


def take_back(choice: Choice, actor: Actor, version: int) -> Choice:
    """Return the agreed choice as a mistake: the text is no longer remembered, and may be chosen for anew.

    Raises ChoiceVersionStale, ReasonNotStated, ChoiceNotAgreed.
    """
    _require_version(choice, version)
    require_reason(actor)
    if choice.state is not ChoiceState.AGREED:
        raise ChoiceNotAgreed(state=choice.state.word)
    return replace(choice, state=ChoiceState.ENDED, alias_id=None)


def _require_open(choice: Choice, actor: Actor, version: int) -> None:
    _require_version(choice, version)
    require_reason(actor)
    if choice.state is not ChoiceState.PROPOSED:
        raise ChoiceNotOpen(state=choice.state.word)


def _require_version(choice: Choice, version: int) -> None:
    if version != choice.version:
        raise ChoiceVersionStale(current=choice.version, given=version)
