"""Continuing a street 沿用现有编号: missing doors get the numbers that its own walls suggest; what hangs stays.

For rules whose field `existing` says `continue`. The numbers are targets for the engine (`numbering_gap`), which keeps
them free, rising and between the walls; what cannot be learned is numbered by the rule's own method.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo_app.domain.adoption_choice import MANY, Taken, choose, expected
from geo_app.domain.adoption_evidence import read_habits
from geo_app.domain.adoption_lessons import learned_weights
from geo_app.domain.adoption_walls import Asked, Case, Spots, Walls, look_around, places_of, read_walls
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_entrance import Entrances, KeptNumbers
from geo_app.domain.numbering_gap import STEP
from geo_app.domain.numbering_position import Booleans
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.numbering_sequence import Sides
from geo_app.domain.street_piece import Integers

BETWEEN = marked("between {lower} and {upper}, {metres} m from {lower}; here a number takes {pace} m")
AFTER = marked("{metres} m past {lower}, the last on this side; here a number takes {pace} m")
BEFORE = marked("{metres} m before {upper}, the first on this side; here a number takes {pace} m")
ACROSS = marked("no number on this side yet; across the street they are near {number} here")


@dataclass(frozen=True, slots=True, eq=False)
class Continued:
    """Doors that continue their street: `row` of the entrance (rising), the number it is to get, what hangs around."""

    row: Integers
    number: Integers
    asked: Asked | None = None

    def targets(self, by_rule: Integers) -> Integers:
        """Return the targets of all doors: those of the rule, save where the street says otherwise."""
        target = by_rule.copy()
        target[self.row] = self.number
        return target

    def said(self, row: int) -> Message | None:
        """Return why a door is to get its number, as part of a sentence; None where the rule's own method says it."""
        at = int(np.searchsorted(self.row, row))
        if self.asked is None or at == len(self.row) or self.row[at] != row:
            return None
        return _said(self.asked, at)


NOTHING = Continued(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))
"""No street is continued."""


def continue_streets(
    sides: Sides, kept: KeptNumbers, entrances: Entrances, rules: Sequence[NumberingRule]
) -> Continued:
    """Return what the walls of all streets with `existing: continue` suggest for their doors without a number."""
    wanted = np.array([rule.continues for rule in rules], dtype=bool)
    if not wanted.any():
        return NOTHING
    walls = read_walls(sides, kept, wanted)
    spots = _missing(sides, kept, walls, wanted) if len(walls) else None
    if spots is None or not len(spots.row):
        return NOTHING
    taken, habits = _taken(sides, kept, rules), read_habits(walls, 2 * len(rules))
    weights = learned_weights(walls, entrances, taken, habits)
    asked = look_around(walls, spots, entrances)
    number = choose(asked, taken, habits, weights[asked.case])
    number = np.where(number > 0, number, _evenly(asked))
    good = np.flatnonzero(number > 0)
    good = good[np.argsort(spots.row[good])]
    return Continued(spots.row[good], number[good], asked.only(good))


def _missing(sides: Sides, kept: KeptNumbers, walls: Walls, wanted: Booleans) -> Spots:
    """Return the doors without a number, in walking order, with the walls around them."""
    side, place = 2 * sides.street + sides.odd, places_of(sides)
    row = sides.order[wanted[sides.street[sides.order]] & ~kept.kept[sides.order]]
    row = row[np.argsort(place[row])]
    upper = np.searchsorted(walls.place, place[row])
    lower = np.where(walls.on_side(upper - 1, side[row]), upper - 1, -1)
    upper = np.where(walls.on_side(upper, side[row]), upper, -1)
    before, behind = _in_gap(side[row], lower, upper)
    return Spots(row, side[row], sides.centimetres[row] / 100, lower, upper, before, behind)


def _in_gap(*gap: Integers) -> tuple[Integers, Integers]:
    """Return how many doors stand before and behind each in its stretch of equal entries."""
    count = np.arange(len(gap[0]))
    new = np.ones(len(count), dtype=bool)
    new[1:] = np.any([np.diff(key) != 0 for key in gap], axis=0)
    which = np.cumsum(new) - 1
    before = count - count[new][which]
    return before, np.bincount(which, minlength=1)[which] - 1 - before


def _taken(sides: Sides, kept: KeptNumbers, rules: Sequence[NumberingRule]) -> Taken:
    """Return by side what its group has given already or may not give."""
    groups: dict[int, set[int]] = defaultdict(set)
    for row in np.flatnonzero((kept.number >= 0) & (sides.street >= 0)).tolist():
        groups[int(sides.group[row])].update(range(int(kept.number[row]), int(kept.last[row]) + 1, STEP))
    street, first = np.unique(sides.street[sides.order], return_index=True)
    taken: dict[int, set[int]] = {}
    for one, row in zip(street.tolist(), sides.order[first].tolist(), strict=True):
        used, skipped = groups[int(sides.group[row])], rules[one].skip
        taken[2 * one] = taken[2 * one + 1] = used | skipped if skipped else used
    return taken


def _evenly(asked: Asked) -> Integers:
    """Return numbers for gaps of very many doors: where the walls put each, of the side's parity; 0 elsewhere."""
    many = asked.before + asked.behind + 1 > MANY
    put = expected(asked)
    odd = asked.side % 2
    number = STEP * np.floor((np.nan_to_num(put) - odd) / STEP + 0.5).astype(np.int64) + odd
    return np.where(many & np.isfinite(put), np.maximum(number, 2 - odd), 0)


def _said(asked: Asked, at: int) -> Message:
    case, pace = Case(int(asked.case[at])), _metres(asked.pace[at])
    lower, upper = int(asked.low[at]), int(asked.high[at])
    if case == Case.BETWEEN:
        values = {"lower": lower, "upper": upper, "metres": _metres(asked.from_low[at]), "pace": pace}
        return Message(BETWEEN, values)
    if case == Case.AFTER:
        return Message(AFTER, {"lower": lower, "metres": _metres(asked.from_low[at]), "pace": pace})
    if case == Case.BEFORE:
        return Message(BEFORE, {"upper": upper, "metres": _metres(asked.to_high[at]), "pace": pace})
    return Message(ACROSS, {"number": round(float(asked.opposite[at]))})


def _metres(metres: float) -> str:
    return f"{metres:.1f}".removesuffix(".0")
