"""Errors planted on a real town's walls: numbers of the other parity, doors moved along their side, doors doubled.

The town comes with one point a door, and with its own misfits left in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from geo_app.domain.audit_findings import AuditKind
from geo_app.domain.numbering_entrance import Entrances
from tests.support.plain_audit import Door, PlainStreet, metres_apart

SHARE = 0.07
PLACES = 5
APART = 35.0
"""A double stands more than the contract's thirty metres away, and the foot of the ruler is not ours."""


@dataclass
class Planted:
    """A town with errors: `truth` says by id what was done; `shared`: the innocent with a number a plant has too."""

    addresses: Entrances
    truth: dict[str, AuditKind] = field(default_factory=dict)
    shared: set[str] = field(default_factory=set)


class _Town:
    """The columns of a town's addresses while they are changed."""

    def __init__(self, addresses: Entrances) -> None:
        self.ids, self.walls = list(addresses.ids), list(addresses.walls or ())
        self.lon, self.lat = addresses.lon.tolist(), addresses.lat.tolist()
        self.names = list(addresses.street_names or ())
        self.truth: dict[str, AuditKind] = {}

    def flip(self, door: Door) -> None:
        self.walls[door.row] = str(door.number + 1 if door.odd else door.number - 1)
        self.truth[self.ids[door.row]] = AuditKind.WRONG_SIDE

    def move(self, door: Door, others: Sequence[Door], place: int) -> None:
        """Put a door between two neighbours of its side, a little off the middle."""
        a, b = others[max(place - 1, 0)].row, others[min(place, len(others) - 1)].row
        self.lon[door.row] = 0.6 * self.lon[a] + 0.4 * self.lon[b]
        self.lat[door.row] = 0.6 * self.lat[a] + 0.4 * self.lat[b]
        self.truth[self.ids[door.row]] = AuditKind.OUT_OF_ORDER

    def double(self, door: Door, beside: Door) -> None:
        """Put a second door of the same number beside another door."""
        self.ids.append(f"double of {self.ids[door.row]}")
        self.walls.append(self.walls[door.row])
        self.names.append(self.names[door.row])
        self.lon.append(self.lon[beside.row] + 2e-6)
        self.lat.append(self.lat[beside.row] + 2e-6)
        self.truth[self.ids[door.row]] = self.truth[self.ids[-1]] = AuditKind.DUPLICATE


def plant(addresses: Entrances, streets: Sequence[PlainStreet], good: set[int], seed: int) -> Planted:
    """Return the town with errors on seven of a hundred doors of each street, at doors that were `good` before."""
    dice, town = np.random.default_rng(seed), _Town(addresses)
    for street in streets:
        choice = [door for door in street.doors if door.row in good]
        for at in dice.permutation(len(choice))[: max(1, round(SHARE * len(street.doors)))]:
            _plant_one(town, street, choice[at], dice)
    changed = Entrances(town.ids, np.array(town.lon), np.array(town.lat), town.names, town.walls)
    return Planted(changed, town.truth, _shared(town))


def _plant_one(town: _Town, street: PlainStreet, door: Door, dice: np.random.Generator) -> None:
    side = sorted((d for d in street.doors if d.left == door.left), key=lambda d: d.along)
    others, here = [d for d in side if d is not door], side.index(door)
    away = [place for place in range(len(others) + 1) if abs(place - here) >= PLACES]
    far = [d for d in street.doors if metres_apart(d, door) > APART]
    kind = dice.choice(3)
    if kind == 0 and door.number > 1:
        town.flip(door)
    elif kind == 1 and away:
        town.move(door, others, int(dice.choice(away)))
    elif kind == 2 and far:
        town.double(door, far[dice.integers(len(far))])


def _shared(town: _Town) -> set[str]:
    """Return the innocent whose number a changed door of their street has now: the contract reports both of a pair."""
    plates: dict[tuple[str, str], set[str]] = {}
    for identifier, name, wall in zip(town.ids, town.names, town.walls, strict=True):
        plates.setdefault((name, wall.strip()), set()).add(identifier)
    return {one for same in plates.values() if same & town.truth.keys() for one in same} - town.truth.keys()
