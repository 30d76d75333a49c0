"""The demonstration: a made-up county on real names, loaded once, with some plans already on their way."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon

from geo_app.domain.access import Actor
from geo_app.domain.demo_groups import gather_groups
from geo_app.domain.demo_values import DemoCounty
from geo_app.domain.errors import Conflict
from geo_app.domain.position import SRID
from geo_app.domain.street_group import touching_groups
from geo_app.domain.street_pinyin import spell
from geo_app.persistence.register import Register
from geo_app.services.street_names import index_names

DATED = ("valid", "import_id", "source_key")


class DemoIsLoaded(Conflict):
    """A second demo on top of the first would double every street."""

    pattern = "The demonstration of county {county} is loaded already."


@dataclass(frozen=True, slots=True)
class _Into:
    """Where a demo goes: its county, its import, the first day it is valid."""

    county_code: str
    import_id: int
    day: date

    def dated(self, kind: str, count: int) -> Iterator[tuple[object, ...]]:
        """Return the columns `DATED` of `count` rows."""
        return ((f"[{self.day},)", self.import_id, f"demo-{kind}-{i}") for i in range(count))


def load_demo(register: Register, actor: Actor, county: DemoCounty, day: date) -> int:
    """Write a generated county into the register and return how many doors it has; the divisions stand there already.

    Raises:
        DemoIsLoaded: once is enough.
    """
    code = county.county.code.text
    if register.demo.is_loaded(code):
        raise DemoIsLoaded(county=code)
    into = _Into(code, register.demo.begin(code, actor.account_id, county.seed), day)
    divisions = register.demo.divisions(code)
    _outlines(register, into, county, divisions)
    groups = _village_groups(register, into, county, divisions)
    streets = _streets(register, into, county, (divisions, groups))
    _pieces(register, into, county, streets)
    index_names(register, code)
    buildings = _buildings(register, into, county)
    _entrances(register, into, county, (streets, groups, buildings))
    rows = len(streets) + len(county.buildings) + len(county.entrances)
    register.demo.finish(into.import_id, rows)
    register.journal.write(actor.account_id, actor.reason, "load_demo", ("import", into.import_id), {"rows": rows})
    return len(county.entrances)


def _outlines(register: Register, into: _Into, county: DemoCounty, divisions: dict[str, int]) -> None:
    known = [outline for outline in (county.outline, *county.outlines) if outline.code.text in divisions]
    shapes = np.empty(len(known), dtype=object)
    shapes[:] = [_many(outline.shape) for outline in known]
    own = zip(known, _ewkt(shapes), strict=True)
    rows = (
        (divisions[outline.code.text], shape, outline.derived, outline.source, *dated)
        for (outline, shape), dated in zip(own, into.dated("outline", len(known)), strict=True)
    )
    register.demo.add("division_outline", ("division_id", "outline", "derived", "source", *DATED), rows)


def _many(shape: Polygon | MultiPolygon) -> MultiPolygon:
    return MultiPolygon([shape]) if isinstance(shape, Polygon) else shape


def _ewkt(shapes: Any) -> Iterator[str]:
    return (f"SRID={SRID};{text}" for text in shapely.to_wkt(shapes, rounding_precision=8))


def _village_groups(register: Register, into: _Into, county: DemoCounty, divisions: dict[str, int]) -> dict[int, int]:
    """Write the village groups and return the id of each of their lanes' group, by the lane's number in the county."""
    groups = [group for group in gather_groups(county) if group.village_code.text in divisions]
    ids = register.demo.new_ids("village_group", len(groups))
    mouths = _ewkt(np.array([shapely.Point(group.mouth.lon, group.mouth.lat) for group in groups], dtype=object))
    own = zip(ids, groups, mouths, into.dated("group", len(groups)), strict=True)
    rows = (
        (key, into.county_code, divisions[group.village_code.text], group.name, mouth, True, *dated)
        for key, group, mouth, dated in own
    )
    columns = ("id", "county_code", "division_id", "name", "mouth", "made_up", *DATED)
    register.demo.add("village_group", columns, rows)
    return {lane: key for key, group in zip(ids, groups, strict=True) for lane in group.lanes}


def _streets(
    register: Register, into: _Into, county: DemoCounty, under: tuple[dict[str, int], dict[int, int]]
) -> list[int | None]:
    """Write the streets and return the id of each line's street, None for a village's lane, which has no name.

    Lines of one name that touch are one street.
    """
    divisions, village_groups = under
    named = [i for i in range(len(county.streets)) if i not in village_groups]
    lines = [county.streets[i] for i in named]
    groups = touching_groups([street.name for street in lines], _lines(county)[named])
    _, firsts = np.unique(groups, return_index=True)
    ids = register.demo.new_ids("street", len(firsts))
    columns = ("id", "county_code", "division_id", "name", "pinyin", "namesake", "kind", "made_up", "note", *DATED)
    drawn = [lines[first] for first in firsts]
    own = zip(ids, drawn, _namesakes(street.name for street in drawn), strict=True)
    rows = (
        (
            *(key, into.county_code, divisions.get(street.division_code.text), street.name),
            *(spell(street.name).text, namesake, street.kind.value, street.made_up, street.source, *dated),
        )
        for (key, street, namesake), dated in zip(own, into.dated("street", len(ids)), strict=True)
    )
    register.demo.add("street", columns, rows)
    of_line: dict[int, int] = {line: ids[group] for line, group in zip(named, groups.tolist(), strict=True)}
    return [of_line.get(i) for i in range(len(county.streets))]


def _namesakes(names: Iterable[str]) -> Iterator[int]:
    counted: Counter[str] = Counter()
    for name in names:
        counted[name] += 1
        yield counted[name]


def _lines(county: DemoCounty) -> NDArray[np.object_]:
    lines = np.empty(len(county.streets), dtype=object)
    lines[:] = [street.line for street in county.streets]
    return lines


def _pieces(register: Register, into: _Into, county: DemoCounty, streets: Sequence[int | None]) -> None:
    columns = ("county_code", "street_id", "line", *DATED)
    own = zip(streets, _ewkt(_lines(county)), strict=True)
    dated = into.dated("piece", len(streets))
    rows = ((into.county_code, street, line, *rest) for (street, line), rest in zip(own, dated, strict=True))
    register.demo.add("street_piece", columns, rows)


def _buildings(register: Register, into: _Into, county: DemoCounty) -> list[int]:
    columns = ("id", "county_code", "outline", "storeys", "made_up", *DATED)
    ids = register.demo.new_ids("building", len(county.buildings))
    own = zip(ids, _ewkt(county.buildings.shapes()), county.buildings.floors, strict=True)
    dated = into.dated("building", len(ids))
    rows = (
        (key, into.county_code, outline, floors, True, *rest)
        for (key, outline, floors), rest in zip(own, dated, strict=True)
    )
    register.demo.add("building", columns, rows)
    return ids


def _entrances(
    register: Register, into: _Into, county: DemoCounty, on: tuple[list[int | None], dict[int, int], list[int]]
) -> None:
    """Write the doors; in a village group nothing hangs yet: the made-up numbers were those of streets."""
    streets, groups, buildings = on
    doors = county.entrances
    columns = (
        "county_code", "street_id", "village_group_id", "building_id", "position", "wall_number", "made_up", *DATED,
    )  # fmt: skip
    places = _ewkt(shapely.points(doors.lon, doors.lat))
    own = zip(doors.street.tolist(), doors.building, places, doors.number, strict=True)
    dated = into.dated("door", len(doors))
    rows = (
        (
            *(into.county_code, streets[line], groups.get(line), buildings[building], position),
            *(number or None if line not in groups else None, True, *rest),
        )
        for (line, building, position, number), rest in zip(own, dated, strict=True)
    )
    register.demo.add("entrance", columns, rows)
