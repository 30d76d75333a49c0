"""Numbers of an estate's buildings: kept ones stay, the others take the free ones along the walk."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from geo_app.domain.errors import DomainError
from geo_app.domain.estate import EstateBuilding
from geo_app.domain.estate_order import Walk
from geo_app.domain.estate_refusals import SkippedNumberWithoutReason
from geo_app.domain.message import Message, marked

KEPT = marked("Kept: the building has this number already.")
BY_HAND = marked("Set by hand.")
KEPT_FREE = marked("kept free: {reason}")
SKIPPED = marked("skipped by the rule: {reason}")
LEFT_FREE = marked("free: all buildings have a number, and {last} is higher and stays")
_DIGITS = re.compile(r"[0-9]{1,4}")


class BuildingNumberMalformed(DomainError):
    """A building is called by digits or a few letters (3, A, 甲, 南3)."""

    pattern = "“{text}” cannot be the number of a building: use digits or letters, at most 12."


@dataclass(frozen=True, slots=True)
class BuildingNumber:
    """What a building is called, without 幢, and why; `number` is None for letters."""

    text: str
    number: int | None
    reason: Message


@dataclass(frozen=True, slots=True)
class Gap:
    """A number below the highest that no building has, and why."""

    number: int
    reason: Message


@dataclass(frozen=True, slots=True)
class BuildingNumbers:
    """The numbers by place in the list of buildings, and the gaps between them."""

    numbers: tuple[BuildingNumber, ...]
    gaps: tuple[Gap, ...]


def number_buildings(
    buildings: Sequence[EstateBuilding], walk: Walk, skipped: Mapping[int, Message]
) -> BuildingNumbers:
    """Return a number for each building; `skipped` are numbers no new building gets, with their reasons.

    New numbers grow along the walk. Two buildings that were given one number both have it: that is a finding, not ours
    to decide. Raises BuildingNumberMalformed.
    """
    given = [_given(building) for building in buildings]
    taken = {one.number for one in given if one and one.number}
    free = _free(taken | skipped.keys())
    found: dict[int, BuildingNumber] = {}
    for place in walk.order:
        own = given[place]
        if own is None:
            number = next(free)
            own = BuildingNumber(str(number), number, walk.reasons[place])
        found[place] = own
    numbers = tuple(found[place] for place in range(len(buildings)))
    return BuildingNumbers(numbers, tuple(_gaps(numbers, skipped)))


def kept_free(reserved: Mapping[int, str], skip: frozenset[int], skip_reason: str) -> dict[int, Message]:
    """Return the numbers that no new building gets: kept free by the planner, or skipped by the rule.

    Raises SkippedNumberWithoutReason.
    """
    free = {number: Message(SKIPPED, {"reason": skip_reason}) for number in sorted(skip)}
    for number, reason in reserved.items():
        if not reason.strip():
            raise SkippedNumberWithoutReason(number=number)
        free[number] = Message(KEPT_FREE, {"reason": reason.strip()})
    return free


def read_building_number(text: str) -> str:
    """Return the own part of what a building is called: 3 of 3幢, A of A座.

    Raises BuildingNumberMalformed.
    """
    bare = re.sub("(?:号楼|[幢栋座楼])$", "", "".join(text.split()))
    if not re.fullmatch(r"[\w\-]{1,12}", bare):
        raise BuildingNumberMalformed(text=text)
    return str(int(bare)) if _DIGITS.fullmatch(bare) and int(bare) else bare


def _given(building: EstateBuilding) -> BuildingNumber | None:
    if not building.given.strip():
        return None
    text = read_building_number(building.given)
    number = int(text) if _DIGITS.fullmatch(text) else None
    return BuildingNumber(text, number, Message(KEPT if building.kept else BY_HAND))


def _free(taken: set[int]) -> Iterator[int]:
    number = 0
    while True:
        number += 1
        if number not in taken:
            yield number


def _gaps(numbers: Sequence[BuildingNumber], skipped: Mapping[int, Message]) -> Iterator[Gap]:
    used = {one.number for one in numbers if one.number}
    last = max(used, default=0)
    for number in range(1, last):
        if number not in used:
            yield Gap(number, skipped.get(number) or Message(LEFT_FREE, {"last": last}))
