"""What the forms of divisions send: a day, a reason, codes with names; refusals as the page tells them."""

from datetime import date

from flask import request

from geo_app.domain.errors import UnreadableInput
from geo_app.domain.message import Message, marked
from geo_app.persistence.divisions import DivisionRecord
from geo_app.persistence.register import Register
from geo_app.services.divisions import Dated, Named
from geo_app.web.context import actor, today

NOT_A_DAY = marked("it is not a day such as 2026-03-01.")
NOT_A_CODE = marked("it is no division code.")
NOT_A_PART = marked("write one division a line: code, space, name.")


def dated() -> Dated:
    """Return who acts, with reason and day of the form.

    Raises NotSignedIn, UnreadableInput.
    """
    return Dated(actor(request.form.get("reason", "")), read_day(request.form.get("day", "")), today())


def read_day(text: str) -> date:
    """Return a day, today where nothing is written.

    Raises UnreadableInput.
    """
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError as wrong:
        raise UnreadableInput(name=text, problem=Message(NOT_A_DAY)) from wrong


def read_code(text: str) -> str:
    """Return the first digits of a code, or none.

    Raises UnreadableInput.
    """
    bare = text.strip()
    if bare and not (bare.isascii() and bare.isdigit() and len(bare) <= 15):
        raise UnreadableInput(name=bare, problem=Message(NOT_A_CODE))
    return bare


def living(register: Register, text: str) -> DivisionRecord:
    """Return the living division of a written code; a name may stand behind it, as the form's list offers it.

    Raises UnreadableInput.
    """
    code = text.strip().partition(" ")[0]
    found = register.divisions.living(code) if code else None
    if found is None:
        raise UnreadableInput(name=text.strip() or "—", problem=Message(NOT_A_CODE))
    return found


def living_of_lines(register: Register, text: str) -> list[DivisionRecord]:
    """Return the living divisions of codes, one a line.

    Raises UnreadableInput.
    """
    return [living(register, line) for line in text.splitlines() if line.strip()]


def parts_of_lines(text: str) -> list[Named]:
    """Return codes with names, one a line.

    Raises UnreadableInput.
    """
    parts: list[Named] = []
    for line in (line.strip() for line in text.splitlines() if line.strip()):
        code, _, name = line.replace("\u3000", " ").replace("，", " ").replace(",", " ").partition(" ")
        if not name.strip():
            raise UnreadableInput(name=line, problem=Message(NOT_A_PART))
        parts.append(Named(code, name.strip()))
    return parts
