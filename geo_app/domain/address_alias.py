"""Aliases 别名 and successions: every old number, name, code, nickname, plot or lot number leads to today's address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geo_app.domain.address_text import match_key
from geo_app.domain.errors import DomainError
from geo_app.domain.history import require_period


class AliasKind(StrEnum):
    """What an alias once was."""

    OLD_NUMBER = "old_number"
    OLD_NAME = "old_name"
    OLD_CODE = "old_code"
    OLD_TEXT = "old_text"
    NICKNAME = "nickname"
    PLOT = "plot"
    LOT = "lot"
    MISSPELT = "misspelt"


class SuccessionCause(StrEnum):
    """Why an address has successors: 36 became 36A and 36B, two became one, one took another's place."""

    SPLIT = "split"
    MERGE = "merge"
    REPLACEMENT = "replacement"


class AliasBlank(DomainError):
    """An alias is something a person can type."""

    pattern = "An alias cannot be blank."


class AliasAlreadyKnown(DomainError):
    """One address keeps an alias of one kind once in a period."""

    pattern = "This address is already known as “{text}” in this period."


class SuccessorMissing(DomainError):
    """A succession names at least one successor."""

    pattern = "Address {id} needs at least one successor."


class SplitNeedsSeveral(DomainError):
    """A split leads to two addresses or more."""

    pattern = "A split of address {id} needs at least two successors."


class SuccessorIsItself(DomainError):
    """An address does not succeed itself."""

    pattern = "Address {id} cannot be its own successor."


class AlreadySucceeded(DomainError):
    """An address is succeeded once; later changes are changes of its successors."""

    pattern = "Address {id} already has successors; continue from those."


class NothingSucceeded(DomainError):
    """Only a recorded succession is taken back."""

    pattern = "Address {id} has no successors that could be taken back."


class SuccessionCycle(DomainError):
    """Following successors always comes to an end."""

    pattern = "Address {id} cannot follow {successor}: {successor} already leads back to it."


@dataclass(frozen=True, slots=True)
class Alias:
    """What else an address is or was called, in [valid_from, valid_to); an unknown beginning is None.

    Raises AliasBlank, PeriodEmpty when made.
    """

    address_id: str
    kind: AliasKind
    text: str
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise AliasBlank
        if self.valid_from is not None:
            require_period(self.valid_from, self.valid_to)

    @property
    def key(self) -> str:
        """Return the spelling under which the alias is found."""
        return match_key(self.text)

    def held_on(self, day: date) -> bool:
        """Tell whether people used it on `day`."""
        return (self.valid_from or day) <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Succession:
    """From `day` on, `predecessor` is found at its `successors`.

    Raises SuccessorMissing, SplitNeedsSeveral, SuccessorIsItself when made.
    """

    predecessor: str
    successors: tuple[str, ...]
    day: date
    cause: SuccessionCause

    def __post_init__(self) -> None:
        if not self.successors:
            raise SuccessorMissing(id=self.predecessor)
        if self.cause is SuccessionCause.SPLIT and len(set(self.successors)) == 1:
            raise SplitNeedsSeveral(id=self.predecessor)
        if self.predecessor in self.successors:
            raise SuccessorIsItself(id=self.predecessor)


Successions = Mapping[str, Succession]
"""By predecessor."""


def add_alias(known: Iterable[Alias], alias: Alias) -> Alias:
    """Return `alias` if its address has none of the same kind and spelling in its period.

    Raises AliasAlreadyKnown.
    """
    for other in known:
        same = (other.address_id, other.kind, other.key) == (alias.address_id, alias.kind, alias.key)
        if same and _share_a_day(other, alias):
            raise AliasAlreadyKnown(text=alias.text)
    return alias


def succeed(known: Successions, succession: Succession) -> dict[str, Succession]:
    """Return the successions with one more.

    Raises AlreadySucceeded, SuccessionCycle.
    """
    if succession.predecessor in known:
        raise AlreadySucceeded(id=succession.predecessor)
    for successor in succession.successors:
        if succession.predecessor in _reachable(successor, known):
            raise SuccessionCycle(id=succession.predecessor, successor=successor)
    return {**known, succession.predecessor: succession}


def take_back(known: Successions, predecessor: str) -> dict[str, Succession]:
    """Return the successions without a mistaken one; `predecessor` is found at itself again.

    Raises NothingSucceeded.
    """
    if predecessor not in known:
        raise NothingSucceeded(id=predecessor)
    return {old: succession for old, succession in known.items() if old != predecessor}


def resolve(address_id: str, successions: Successions) -> tuple[str, ...]:
    """Return the addresses at the end of the chain, each once, in the order of the successions; itself without any."""
    return tuple(found for found in _reachable(address_id, successions) if found not in successions)


def resolve_alias(text: str, aliases: Iterable[Alias], successions: Successions) -> tuple[str, ...]:
    """Return the addresses at the end of the chain that any spelling of `text` once meant; empty when unknown."""
    key = match_key(text)
    found = [end for alias in aliases if alias.key == key for end in resolve(alias.address_id, successions)]
    return tuple(dict.fromkeys(found))


def _reachable(address_id: str, successions: Successions) -> list[str]:
    """Return the address and all that follow it, depth first; a cycle in old data is walked once."""
    seen: dict[str, None] = {}
    open_ends = [address_id]
    while open_ends:
        current = open_ends.pop()
        if current in seen:
            continue
        seen[current] = None
        if current in successions:
            open_ends.extend(reversed(successions[current].successors))
    return list(seen)


def _share_a_day(one: Alias, other: Alias) -> bool:
    one_start, other_start = one.valid_from or date.min, other.valid_from or date.min
    return (one.valid_to is None or other_start < one.valid_to) and (
        other.valid_to is None or one_start < other.valid_to
    )
