"""Adopting a street: a tenth of a town's numbers hidden and proposed anew, beside two plain ways in the same run.

Nothing is told but the walls that are left: start and odd side are read from them too.
"""

import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

import numpy as np

from geo_app.domain.numbering import PlannedNumbers, number_streets
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.numbering_findings import Kind
from geo_app.domain.numbering_order import in_order
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.street import build_streets
from geo_app.exchange.numbering_files import entrance_file, street_file
from geo_app.exchange.numbering_table import read_every_row
from geo_app.exchange.vector_options import ReadOptions, Shape
from tests.measure import Figure
from tests.measure.numbering_speed import made_town
from tests.support.real_data import FOLDER

TOWNS = ("helsinki", "liechtenstein", "baltimore_city")
OTHERS = ("laufamholz",)
SEEDS = 8
HIDDEN = 0.1
CONTINUE = NumberingRule(existing="continue")


@dataclass
class Score:
    """Counts over the seeds: hidden doors, right ones by way, those with room, kept ones changed, broken promises."""

    doors: int = 0
    room: int = 0
    within: int = 0
    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    right_with_room: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    kept: int = 0
    changed: int = 0
    promises: int = 0
    broken: int = 0

    def __add__(self, other: "Score") -> "Score":
        names = ("doors", "room", "within", "kept", "changed", "promises", "broken")
        total = Score(**{name: getattr(self, name) + getattr(other, name) for name in names})
        for name in ("right", "right_with_room"):
            for way in self.__dict__[name].keys() | other.__dict__[name].keys():
                getattr(total, name)[way] = getattr(self, name)[way] + getattr(other, name)[way]
        return total


def figures() -> Iterator[Figure]:
    """Yield for each town, and for all, how often the hidden number came back, and whether every promise was kept."""
    pooled = Score()
    for name in TOWNS:
        score = measure_town(name)
        pooled += score
        yield from _figures(name, score)
    yield from _figures("all three", pooled, goal=0.75)
    for name in OTHERS:
        yield from _figures(name, measure_town(name))
    yield from measure_speed()


def _figures(name: str, score: Score, goal: float | None = None) -> Iterator[Figure]:
    share = score.right_with_room["ours"] / score.room
    line, following = (score.right_with_room[way] / score.room for way in ("line", "next"))
    yield Figure(
        f"{name}: the hidden number itself, {score.room} doors between walls with room",
        f"{share:.3f}; of those whose number lies between its walls {score.right_with_room['ours'] / score.within:.3f}",
        f"interpolated {line:.3f}, next free {following:.3f}",
        f"{goal:.2f}" if goal else "",
        share >= goal if goal else None,
    )
    ours, line, following = (score.right[way] / score.doors for way in ("ours", "line", "next"))
    what = f"{name}: the hidden number itself, all {score.doors} doors"
    yield Figure(what, f"{ours:.3f}", f"interpolated {line:.3f}, next free {following:.3f}")
    unchanged = 1 - score.changed / score.kept
    yield Figure(f"{name}: kept numbers unchanged", f"{unchanged:.2%} of {score.kept}", "", "100 %", score.changed == 0)
    held = 1 - score.broken / score.promises
    what = f"{name}: strictly between its walls where there is room, else a sub-number; misfits found"
    yield Figure(what, f"{held:.2%} of {score.promises}", "", "100 %", score.broken == 0)


def measure_town(name: str) -> Score:
    """Return the score of a town of the data folder over all seeds."""
    options = ReadOptions(fields={"id": "osm_id", "number": "housenumber"})
    pieces = street_file(read_every_row(FOLDER / f"osm/{name}_streets.geojson.gz", Shape.LINES, options)).pieces
    found = read_every_row(FOLDER / f"osm/{name}_addresses.csv.gz", Shape.POINTS, options)
    streets, doors = build_streets(pieces), entrance_file(found).entrances
    truth = number_streets(streets, doors, CONTINUE)
    readable = np.flatnonzero((truth.kept.number > 0) & (truth.feet.street >= 0))
    total = Score()
    for seed in range(SEEDS):
        rows = np.random.default_rng(seed).choice(readable, round(len(readable) * HIDDEN), replace=False)
        hidden = set(rows.tolist())
        walls = ["" if row in hidden else wall for row, wall in enumerate(doors.walls or ())]
        plan = number_streets(streets, replace(doors, walls=walls), CONTINUE)
        total += _score(plan, truth.kept.number, hidden)
    return total


def _score(plan: PlannedNumbers, truth: np.ndarray, hidden: set[int]) -> Score:
    score = Score(doors=len(hidden))
    kept = np.flatnonzero(plan.kept.kept).tolist()
    score.kept = len(kept)
    score.changed = sum(plan.text_at(row) != plan.entrances.wall(row) for row in kept)
    told = {found.row for found in plan.found if found.kind == Kind.KEPT_OUT_OF_ORDER}
    for rows in _sides(plan):
        chain, misfits = _chain(plan, rows)
        score.promises += len(misfits)
        score.broken += sum(row not in told for row in misfits)
        _score_side(score, plan, truth, (rows, chain, hidden))
    return score


def _score_side(
    score: Score, plan: PlannedNumbers, truth: np.ndarray, side: tuple[list[int], list[int], set[int]]
) -> None:
    rows, chain, hidden = side
    place = {row: i for i, row in enumerate(rows)}
    along = [place[row] for row in chain]
    used = _used(plan, int(plan.sides.group[rows[0]]))
    for row in (row for row in rows if row in hidden):
        at = int(np.searchsorted(along, place[row]))
        low = chain[at - 1] if at else None
        high = chain[at] if at < len(chain) else None
        number, sub_number = plan.number_at(row)
        free, line, following = _plain(plan, row, (low, high), used)
        guesses = {"ours": number, "line": line, "next": following}
        with_room = low is not None and high is not None and len(free) > 0
        score.room += with_room
        score.within += with_room and int(truth[row]) in free
        for way, guess in guesses.items():
            score.right[way] += guess == truth[row]
            score.right_with_room[way] += with_room and guess == truth[row]
        if low is not None and high is not None:
            score.promises += 1
            bottom, top = int(plan.kept.last[low]), int(plan.kept.number[high])
            inside = number is not None and bottom < number < top
            score.broken += not (inside or (bool(sub_number) and number == bottom))
            score.broken += top == bottom and not sub_number


def _plain(
    plan: PlannedNumbers, row: int, walls: tuple[int | None, int | None], used: set[int]
) -> tuple[range | list[int], int, int]:
    """Return the free numbers between two walls, and the guesses of a ruler and of one who takes the next free one."""
    low, high = walls
    odd = int(plan.sides.odd[row])
    bottom = int(plan.kept.last[low]) if low is not None else odd - 2
    top = int(plan.kept.number[high]) if high is not None else 10_000
    following = next((n for n in range(bottom + 2, top, 2) if n > 0 and n not in used), bottom)
    if low is None or high is None:
        before = next((n for n in range(top - 2, 0, -2) if n not in used), top) if high is not None else following
        return [], before, following
    free = [number for number in range(bottom + 2, top, 2) if number not in used]
    metres = plan.sides.centimetres
    part = (metres[row] - metres[low]) / max(metres[high] - metres[low], 1)
    wanted = bottom + part * (top - bottom)
    return free, min(free, key=lambda number: (abs(number - wanted), number), default=bottom), following


def _used(plan: PlannedNumbers, group: int) -> set[int]:
    rows = np.flatnonzero((plan.sides.group == group) & (plan.kept.number > 0))
    return {n for r in rows.tolist() for n in range(int(plan.kept.number[r]), int(plan.kept.last[r]) + 1, 2)}


def _sides(plan: PlannedNumbers) -> Iterator[list[int]]:
    sides = plan.sides
    for _, rows in groupby(sides.order.tolist(), key=lambda row: (int(sides.street[row]), bool(sides.odd[row]))):
        yield [row for _, spot in groupby(rows, key=sides.centimetres.__getitem__) for row in _hung(plan, list(spot))]


def _hung(plan: PlannedNumbers, spot: list[int]) -> list[int]:
    """Return the doors of one spot, those on walls in the order of their numbers."""
    kept = plan.kept
    walls = iter(sorted((row for row in spot if kept.kept[row]), key=lambda row: (kept.number[row], kept.rank[row])))
    return [next(walls) if plan.kept.kept[row] else row for row in spot]


def _chain(plan: PlannedNumbers, rows: list[int]) -> tuple[list[int], list[int]]:
    """Return the walls of a side in order, and those that clearly are not: an independent count."""
    number = plan.kept.number
    hung = [row for row in rows if number[row] > 0]
    right = [row for row in hung if number[row] % 2 == plan.sides.odd[row]]
    chain = [right[i] for i in in_order([int(number[row]) for row in right])]
    wrong_side = [row for row in hung if number[row] % 2 != plan.sides.odd[row]]
    return chain, wrong_side


def measure_speed(count: int = 100_000) -> Iterator[Figure]:
    """Yield the seconds of a made town with a tenth of its numbers missing, beside one a tenth as large."""
    seconds = {doors: _seconds(doors) for doors in (count // 10, count)}
    ratio = seconds[count] / seconds[count // 10] / 10
    what = f"{count:,} doors, a tenth without a number"
    reference = f"{count // 10:,} doors: {seconds[count // 10]:.2f} s, {ratio:.2f} × a door"
    yield Figure(what, f"{seconds[count]:.1f} s", reference, "≤ 1.3 × a door", ratio <= 1.3)


def _seconds(count: int) -> float:
    pieces, bare = made_town(count // 10, count)
    streets = build_streets(pieces)
    numbered = [door.text for door in number_streets(streets, bare, NumberingRule(method="quantified", step=5.0))]
    walls = ["" if row % 10 == 0 else wall for row, wall in enumerate(numbered)]
    doors = Entrances(bare.ids, bare.lon, bare.lat, None, walls)
    start = time.perf_counter()
    number_streets(streets, doors, CONTINUE)
    return time.perf_counter() - start
