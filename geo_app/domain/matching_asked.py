"""What a text asks for, and at which doors of the register to look for it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from geo_app.domain.cleaning import comparable
from geo_app.domain.matching_names import (
    HYPHENS,
    StreetKey,
    asked_street,
    bare_label,
    name_key,
    split_street,
    village_stem,
)
from geo_app.domain.matching_near import Slip
from geo_app.domain.matching_places import PlaceName, Places
from geo_app.domain.parsing import AddressParts, ElementKind, ParsedAddress

MOST_KEYS = 40
"""Doors looked at for one text; a text that fits more streets is no question a register can answer."""

DOOR = frozenset({ElementKind.DOOR, ElementKind.SUBDOOR})
STREET = frozenset({ElementKind.ROAD, ElementKind.SUBROAD})
INNER = frozenset({ElementKind.BUILDING, ElementKind.UNIT, ElementKind.FLOOR, ElementKind.ROOM})
"""What stands inside a door."""


class Way(StrEnum):
    """How a place was read out of the text."""

    STATED = "stated"
    SECTION_OPEN = "section_open"
    NEAR = "near"
    FORMER = "former"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Fit:
    """A way to a place: how it was read, as what the register knows it, and the slip that lies between.

    `dropped` is what the reading leaves over before the street.
    """

    way: Way
    said: str = ""
    known: str = ""
    slip: Slip | None = None
    dropped: str = ""


@dataclass(frozen=True, slots=True)
class DoorKey:
    """A door that is looked for: by street, or by village (`division_id`), or by estate.

    `asking` is the place of the question in its batch. Numbers are 0 and labels "" where the text states none.
    """

    asking: int
    street: str = ""
    division_id: int = 0
    estate: str = ""
    number: int = 0
    sub_number: int = 0
    suffix: str = ""
    building: str = ""
    unit: str = ""
    floor: int = 0
    room: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A text taken apart, as matching sees it: keys of the street and the estate, stems of village and divisions.

    `above` are the divisions that are stated, from the city down to the township; `group` is the bare numeral of a
    village group or neighbourhood; `sub_number` is 0 for none.
    """

    place: int
    parsed: ParsedAddress
    street: StreetKey
    estate: str
    above: tuple[str, ...]
    village: str
    group: str
    sub_number: int
    suffix: str

    @classmethod
    def of(cls, place: int, parsed: ParsedAddress) -> Self:
        """Return the question that stands at `place` of its batch."""
        parts = parsed.parts
        # A village stands before the street or behind it (中华路南兴里).
        behind = bool(parts.road and parts.number and not parts.village and parts.estate.endswith(("里", "村")))
        sub_number = int(parts.sub_number) if parts.sub_number.isdecimal() else 0
        return cls(
            place,
            parsed,
            split_street(asked_street(parts)),
            "" if behind else name_key(parts.estate),
            tuple(name_key(name) for name in (parts.city, parts.county, parts.township) if name),
            village_stem(parts.estate if behind else parts.village),
            parts.group or parts.neighbourhood,
            sub_number,
            parts.suffix or ("" if sub_number else parts.sub_number),
        )

    @property
    def door_only(self) -> Self:
        """Return the question without what the text states inside the door."""
        parts = replace(self.parts, building="", unit="", floor=None, room="")
        return replace(self, parsed=replace(self.parsed, parts=parts))

    @property
    def parts(self) -> AddressParts:
        """Return the values."""
        return self.parsed.parts

    @property
    def key(self) -> str:
        """Return the whole text as it is compared; made when it is asked for, which is seldom."""
        return comparable(self.parsed.text).translate(HYPHENS)

    @property
    def inner(self) -> bool:
        """Tell whether the text goes on inside the door: building, unit, floor or room."""
        return bool(self.parts.building or self.parts.unit or self.parts.floor or self.parts.room)

    def text_of(self, kinds: Collection[ElementKind]) -> str:
        """Return the pieces of the text that are of these kinds, as they were written."""
        return "".join(one.text for one in self.parsed.elements if one.kind in kinds)

    @property
    def street_text(self) -> str:
        """Return the street as it was written, without a group or neighbourhood, which may stand for one."""
        named = (one.text for one in self.parsed.elements if one.kind in STREET)
        return "".join(name for name in named if not name.endswith(("组", "社", "队", "邻", "鄰")))

    @property
    def above_text(self) -> str:
        """Return the lowest division above the village that is stated, as it was written."""
        return self.parts.township or self.parts.county or self.parts.city

    def doors(self, **place: object) -> list[DoorKey]:
        """Return the doors that are asked for at a place; 3-5号 may be 3之5号 or a door of the numbers 3 to 5."""
        parts = self.parts
        subs = [self.sub_number] if parts.number_last is None else [parts.number_last, 0]
        return [
            DoorKey(
                self.place, number=parts.number or 0, sub_number=sub, suffix=self.suffix,
                building=bare_label(parts.building), unit=bare_label(parts.unit), floor=parts.floor or 0,
                room=bare_label(parts.room), **place,  # type: ignore[arg-type]
            )
            for sub in subs
        ]  # fmt: skip


Doors = dict[DoorKey, Fit]


def stated_doors(asked: Asked, places: Places) -> Doors:
    """Return the doors at the places that the text states, where the register knows them."""
    if asked.street.road:
        found = _on_streets(asked, places)
        if found or not asked.estate:
            return found
    if asked.estate:
        return _in_estates(asked, places)
    return _in_villages(asked, places)


def consistent(asked: Asked, places: Places, named: Iterable[PlaceName]) -> Iterator[PlaceName]:
    """Yield the places that may lie in the divisions that the text states."""
    return (place for place in named if lies_in(asked, places, place.division_id))


def lies_in(asked: Asked, places: Places, division_id: int) -> bool:
    """Tell whether a division may be what the text states; of more levels than the register names only the lowest."""
    if not asked.above:
        return True
    return places.holds(division_id, asked.above)


def _on_streets(asked: Asked, places: Places) -> Doors:
    street = asked.street
    found = consistent(asked, places, places.streets.get(street.whole, ()))
    doors = on_streets(asked, found, Fit(Way.STATED))
    if doors or street.tail.find("段") > 0:
        return doors
    open_ones = (
        place
        for place in consistent(asked, places, places.roads.get(street.road, ()))
        if _less_section(places.key_of(place.street).tail) == street.tail
    )
    return on_streets(asked, open_ones, Fit(Way.SECTION_OPEN))


def _less_section(tail: str) -> str:
    section, found, rest = tail.partition("段")
    return rest if found and section.isdigit() else tail


def _in_estates(asked: Asked, places: Places) -> Doors:
    named = consistent(asked, places, places.estates.get(asked.estate, ()))
    return _doors(asked, ({"estate": place.estate} for place in named), Fit(Way.STATED))


def _in_villages(asked: Asked, places: Places) -> Doors:
    if not (asked.village and asked.parts.number):
        return {}
    villages = (one for one in places.villages(asked.village) if lies_in(asked, places, one))
    return _doors(asked, ({"division_id": one} for one in villages), Fit(Way.STATED))


def on_streets(asked: Asked, named: Iterable[PlaceName], fit: Fit) -> Doors:
    """Return the doors that are asked for on streets."""
    if not asked.parts.number:
        return {}
    streets = dict.fromkeys(place.street for place in named)
    return _doors(asked, ({"street": street} for street in streets), fit)


def _doors(asked: Asked, at: Iterable[dict[str, object]], fit: Fit) -> Doors:
    return {door: fit for place, _ in zip(at, range(MOST_KEYS), strict=False) for door in asked.doors(**place)}
