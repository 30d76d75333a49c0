"""Entrances: doors on the ground, with the street they claim and the number on the wall, as columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from geo_app.domain.numbering_circumstance import Circumstance
from geo_app.domain.numbering_position import Booleans
from geo_app.domain.numbering_wall import WallNumber, read_wall
from geo_app.domain.street_piece import Floats, Integers, natural_key


@dataclass(frozen=True, slots=True, eq=False)
class Entrances:
    """Columns of entrances. Positions in degrees (SRID 4490), NaN where there is none.

    `street_names`: "" for a door that names no street; `walls`: text of the number already on the wall, "" for none;
    `by_hand`: True where the number in `walls` is not on a wall but fixed by the planner. None for a column: all empty.
    `circumstances`: what is unusual, by row.
    """

    ids: Sequence[str]
    lon: Floats
    lat: Floats
    street_names: Sequence[str] | None = None
    walls: Sequence[str] | None = None
    by_hand: Booleans | None = None
    circumstances: Mapping[int, Circumstance] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def on_earth(self) -> Booleans:
        """Return where both coordinates are numbers within ±180 and ±90 degrees."""
        return np.asarray((np.abs(self.lon) <= 180) & (np.abs(self.lat) <= 90))

    def only(self, rows: Integers) -> "Entrances":
        """Return some of the entrances, in the order of `rows`."""
        at = rows.tolist()
        return Entrances(
            [self.ids[row] for row in at],
            self.lon[rows],
            self.lat[rows],
            [self.street_names[row] for row in at] if self.street_names is not None else None,
            [self.walls[row] for row in at] if self.walls is not None else None,
            self.by_hand[rows] if self.by_hand is not None else None,
        )

    def wall(self, row: int) -> str:
        """Return the text on the wall of a door, "" for none."""
        return self.walls[row] if self.walls is not None else ""

    def is_by_hand(self, row: int) -> bool:
        """Tell whether the planner fixed the number of this door."""
        return self.by_hand is not None and bool(self.by_hand[row])


@dataclass(frozen=True, slots=True, eq=False)
class KeptNumbers:
    """What the walls say: `number` and `last` (end of a range) are -1 where there is no integer."""

    kept: Booleans
    number: Integers
    last: Integers
    rank: Integers
    walls: dict[int, WallNumber]


def read_kept(entrances: Entrances) -> KeptNumbers:
    """Return the kept numbers of all entrances."""
    count = len(entrances)
    texts = entrances.walls if entrances.walls is not None else ()
    walls = {row: read_wall(text) for row, text in enumerate(texts) if text.strip()}
    rows = np.fromiter(walls, dtype=np.int64, count=len(walls))
    columns = {"number": np.full(count, -1), "last": np.full(count, -1), "rank": np.zeros(count, dtype=np.int64)}
    for name, column in columns.items():
        values = (getattr(wall, name) for wall in walls.values())
        column[rows] = [-1 if value is None else value for value in values]
    kept = np.zeros(count, dtype=bool)
    kept[rows] = True
    return KeptNumbers(kept, columns["number"], columns["last"], columns["rank"], walls)


def walking_order(entrances: Entrances, keys: Sequence[Integers]) -> Integers:
    """Return the doors in the order of `keys` (most weighty first), equal ones by id.

    Ids are compared only where the keys are equal, which is rare; whole numbers count as numbers.
    """
    order = np.lexsort(tuple(reversed(keys)))
    equal = np.ones(max(len(order) - 1, 0), dtype=bool)
    for key in keys:
        equal &= key[order][1:] == key[order][:-1]
    for start, stop in _stretches(equal):
        order[start:stop] = sorted(order[start:stop].tolist(), key=lambda row: _identity(entrances, row))
    return order.astype(np.int64)


def _identity(entrances: Entrances, row: int) -> tuple[object, ...]:
    return (*natural_key(entrances.ids[row]), entrances.wall(row), entrances.lon[row], entrances.lat[row])


def _stretches(equal: Booleans) -> list[tuple[int, int]]:
    """Return the (start, stop) stretches of more than one entry whose neighbours are equal."""
    edges = np.diff(np.concatenate([[0], equal.astype(np.int8), [0]]))
    starts, stops = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) + 1
    return list(zip(starts.tolist(), stops.tolist(), strict=True))
