"""What a change of a street leads to, seen before anybody signs: old → new of every address, clashes, names alike."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.address_text import match_key
from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_wall import read_wall
from geo_app.domain.street_change import ChangeVerb, StreetPart
from geo_app.domain.street_change_refusals import (
    DivisionTooHigh,
    StreetMergeLeavesCounty,
    StreetMergesWithItself,
    TransferWithinDivision,
)
from geo_app.domain.street_cut import DrawnPiece, gap_metres
from geo_app.domain.street_life import StreetFacts, require_street_name
from geo_app.domain.street_moves import Clash, Standing, number_clashes, text_clashes
from geo_app.domain.street_outcome import Ground, Outcome, StreetNow, StreetState, outcome_of
from geo_app.domain.street_pinyin import check_spelling, spell
from geo_app.domain.street_request import ChangeRequest, NewName, require_complete
from geo_app.domain.street_undo import Before, Snapshot, undo_outcome
from geo_app.persistence.register import Register
from geo_app.persistence.street_changes import ChangeRecord
from geo_app.persistence.streets import StreetRecord
from geo_app.services.street_names import AlikeName, alike_names

DIVISION = marked("division")
APART = marked("The two streets do not touch: {metres} m lie between them.")
AT_START = marked(
    "The street grows at its start: numbers stay, so the doors there cannot get lower ones than number 1."
)
TOUCHING_METRES = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """A change with its consequences; `request` with spellings filled in; nothing is written."""

    street: StreetRecord
    other: StreetRecord | None
    request: ChangeRequest
    outcome: Outcome
    clashes: Sequence[Clash] = ()
    texts_taken: Sequence[Clash] = ()
    alike: Sequence[tuple[str, Sequence[AlikeName]]] = ()
    warnings: Sequence[Message] = ()

    @property
    def streets(self) -> list[int]:
        """Return the ids of the streets that are there already."""
        return [self.street.id, *([self.other.id] if self.other else [])]


def preview_change(register: Register, request: ChangeRequest) -> Preview:
    """Return what a change would do.

    Raises NotFound, ChangeLacksField, the refusals of names, spellings, cuts and extensions, StreetMergesWithItself,
    StreetMergeLeavesCounty, TransferWithinDivision, DivisionTooHigh, RenumberedDoorUnknown.
    """
    require_complete(request)
    street = register.streets.get(request.street_id)
    other = _other(register, street, request)
    asked = _spelled(request)
    ground = _ground(register, (street, other), asked)
    outcome = outcome_of(asked, ground)
    _require_names_free(register, (street, other), outcome)
    return _judged(register, Preview(street, other, asked, outcome, warnings=_warnings(ground, outcome)))


def preview_undo(register: Register, change: ChangeRecord) -> Preview:
    """Return what taking a change back would do. Raises NotFound, StreetNameTaken."""
    assert change.before is not None
    snapshot = Snapshot.from_mapping(change.before)
    lines = register.street_changes.lines(change.life.change_id)
    above = register.street_moves.above({line.old_division_id for line in lines if line.old_division_id is not None})
    past = {
        line.address_id: Before(
            line.old_street_id or change.street_id, line.number, line.old_division_id,
            above.get(line.old_division_id or 0, ""), line.old_text, line.new_text,
        )
        for line in lines
    }  # fmt: skip
    streets = [change.street_id, *([change.other_id] if change.other_id is not None else [])]
    standing = [one for street_id in streets for one in register.street_moves.standing(street_id)]
    outcome = undo_outcome(_with_doors_since(register, snapshot), past, standing)
    street = register.streets.any(change.street_id)
    other = register.streets.any(change.other_id) if change.other_id is not None else None
    _require_names_free(register, (street, other), outcome)
    request = ChangeRequest(ChangeVerb.UNDO, street.id, change.request.day, other_id=change.other_id)
    return _judged(register, Preview(street, other, request, outcome))


def _with_doors_since(register: Register, snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with the doors that came since on streets that end; they go to the one that goes on."""
    heir = next(state.street_id for state in snapshot.streets if not state.ended)
    since: dict[int, int | None] = {
        door.entrance_id: heir
        for state in snapshot.streets
        if state.ended
        for door in register.entrances.of_street(state.street_id)
    }
    return replace(snapshot, entrances={**since, **snapshot.entrances})


def _judged(register: Register, preview: Preview) -> Preview:
    moved = preview.outcome.moved
    others = register.street_moves.taken_texts(preview.street.county_code, moved)
    clashes = number_clashes(moved)
    known = {id_ for clash in clashes for id_ in clash.addresses}
    # Two doors of one number have one text too; that is said once.
    texts = [clash for clash in text_clashes(moved, others) if not set(clash.addresses) <= known]
    new = [s.name for s in preview.outcome.streets if not s.ended and s.name != preview.street.name]
    but = frozenset(preview.streets)
    alike = [(name, alike_names(register, preview.street.county_code, name, but=but)) for name in new]
    return replace(preview, clashes=clashes, texts_taken=texts, alike=alike)


def _other(register: Register, street: StreetRecord, request: ChangeRequest) -> StreetRecord | None:
    if request.verb is not ChangeVerb.MERGE or request.other_id is None:
        return None
    if request.other_id == street.id:
        raise StreetMergesWithItself(name=street.name)
    other = register.streets.get(request.other_id)
    if other.county_code != street.county_code:
        raise StreetMergeLeavesCounty(name=other.name)
    return other


def _spelled(request: ChangeRequest) -> ChangeRequest:
    return replace(request, name=_name(request.name), second_name=_name(request.second_name))


def _name(name: NewName) -> NewName:
    text = name.text.strip()
    if not text:
        return NewName()
    typed = name.pinyin.strip()
    return NewName(text, check_spelling(text, typed).text if typed else spell(text).text)


def _ground(register: Register, streets: tuple[StreetRecord, StreetRecord | None], request: ChangeRequest) -> Ground:
    street, other = streets
    division = _division(register, street, request) if request.verb is ChangeVerb.TRANSFER else None
    numbers = {address: number for address, text in request.renumber.items() if (number := _number(text))}
    return Ground(_now(register, street), _now(register, other) if other else None, division, numbers)


def _now(register: Register, street: StreetRecord) -> StreetNow:
    pieces = [DrawnPiece(piece.id, piece.line) for piece in register.streets.pieces(street.id)]
    doors = {door.entrance_id: door.position for door in register.entrances.of_street(street.id)}
    return StreetNow(state_of(street), pieces, doors, register.street_moves.standing(street.id))


def state_of(street: StreetRecord) -> StreetState:
    """Return a street of the register as the rules of changes see it."""
    return StreetState(street.id, street.name, street.pinyin, street.division_id)


def _number(text: str) -> HouseNumber | None:
    wall = read_wall(text.strip())
    if not text.strip() or wall.bad or wall.number is None:
        return None
    return (
        HouseNumber(wall.number, sub_number=int(wall.sub_number))
        if wall.sub_number.isdigit()
        else HouseNumber(wall.number, wall.sub_number)
    )


def _division(register: Register, street: StreetRecord, request: ChangeRequest) -> tuple[int, str]:
    found = register.streets.division_of(request.division_code)
    if found is None:
        raise NotFound(what=Message(DIVISION), key=request.division_code)
    record = register.divisions.get(found[0])
    if len(record.code) < len("511111100"):
        raise DivisionTooHigh(division=record.name)
    if record.id == street.division_id and request.part is StreetPart.WHOLE:
        raise TransferWithinDivision(name=street.name, division=record.name)
    return record.id, register.street_moves.above([record.id])[record.id]


def _require_names_free(
    register: Register, streets: tuple[StreetRecord, StreetRecord | None], outcome: Outcome
) -> None:
    """Refuse names that another street of their division has; the changed streets themselves do not count."""
    street = streets[0]
    own = {match_key(one.name) for one in streets if one and one.living and one.division_id == street.division_id}
    for state in outcome.streets:
        same_place = state.division_id == street.division_id
        if state.ended or (street.living and state.name == street.name and same_place):
            continue
        taken = register.streets.names_beside(state.division_id, but=street.id)
        require_street_name(state.name, StreetFacts(taken - own if same_place else taken))


def _warnings(ground: Ground, outcome: Outcome) -> list[Message]:
    found = []
    if ground.other is not None and ground.street.pieces and ground.other.pieces:
        apart = gap_metres(ground.street.pieces, ground.other.pieces)
        if apart > TOUCHING_METRES:
            found.append(Message(APART, {"metres": round(apart)}))
    if outcome.at_start:
        found.append(Message(AT_START))
    return found


def standing_of(preview: Preview) -> list[Standing]:
    """Return the addresses whose number clashes, so that a person chooses which are renumbered."""
    ids = {id_ for clash in preview.clashes for id_ in clash.addresses}
    return [one.before for one in preview.outcome.moved if one.before.id in ids]
