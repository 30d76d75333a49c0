"""Recorded changes of divisions, read from the sentences of gazettes: who went where, and when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A division as a sentence names it: `township` where said, `groups` where only village groups are meant."""

    name: str
    township: str = ""
    groups: str = ""


@dataclass(frozen=True, slots=True)
class RecordedChange:
    """One clause: `sources` became part of `target` on `day` ("2019-12-13", "2019-12" or "2019", as precise as known).

    `verb` is the gazette's: 合并为, 并入, 划归, 设立, 撤销; 撤销 has an empty target.
    """

    day: str
    verb: str
    sources: tuple[PlaceName, ...]
    target: PlaceName
    citation: str

    def between(self, since: str, until: str) -> bool:
        """Tell whether the change lies between two days or years, both included."""
        return since <= self.day[: len(since)] and self.day[: len(until)] <= until


ABOLISHED = "撤销"
NOWHERE = PlaceName("")
"""The target of an abolition: nothing is said about who follows."""

CLAUSE = re.compile(r"^(?:原)?(?P<sources>.+?)(?P<verb>合并为|并入|划归)(?P<target>.+)$")
FOUNDING = re.compile(r"^设立(?P<target>[^:：]+)[:：](?P<sources>.+)$")
ABOLITION = re.compile(r"^撤销(?P<names>.+)$")
TOWNSHIP = re.compile(r"^(?P<township>[^村]{2,4}?(?:街道|镇|乡))(?P<rest>.+)$")
GROUPS = re.compile(r"^(?P<name>.+?)(?P<groups>\d+(?:-\d+)?组)$")


def read_change(day: str, text: str, citation: str) -> tuple[RecordedChange, ...]:
    """Return the changes that one gazette sentence states; none where no clause is understood.

    A clause without subject (撤销碧山乡；划归踏水镇) takes the names abolished just before. Names that are abolished
    and go nowhere as a whole make a change of their own, the last.
    """
    changes: list[RecordedChange] = []
    ended: list[PlaceName] = []
    abolished = ""
    for clause in re.split(r"[;；。]", re.sub(r"[(（].*?[)）]", "", text)):
        abolition = ABOLITION.match(clause.strip())
        if abolition:
            abolished = abolition["names"]
            ended.extend(read_names(abolished))
            continue
        stated = clause.strip()
        match = FOUNDING.match(stated) or CLAUSE.match(abolished + stated if stated[:2] in {"划归", "并入"} else stated)
        if match:
            changes.append(_change(day, match, citation))
    gone = _without_target(ended, changes)
    return (*changes, RecordedChange(day, ABOLISHED, gone, NOWHERE, citation)) if gone else tuple(changes)


def _without_target(ended: Sequence[PlaceName], changes: Sequence[RecordedChange]) -> tuple[PlaceName, ...]:
    moved = {place.name for change in changes for place in change.sources if not place.groups}
    return tuple(place for place in ended if place.name not in moved and not place.groups)


def _change(day: str, match: re.Match[str], citation: str) -> RecordedChange:
    verb = match.groupdict().get("verb") or "设立"
    return RecordedChange(day, verb, read_names(match["sources"]), _place(match["target"]), citation)


def read_names(text: str) -> tuple[PlaceName, ...]:
    """Return the places of a list such as 沙湾镇绥山/沫水社区、农场村与嘉农镇嘉农社区1组; a township is said once."""
    names: list[PlaceName] = []
    # 和 parts names only after an ending: 永和村 is one village.
    for part in re.split(r"、|(?<=[村区镇乡组道])[和与]", re.sub(r"(?<=[村区镇乡组道])和?原|^原", "、", text)):
        township = names[-1].township if names else ""
        names.extend(_slashed(part, township) if part else ())
    return tuple(names)


def _slashed(part: str, township: str) -> Sequence[PlaceName]:
    # 双槐/加华村: the ending of the last belongs to all.
    *heads, last = part.split("/")
    ending = next((end for end in ("社区", "村", "乡", "镇") if last.endswith(end)), "")
    first, *others = [*(head + ending for head in heads), last]
    place = _place(first, township)
    return (place, *(_place(other, place.township) for other in others))


def _place(text: str, township: str = "") -> PlaceName:
    bare = text.strip()
    match = TOWNSHIP.match(bare)
    if match:
        return replace(_place(match["rest"]), township=match["township"])
    groups = GROUPS.match(bare)
    if groups:
        return PlaceName(groups["name"], township, groups["groups"])
    return PlaceName(bare, township)
