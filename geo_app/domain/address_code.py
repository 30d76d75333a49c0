"""The standard code 标准地址代码: what the law wants to read, laid out by a scheme that is data.

The digits of DB51/T 2441-2018 (Sichuan) are not published, so a district that holds the text writes them as another
`CodeScheme` and recodes; the old code stays findable as an alias.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked


class CodeLevel(StrEnum):
    """What a field of a code counts."""

    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    DOOR = "door"
    BUILDING = "building"
    UNIT = "unit"
    ROOM = "room"

    @property
    def word(self) -> Message:
        """Return the level for a reader."""
        return Message(_LEVEL_WORDS[self])


_LEVEL_WORDS: Mapping[CodeLevel, str] = {
    CodeLevel.COUNTY: marked("county"),
    CodeLevel.TOWNSHIP: marked("township"),
    CodeLevel.VILLAGE: marked("village"),
    CodeLevel.DOOR: marked("door"),
    CodeLevel.BUILDING: marked("building"),
    CodeLevel.UNIT: marked("unit"),
    CodeLevel.ROOM: marked("room"),
}


class SchemeHasNoFields(DomainError):
    """A scheme without fields codes nothing."""

    pattern = "Code scheme {scheme} has no fields."


class SchemeRepeatsLevel(DomainError):
    """A level stands in a scheme once, or a code could not be read back."""

    pattern = "Code scheme {scheme} names the level {level} twice."


class SchemeWidthWrong(DomainError):
    """A field has 1 to 9 digits."""

    pattern = "Code scheme {scheme} gives the level {level} {width} digits; 1 to 9 are possible."


class SchemeLevelUnknown(DomainError):
    """A scheme speaks of the levels this register knows."""

    pattern = "Code scheme {scheme} names an unknown level “{level}”."


class CodeFieldTooWide(DomainError):
    """A value does not fit into its field; it is never cut."""

    pattern = "The {level} number {value} does not fit into {width} digits."


class CodeLevelNotInScheme(DomainError):
    """The scheme has no place for a level the address has."""

    pattern = "Code scheme {scheme} has no place for the level {level}."


class CodeWrongLength(DomainError):
    """A code has exactly the digits of its scheme."""

    pattern = "“{code}” has {length} characters; a code of scheme {scheme} has {digits}."


class CodeNotDigits(DomainError):
    """A code is digits only."""

    pattern = "“{code}” is not a code: only digits may stand in it."


@dataclass(frozen=True, slots=True)
class CodeField:
    """One field of a code: its level and its width in digits."""

    level: CodeLevel
    width: int


@dataclass(frozen=True, slots=True)
class CodeScheme:
    """An ordered, versioned layout of a code; levels an address does not use are zeros.

    Raises SchemeHasNoFields, SchemeRepeatsLevel, SchemeWidthWrong when made.
    """

    name: str
    version: int
    fields: tuple[CodeField, ...]

    def __post_init__(self) -> None:
        if not self.fields:
            raise SchemeHasNoFields(scheme=self.name)
        seen: set[CodeLevel] = set()
        for field in self.fields:
            if field.level in seen:
                raise SchemeRepeatsLevel(scheme=self.name, level=field.level.word)
            if not 1 <= field.width <= 9:
                raise SchemeWidthWrong(scheme=self.name, level=field.level.word, width=field.width)
            seen.add(field.level)

    @property
    def digits(self) -> int:
        """Return the length of every code."""
        return sum(field.width for field in self.fields)

    def encode(self, parts: Mapping[CodeLevel, int]) -> str:
        """Return the code of one address; levels not among `parts` become zeros.

        Raises CodeLevelNotInScheme, CodeFieldTooWide.
        """
        self._require_place_for(parts)
        return "".join(_padded(field, parts.get(field.level, 0)) for field in self.fields)

    def largest(self, level: CodeLevel) -> int:
        """Return the largest value that `level` can have.

        Raises CodeLevelNotInScheme.
        """
        self._require_place_for({level: 0})
        width = next(field.width for field in self.fields if field.level is level)
        return int(10**width) - 1

    def encode_many(self, columns: Mapping[CodeLevel, NDArray[np.int64]]) -> NDArray[np.str_]:
        """Return the codes of many addresses, shape (n,), equal to `encode` row by row.

        Raises CodeLevelNotInScheme, CodeFieldTooWide.
        """
        self._require_place_for(columns)
        rows = max((len(column) for column in columns.values()), default=0)
        # Code points of four bytes, as numpy stores text: no Python string per row.
        letters = np.full((rows, self.digits), ord("0"), dtype=np.uint32)
        end = 0
        for field in self.fields:
            end += field.width
            if field.level in columns:
                _write_digits(letters[:, end - field.width : end], field, columns[field.level])
        return letters.view(f"U{self.digits}")[:, 0] if rows else np.empty(0, dtype=f"U{self.digits}")

    def decode(self, code: str) -> dict[CodeLevel, int]:
        """Return the value of each level, zero where the address does not use it.

        Raises CodeWrongLength, CodeNotDigits.
        """
        if len(code) != self.digits:
            raise CodeWrongLength(code=code, length=len(code), scheme=self.name, digits=self.digits)
        if not (code.isascii() and code.isdigit()):
            raise CodeNotDigits(code=code)
        parts, start = {}, 0
        for field in self.fields:
            parts[field.level] = int(code[start : start + field.width])
            start += field.width
        return parts

    def to_mapping(self) -> dict[str, object]:
        """Return the scheme as plain values, to be written as YAML or JSON."""
        fields = [{"level": field.level.value, "width": field.width} for field in self.fields]
        return {"name": self.name, "version": self.version, "fields": fields}

    def _require_place_for(self, levels: Mapping[CodeLevel, object]) -> None:
        known = {field.level for field in self.fields}
        for level in levels:
            if level not in known:
                raise CodeLevelNotInScheme(scheme=self.name, level=level.word)


DEFAULT_SCHEME = CodeScheme(
    "default",
    1,
    (
        CodeField(CodeLevel.COUNTY, 6),
        CodeField(CodeLevel.TOWNSHIP, 3),
        CodeField(CodeLevel.VILLAGE, 3),
        CodeField(CodeLevel.DOOR, 5),
        CodeField(CodeLevel.BUILDING, 3),
        CodeField(CodeLevel.UNIT, 2),
        CodeField(CodeLevel.ROOM, 3),
    ),
)
"""25 digits down to the room, the length known from Shenzhen's unified address rules of 2017."""


def scheme_from_mapping(name: str, version: int, fields: Sequence[Mapping[str, object]]) -> CodeScheme:
    """Return the scheme whose fields are mappings with `level` and `width`, in order.

    Raises SchemeLevelUnknown and what `CodeScheme` raises.
    """
    return CodeScheme(name, version, tuple(_field(name, field) for field in fields))


def recode(code: str, source: CodeScheme, target: CodeScheme) -> str:
    """Return `code` in another scheme's layout; a level the target lacks must be unused.

    Raises CodeWrongLength, CodeNotDigits, CodeLevelNotInScheme, CodeFieldTooWide.
    """
    return target.encode({level: value for level, value in source.decode(code).items() if value})


def _field(scheme: str, field: Mapping[str, object]) -> CodeField:
    level = str(field["level"])
    if level not in CodeLevel.__members__.values():
        raise SchemeLevelUnknown(scheme=scheme, level=level)
    return CodeField(CodeLevel(level), int(str(field["width"])))


def _padded(field: CodeField, value: int) -> str:
    if not 0 <= value < 10**field.width:
        raise CodeFieldTooWide(level=field.level.word, value=value, width=field.width)
    return f"{value:0{field.width}d}"


def _write_digits(letters: NDArray[np.uint32], field: CodeField, values: NDArray[np.int64]) -> None:
    unfit = (values < 0) | (values >= 10**field.width)
    if unfit.any():
        raise CodeFieldTooWide(level=field.level.word, value=int(values[unfit.argmax()]), width=field.width)
    for place in range(field.width):
        letters[:, field.width - 1 - place] += (values // 10**place % 10).astype(np.uint32)
