"""Where the reading of one line stands: what was found so far, and where reading goes on."""

from dataclasses import dataclass, field

from geo_app.domain.parsing_elements import ElementKind
from geo_app.domain.parsing_gazetteer import Gazetteer

Found = tuple[ElementKind, int, int]
Value = str | int | None

DIVISIONS = (ElementKind.PROVINCE, ElementKind.CITY, ElementKind.COUNTY, ElementKind.TOWNSHIP, ElementKind.VILLAGE)
"""The kinds of divisions, by level from 1."""

PLACED = frozenset(
    {
        *(ElementKind.ROAD, ElementKind.SUBROAD, ElementKind.DOOR, ElementKind.SUBDOOR, ElementKind.ESTATE),
        *(ElementKind.BUILDING, ElementKind.UNIT, ElementKind.FLOOR, ElementKind.ROOM),
    }
)
"""What comes below the divisions."""

JOINED = frozenset({ElementKind.REDUNDANT, ElementKind.ASSIST})
"""Kinds of which two that touch are one: ），  and 交叉口往南200米."""

INSIDE = frozenset({ElementKind.BUILDING, ElementKind.UNIT, ElementKind.FLOOR, ElementKind.ROOM})


@dataclass(slots=True)
class Scan:
    """One reading of a clean text, from left to right.

    `level` is that of the lowest division so far (0 for none), `codes` the divisions that those named may be, `names`
    what each level was called. `street` tells whether a street was named (a village group is no street).
    """

    text: str
    gazetteer: Gazetteer
    at: int = 0
    taiwan: bool = False
    level: int = 0
    street: bool = False
    codes: tuple[str, ...] = ()
    names: dict[int, str] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)
    seen: set[ElementKind] = field(default_factory=set)
    values: dict[str, Value] = field(default_factory=dict)

    def take(self, kind: ElementKind, end: int) -> str:
        """Take what stands up to `end` as an element of a kind; return its text."""
        start, self.at = self.at, end
        if kind in JOINED and self.found and self.found[-1][0] is kind and self.found[-1][2] == start:
            self.found[-1] = (kind, self.found[-1][1], end)
            return self.text[start:end]
        self.found.append((kind, start, end))
        self.seen.add(kind)
        return self.text[start:end]

    def widen(self, end: int) -> None:
        """Let the last element go on up to `end`."""
        kind, start, _ = self.found[-1]
        self.found[-1] = (kind, start, end)
        self.at = end

    def say(self, **values: Value) -> None:
        """Keep values that nothing before has said."""
        for name, value in values.items():
            if value is not None and self.values.get(name) in {None, ""}:
                self.values[name] = value

    def like(self, other: "Scan") -> None:
        """Stand where another reading stood that began with the same divisions."""
        self.at, self.taiwan, self.level, self.codes = other.at, other.taiwan, other.level, other.codes
        self.names, self.found = other.names.copy(), other.found.copy()
        self.seen, self.values = other.seen.copy(), other.values.copy()

    @property
    def last(self) -> ElementKind | None:
        """The kind of the element before, redundant ones passed over."""
        return next((kind for kind, _, _ in reversed(self.found) if kind is not ElementKind.REDUNDANT), None)

    @property
    def on_a_lane(self) -> bool:
        """Whether the street named last was a lane off another."""
        streets = (kind for kind, _, _ in reversed(self.found) if kind in {ElementKind.ROAD, ElementKind.SUBROAD})
        return next(streets, None) is ElementKind.SUBROAD

    @property
    def touching(self) -> bool:
        """Whether nothing stands between the last element and here."""
        return bool(self.found) and self.found[-1][2] == self.at

    @property
    def placed(self) -> bool:
        """Whether anything below the divisions was found."""
        return not self.seen.isdisjoint(PLACED)
