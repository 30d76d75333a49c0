"""The future-proof score 扩展余量 of a plan: how many infill doors its stretches take before sub-numbers are needed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from geo_app.domain.planned_door import PlannedDoor

STEP = 2
"""Two neighbouring numbers of one parity differ by this."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The street between two neighbouring numbered doors of one side of a line, lower number first.

    `free` is how many doors between them would get a number of their own; `metres` along the street.
    """

    low: PlannedDoor
    high: PlannedDoor
    free: int

    @property
    def ends(self) -> frozenset[int]:
        """Return the entrance ids of its two doors: the same stretch in another plan has the same."""
        return frozenset((self.low.door.entrance_id, self.high.door.entrance_id))

    @property
    def metres(self) -> float:
        """Return its length along the street."""
        return abs((self.high.metres or 0.0) - (self.low.metres or 0.0))


def future_proof_score(doors: Iterable[PlannedDoor]) -> dict[str, float]:
    """Return the score of a plan over its stretches.

    `future_proof`: share of stretches with a free number, 0 to 1 (1 without any stretch); `stretches`: how many there
    are; `full`: how many have none; `free`: free numbers in all of them.
    """
    free = [stretch.free for stretch in stretches_of(doors)]
    full = sum(not room for room in free)
    return {
        "future_proof": round(1 - full / len(free), 3) if free else 1.0,
        "stretches": len(free),
        "full": full,
        "free": sum(free),
    }


def stretches_of(doors: Iterable[PlannedDoor]) -> Iterator[Stretch]:
    """Yield the stretches of a plan, side by side of each line, by number."""
    for side in _sides(doors):
        for low, high in pairwise(sorted(side, key=_number)):
            yield Stretch(low, high, max(0, (_number(high) - _number(low)) // STEP - 1))


def _sides(doors: Iterable[PlannedDoor]) -> Iterator[list[PlannedDoor]]:
    placed = [door for door in doors if door.number is not None and door.line_key is not None]
    placed.sort(key=_place)
    for _, side in groupby(placed, key=lambda door: (door.line_key, door.side)):
        yield list(side)


def _place(door: PlannedDoor) -> tuple[str, str, float]:
    return door.line_key or "", door.side or "", door.metres or 0.0


def _number(door: PlannedDoor) -> int:
    return door.number.number if door.number is not None else 0
