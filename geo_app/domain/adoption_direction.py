"""Which way the walls of a street run: its start and odd side as they hang, for rules that continue them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from geo_app.domain.numbering_entrance import KeptNumbers, read_kept
from geo_app.domain.numbering_order import in_order
from geo_app.domain.numbering_place import place_doors
from geo_app.domain.numbering_position import Feet, walk_streets
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.numbering_standing import Standing
from geo_app.domain.street import Streets
from geo_app.domain.street_start import start_ends

AGREEMENT = 0.75
"""Below this share of doors the walls agree on no odd side (cli.md, `mixed`)."""

ENDS = ("first", "last")


def as_walls_run(streets: Streets, standing: Standing, rules: Sequence[NumberingRule], far: float) -> Streets:
    """Return the streets with start and odd side as their walls show them, where a rule continues them.

    What stands on a street's own lines stays, and a rule that begins at the `first` or `last` end stays with it.
    Where the walls do not tell, the rule's own words hold. Raises CentreNeeded.
    """
    if not any(rule.continues for rule in rules):
        return streets
    drawn = [replace(rule, start=("first",)) for rule in rules]
    feet = place_doors(streets, walk_streets(streets, drawn), standing, far).feet
    usual = start_ends(streets, rules)
    overrides = list(streets.overrides)
    for street, shown in _shown(feet, read_kept(standing.entrances)):
        if rules[street].continues:
            overrides[street] = {**_fields(shown, rules[street], usual[street]), **overrides[street]}
    return replace(streets, overrides=overrides)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the walls of a street show, as it is drawn: do numbers fall, are odd ones left; None: unclear."""

    falling: bool | None
    odd_left: bool | None


def _shown(feet: Feet, kept: KeptNumbers) -> Iterator[tuple[int, _Shown]]:
    rows = np.flatnonzero((feet.street >= 0) & (kept.number > 0))
    rows = rows[np.lexsort((kept.number[rows], feet.metres[rows], feet.street[rows]))]
    for street, members in groupby(rows.tolist(), key=feet.street.__getitem__):
        doors = list(members)
        number = kept.number[doors].tolist()
        odd_left = [one % 2 == left for one, left in zip(number, feet.left[doors].tolist(), strict=True)]
        yield int(street), _Shown(_falling(number), _mostly(odd_left))


def _falling(numbers: Sequence[int]) -> bool | None:
    """Tell whether more doors stand in order against the drawn direction than along it; both sides count, then all."""
    sides = [[number for number in numbers if number % 2 == parity] for parity in (0, 1)]
    for rows in (sides, [numbers]):
        along = sum(len(in_order(side)) for side in rows)
        against = sum(len(in_order(side[::-1])) for side in rows)
        if along != against:
            return against > along
    return None


def _mostly(votes: Sequence[bool]) -> bool | None:
    share = sum(votes) / len(votes)
    if max(share, 1 - share) < AGREEMENT:
        return None
    return share > 0.5


def _fields(shown: _Shown, rule: NumberingRule, usual: str) -> dict[str, str]:
    fixed = shown.falling is None or rule.start[0] in ENDS
    end = usual if fixed else ENDS[bool(shown.falling)]
    fields = {"start": end}
    if shown.odd_left is not None:
        fields["odd_side"] = "left" if shown.odd_left == (end == "first") else "right"
    return fields
