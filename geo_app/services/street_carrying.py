"""An approved change of a street written whole: streets, lines, doors, addresses, aliases, codes, journal."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from geo_app.domain.address import Decision, Kind
from geo_app.domain.street_change import ChangeVerb
from geo_app.domain.street_moves import NEW_STREET, Moved
from geo_app.domain.street_outcome import Outcome, PieceState, StreetState
from geo_app.domain.street_undo import Snapshot
from geo_app.persistence.queries.division_chain import division_chains
from geo_app.persistence.register import Register
from geo_app.persistence.street_changes import ChangeRecord
from geo_app.persistence.street_moves import Remembered, Writing
from geo_app.persistence.street_writes import FormerName
from geo_app.services.numbering_addresses import door_codes
from geo_app.services.street_consequences import Preview, state_of
from geo_app.services.street_names import index_names

DOOR_DIGITS = 17
"""Digits of a standard code that say which door; what follows counts within it."""


def write_outcome(
    register: Register, change: ChangeRecord, preview: Preview, decision: Decision
) -> tuple[int | None, Snapshot]:
    """Write what a change does; return the other street (merged, or made) and how everything was before.

    Raises NumberAlreadyTaken, AddressTextTaken, StreetNameTaken, CodeFieldTooWide.
    """
    correcting = _corrects_name(register, change)
    day = date.min if correcting else change.life.day
    snapshot = _snapshot(register, preview)
    made = _make_street(register, preview, day)
    outcome = _with_id(preview.outcome, made)
    register.street_writes.remember(
        list(_former_names(preview, outcome, correcting)), change.life.day, change.life.change_id
    )
    codes = _codes(register, change, outcome)
    register.street_moves.remember(
        list(_remembered(outcome.moved, codes, correcting)), change.life.day, f"street change {change.life.change_id}"
    )
    pieces = _write_ground(register, preview, outcome, day)
    who = (decision.actor.account_id, change.reason)
    register.street_moves.write(outcome.moved, codes, Writing(change.life.change_id, change.life.verb.value, *who, day))
    register.street_changes.write_lines(change.life.change_id, outcome.moved, codes)
    _tell(register, change, outcome, decision)
    index_names(register, preview.street.county_code)
    return made or preview.request.other_id, _with_made(snapshot, preview, made, pieces)


def _corrects_name(register: Register, change: ChangeRecord) -> bool:
    if change.life.corrects is not None:
        return register.street_changes.get(change.life.corrects).life.verb is ChangeVerb.CORRECT_NAME
    return change.life.verb is ChangeVerb.CORRECT_NAME


def _make_street(register: Register, preview: Preview, day: date) -> int | None:
    new = next((state for state in preview.outcome.streets if state.street_id == NEW_STREET), None)
    return register.street_writes.make(new, preview.street.id, day) if new is not None else None


def _with_id(outcome: Outcome, made: int | None) -> Outcome:
    """Return the outcome with the id of the street that was made in place of NEW_STREET."""
    if made is None:
        return outcome
    return replace(
        outcome,
        moved=[
            Moved(one.before, replace(one.after, street_id=made)) if one.after.street_id == NEW_STREET else one
            for one in outcome.moved
        ],
        streets=[replace(s, street_id=made) if s.street_id == NEW_STREET else s for s in outcome.streets],
        pieces=[replace(p, street_id=made) if p.street_id == NEW_STREET else p for p in outcome.pieces],
        entrances={door: made if street == NEW_STREET else street for door, street in outcome.entrances.items()},
    )


def _write_ground(register: Register, preview: Preview, outcome: Outcome, day: date) -> list[int]:
    """Write streets, lines and doors; return the ids of the lines in the order of the outcome."""
    writes = register.street_writes
    living = {street.id: state_of(street) for street in (preview.street, preview.other) if street and street.living}
    # What ends lets go of its name before another street takes it.
    for state in sorted(outcome.streets, key=lambda one: not one.ended):
        if state.ended:
            writes.end(state.street_id, day)
        elif state.street_id in living:
            if state != living[state.street_id]:
                writes.rewrite(state, day)
        elif any(one.id == state.street_id for one in (preview.street, preview.other) if one):
            writes.revive(state)
    pieces = [writes.draw(piece, day) for piece in outcome.pieces]
    writes.assign(outcome.entrances, day)
    return pieces


def _former_names(preview: Preview, outcome: Outcome, correcting: bool) -> Iterator[FormerName]:  # noqa: FBT001  a fact
    present = {street.id: street.name for street in (preview.street, preview.other) if street and street.living}
    heir = next((state.street_id for state in outcome.streets if not state.ended), preview.street.id)
    for state in outcome.streets:
        name = present.get(state.street_id)
        if state.ended and name is not None and heir != state.street_id:
            yield FormerName(heir, state.street_id, "merged", name)
        elif not state.ended and name is None and state.street_id not in {preview.street.id, preview.request.other_id}:
            yield FormerName(state.street_id, preview.street.id, "split", preview.street.name)
        elif not state.ended and name is not None and name != state.name:
            yield FormerName(state.street_id, state.street_id, "misspelt" if correcting else "old_name", name)


def _remembered(moved: Sequence[Moved], codes: Mapping[str, str], correcting: bool) -> Iterator[Remembered]:  # noqa: FBT001  a fact
    for one in moved:
        before, after = one.before, one.after
        if one.reads_otherwise:
            yield Remembered(before.id, "misspelt" if correcting else "old_text", before.text)
        if before.local not in {after.local, before.text}:
            kind = "old_name" if before.street_name != after.street_name else "old_number"
            yield Remembered(before.id, "misspelt" if correcting else kind, before.local)
        if before.id in codes and before.code:
            yield Remembered(before.id, "old_code", before.code)


def _codes(register: Register, change: ChangeRecord, outcome: Outcome) -> dict[str, str]:
    """Return the new standard codes of addresses in another division; what hangs below goes on from its door."""
    moving = [one for one in outcome.moved if one.before.code and one.before.division_id != one.after.division_id]
    if change.life.corrects is not None:
        return _former_codes(register, change.life.corrects, outcome)
    doors = [one for one in moving if one.before.kind is Kind.DOOR and one.before.id == one.before.top_id]
    chains = division_chains(
        register.session, sorted({one.after.division_id for one in doors if one.after.division_id})
    )
    codes = door_codes(register, {one.before.id: chains[one.after.division_id or 0] for one in doors})
    tops = {one.before.id: one.before.code or "" for one in doors}
    for one in moving:
        top, code = one.before.top_id, one.before.code or ""
        if one.before.id not in codes and top in codes and code.startswith(tops[top][:DOOR_DIGITS]):
            codes[one.before.id] = codes[top][:DOOR_DIGITS] + code[DOOR_DIGITS:]
    return codes


def _former_codes(register: Register, corrected: int, outcome: Outcome) -> dict[str, str]:
    present = {one.before.id: one.before.code for one in outcome.moved}
    return {
        line.address_id: line.old_code
        for line in register.street_changes.lines(corrected)
        if line.old_code and line.old_code != line.new_code and present.get(line.address_id) == line.new_code
    }


def _snapshot(register: Register, preview: Preview) -> Snapshot:
    """Return how what the change touches is now."""
    records = [street for street in (preview.street, preview.other) if street is not None]
    states = [replace(state_of(street), ended=not street.living) for street in records]
    lines = {piece.id: piece.line for street in records for piece in register.streets.pieces(street.id)}
    owners = {piece.id: street.id for street in records for piece in register.streets.pieces(street.id)}
    touched = [piece for piece in preview.outcome.pieces if piece.piece_id is not None]
    pieces = [
        PieceState(
            p.piece_id, owners.get(p.piece_id or 0, p.street_id), lines.get(p.piece_id or 0), p.piece_id not in owners
        )
        for p in touched
    ]
    doors = {door.entrance_id: street.id for street in records for door in register.entrances.of_street(street.id)}
    return Snapshot(states, pieces, {door: doors.get(door) for door in preview.outcome.entrances})


def _with_made(snapshot: Snapshot, preview: Preview, made: int | None, pieces: list[int]) -> Snapshot:
    """Return the snapshot with what the change made, as ended: taking it back ends them."""
    new = next((s for s in preview.outcome.streets if s.street_id == NEW_STREET), None)
    streets = [*snapshot.streets, *([replace(new, street_id=made, ended=True)] if new and made else [])]
    added = [
        PieceState(key, piece.street_id or made or preview.street.id, None, ended=True)
        for key, piece in zip(pieces, preview.outcome.pieces, strict=True)
        if piece.piece_id is None
    ]
    return Snapshot(streets, [*snapshot.pieces, *added], snapshot.entrances)


def _tell(register: Register, change: ChangeRecord, outcome: Outcome, decision: Decision) -> None:
    """Write what the notice of a new name says."""
    if change.life.verb in {ChangeVerb.RENAME, ChangeVerb.SPLIT, ChangeVerb.MERGE}:
        for state in outcome.streets:
            if isinstance(state, StreetState) and not state.ended:
                register.street_writes.tell(state.street_id, change.request.notice, decision.day)
