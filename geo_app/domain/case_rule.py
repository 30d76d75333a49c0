"""Which way a street is numbered already: one door follows its neighbours' walls, wherever the rule would begin."""

from itertools import product

import numpy as np

from geo_app.domain.numbering import FAR_METRES, odd_doors, street_rules
from geo_app.domain.numbering_entrance import Entrances, KeptNumbers, read_kept
from geo_app.domain.numbering_place import place_doors
from geo_app.domain.numbering_position import Booleans, Feet, walk_streets
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.numbering_standing import Standing
from geo_app.domain.street import Streets

CLEARLY = 0.1
"""By how much another start or odd side must fit better than the rule's own (agreement runs from 0 to 2)."""


def rule_on_the_wall(streets: Streets, entrances: Entrances, rule: NumberingRule) -> NumberingRule:
    """Return `rule` with the start and odd side that the numbers on the wall speak for; itself where it fits as well.

    Raises CentreNeeded, and RuleValueNotAllowed for a street's field that cannot be read.
    """
    kept = read_kept(entrances)
    best, agreed = rule, _agreement(streets, entrances, (kept, rule)) + CLEARLY
    for start, odd_side in product(("first", "last"), ("left", "right")):
        other = rule.with_overrides(start=start, odd_side=odd_side)
        agreement = _agreement(streets, entrances, (kept, other))
        if agreement > agreed:
            best, agreed = other, agreement
    return best


def _agreement(streets: Streets, entrances: Entrances, read: tuple[KeptNumbers, NumberingRule]) -> float:
    """Return the share of walls of the right parity plus the share of neighbours that rise; 2 where nothing speaks."""
    kept, rule = read
    rules = street_rules(streets, rule)
    walks = walk_streets(streets, rules)
    feet = place_doors(streets, walks, Standing(entrances), FAR_METRES).feet
    rows = np.flatnonzero(kept.kept & (kept.number > 0) & (feet.street >= 0))
    if not len(rows):
        return 2.0
    odd: Booleans = odd_doors(feet, walks, rules)
    parity = float(np.mean((kept.number[rows] % 2 == 1) == odd[rows]))
    return parity + _rising(kept, feet, rows[np.lexsort((feet.metres[rows], feet.left[rows], feet.street[rows]))])


def _rising(kept: KeptNumbers, feet: Feet, walked: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> float:
    """Return the share of neighbours on one side whose numbers do not fall; `walked` are rows in walking order."""
    one, other = walked[:-1], walked[1:]
    beside = (feet.street[one] == feet.street[other]) & (feet.left[one] == feet.left[other])
    if not beside.any():
        return 1.0
    return float(np.mean(kept.number[other][beside] >= kept.number[one][beside]))
