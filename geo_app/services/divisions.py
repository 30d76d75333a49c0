"""Divisions changed by a person: dated verbs, each with its succession and a journal line; questions decided."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import shapely

from geo_app.domain.access import Actor, require, require_reason
from geo_app.domain.access_roles import Permission
from geo_app.domain.division import DivisionCode, parse_code
from geo_app.domain.division_register import (
    DivisionBeginsLater,
    DivisionCodeTaken,
    DivisionLevelDiffers,
    DivisionNameMissing,
    DivisionNotLiving,
    DivisionParentWrong,
    DivisionPartMissing,
    OutlineBeginsEarlier,
    SuccessionNotOpen,
    SuccessorUnknown,
)
from geo_app.persistence.bulk_divisions import BulkDivisions
from geo_app.persistence.divisions import DivisionRecord, NewSuccession, SuccessionRecord
from geo_app.persistence.register import Register
from geo_app.services.division_outline import require_simple

LEAST_PARTS = 2
"""A division divided into one part is renamed or recoded, not divided."""


@dataclass(frozen=True, slots=True)
class Dated:
    """Who acts (with the reason), from which day it counts, and what day it is."""

    actor: Actor
    day: date
    today: date


@dataclass(frozen=True, slots=True)
class Named:
    """Code and name of a division that is to begin, or of one as it is to be called."""

    code: str
    name: str


def divisions_as_of(register: Register, day: date, prefix: str = "") -> list[DivisionRecord]:
    """Return the divisions whose code begins so, as they stood on `day`, by code."""
    return register.divisions.as_of(day, prefix)


def rename_division(register: Register, dated: Dated, division_id: int, name: str) -> None:
    """Give a division another name from a day on.

    Raises NotFound, NotGranted, ReasonNotStated, DivisionNotLiving, DivisionBeginsLater, DivisionNameMissing.
    """
    there = _living(register, dated, division_id)
    register.divisions.change(replace(there, name=_name(name)), dated.day)
    _follow(register, dated, "rename", (there.id, there.id))


def recode_division(register: Register, dated: Dated, division_id: int, code: str) -> None:
    """Give a division another code in the same division above; what lies in it is recoded with it.

    Raises what `rename_division` does, DivisionCodeMalformed, DivisionLevelDiffers, DivisionParentWrong,
    DivisionCodeTaken.
    """
    there = _living(register, dated, division_id)
    above = register.divisions.get(there.parent_id) if there.parent_id is not None else None
    recoded = replace(there, code=_code(register, there, code, above).text)
    register.divisions.change(recoded, dated.day)
    _follow(register, dated, "recode", (there.id, there.id))
    _recode_below(register, dated, recoded, there.code)


def transfer_division(register: Register, dated: Dated, division_id: int, move: tuple[int, str]) -> None:
    """Put a division under another one; `move` is that one's id and the division's code there.

    What lies in it moves and is recoded with it.
    Raises what `recode_division` does.
    """
    parent_id, code = move
    there = _living(register, dated, division_id)
    above = _living(register, dated, parent_id)
    moved = replace(there, code=_code(register, there, code, above).text, parent_id=above.id)
    register.divisions.change(moved, dated.day)
    _follow(register, dated, "transfer", (there.id, there.id))
    _recode_below(register, dated, moved, there.code)


def merge_divisions(register: Register, dated: Dated, division_ids: Sequence[int], into: int) -> None:
    """End divisions, which become part of the living division `into` of the same level.

    Raises what `rename_division` does, DivisionLevelDiffers, DivisionPartMissing.
    """
    whole = _living(register, dated, into)
    if not division_ids:
        raise DivisionPartMissing(name=whole.name)
    for division_id in division_ids:
        part = _living(register, dated, division_id)
        if part.level is not whole.level or part.id == whole.id:
            raise DivisionLevelDiffers(code=whole.code, name=part.name)
        register.divisions.end(part.id, dated.day)
        _follow(register, dated, "merge", (part.id, whole.id))


def split_division(register: Register, dated: Dated, division_id: int, parts: Sequence[Named]) -> list[int]:
    """End a division, which is divided into new ones of its level; return their ids.

    Raises what `recode_division` does, DivisionPartMissing.
    """
    whole = _living(register, dated, division_id)
    if len(parts) < LEAST_PARTS:
        raise DivisionPartMissing(name=whole.name)
    above = register.divisions.get(whole.parent_id) if whole.parent_id is not None else None
    register.divisions.end(whole.id, dated.day)
    made = []
    for part in parts:
        code = _code(register, whole, part.code, above)
        begun = BulkDivisions(register.session).add(code, _name(part.name), whole.parent_id, (dated.day, None))
        _follow(register, dated, "split", (whole.id, begun.id))
        made.append(begun.id)
    return made


def decide_succession(register: Register, dated: Dated, succession_id: int, successor_id: int | None) -> None:
    """Decide what a division became: part of, or continued as, another one; None: it ended.

    Raises NotFound, NotGranted, ReasonNotStated, SuccessionNotOpen, SuccessorUnknown.
    """
    question = register.divisions.question(succession_id)
    about = question.predecessor or question.successor
    assert about is not None
    require(dated.actor, Permission.DIVISION_EDIT, about[1], dated.today)
    reason = require_reason(dated.actor)
    if question.certainty != "proposed":
        raise SuccessionNotOpen
    register.divisions.decide(succession_id, _decided(register, question, successor_id), successor_id, reason)
    if successor_id is not None:
        register.divisions.answer_founding(successor_id, reason)
    detail = {"successor": successor_id}
    register.journal.write(dated.actor.account_id, reason, "decide", ("division_succession", succession_id), detail)


def draw_outline(register: Register, dated: Dated, division_id: int, shape: shapely.MultiPolygon, source: str) -> None:
    """Write the outline (degrees, SRID 4490) that a division has from a day on; earlier ones stay in its history.

    Raises NotFound, NotGranted, ReasonNotStated, DivisionNotLiving, DivisionBeginsLater, OutlineCrossesItself,
    OutlineBeginsEarlier.
    """
    there = _living(register, dated, division_id)
    require_simple(shape, there.name)
    held = register.divisions.outline(there.id)
    if held is not None and held.since is not None and dated.day < held.since:
        raise OutlineBeginsEarlier(name=there.name, since=held.since, day=dated.day)
    register.divisions.draw(there.id, shape, dated.day, (source, None))
    _journal(register, dated, "draw", there.id)


def _decided(register: Register, question: SuccessionRecord, successor_id: int | None) -> str:
    if successor_id is None:
        return "abolish" if question.predecessor else "establish"
    chosen = register.divisions.get(successor_id)
    about = question.predecessor
    if about is None or chosen.until is not None or chosen.code[:6] != about[1][:6] or chosen.id == about[0]:
        raise SuccessorUnknown(name=(question.predecessor or question.successor or ("", "", ""))[2])
    # Whatever was proposed: what is now chosen is a continuation only where it is what was proposed.
    proposed = question.successor is not None and question.successor[0] == successor_id
    return question.kind if proposed else "merge"


def _living(register: Register, dated: Dated, division_id: int) -> DivisionRecord:
    """Return a division that lives and may be changed on that day, locked."""
    there = register.divisions.lock(division_id)
    require(dated.actor, Permission.DIVISION_EDIT, there.code, dated.today)
    require_reason(dated.actor)
    if there.until is not None:
        raise DivisionNotLiving(name=there.name, day=there.until)
    if there.since is not None and dated.day < there.since:
        raise DivisionBeginsLater(name=there.name, start=there.since, day=dated.day)
    return there


def _recode_below(register: Register, dated: Dated, above: DivisionRecord, old_code: str) -> None:
    """Give what lies in `above`, recoded from `old_code`, codes that begin with the new one."""
    for child in register.divisions.below(above.id):
        recoded = replace(child, code=above.code + child.code.removeprefix(old_code))
        if child.code.startswith(old_code):
            register.divisions.change(recoded, dated.day)
            _follow(register, dated, "recode", (child.id, child.id))
            _recode_below(register, dated, recoded, child.code)


def _name(text: str) -> str:
    if not text.strip():
        raise DivisionNameMissing
    return text.strip()


def _code(register: Register, there: DivisionRecord, text: str, above: DivisionRecord | None) -> DivisionCode:
    code = parse_code(text)
    if code.level is not there.level:
        raise DivisionLevelDiffers(code=text, name=there.name)
    if above is not None and not code.text.startswith(above.code):
        raise DivisionParentWrong(code=text, parent=above.name)
    holder = register.divisions.living(code.text)
    if holder is not None:
        raise DivisionCodeTaken(code=text, name=holder.name)
    return code


def _follow(register: Register, dated: Dated, kind: str, pair: tuple[int, int]) -> None:
    old, new = pair
    register.divisions.link(NewSuccession(kind, dated.day, "decided", old, new, dated.actor.reason))
    _journal(register, dated, kind, old)


def _journal(register: Register, dated: Dated, verb: str, division_id: int) -> None:
    detail = {"day": dated.day.isoformat()}
    actor = dated.actor
    register.journal.write(actor.account_id, actor.reason, verb, ("division", division_id), detail)
