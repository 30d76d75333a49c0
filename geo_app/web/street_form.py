"""What the forms of a street's change send, read into a request; refusals as the page tells them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import shapely
from werkzeug.datastructures import MultiDict

from geo_app.domain.errors import UnreadableInput
from geo_app.domain.message import Message, marked
from geo_app.domain.position import Position
from geo_app.domain.street_change import ChangeVerb, StreetPart
from geo_app.domain.street_cut import DrawnPiece, point_at
from geo_app.domain.street_piece import line_problem
from geo_app.domain.street_request import ChangeRequest, NewName, Notice
from geo_app.persistence.register import Register
from geo_app.web.division_form import read_day
from geo_app.web.limits import LARGEST_ID

NOT_METRES = marked("write a number of metres such as 120.5.")
NOT_A_STREET = marked("choose a street from the list.")
NOT_A_LINE = marked("write one point a line: longitude, latitude.")
RENUMBER = "renumber-"


def read_change(register: Register, verb: ChangeVerb, street_id: int, given: MultiDict[str, str]) -> ChangeRequest:
    """Return the change that a form asks for.

    Raises UnreadableInput, CutBeyondTheStreet.
    """
    text = {name: given.get(name, "").strip() for name in given}
    asked = ChangeRequest(
        verb,
        street_id,
        read_day(text.get("day", "")),
        NewName(text.get("name", ""), text.get("pinyin", "")),
        NewName(text.get("second_name", ""), text.get("second_pinyin", "")),
        division_code=text.get("division", "").partition(" ")[0],
        part=_part(text.get("part", "")),
        renumber={n.removeprefix(RENUMBER): value for n, value in text.items() if n.startswith(RENUMBER) and value},
        notice=Notice(text.get("location", ""), text.get("body", ""), text.get("basis", "")),
    )
    return replace(asked, other_id=_street(text), at=_point(register, street_id, text), line=_line(text))


def read_metres(text: str) -> float:
    """Return metres as written.

    Raises UnreadableInput.
    """
    if not re.fullmatch(r"\d{1,6}(\.\d{1,3})?", text):
        raise UnreadableInput(name=text, problem=Message(NOT_METRES))
    return float(text)


def read_line(text: str) -> shapely.LineString | None:
    """Return the line whose points stand one a line (longitude, latitude in degrees); None where nothing is written.

    Raises UnreadableInput.
    """
    points = [_pair(line) for line in text.splitlines() if line.strip()]
    if not points:
        return None
    line = shapely.LineString(points) if len(points) > 1 else None
    if line is None or line_problem(line) is not None:
        raise UnreadableInput(name=text[:40], problem=Message(NOT_A_LINE))
    return line


def _part(text: str) -> StreetPart:
    return StreetPart(text) if text in StreetPart.__members__.values() else StreetPart.WHOLE


def _street(text: Mapping[str, str]) -> int | None:
    key = text.get("other", "").partition(" ")[0]
    if not key:
        return None
    if not (key.isascii() and key.isdigit() and len(key) <= len(str(LARGEST_ID)) - 1):
        raise UnreadableInput(name=key, problem=Message(NOT_A_STREET))
    return int(key)


def _point(register: Register, street_id: int, text: Mapping[str, str]) -> Position | None:
    """Return the point that was clicked, else the one so many metres from the start."""
    if text.get("lon") and text.get("lat"):
        return Position(*_pair(f"{text['lon']},{text['lat']}"))
    if not text.get("metres"):
        return None
    pieces: Sequence[DrawnPiece] = [DrawnPiece(piece.id, piece.line) for piece in register.streets.pieces(street_id)]
    return point_at(pieces, read_metres(text["metres"]))


def _line(text: Mapping[str, str]) -> shapely.LineString | None:
    return read_line(text.get("line", ""))


def _pair(text: str) -> tuple[float, float]:
    parts = text.replace("，", ",").replace(" ", ",").replace("\t", ",").split(",")
    try:
        lon, lat = (float(part) for part in parts if part)
    except ValueError as wrong:
        raise UnreadableInput(name=text.strip()[:40], problem=Message(NOT_A_LINE)) from wrong
    if not Position(lon, lat).on_earth:
        raise UnreadableInput(name=text.strip()[:40], problem=Message(NOT_A_LINE))
    return lon, lat
