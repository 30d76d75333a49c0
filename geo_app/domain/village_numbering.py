"""Numbering a village group: houses, lanes, the mouth and a rule in; a number, a reason or a finding for every house.

Pure and deterministic: the order of the rows never matters, the same input gives the same numbers.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np

from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.adoption_mapping import wall_house_number
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_entrance import Entrances, KeptNumbers, read_kept
from geo_app.domain.numbering_gap import Outcome
from geo_app.domain.numbering_reason import BY_HAND, HELD, IS, KEPT, SUB
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.numbering_stacked import STACKED_METRES, stacked_doors
from geo_app.domain.numbering_standing import Standing, settle, why_left_out
from geo_app.domain.numbering_wall import LARGEST_NUMBER, read_wall
from geo_app.domain.position import Position
from geo_app.domain.village_findings import VillageFinding, VillageKind, finding
from geo_app.domain.village_houses import FAR_METRES, NEIGHBOUR_METRES, Lanes, Spot, VillageWalk, walk_village
from geo_app.domain.village_sequence import Numbers, number_along

MOUTH_METRES = 50.0
"""A mouth farther than this from every lane was probably set wrongly."""

GAP_METRES = 20.0
"""Lanes farther apart than this probably have a lane between them that nobody drew."""

ON_MAIN = marked("House {place} of the walk, {metres} m along the main lane; {outcome}.")
ON_BRANCH = marked("House {place} of the walk, {metres} m, on side lane {branch}; {outcome}.")
AFTER_HOUSE = marked("House {place} of the walk, {apart} m from the house before; {outcome}.")
PASSED = marked("{count} numbers are kept free, so it is {number}")
LAST = marked("it follows the last number of the group and is {number}")


@dataclass(frozen=True, slots=True)
class NumberedHouse:
    """The number of one house.

    `place`: which house of the walk it is, from 1, None for one that is not on it; `metres` walked from the mouth, ways
    into side lanes and back included; `lane`: id of the lane, "" without one; `branch`: 0 on the main lane, side lanes
    from 1 in the order of the walk, -1 without lanes; `side`: "left", "right" as one walks, "" without a lane;
    `number`, `sub_number`, `text`: as in `numbering.PlannedNumber`.
    """

    entrance_id: str
    place: int | None
    metres: float | None
    lane: str
    branch: int
    side: str
    number: int | None
    sub_number: str
    text: str
    kept: bool
    reason: Message


@dataclass(frozen=True, slots=True, eq=False)
class NumberedGroup:
    """The numbers of a group, by row of the houses, in input order, with the walk and the findings."""

    houses: Entrances
    rule: NumberingRule
    walk: VillageWalk
    kept: KeptNumbers
    numbers: Numbers
    findings: Sequence[VillageFinding]

    def __len__(self) -> int:
        return len(self.houses)

    def __iter__(self) -> Iterator[NumberedHouse]:
        spots = {spot.row: (place, spot) for place, spot in enumerate(self.walk.spots, 1)}
        return (self._numbered(row, spots.get(row)) for row in range(len(self)))

    def _numbered(self, row: int, met: tuple[int, Spot] | None) -> NumberedHouse:
        place, spot = met or (None, None)
        number, sub_number = number_at(self.kept, self.numbers, row)
        return NumberedHouse(
            entrance_id=self.houses.ids[row],
            place=place,
            metres=spot.metres if spot else None,
            lane=spot.lane if spot else "",
            branch=spot.branch if spot else -1,
            side=spot.side if spot and spot.lane else "",
            number=number,
            sub_number=sub_number,
            text=text_at(self, row),
            kept=bool(self.kept.kept[row]),
            reason=self._reason(row, met),
        )

    def _reason(self, row: int, met: tuple[int, Spot] | None) -> Message:
        if self.kept.kept[row]:
            return Message(BY_HAND if self.houses.is_by_hand(row) else KEPT, {"text": self.houses.wall(row)})
        given = self.numbers.given.get(row)
        if met is None or given is None or not given.number:
            return next(found.message for found in self.findings if found.entrance_id == self.houses.ids[row])
        place, spot = met
        values = {"place": place, "metres": f"{spot.metres:.0f}", "branch": spot.branch, "apart": f"{spot.apart:.0f}"}
        pattern = AFTER_HOUSE if not spot.lane else ON_BRANCH if spot.branch else ON_MAIN
        return Message(pattern, {**values, "outcome": self._outcome(row)})

    def _outcome(self, row: int) -> Message:
        given, passed = self.numbers.given[row], self.numbers.passed.get(row, 0)
        if row in self.numbers.at_the_end:
            return Message(LAST, {"number": given.number})
        if given.outcome is Outcome.SUB_NUMBER:
            return Message(SUB, {"number": given.number})
        if given.outcome is Outcome.HELD_BELOW:
            return Message(HELD, {"number": given.number})
        return Message(PASSED if passed else IS, {"number": given.number, "count": passed})


def number_village(
    houses: Entrances,
    lanes: Lanes,
    mouth: Position,
    rule: NumberingRule,
    others: AbstractSet[HouseNumber] = frozenset(),
) -> NumberedGroup:
    """Return the numbers of a group's houses, walked from its mouth; `others` are numbers given to none of them.

    Walls, open land, illegal and demolished houses get none, nor does a demolished house's number go to another.
    """
    walk, standing = walk_village(houses, lanes, mouth), settle(houses, rule)
    kept, left_out = read_kept(standing.entrances), standing.left_out(rule)
    spots = [spot for spot in walk.spots if not left_out[spot.row]]
    numbers = number_along(spots, kept, rule, others | _retired(standing))
    group = NumberedGroup(standing.entrances, rule, walk, kept, numbers, ())
    found = sorted(_findings(group), key=lambda one: list(VillageKind).index(one.kind))
    return replace(group, findings=tuple(found))


def number_at(kept: KeptNumbers, numbers: Numbers, row: int) -> tuple[int | None, str]:
    """Return number and sub-number of a house; None and "" where there is none."""
    wall = kept.walls.get(row)
    if wall is not None:
        return wall.number, wall.sub_number
    given = numbers.given.get(row)
    if given is None or not given.number:
        return None, ""
    return given.number, str(given.sub_number) if given.sub_number else ""


def text_at(group: NumberedGroup, row: int) -> str:
    """Return what the plate reads, "" where the house has no number."""
    if group.kept.kept[row]:
        return group.houses.wall(row)
    given = group.numbers.given.get(row)
    return group.rule.text_of(given.number, given.sub_number) if given and given.number else ""


def _retired(standing: Standing) -> set[HouseNumber]:
    numbers = (wall_house_number(read_wall(text)) for text in standing.retired.values())
    return {number for number in numbers if number is not None}


def _findings(group: NumberedGroup) -> Iterator[VillageFinding]:
    yield from _left_out(group)
    yield from _about_places(group)
    yield from _about_kept(group)
    yield from _about_new(group)
    yield from _about_the_walk(group.walk)


def _left_out(group: NumberedGroup) -> Iterator[VillageFinding]:
    for row, one in group.houses.circumstances.items():
        why = why_left_out(one, group.rule)
        if why is not None and not group.houses.wall(row):
            yield finding(VillageKind(why), group.houses.ids[row], note=one.note.strip())


def _about_places(group: NumberedGroup) -> Iterator[VillageFinding]:
    ids = group.houses.ids
    met = {spot.row: spot for spot in group.walk.spots}
    for row, on_earth in enumerate(group.houses.on_earth.tolist()):
        spot = met.get(row)
        if not on_earth:
            yield finding(VillageKind.NO_POSITION, ids[row])
        elif spot is None:
            far, near = f"{FAR_METRES:g}", f"{NEIGHBOUR_METRES:g}"
            yield finding(VillageKind.NO_LANE, ids[row], far=far, near=near)
        elif group.walk.stretches and not spot.lane:
            far, apart = f"{FAR_METRES:g}", f"{spot.apart:.0f}"
            yield finding(VillageKind.FAR_FROM_LANE, ids[row], far=far, apart=apart)


def _about_kept(group: NumberedGroup) -> Iterator[VillageFinding]:
    ids, kept = group.houses.ids, group.kept
    for row in sorted(group.numbers.disordered):
        yield finding(VillageKind.KEPT_OUT_OF_ORDER, ids[row], text=text_at(group, row))
    for row, wall in kept.walls.items():
        if wall.bad:
            yield finding(VillageKind.BAD_NUMBER, ids[row], text=text_at(group, row))
        if (wall.number or 0) > LARGEST_NUMBER:
            yield finding(VillageKind.NUMBER_TOO_LARGE, ids[row], largest=LARGEST_NUMBER)
    for row in _twice(kept):
        yield finding(VillageKind.DUPLICATE, ids[row], text=text_at(group, row))


def _about_new(group: NumberedGroup) -> Iterator[VillageFinding]:
    ids, numbers = group.houses.ids, group.numbers
    for row, given in numbers.given.items():
        if given.outcome is Outcome.TOO_LARGE:
            yield finding(VillageKind.NUMBER_TOO_LARGE, ids[row], largest=LARGEST_NUMBER)
    if group.rule.village_added != "last":
        for row in sorted(numbers.at_the_end):
            yield finding(VillageKind.AT_THE_END, ids[row], text=text_at(group, row))
    for row in _stacked(group):
        yield finding(VillageKind.STACKED, ids[row], limit=f"{STACKED_METRES:g}")


def _twice(kept: KeptNumbers) -> Iterator[int]:
    holders = defaultdict(list)
    for row, wall in kept.walls.items():
        if wall.number is not None and not wall.bad:
            holders[wall.number, wall.sub_number].append(row)
    return (row for rows in holders.values() if len(rows) > 1 for row in rows)


def _stacked(group: NumberedGroup) -> list[int]:
    texts: dict[str, int] = {}
    on_earth = group.houses.on_earth
    label = np.full(len(group), -1, dtype=np.int64)
    for row in range(len(group)):
        text = text_at(group, row)
        if text and on_earth[row]:
            label[row] = texts.setdefault(text, len(texts))
    return np.flatnonzero(stacked_doors(group.houses.lon, group.houses.lat, label) >= 0).tolist()


def _about_the_walk(walk: VillageWalk) -> Iterator[VillageFinding]:
    if walk.mouth_apart is None:
        if walk.spots:
            yield finding(VillageKind.NO_LANES)
        return
    if walk.mouth_apart > MOUTH_METRES:
        yield finding(VillageKind.MOUTH_FAR, place=(walk.plane.lon, walk.plane.lat), apart=f"{walk.mouth_apart:.0f}")
    for gap in walk.gaps:
        if gap.length > GAP_METRES:
            middle = gap.interpolate(0.5, normalized=True)
            lon, lat = walk.plane.to_degrees(np.array([[middle.x, middle.y]]))[0].tolist()
            yield finding(VillageKind.LANE_GAP, place=(lon, lat), apart=f"{gap.length:.0f}")
