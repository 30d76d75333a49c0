"""What the maps of street pages are given: the street's main line with its metres, where it is cut, and their words."""

from collections.abc import Mapping
from types import MappingProxyType

from geo_app.domain.message import marked
from geo_app.domain.street_cut import Cut, DrawnPiece, main_line
from geo_app.persistence.queries.board import all_bounds, board_bounds
from geo_app.persistence.register import Register
from geo_app.web.map_settings import map_settings, with_words

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "cutHere": marked("Cut {metres} m from the start."),
        "cutHint": marked("Click the point on the street, or type the metres from its start."),
        "extendHint": marked("Click point by point, beginning at an end of the street; Enter ends the line."),
        "streetStart": marked("Start"),
        "noAlike": marked("No street of the county is called alike."),
        "alikeFound": marked("Called alike:"),
        "spelledSo": marked("Spelled {pinyin}"),
        "severity_error": marked("not allowed beside it"),
        "severity_warning": marked("better choose another"),
        "severity_info": marked("look twice"),
    }
)


def street_settings(register: Register, street_id: int, cut: Cut | None = None) -> dict[str, object]:
    """Return the settings of a page about one street."""
    pieces = [DrawnPiece(piece.id, piece.line) for piece in register.streets.pieces(street_id)]
    line = [list(point) for point in main_line(pieces).coords] if pieces else []
    lines = [[list(point) for point in piece.line.coords] for piece in pieces]
    bounds = board_bounds(register.session, street_id) or all_bounds(register.session)
    parts = {
        side: [[list(point) for point in piece.line.coords] for piece in getattr(cut, side)]
        for side in ("first", "second")
        if cut is not None
    }
    shown = {"street": street_id, "line": line, "lines": lines, **parts}
    if cut is not None:
        shown["cut"] = {"lon": cut.position.lon, "lat": cut.position.lat, "metres": cut.metres}
    return with_street_words(map_settings(bounds, **shown))


def with_street_words(settings: dict[str, object]) -> dict[str, object]:
    """Return a page's settings with the sentences about streets and their names, in the reader's language."""
    return with_words(settings, WORDS)
