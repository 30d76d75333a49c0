"""The future-proof score 扩展余量 of a plan: how many infill doors its stretches take before sub-numbers are needed."""

from collections.abc import Iterable
from itertools import groupby, pairwise

from geo_app.domain.planned_door import PlannedDoor

STEP = 2
"""Two neighbouring numbers of one parity differ by this."""


def future_proof_score(doors: Iterable[PlannedDoor]) -> dict[str, float]:
    """Return the score of a plan; a stretch lies between two neighbouring numbered doors of one side of a line.

    `future_proof`: share of stretches with a free number, 0 to 1 (1 without any stretch); `stretches`: how many there
    are; `full`: how many have none; `free`: free numbers in all of them.
    """
    free = [room for side in _sides(doors) for room in _rooms(side)]
    full = sum(not room for room in free)
    return {
        "future_proof": round(1 - full / len(free), 3) if free else 1.0,
        "stretches": len(free),
        "full": full,
        "free": sum(free),
    }


def _sides(doors: Iterable[PlannedDoor]) -> Iterable[list[PlannedDoor]]:
    placed = [door for door in doors if door.number is not None and door.line_key is not None]
    placed.sort(key=_place)
    for _, side in groupby(placed, key=lambda door: (door.line_key, door.side)):
        yield list(side)


def _place(door: PlannedDoor) -> tuple[str, str, float]:
    return door.line_key or "", door.side or "", door.metres or 0.0


def _rooms(side: list[PlannedDoor]) -> Iterable[int]:
    numbers = sorted(door.number.number for door in side if door.number is not None)
    for before, after in pairwise(numbers):
        yield max(0, (after - before) // STEP - 1)
