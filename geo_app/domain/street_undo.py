"""A change taken back: streets, lines and doors as they were, each address that still lives under its old text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import shapely

from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.street_moves import Aim, Moved, Standing, move
from geo_app.domain.street_outcome import Outcome, PieceState, StreetState


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """How streets, lines and doors were before a change; what the change made is `ended` in it."""

    streets: Sequence[StreetState] = ()
    pieces: Sequence[PieceState] = ()
    entrances: Mapping[int, int | None] = field(default_factory=dict)

    def to_mapping(self) -> dict[str, Any]:
        """Return the snapshot as JSON keeps it."""
        return {
            "streets": [[s.street_id, s.name, s.pinyin, s.division_id, s.ended] for s in self.streets],
            "pieces": [[p.piece_id, p.street_id, p.line.wkb_hex if p.line else None, p.ended] for p in self.pieces],
            "entrances": [list(pair) for pair in self.entrances.items()],
        }

    @classmethod
    def from_mapping(cls, kept: Mapping[str, Any]) -> "Snapshot":
        """Return the snapshot that `to_mapping` wrote."""
        pieces = (PieceState(key, street, _line(line), ended) for key, street, line, ended in kept["pieces"])
        return cls(
            tuple(StreetState(*state) for state in kept["streets"]),
            tuple(pieces),
            dict(kept["entrances"]),
        )


@dataclass(frozen=True, slots=True)
class Before:
    """What one address was before the change, and what the change made it read."""

    street_id: int
    number: HouseNumber | None
    division_id: int | None
    above: str
    text: str
    then: str


def undo_outcome(snapshot: Snapshot, past: Mapping[str, Before], standing: Sequence[Standing]) -> Outcome:
    """Return what brings back the time before a change.

    An address that came since then follows its street: a street that the change made ends, and what stands there goes
    to the street that was changed. One that ended since stays ended: the change is taken back, not what was done after.
    """
    states = {state.street_id: state for state in snapshot.streets}
    heir = next(state for state in snapshot.streets if not state.ended)
    aims = {one.id: _aim_back(one, past.get(one.id), states, heir) for one in standing if one.id == one.top_id}
    moved = [_as_read(one, past.get(one.before.id)) for one in move(standing, aims)]
    return Outcome(moved, snapshot.streets, snapshot.pieces, snapshot.entrances)


def _aim_back(one: Standing, past: Before | None, states: Mapping[int, StreetState], heir: StreetState) -> Aim:
    if past is not None:
        street = states.get(past.street_id, heir)
        return Aim(street.street_id, street.name, past.number, past.division_id, past.above)
    street = states.get(one.street_id, heir)
    street = heir if street.ended else street
    return Aim(street.street_id, street.name)


def _as_read(one: Moved, past: Before | None) -> Moved:
    """Return the address with exactly the text of before, unless something else changed its text since."""
    if past is None or one.before.text != past.then:
        return one
    return Moved(one.before, replace(one.after, text=past.text))


def _line(wkb: str | None) -> shapely.LineString | None:
    line = shapely.from_wkb(wkb) if wkb else None
    assert line is None or isinstance(line, shapely.LineString)
    return line
