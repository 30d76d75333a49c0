"""The outcome of a change: streets, lines, doors and addresses as they are to be, from what they are and what is asked.

Pure: the same function shows the consequences before anybody signs and decides what is written when it is carried out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import shapely

from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.position import Position
from geo_app.domain.street_change import ChangeVerb, StreetPart
from geo_app.domain.street_change_refusals import RenumberedDoorUnknown, SplitNamesAlike
from geo_app.domain.street_cut import Cut, DrawnPiece, cut, extend, on_second
from geo_app.domain.street_moves import NEW_STREET, Aim, Moved, Standing, move
from geo_app.domain.street_request import ChangeRequest


@dataclass(frozen=True, slots=True)
class StreetState:
    """A street as it is to be; `street_id` NEW_STREET: it is to be made; `ended`: it is no more."""

    street_id: int
    name: str
    pinyin: str
    division_id: int | None
    ended: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class PieceState:
    """A drawn line as it is to be; `piece_id` None: it is to be made; line None: as it is."""

    piece_id: int | None
    street_id: int
    line: shapely.LineString | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class StreetNow:
    """A street as it stands: its state, its lines, where its doors are (by entrance id), the addresses on it."""

    state: StreetState
    pieces: Sequence[DrawnPiece] = ()
    doors: Mapping[int, Position] = field(default_factory=dict)
    standing: Sequence[Standing] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What a change is judged on: the street, the other one of a merger, the division (id, text) of a transfer."""

    street: StreetNow
    other: StreetNow | None = None
    division: tuple[int, str] | None = None
    numbers: Mapping[str, HouseNumber] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What a change does; `entrances` by id → the street they then belong to, None: to none; `cut` where it was cut."""

    moved: Sequence[Moved] = ()
    streets: Sequence[StreetState] = ()
    pieces: Sequence[PieceState] = ()
    entrances: Mapping[int, int | None] = field(default_factory=dict)
    cut: Cut | None = None
    at_start: bool = False

    @property
    def reading_otherwise(self) -> list[Moved]:
        """Return the addresses whose text is another one: those that need plates and notices."""
        return [one for one in self.moved if one.reads_otherwise]


def outcome_of(request: ChangeRequest, ground: Ground) -> Outcome:
    """Return what the change does; the request is complete (`require_complete`).

    Raises SplitNamesAlike, RenumberedDoorUnknown and what cutting and extending refuses.
    """
    unknown = sorted(ground.numbers.keys() - {one.id for one in _all_standing(ground)})
    if unknown:
        raise RenumberedDoorUnknown(address=unknown[0])
    return _OUTCOMES[request.verb](request, ground)


def renamed(now: StreetNow, name: str, pinyin: str) -> StreetState:
    """Return the street's state under another name."""
    return replace(now.state, name=name, pinyin=pinyin)


def _rename(request: ChangeRequest, ground: Ground) -> Outcome:
    state = renamed(ground.street, request.name.text, request.name.pinyin)
    return Outcome(_moved(ground, {one.id: _aim(state) for one in ground.street.standing}), (state,))


def _extend(request: ChangeRequest, ground: Ground) -> Outcome:
    assert request.line is not None
    now = ground.street
    extension = extend(now.pieces, request.line)
    made = PieceState(None, now.state.street_id, extension.line)
    return Outcome(_moved(ground, {}), (), (made,), at_start=extension.at_start)


def _split(request: ChangeRequest, ground: Ground) -> Outcome:
    assert request.at is not None
    now = ground.street
    first_name = (
        request.name if request.name.text else replace(request.name, text=now.state.name, pinyin=now.state.pinyin)
    )
    names = (first_name, request.second_name)
    if names[0].text == names[1].text:
        raise SplitNamesAlike(name=names[0].text)
    # The part that keeps the name keeps the street; if neither does, the first part goes on as the street.
    going_on = 1 if names[1].text == now.state.name else 0
    keys = (now.state.street_id, NEW_STREET) if going_on == 0 else (NEW_STREET, now.state.street_id)
    states = tuple(StreetState(k, n.text, n.pinyin, now.state.division_id) for k, n in zip(keys, names, strict=True))
    parts = cut(now.pieces, request.at)
    sides = _sides(parts, now)
    aims = {one.id: _aim(states[sides.get(one.id, going_on)]) for one in now.standing}
    doors = dict(zip(now.doors, on_second(parts, list(now.doors.values())).tolist(), strict=True))
    leaving = {door: NEW_STREET for door, side in doors.items() if side is not bool(going_on)}
    return Outcome(_moved(ground, aims), states, tuple(_cut_pieces(parts, keys, going_on)), leaving, parts)


def _merge(request: ChangeRequest, ground: Ground) -> Outcome:
    now, other = ground.street, ground.other
    assert other is not None
    name = request.name if request.name.text else replace(request.name, text=now.state.name, pinyin=now.state.pinyin)
    state = renamed(now, name.text, name.pinyin)
    aims = {one.id: _aim(state) for one in (*now.standing, *other.standing)}
    pieces = tuple(PieceState(piece.id, state.street_id) for piece in other.pieces)
    entrances = dict.fromkeys(other.doors, state.street_id)
    return Outcome(_moved(ground, aims), (state, replace(other.state, ended=True)), pieces, entrances)


def _transfer(request: ChangeRequest, ground: Ground) -> Outcome:
    assert ground.division is not None
    now, (division_id, above) = ground.street, ground.division
    parts = cut(now.pieces, request.at) if request.at is not None and request.part is not StreetPart.WHOLE else None
    sides = _sides(parts, now) if parts else {}
    wanted = 1 if request.part is StreetPart.SECOND else 0
    aim = replace(_aim(now.state), division_id=division_id, above=above)
    aims = {one.id: aim for one in now.standing if parts is None or sides.get(one.id) == wanted}
    states = () if parts else (replace(now.state, division_id=division_id),)
    return Outcome(_moved(ground, aims), states, cut=parts)


def _retire(_: ChangeRequest, ground: Ground) -> Outcome:
    now = ground.street
    pieces = tuple(PieceState(piece.id, now.state.street_id, ended=True) for piece in now.pieces)
    doors: dict[int, int | None] = dict.fromkeys(now.doors)
    return Outcome(_moved(ground, {}), (replace(now.state, ended=True),), pieces, doors)


_OUTCOMES: Mapping[ChangeVerb, Callable[[ChangeRequest, Ground], Outcome]] = {
    ChangeVerb.RENAME: _rename,
    ChangeVerb.CORRECT_NAME: _rename,
    ChangeVerb.EXTEND: _extend,
    ChangeVerb.SPLIT: _split,
    ChangeVerb.MERGE: _merge,
    ChangeVerb.TRANSFER: _transfer,
    ChangeVerb.RETIRE: _retire,
}


def _aim(state: StreetState) -> Aim:
    return Aim(state.street_id, state.name)


def _all_standing(ground: Ground) -> list[Standing]:
    return [*ground.street.standing, *(ground.other.standing if ground.other else ())]


def _moved(ground: Ground, aims: Mapping[str, Aim]) -> list[Moved]:
    """Return all addresses after the change; a door with a new number is aimed where it stands, if nowhere else."""
    standing = _all_standing(ground)
    stay = {one.id: Aim(one.street_id, one.street_name) for one in standing if one.id in ground.numbers}
    numbered = {id_: replace(aims.get(id_, stay[id_]), number=ground.numbers[id_]) for id_ in stay}
    return move(standing, {**aims, **numbered})


def _sides(parts: Cut, now: StreetNow) -> dict[str, int]:
    """Return on which part each address on the street stands: where its door is, else where it is itself."""
    placed = {
        one.id: place
        for one in now.standing
        if one.id == one.top_id and (place := now.doors.get(one.entrance_id or 0) or one.position)
    }
    sides = on_second(parts, list(placed.values())).tolist()
    return dict(zip(placed, map(int, sides), strict=True))


def _cut_pieces(parts: Cut, keys: tuple[int, int], going_on: int) -> list[PieceState]:
    """Return the lines after a split: of a piece that is cut, the part that goes on keeps its row."""
    sides = (parts.first, parts.second)
    kept = {piece.id for piece in sides[going_on]}
    going = [PieceState(piece.id, keys[going_on], piece.line) for piece in sides[going_on]]
    seen: set[int] = set()
    states: list[PieceState] = []
    for piece in going:
        # A piece cut twice (a loop through the point) leaves one row and one new line on the same side.
        states.append(replace(piece, piece_id=None) if piece.piece_id in seen else piece)
        seen.add(piece.piece_id or 0)
    leaving = sides[1 - going_on]
    return [*states, *(PieceState(None if p.id in kept else p.id, keys[1 - going_on], p.line) for p in leaving)]
