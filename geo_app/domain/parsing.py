"""Take an address apart: any spelling in, elements with their places, values and the standard text out.

The line is cleaned, then read once from left to right: at each place the first reader that knows what begins there takes
it. No reader looks further than a name is long, so work grows with the line, of which no more than
`cleaning.LONGEST` characters are read.
"""

import re
from collections.abc import Callable

from geo_app.domain.cleaning import Cleaned, clean
from geo_app.domain.parsing_context import read_assist, read_contact, read_label, read_mark, read_note, read_person
from geo_app.domain.parsing_divisions import read_division
from geo_app.domain.parsing_elements import AddressParts, Element, ElementKind, ParsedAddress
from geo_app.domain.parsing_gazetteer import Gazetteer
from geo_app.domain.parsing_names import read_name
from geo_app.domain.parsing_numbers import read_number
from geo_app.domain.parsing_scan import Scan
from geo_app.domain.parsing_text import complete, standard_text
from geo_app.domain.parsing_words import TALK

__all__ = ["AddressParts", "Element", "ElementKind", "Gazetteer", "ParsedAddress", "parse"]

SENTENCE = re.compile(r"[^ ,.;:()/|0-9]+")
READERS: tuple[Callable[[Scan], bool], ...] = (
    *(read_label, read_contact, read_note, read_mark, read_division, read_number, read_assist, read_person, read_name),
)
"""In this order: what is plainest comes first."""


def parse(text: str, gazetteer: Gazetteer) -> ParsedAddress:
    """Return the elements of a text; a text that is no address comes back with all of it in `rest`.

    Never raises; work is bounded by the length of the text.
    """
    cleaned = clean(text)
    scan = Scan(cleaned.text, gazetteer, taiwan="邻" in cleaned.text)
    while scan.at < len(cleaned.text):
        if not any(read(scan) for read in READERS):
            scan.at = _after_talk(scan)
    elements = _elements(text, cleaned, scan)
    parts = AddressParts(**scan.values)  # type: ignore[arg-type] — readers say each value under its own name
    completed = complete(parts, scan.codes, gazetteer)
    return ParsedAddress(text, elements, completed, standard_text(completed), _rest(text, elements))


def _after_talk(scan: Scan) -> int:
    """Return where reading goes on behind what nobody could read: a sentence is passed over whole."""
    sentence = SENTENCE.match(scan.text, scan.at)
    return sentence.end() if sentence and TALK.search(sentence.group()) else scan.at + 1


def _elements(text: str, cleaned: Cleaned, scan: Scan) -> tuple[Element, ...]:
    """Return the elements by their places in the text as given; what one character spells (㈠) is not shared."""
    elements: list[Element] = []
    before = 0
    for kind, clean_start, clean_end in scan.found:
        start, end = cleaned.span(clean_start, clean_end)
        start = max(start, before)
        if start < end:
            elements.append(Element(kind, text[start:end], start, end))
            before = end
    return tuple(elements)


def _rest(text: str, elements: tuple[Element, ...]) -> str:
    """Return what no element holds, pieces apart by a blank."""
    pieces, before = [], 0
    for element in elements:
        pieces.append(text[before : element.start])
        before = element.end
    pieces.append(text[before:])
    return " ".join(piece.strip() for piece in pieces if piece.strip())
