"""Which division each row of a file lies in: by its code, by the names it gives, else by the outline it falls into."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from geo_app.domain.division import DivisionCode, DivisionCodeMalformed, Level, parse_code
from geo_app.domain.division_names import township_stem, village_key
from geo_app.domain.message import Message, marked
from geo_app.persistence.bulk_divisions import BulkDivisions, DivisionRow
from geo_app.persistence.bulk_staging import Texts
from geo_app.services.imports import Loading

MADE = marked("The register lacked {level} {name}; it was made with code {code} and marked as imported.")
LOAD_DIVISIONS = marked("Load the division list, or correct the name.")
ELSEWHERE = marked("The code {code} is none of county {county}; the names beside it were used.")
CORRECT_CODE = marked("Correct the code, or load the row into its own county.")
FREE = (*range(901, 1000), *range(600, 901))
"""Numbers of imported divisions, in the order they are given: the standards give those from 600 on no meaning."""

Named = tuple[str, str, str]


@dataclass(slots=True)
class Places:
    """The divisions of the order's county; those that a file names and the register lacks are made."""

    loading: Loading
    bulk: BulkDivisions
    by_code: dict[str, DivisionRow] = field(default_factory=dict)
    by_id: dict[int, DivisionRow] = field(default_factory=dict)
    known: dict[Named, DivisionRow] = field(default_factory=dict)

    @classmethod
    def of(cls, loading: Loading) -> "Places":
        """Return what the register knows of the county."""
        bulk = BulkDivisions(loading.register.session)
        places = cls(loading, bulk)
        for row in bulk.around(loading.order.county_code):
            places.remember(row)
        return places

    def remember(self, row: DivisionRow) -> DivisionRow:
        """Take note of a division."""
        self.by_code[row.code] = row
        self.by_id[row.id] = row
        return row

    def county(self) -> DivisionRow:
        """Return the county, made without a name of its own where the register lacks it."""
        code = self.loading.order.county_code
        above = self.by_code.get(code[:4]) or self.by_code.get(code[:2])
        return self.by_code.get(code) or self.make(DivisionCode(code), code, above, 0)

    def make(self, code: DivisionCode, name: str, above: DivisionRow | None, row: int) -> DivisionRow:
        """Write a division and say so, if a row named it."""
        since = (self.loading.order.day, self.loading.import_id)
        made = self.remember(self.bulk.add(code, name, above.id if above else None, since))
        if row:
            ours = "village" if made.level is Level.VILLAGE else "town"
            values = {"level": Message(LEVEL_WORDS[made.level]), "name": name, "code": code.text}
            self.loading.doubt(row, (ours, name), Message(MADE, values), Message(LOAD_DIVISIONS))
        return made

    def found(self, named: Named, row: int) -> DivisionRow:
        """Return the division that a row names by code, town and village; the county where it names none."""
        if named not in self.known:
            self.known[named] = self._by_code(named, row) or self._by_names(named, row)
        return self.known[named]

    def _by_code(self, named: Named, row: int) -> DivisionRow | None:
        text, town, village = named
        if not text:
            return None
        try:
            code = parse_code(text)
        except DivisionCodeMalformed as refusal:
            self.loading.doubt(row, ("division", text), refusal.message, Message(CORRECT_CODE))
            return None
        county = self.loading.order.county_code
        if not code.text.startswith(county):
            told = Message(ELSEWHERE, {"code": text, "county": county})
            self.loading.doubt(row, ("division", text), told, Message(CORRECT_CODE))
            return None
        return self._of_code(code, {Level.TOWNSHIP: town, Level.VILLAGE: village}, row)

    def _of_code(self, code: DivisionCode, names: dict[Level, str], row: int) -> DivisionRow:
        if code.text in self.by_code:
            return self.by_code[code.text]
        if code.level is Level.COUNTY or code.parent is None:
            return self.county()
        above = self._of_code(code.parent, names, row)
        return self.make(code, names.get(code.level) or code.text, above, row)

    def _by_names(self, named: Named, row: int) -> DivisionRow:
        _, town, village = named
        township = self._below(self.county(), town, row) if town else self.county()
        if not village:
            return township
        return self._village(township, village, row)

    def _village(self, township: DivisionRow, name: str, row: int) -> DivisionRow:
        if township.level is Level.TOWNSHIP:
            return self._below(township, name, row)
        # Without its town a village is known only if the county has its name once.
        fitting = [one for one in self.by_code.values() if one.level is Level.VILLAGE and _alike(one, name)]
        return fitting[0] if len(fitting) == 1 else township

    def _below(self, above: DivisionRow, name: str, row: int) -> DivisionRow:
        children = [one for one in self.by_code.values() if one.parent_id == above.id]
        same = [one for one in children if one.name == name] or [one for one in children if _alike(one, name)]
        if len(same) == 1:
            return same[0]
        numbers = (f"{above.code}{number}" for number in FREE)
        return self.make(DivisionCode(next(code for code in numbers if code not in self.by_code)), name, above, row)

    def prefix(self, division: DivisionRow) -> str:
        """Return the names from the province down to the township, as addresses begin with them.

        A division that is known by its code alone is left out.
        """
        chain: list[DivisionRow] = []
        step: DivisionRow | None = division
        while step is not None:
            chain.append(step)
            step = self.by_id.get(step.parent_id) if step.parent_id is not None else None
        named = (one.name for one in reversed(chain) if one.level <= Level.TOWNSHIP and one.name != one.code)
        return "".join(named)


LEVEL_WORDS = {
    Level.COUNTY: marked("county"),
    Level.TOWNSHIP: marked("township"),
    Level.VILLAGE: marked("village"),
    Level.GRID_CELL: marked("grid cell"),
}


def by_outline(places: Places, points: Texts) -> Sequence[int | None]:
    """Return the id of the lowest division whose outline holds each of n points; None: none does."""
    ids, outlines = places.bulk.outlines(places.loading.order.county_code)
    found: list[int | None] = [None] * len(points)
    if not ids:
        return found
    shapely.prepare(outlines)
    point, outline = shapely.STRtree(outlines).query(points, predicate="intersects")
    for place in np.lexsort((outline, point))[::-1]:
        found[int(point[place])] = ids[int(outline[place])]
    return found


def _alike(division: DivisionRow, name: str) -> bool:
    if division.level is Level.VILLAGE:
        return village_key(division.name) == village_key(name)
    return division.level is Level.TOWNSHIP and township_stem(division.name) == township_stem(name)


def distinct(columns: tuple[Texts, Texts, Texts]) -> tuple[list[Named], NDArray[np.int64]]:
    """Return the distinct triples of three columns, in order of first appearance, and for each row which it has."""
    numbers: dict[Named, int] = {}
    rows = zip(*(one.tolist() for one in columns), strict=True)
    places = [numbers.setdefault(row, len(numbers)) for row in rows]
    return list(numbers), np.array(places, dtype=np.int64)
