"""Take an address apart: any spelling in, elements with their places, values and the standard text out.

The line is cleaned, then read once from left to right: at each place the first reader that knows what begins there
takes it. No reader looks further than a name is long, so work grows with the line, of which no more than
`cleaning.LONGEST` characters are read. Lines begin alike (thousands of doors of one village): what their beginnings
were found to be is remembered.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from weakref import WeakKeyDictionary

from geo_app.domain.cleaning import Cleaned, clean
from geo_app.domain.parsing_context import (
    read_assist,
    read_contact,
    read_distance,
    read_label,
    read_mark,
    read_note,
    read_person,
)
from geo_app.domain.parsing_divisions import read_division
from geo_app.domain.parsing_elements import AddressParts, Element, ElementKind, ParsedAddress
from geo_app.domain.parsing_gazetteer import Gazetteer
from geo_app.domain.parsing_names import read_name
from geo_app.domain.parsing_numbers import read_number
from geo_app.domain.parsing_scan import Scan
from geo_app.domain.parsing_taiwan import read_taiwan_form
from geo_app.domain.parsing_text import complete, standard_text
from geo_app.domain.parsing_words import TALK

__all__ = ["AddressParts", "Element", "ElementKind", "Gazetteer", "ParsedAddress", "parse"]

Reader = Callable[[Scan], bool]
SENTENCE = re.compile(r"[^ ,.;:()/|0-9]+")
DIGIT = re.compile("[0-9]")
CONTACTS = frozenset("￥¥(0123456789+(QV微ABCDEFGHIJKLMNOPRSTUWXYZ")
DISTANCES = frozenset("K0123456789")
NOTES = frozenset("请麻务不勿放送打电工周上下到代快谢提联加尽易")
REMEMBERED = 20_000
END = "\n"
"""Marks a beginning that is the whole line: 沙湾 alone is read otherwise than 沙湾12号."""
_heads: WeakKeyDictionary[Gazetteer, dict[str, Scan]] = WeakKeyDictionary()


def parse(text: str, gazetteer: Gazetteer) -> ParsedAddress:
    """Return the elements of a text; a text that is no address comes back with all of it in `rest`.

    Never raises; work is bounded by the length of the text.
    """
    cleaned = clean(text)
    scan = Scan(cleaned.text, gazetteer, taiwan="邻" in cleaned.text)
    _read_head(scan)
    read_taiwan_form(scan)
    _read_on(scan)
    _forget_marks(scan)
    elements, rest = _placed(text, cleaned, scan)
    if scan.codes:
        complete(scan.values, scan.codes, gazetteer)
    # Readers say each value under its own name and with its own type.
    parts = AddressParts(**scan.values)  # type: ignore[arg-type]
    return ParsedAddress(text, elements, parts, standard_text(parts), rest)


def _read_head(scan: Scan) -> None:
    """Read the divisions that the line begins with, as they were read before where they were.

    What they are is told by what stands before the first digit, so that is what is remembered.
    """
    heads = _heads.setdefault(scan.gazetteer, {})
    digit = DIGIT.search(scan.text)
    head = scan.text[: digit.start()] if digit else scan.text
    key = head if len(head) < len(scan.text) else head + END
    known = heads.get(key)
    if known is None:
        known = Scan(scan.text, scan.gazetteer, taiwan=scan.taiwan)
        while known.at < len(head) and read_division(known):
            pass
        if len(heads) >= REMEMBERED:
            heads.clear()
        heads[key] = known
    scan.like(known)


def _read_on(scan: Scan) -> None:
    text = scan.text
    while scan.at < len(text):
        if not any(read(scan) for read in _readers_at(text[scan.at])):
            scan.at = _after_talk(scan)


@lru_cache(maxsize=50_000)
def _readers_at(character: str) -> tuple[Reader, ...]:
    """Return the readers of what can begin with a character, what is plainest first."""
    readers = (
        *((read_label, None), (read_contact, CONTACTS), (read_note, NOTES), (read_mark, None), (read_division, None)),
        *(
            (read_taiwan_form, None),
            (read_distance, DISTANCES),
            (read_number, None),
            (read_assist, None),
            (read_person, None),
            (read_name, None),
        ),
    )
    return tuple(read for read, begins in readers if begins is None or character in begins)


def _forget_marks(scan: Scan) -> None:
    """Leave separators to the rest where they part no elements: in a sentence, or behind the last one before words."""
    found = scan.found
    if all(kind is ElementKind.REDUNDANT for kind, _, _ in found) or (
        scan.text[found[-1][2] :].strip() and _is_mark(scan)
    ):
        while found and (found[-1][0] is ElementKind.REDUNDANT):
            found.pop()


def _is_mark(scan: Scan) -> bool:
    kind, start, end = scan.found[-1]
    return kind is ElementKind.REDUNDANT and not any(map(str.isalnum, scan.text[start:end]))


def _after_talk(scan: Scan) -> int:
    """Return where reading goes on behind what nobody could read: a sentence is passed over whole."""
    sentence = SENTENCE.match(scan.text, scan.at)
    return sentence.end() if sentence and TALK.search(sentence.group()) else scan.at + 1


def _placed(text: str, cleaned: Cleaned, scan: Scan) -> tuple[tuple[Element, ...], str]:
    """Return the elements by their places in the text as given, and what none of them holds, pieces parted by a blank.

    What one character spells (㈠) is not shared between two elements.
    """
    elements: list[Element] = []
    pieces: list[str] = []
    before, origin = 0, cleaned.origin
    for kind, clean_start, clean_end in scan.found:
        start, end = origin[clean_start], origin[clean_end - 1] + 1
        start = max(start, before)
        if start < end:
            if start > before:
                pieces.append(text[before:start])
            elements.append(Element(kind, text[start:end], start, end))
            before = end
    if before < len(text):
        pieces.append(text[before:])
    return tuple(elements), " ".join(piece.strip() for piece in pieces if piece.strip()) if pieces else ""
