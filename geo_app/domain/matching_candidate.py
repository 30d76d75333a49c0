"""An address of the register beside what a text asks for: every difference named, and what speaks for a slip."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

from geo_app.domain.cleaning import comparable
from geo_app.domain.matching_asked import Asked, Fit, Way, lies_in
from geo_app.domain.matching_grade import FULL, Difference, Penalty, differs
from geo_app.domain.matching_names import HYPHENS, DivisionChain, name_key, street_key
from geo_app.domain.matching_near import Slip
from geo_app.domain.matching_places import Places
from geo_app.domain.parsing import ElementKind

RETIRED = "retired"
LARGE_NUMBER = 100


@dataclass(frozen=True, slots=True)
class AddressRow:
    """An address as matching compares it; "" and 0 for what it has not."""

    asking: int
    id: str
    standard_code: str
    text: str
    status: str
    division_id: int
    street: str
    group: str
    estate: str
    number: int
    number_last: int
    sub_number: int
    suffix: str
    number_text: str
    building: str
    unit: str
    floor: int
    room: str

    @property
    def inner(self) -> bool:
        """Tell whether it stands inside a door: a building, unit, floor or room."""
        return bool(self.building or self.unit or self.floor or self.room)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be meant: how the text leads to it, all that differs, and what speaks for a slip.

    `points` is what its differences take from the score; of two that miss something the one that misses less is best.
    """

    row: AddressRow
    fit: Fit
    differences: tuple[Difference, ...]
    points: int
    missing: tuple[ElementKind, ...] = ()
    evidence: int = 0

    @property
    def score(self) -> int:
        """Return how near it is to the text, 0 to 100."""
        return max(0, FULL - self.points)

    def with_differences(self, differences: tuple[Difference, ...]) -> Self:
        """Return the candidate with other differences."""
        return replace(self, differences=differences, points=sum(one.points for one in differences) + len(self.missing))


def candidate(asked: Asked, row: AddressRow, fit: Fit, places: Places) -> Candidate | None:
    """Return the address as a candidate; None where it is another unit or lies elsewhere than the text states."""
    # A storey is a unit of its own beside the rooms on it: 二樓 is not 二樓之3.
    another_unit = asked.parts.room and row.floor and not row.room
    if another_unit or not lies_in(asked, places, row.division_id):
        return None
    chain = places.chain(row.division_id)
    # A word too many and a slip besides are two errors: too much for one name.
    if fit.dropped and fit.slip and not chain.holds_text(fit.dropped):
        return None
    missing = _missing(asked, row)
    found = (
        *_text(asked, row, fit, chain),
        *_way(asked, row, fit),
        *_divisions(asked, chain),
        *_group(asked, row),
        *_inside(asked, row, missing),
    )
    points = sum(one.points for one in found) + len(missing)
    return Candidate(row, fit, found, points, missing, _evidence(asked, row, fit, places))


def _text(asked: Asked, row: AddressRow, fit: Fit, chain: DivisionChain) -> Iterator[Difference]:
    """Yield what is strange about the text itself, this address in mind."""
    if fit.dropped and not chain.holds_text(fit.dropped):
        yield differs(Penalty.BEFORE_OVER, rest=fit.dropped)
    if asked.parsed.rest:
        yield differs(Penalty.REST_OVER, rest=asked.parsed.rest)
    if sum(one.kind is ElementKind.DOOR for one in asked.parsed.elements) > 1:
        yield differs(Penalty.SEVERAL_NUMBERS, said=asked.text_of({ElementKind.DOOR}))
    last = asked.parts.number_last
    if last and not row.sub_number and row.number_last != last:
        yield differs(Penalty.RANGE_OPEN, said=f"{asked.parts.number}-{last}", known=row.number_text)


def _way(asked: Asked, row: AddressRow, fit: Fit) -> Iterator[Difference]:
    if fit.way is Way.SECTION_OPEN:
        yield differs(Penalty.SECTION_LEFT_OUT, known=row.street)
    if fit.way is Way.NEAR:
        named = Penalty.ROAD_SOUNDS if fit.slip is Slip.SOUND else Penalty.ROAD_CORRECTED
        said = asked.street_text if fit.said == asked.street.road else fit.said
        yield differs(named, said=said, known=row.street)
    if asked.estate and row.estate and name_key(row.estate) != asked.estate:
        yield differs(Penalty.ESTATE_DIFFERS, said=asked.parts.estate, known=row.estate)
    if fit.way is Way.STATED and asked.street.road and row.street and row.estate and not fit.known:
        yield from _street(asked, row)


def _street(asked: Asked, row: AddressRow) -> Iterator[Difference]:
    """Yield what differs where an address was found by its estate: the street may be another one."""
    if street_key(row.street).road != asked.street.road:
        yield differs(Penalty.STREET_DIFFERS, said=asked.street_text, known=row.street)


def _divisions(asked: Asked, chain: DivisionChain) -> Iterator[Difference]:
    stem, generic = chain.names[-1] if chain.names else ("", "")
    if stem and not any(stem in name for name in asked.above):
        yield differs(Penalty.TOWNSHIP_LEFT_OUT, name=stem + generic)
    if chain.village and not asked.village:
        yield differs(Penalty.VILLAGE_LEFT_OUT, name=chain.village_name)
    elif chain.village and asked.village != chain.village:
        yield differs(Penalty.VILLAGE_DIFFERS, said=asked.parts.village or asked.village, known=chain.village_name)


def _group(asked: Asked, row: AddressRow) -> Iterator[Difference]:
    known = group_numeral(row.group)
    if asked.group and known and asked.group != known:
        # Where there is no street the group is what the number is counted in.
        named = Penalty.GROUP_DIFFERS if row.street else Penalty.OTHER_GROUP
        yield differs(named, said=asked.group, known=known)


def _missing(asked: Asked, row: AddressRow) -> tuple[ElementKind, ...]:
    """Return the levels inside the door that the text states and the address has not."""
    parts = asked.parts
    levels = (
        (ElementKind.BUILDING, bool(parts.building), bool(row.building)),
        (ElementKind.UNIT, bool(parts.unit), bool(row.unit)),
        (ElementKind.FLOOR, bool(parts.floor), bool(row.floor or row.room)),
        (ElementKind.ROOM, bool(parts.room), bool(row.room)),
    )
    return tuple(level for level, stated, known in levels if stated and not known)


def _inside(asked: Asked, row: AddressRow, missing: tuple[ElementKind, ...]) -> Iterator[Difference]:
    if missing:
        yield differs(Penalty.INNER_OVER, rest=asked.text_of(missing))
    elif row.unit and not asked.parts.unit:
        yield differs(Penalty.UNIT_LEFT_OUT, known=row.unit)


def _evidence(asked: Asked, row: AddressRow, fit: Fit, places: Places) -> int:
    """Return what speaks for a slip of the pen rather than another road: what else of the text agrees, counted."""
    if fit.way is not Way.NEAR:
        return 0
    chain, parts = places.chain(row.division_id), asked.parts
    kept = max(len(fit.said), len(fit.known)) - 1
    village = 0 if not asked.village or not chain.village else (4 if asked.village == chain.village else -5)
    known_group = group_numeral(row.group)
    group = 3 if asked.group and asked.group == known_group else 0
    agrees = (
        (2 * (kept - 2), True),
        (2, fit.slip is Slip.SOUND),
        (-8, fit.slip is Slip.NUMERAL),
        (2, bool(asked.street.tail)),
        (2, asked.street.tail.count("巷") + asked.street.tail.count("弄") > 0),
        (1, (parts.number or 0) >= LARGE_NUMBER),
        (1, asked.sub_number > 0),
        (2, asked.inner and row.inner),
        (-4, places.is_known_road(fit.said)),
    )
    return village + group + sum(points for points, holds in agrees if holds)


@lru_cache(maxsize=16_384)
def group_numeral(group: str) -> str:
    """Return the numeral of a group as the register writes it: 三组, 3社 and 3鄰 are 3."""
    key = comparable(group) if group else ""
    return key.rstrip("组社队邻") or key


def ends_alike(asked: Asked, row: AddressRow) -> bool:
    """Tell whether the text ends as the register writes this number: 1之1號 and 1號之1 are two doors somewhere."""
    return asked.key.endswith(comparable(row.number_text).translate(HYPHENS))
