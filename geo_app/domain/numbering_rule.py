"""The rule by which a street's doors are numbered: data, one value a practice, any field overridable by a street."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from math import isfinite
from typing import Any

from geo_app.domain.errors import DomainError
from geo_app.domain.position import Position

METHODS = ("metre", "quantified", "sequential", "base_interval")
COMPASS = {"east": (1.0, 0.0), "west": (-1.0, 0.0), "south": (0.0, -1.0), "north": (0.0, 1.0)}
STARTS = (*COMPASS, "centre", "junction", "first", "last", "clockwise")
ODD_SIDES = ("left", "right", *COMPASS)
SUB_NUMBERS = ("附", "-", "之")
CORNERS = ("main_door", "sub_number")
TEMPORARY = ("none", "numbered")
BUILDING_ORDERS = ("s_from_north_east", "s_from_gate_left")
UNIT_ORDERS = ("west_to_east", "east_to_west")
ROOMS = ("floor_and_two_digits",)
VILLAGES = ("group_from_mouth", "group_odd_even")
VILLAGE_ADDED = ("between", "last")
EXISTING = ("keep", "continue")

BASE_INTERVAL_METRES = 20.0
"""Method `base_interval` is `quantified` with this step, whatever the field `step` says (cli.md, formulas)."""


class RuleFieldUnknown(DomainError):
    """A rule has no field of this name."""

    pattern = "A numbering rule has no field {field}."


class RuleValueNotAllowed(DomainError):
    """The field of a rule cannot hold this value."""

    pattern = "{value} is no value for {field}; allowed: {allowed}."


class SkipNeedsReason(DomainError):
    """Some standards forbid skipping numbers, so a skip list needs a reason on record."""

    pattern = "Numbers may be skipped only with a reason on record."


class CentreNeeded(DomainError):
    """Numbers are to run outward from a centre that was not given."""

    pattern = "The rule numbers outward from a centre; give the centre's longitude and latitude."


@dataclass(frozen=True, slots=True)
class NumberingRule:
    """How doors get numbers. Fields and values: design.md §3; `step` and `reserve_metres` are metres.

    `start` and `odd_side` hold one value, or two: the first for streets whose main axis runs east and west, the
    second for those that run north and south. `reserve_lane` numbers are kept free for each unnamed lane,
    one for every `reserve_metres` of wall or open land (0: none). `one_sided`: all doors take the parity of the side
    where most of them stand. `corner`: the second door of a corner building is a secondary address on its own street
    (`main_door`), or shares the main door's number (`sub_number`); `temporary` buildings get a number or none.
    `existing`: numbers on the wall are always kept; `continue` numbers the missing doors as the walls suggest
    (`adoption`) and not by the method. `source` says where the practice is written down.

    In a village group `village_reserve` numbers are kept free after every `village_every` houses, and one for every
    `village_plot` metres of lane on which a house could stand (0: none); a house added later takes a number
    `between` its neighbours, a sub-number where none is free, or follows the `last` one.
    """

    name: str = ""
    source: str = ""
    method: str = "sequential"
    start: tuple[str, ...] = ("east", "south")
    odd_side: tuple[str, ...] = ("left",)
    step: float = 2.0
    reserve_lane: int = 0
    reserve_metres: float = 0.0
    one_sided: bool = False
    sub_number: str = "附"
    skip: frozenset[int] = frozenset()
    skip_reason: str = ""
    centre: Position | None = None
    corner: str = "main_door"
    temporary: str = "none"
    building_order: str = "s_from_north_east"
    unit_order: str = "west_to_east"
    room: str = "floor_and_two_digits"
    village: str = "group_from_mouth"
    village_added: str = "between"
    village_reserve: int = 0
    village_every: int = 10
    village_plot: float = 0.0
    existing: str = "keep"

    def __post_init__(self) -> None:
        """Refuse what needs something else: skipping a reason, the method a step above zero."""
        if self.skip and not self.skip_reason.strip():
            raise SkipNeedsReason

    @property
    def interval(self) -> float:
        """Return the metres of street that one number of a side stands for."""
        return BASE_INTERVAL_METRES if self.method == "base_interval" else self.step

    @property
    def by_distance(self) -> bool:
        """Tell whether the distance from the start alone gives the number."""
        return self.method != "sequential"

    @property
    def continues(self) -> bool:
        """Tell whether missing doors continue what hangs on the walls."""
        return self.existing == "continue"

    def with_overrides(self, **fields: object) -> "NumberingRule":
        """Return the rule with these fields replaced; values may be text, as in a file or a form.

        Raises RuleFieldUnknown, RuleValueNotAllowed, SkipNeedsReason.
        """
        read: dict[str, Any] = {field: read_field(field, value) for field, value in fields.items()}
        return replace(self, **read)

    @classmethod
    def from_mapping(cls, fields: Mapping[str, object]) -> "NumberingRule":
        """Return the rule that `to_mapping` or a rule file wrote; absent fields have their defaults."""
        return cls().with_overrides(**fields)

    def to_mapping(self) -> dict[str, Any]:
        """Return the rule as JSON values."""
        fields = asdict(self)
        fields["start"], fields["odd_side"] = list(self.start), list(self.odd_side)
        fields["skip"] = sorted(self.skip)
        fields["centre"] = [self.centre.lon, self.centre.lat] if self.centre else None
        return fields

    def text_of(self, number: int, sub_number: int = 0) -> str:
        """Return what the plate reads: 12号, 12号附3号, 12号之3; with `-`: 12, 12-3."""
        if self.sub_number == "-":
            return f"{number}-{sub_number}" if sub_number else str(number)
        if not sub_number:
            return f"{number}号"
        return f"{number}号附{sub_number}号" if self.sub_number == "附" else f"{number}号之{sub_number}"


def read_field(field: str, value: object) -> object:
    """Return the value of a rule field read from text, JSON or YAML.

    Raises RuleFieldUnknown or RuleValueNotAllowed.
    """
    reader = _READERS.get(field)
    if reader is None:
        raise RuleFieldUnknown(field=field)
    return reader(field, value)


def _one_of(allowed: tuple[str, ...]) -> Callable[[str, object], str]:
    def read(field: str, value: object) -> str:
        text = str(value).strip().lower()
        if text not in allowed:
            raise RuleValueNotAllowed(value=value, field=field, allowed=", ".join(allowed))
        return text

    return read


def _pair_of(allowed: tuple[str, ...]) -> Callable[[str, object], tuple[str, ...]]:
    def read(field: str, value: object) -> tuple[str, ...]:
        parts = value.replace("/", ",").split(",") if isinstance(value, str) else value
        if not isinstance(parts, Iterable):
            parts = [parts]
        pair = tuple(_one_of(allowed)(field, part) for part in parts)
        if len(pair) not in {1, 2}:
            raise RuleValueNotAllowed(value=value, field=field, allowed=", ".join(allowed))
        return pair

    return read


def _number_from(least: float, words: str) -> Callable[[str, object], float]:
    def read(field: str, value: object) -> float:
        try:
            number = float(str(value))
        except ValueError:
            number = float("nan")
        if not (isfinite(number) and number >= least):
            raise RuleValueNotAllowed(value=value, field=field, allowed=words)
        return number

    return read


def _count(field: str, value: object) -> int:
    number = _number_from(0, "0, 1, 2 …")(field, value)
    if number != int(number):
        raise RuleValueNotAllowed(value=value, field=field, allowed="0, 1, 2 …")
    return int(number)


def _count_from_one(field: str, value: object) -> int:
    number = _count(field, value)
    if number < 1:
        raise RuleValueNotAllowed(value=value, field=field, allowed="1, 2, 3 …")
    return number


def _yes_or_no(field: str, value: object) -> bool:
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    text = str(value).strip().lower()
    if text not in words:
        raise RuleValueNotAllowed(value=value, field=field, allowed=", ".join(words))
    return words[text]


def _numbers(field: str, value: object) -> frozenset[int]:
    parts = value.replace(",", " ").split() if isinstance(value, str) else value
    if not isinstance(parts, Iterable):
        parts = [parts]
    return frozenset(_count(field, part) for part in parts)


def _position(field: str, value: object) -> Position | None:
    if value is None or isinstance(value, Position):
        return value
    parts = value.replace(",", " ").split() if isinstance(value, str) else value
    try:
        lon, lat = (float(part) for part in parts)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        lon = lat = float("nan")
    if not Position(lon, lat).on_earth:
        raise RuleValueNotAllowed(value=value, field=field, allowed="lon, lat")
    return Position(lon, lat)


def _text(_field: str, value: object) -> str:
    return "" if value is None else str(value)


_READERS: dict[str, Callable[[str, object], object]] = {
    "name": _text,
    "source": _text,
    "method": _one_of(METHODS),
    "start": _pair_of(STARTS),
    "odd_side": _pair_of(ODD_SIDES),
    "step": _number_from(0.01, "≥ 0.01"),
    "reserve_lane": _count,
    "reserve_metres": _number_from(0.0, "≥ 0"),
    "one_sided": _yes_or_no,
    "sub_number": _one_of(SUB_NUMBERS),
    "skip": _numbers,
    "skip_reason": _text,
    "centre": _position,
    "corner": _one_of(CORNERS),
    "temporary": _one_of(TEMPORARY),
    "building_order": _one_of(BUILDING_ORDERS),
    "unit_order": _one_of(UNIT_ORDERS),
    "room": _one_of(ROOMS),
    "village": _one_of(VILLAGES),
    "village_added": _one_of(VILLAGE_ADDED),
    "village_reserve": _count,
    "village_every": _count_from_one,
    "village_plot": _number_from(0.0, "≥ 0"),
    "existing": _one_of(EXISTING),
}
