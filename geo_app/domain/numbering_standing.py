"""How unusual doors stand: which of them get no number, which share another door's, whose number is retired."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from geo_app.domain.numbering_circumstance import Circumstance, DoorKind, DoorState
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.numbering_findings import Found, Kind
from geo_app.domain.numbering_position import Booleans
from geo_app.domain.numbering_rule import NumberingRule


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What the circumstances come to, by row.

    `entrances`: the doors with the walls that count; `former`: the numbers of demolished doors, `retired`: those of
    them that no door was given again; `replaced`: the demolished door that a door stands in place of; `attached`: the
    door whose number it shares with a sub-number; `astray`: doors that belong to an entrance there is none of.
    """

    entrances: Entrances
    former: Mapping[int, str] = field(default_factory=dict)
    retired: Mapping[int, str] = field(default_factory=dict)
    replaced: Mapping[int, int] = field(default_factory=dict)
    attached: Mapping[int, int] = field(default_factory=dict)
    astray: tuple[int, ...] = ()

    def has_old_number(self, row: int) -> bool:
        """Tell whether a door was given its demolished predecessor's number by a recorded decision."""
        return row in self.replaced and self.entrances.wall(row) == self.former[self.replaced[row]]

    def left_out(self, rule: NumberingRule) -> Booleans:
        """Return where no number is given: wall, open land, illegal, demolished, or temporary without a rule for it."""
        out = np.zeros(len(self.entrances), dtype=bool)
        for row, one in self.entrances.circumstances.items():
            out[row] = not self.entrances.wall(row) and why_left_out(one, rule) is not None
        return out


def why_left_out(one: Circumstance, rule: NumberingRule) -> Kind | None:
    """Return the finding that says why a door without a number on its wall gets none; None: it gets one."""
    if one.state is DoorState.DEMOLISHED:
        return Kind.RETIRED
    if one.state is DoorState.ILLEGAL:
        return Kind.ILLEGAL
    if one.kind is DoorKind.LAND:
        return Kind.RESERVED
    if one.state is DoorState.TEMPORARY and rule.temporary == "none":
        return Kind.TEMPORARY
    return None


def settle(entrances: Entrances, rule: NumberingRule) -> Standing:
    """Return how the doors stand; a rebuilt door takes the old number only with a note that records the decision."""
    if not entrances.circumstances:
        return Standing(entrances)
    owners, astray = _owners(entrances)
    one_of = entrances.circumstances
    gone = {row for row, one in one_of.items() if one.state is DoorState.DEMOLISHED}
    former = {row: entrances.wall(row) for row in sorted(gone) if entrances.wall(row).strip()}
    replaced = {row: to for row, to in owners.items() if to in former and row not in gone}
    walls = ["" if row in gone else entrances.wall(row) for row in range(len(entrances))]
    for row, to in replaced.items():
        if one_of[row].note.strip() and not walls[row].strip():
            walls[row] = former[to]
    given_again = {to for row, to in replaced.items() if walls[row] == former[to]}
    retired = {row: text for row, text in former.items() if row not in given_again}
    shares = {row: to for row, to in owners.items() if to not in gone and _shares(one_of[row], walls[row], rule)}
    attached = {row: root for row, to in shares.items() if (root := _root(to, shares)) is not None}
    return Standing(replace(entrances, walls=walls), former, retired, replaced, attached, astray)


def unusual(standing: Standing, rule: NumberingRule) -> Iterator[Found]:
    """Yield what a planner should know of unusual doors."""
    for row, one in standing.entrances.circumstances.items():
        left_out = why_left_out(one, rule)
        if left_out is not None:
            yield Found(left_out, row)
        elif one.state is DoorState.TEMPORARY:
            yield Found(Kind.TEMPORARY, row)
        if left_out is Kind.ILLEGAL and not one.note.strip():
            yield Found(Kind.REASON_MISSING, row)
        if one.kind is DoorKind.CORNER and row not in standing.attached and left_out is None:
            yield Found(Kind.SECONDARY, row)
    yield from (Found(Kind.RETIRED, row, to) for row, to in standing.replaced.items())
    yield from (Found(Kind.UNKNOWN_ENTRANCE, row) for row in standing.astray)


def _owners(entrances: Entrances) -> tuple[dict[int, int], tuple[int, ...]]:
    """Return the row of the entrance that each door belongs to, and the doors that belong to none there is."""
    named = {row: one.of for row, one in entrances.circumstances.items() if one.of}
    if not named:
        return {}, ()
    rows: dict[str, int] = {}
    for row, identifier in enumerate(entrances.ids):
        rows.setdefault(identifier, row)
    owners = {row: rows[of] for row, of in named.items() if of in rows and rows[of] != row}
    return owners, tuple(row for row in named if row not in owners)


def _shares(one: Circumstance, wall: str, rule: NumberingRule) -> bool:
    """Tell whether a door that belongs to another shares its number; a second door at a corner by the rule."""
    if not wall.strip() and why_left_out(one, rule) is not None:
        return False
    return rule.corner == "sub_number" if one.kind is DoorKind.CORNER else one.kind is not DoorKind.LAND


def _root(row: int, shares: Mapping[int, int]) -> int | None:
    """Return the door at the end of a chain; None where the chain bites its own tail."""
    seen = {row}
    while row in shares:
        row = shares[row]
        if row in seen:
            return None
        seen.add(row)
    return row
