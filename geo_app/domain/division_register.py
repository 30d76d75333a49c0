"""What loading a list does to the divisions of the register: who goes on, who ends, who begins, and since when.

Only what is certain keeps its identity (a renamed village is the same village); where a person has to decide, the old
division ends, the new one begins, and the link between them is a proposal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from geo_app.domain.division import Division, DivisionCode
from geo_app.domain.division_report import Certainty, SuccessionItem, SuccessionKind
from geo_app.domain.errors import Conflict, DomainError
from geo_app.domain.message import Message


class DivisionListOlder(Conflict):
    """Lists are loaded in the order of their days, or what became of whom would be guessed backwards."""

    pattern = (
        "The register's divisions of {county} are as of {held}; a list as of {given} is older and cannot follow it."
    )


class DivisionNotLiving(DomainError):
    """Only what still exists can change."""

    pattern = "{name} does not exist any more since {day}."


class DivisionCodeTaken(Conflict):
    """At one time a code names one division."""

    pattern = "Code {code} names {name} already."


class DivisionNameMissing(DomainError):
    """A division has a name."""

    pattern = "Enter the name of the division."


class DivisionLevelDiffers(DomainError):
    """A merger or split stays on one level, and a code fits its level."""

    pattern = "Code {code} is not of the level of {name}."


class DivisionParentWrong(DomainError):
    """A code begins with that of the division above."""

    pattern = "Code {code} does not lie in {parent}."


class DivisionBeginsLater(DomainError):
    """Nothing happens to a division before it begins."""

    pattern = "{name} begins on {start}; nothing can happen to it on {day}."


class DivisionPartMissing(DomainError):
    """A merger has parts that join, a split has at least two that begin."""

    pattern = "Name the divisions that {name} is merged with or divided into."


class OutlineCrossesItself(DomainError):
    """An outline is a ring without crossings, or no place could be said to lie inside."""

    pattern = "The outline of {name} crosses itself near {lon}, {lat}; move the corner."


class OutlineBeginsEarlier(DomainError):
    """Outlines follow each other in time; an older one cannot be put before the present one."""

    pattern = "The outline of {name} holds since {since}; a new one cannot hold from {day}."


class SuccessionNotOpen(Conflict):
    """A question is decided once."""

    pattern = "This question is decided already."


class SuccessorUnknown(DomainError):
    """The successor is one of those that the question names, or another living division of the county."""

    pattern = "Choose what {name} became part of, or that it ended."


@dataclass(frozen=True, slots=True)
class Succession:
    """Who followed whom on a day; `predecessor` None: established, `successor` None: abolished.

    `reasons` speak of this pair, `item` is the event it is part of.
    """

    kind: SuccessionKind
    day: date
    predecessor: DivisionCode | None
    successor: DivisionCode | None
    item: SuccessionItem
    reasons: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class DivisionChanges:
    """What a list changes: `goes_on` from one list to the other (with the day), `ends`, `begins`, and the links."""

    goes_on: tuple[tuple[Division, Division, date], ...]
    ends: tuple[tuple[Division, date], ...]
    begins: tuple[tuple[Division, date], ...]
    links: tuple[Succession, ...]


def changes_of(items: Sequence[SuccessionItem], since: date, until: date) -> DivisionChanges:
    """Return what the events between two lists, of the days `since` and `until`, do to the register.

    An event counts from its recorded day where that is known to the day and lies between the lists, else from `until`.
    """
    goes_on: list[tuple[Division, Division, date]] = []
    ends: list[tuple[Division, date]] = []
    begins: list[tuple[Division, date]] = []
    links: list[Succession] = []
    for item in items:
        day = _day(item, since, until)
        heir = _heir(item)
        if heir:
            goes_on.append((*heir, day))
        ends += [(old, day) for old in item.predecessors if not heir or old is not heir[0]]
        begins += [(new, day) for new in item.successors if not heir or new is not heir[1]]
        if item.kind is not SuccessionKind.UNCHANGED:
            links += _links(item, day)
    return DivisionChanges(tuple(goes_on), tuple(ends), tuple(begins), tuple(links))


def _heir(item: SuccessionItem) -> tuple[Division, Division] | None:
    """Return which predecessor goes on as which successor."""
    if item.certainty is not Certainty.CERTAIN or not item.predecessors or not item.successors:
        return None
    if len(item.predecessors) == len(item.successors) == 1 and item.kind is not SuccessionKind.SPLIT:
        return item.predecessors[0], item.successors[0]
    if item.heir:
        return item.heir, item.successors[0]
    # Of a merger or a split, whoever kept the code kept the office.
    return next(((o, n) for o in item.predecessors for n in item.successors if o.code == n.code), None)


def _links(item: SuccessionItem, day: date) -> Iterator[Succession]:
    heir = _heir(item) if len(item.predecessors) > 1 else None
    after = item.successors or ((item.joins,) if item.joins else (None,))
    for old in item.predecessors or (None,):
        for new in after:
            kind = item.kind
            if heir and old is heir[0] and new is heir[1]:
                # It goes on; the others join it.
                if old.code == new.code:
                    continue
                kind = SuccessionKind.RECODE
            pair = (old.code if old else None, new.code if new else None)
            yield Succession(kind, day, *pair, item, item.reasons_about(old))


def _day(item: SuccessionItem, since: date, until: date) -> date:
    try:
        recorded = date.fromisoformat(item.day)
    except ValueError:
        return until
    return recorded if since < recorded <= until else until
