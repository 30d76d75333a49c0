"""Lines of address text annotated by hand, read strictly: `[province 四川省][city 乐山市] 铜河边`.

An element is `[kind text]`; what stands outside of brackets is `rest`. A bracket that belongs to the address, a
backslash, or a `#` at the line's begin is written behind a backslash. Lines beginning with `#`
and empty lines say nothing.
The conventions of the kinds stand in tests/texts/README.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "texts"
NOT_STRUCTURAL = ("estate", "subestate", "person", "assist", "redundant", "other")
STRUCTURAL = (
    *("country", "province", "city", "county", "devzone", "township", "village", "road", "subroad", "door", "subdoor"),
    *("building", "unit", "floor", "room"),
)
KINDS = STRUCTURAL + NOT_STRUCTURAL

_TOKEN = re.compile(r"\\(?P<escaped>[\[\]\\#])|\[(?P<kind>[a-z]+) |(?P<end>\])|(?P<plain>[^\[\]\\])")


class WrongAnnotation(ValueError):
    """A line breaks the notation; the message says where."""


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """An element of a text: code points `start` to `end`, end exclusive."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text with its elements in the order of the text."""

    text: str
    spans: tuple[Span, ...]

    def __post_init__(self) -> None:
        for span in self.spans:
            _check(self.text, span)
        if any(after.start < before.end for before, after in pairwise(self.spans)):
            raise WrongAnnotation(f"elements overlap or are out of order: {self.text}")

    def elements(self) -> list[tuple[str, str]]:
        """Return kind and text of each element."""
        return [(span.kind, self.text[span.start : span.end]) for span in self.spans]

    def template(self) -> str:
        """Return the shape of the line: kinds, each with its last character, digits and letters made alike."""
        pieces, at = [], 0
        for span in self.spans:
            pieces.append(_gap(self.text[at : span.start]) + f"{span.kind}:{_alike(self.text[span.end - 1])}")
            at = span.end
        return " ".join([*pieces, _gap(self.text[at:])]).strip()


def read_texts(folder: Path = FOLDER) -> dict[str, list[AnnotatedText]]:
    """Return the annotated lines of every file, by the file's name without ending."""
    return {path.stem: list(read_lines(path)) for path in sorted(folder.glob("*.txt"))}


def read_lines(path: Path) -> Iterator[AnnotatedText]:
    """Yield the annotated lines of a file; a broken one is refused with file and line number."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        try:
            yield read_line(line)
        except WrongAnnotation as wrong:
            raise WrongAnnotation(f"{path.name}:{number}: {wrong}") from wrong


def read_line(line: str) -> AnnotatedText:
    """Return the text and elements of one line in the notation."""
    text, spans, opened = "", [], None
    for token in _tokens(line):
        if kind := token["kind"]:
            if opened:
                raise WrongAnnotation(f"an element inside an element: {line}")
            opened = kind, len(text)
        elif token["end"]:
            if not opened:
                raise WrongAnnotation(f"a closing bracket without its opening one: {line}")
            spans.append(Span(opened[1], len(text), opened[0]))
            opened = None
        else:
            text += token["escaped"] or token["plain"]
    if opened:
        raise WrongAnnotation(f"an element is not closed: {line}")
    return AnnotatedText(text, tuple(spans))


def _tokens(line: str) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(line):
        token = _TOKEN.match(line, at)
        if not token:
            raise WrongAnnotation(f"neither an element nor plain text at {line[at:]!r}")
        yield token
        at = token.end()


def _check(text: str, span: Span) -> None:
    content = text[span.start : span.end]
    if span.kind not in KINDS:
        raise WrongAnnotation(f"there is no kind {span.kind}: {text}")
    if span.end > len(text) or not content or content != content.strip():
        raise WrongAnnotation(f"{span.kind} is empty, outside of the text, or begins or ends with a blank: {text}")


def _gap(text: str) -> str:
    return "… " if text.strip() else "_ " if text else ""


def _alike(character: str) -> str:
    if character.isdigit():
        return "0"
    return "A" if character.isascii() and character.isalpha() else character
