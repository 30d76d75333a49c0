"""The cases of the numbering suite, drawn as text: `tests/domain/suite/cases/*.yaml` is where they are written.

In a sketch digits are the vertices of streets, small letters are doors, and every other mark only helps the eye; a
column is ten metres east, a row ten metres south. A door stands a metre east and north of its mark, so that no metre is
a round figure. `python -m tests.support.suite_pages` makes the data files, the drawings and the manual's two pages.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.support.street_sketch import at

FOLDER = Path(__file__).parents[1] / "domain/suite/cases"
USUAL_RULE = {"method": "sequential", "start": "first", "odd_side": "left", "sub_number": "附"}
ASIDE = 0.1
"""A metre, in columns."""


@cache
def sketches() -> dict[str, dict[str, Any]]:
    """Return the written cases by name, in the order of the suite."""
    found = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.yaml")}
    return dict(sorted(found.items(), key=lambda item: (item[1]["place"], item[0])))


def as_data(name: str, written: Mapping[str, Any]) -> dict[str, Any]:
    """Return a case as its data file holds it."""
    marks = _marks(written["sketch"])
    expected = written["expect"]
    refused = expected == "refused"
    found = [[door, kind] for door, kinds in sorted(written.get("findings", {}).items()) for kind in kinds]
    numbers = {} if refused else {door: _accepted(number) for door, number in sorted(expected.items())}
    return {
        "format": "numbering-suite/1",
        "about": "Synthetic: no such street exists. MIT licence. Format: geo_app/docs/reference/numbering_suite.md",
        "case": name,
        "title": written["title"],
        "requirement": written["rule_text"],
        "source": written["source"],
        "decision": written["decision"],
        "rule": {**USUAL_RULE, **written.get("rule", {})},
        "streets": _collection(_streets(written, marks)),
        "entrances": _collection(_entrances(written, marks)),
        "expected": {"refused": refused, "numbers": numbers, "findings": found},
    }


def _accepted(number: Any) -> list[str]:
    if isinstance(number, Mapping):
        return list(number["any_of"])
    return [] if number is None else [str(number)]


def _marks(sketch: str) -> dict[str, tuple[float, float]]:
    return {
        mark: (float(east), float(-south))
        for south, row in enumerate(sketch.splitlines())
        for east, mark in enumerate(row)
        if mark.isascii() and (mark.isdigit() or mark.islower())
    }


def _streets(written: Mapping[str, Any], marks: Mapping[str, tuple[float, float]]) -> Iterator[dict[str, Any]]:
    for count, street in enumerate(written["streets"], 1):
        own = {name: value for name, value in street.items() if name != "path"}
        line = [_degrees(*marks[vertex]) for vertex in street["path"]]
        yield _feature({"id": f"s{count}", "name": "", **own}, {"type": "LineString", "coordinates": line})


def _entrances(written: Mapping[str, Any], marks: Mapping[str, tuple[float, float]]) -> Iterator[dict[str, Any]]:
    special = written.get("doors", {})
    columns = sorted({name for own in special.values() for name in own} - {"at", "shift"})
    for door in sorted({mark for mark in marks if mark.islower()} | special.keys()):
        own = special.get(door, {})
        east, north = marks[own.get("at", door)]
        shift = own.get("shift", (0, 0))
        place = _degrees(east + ASIDE + shift[0] / 10, north + ASIDE + shift[1] / 10)
        properties = {"id": door} | {name: own.get(name, "") for name in columns}
        yield _feature(properties, {"type": "Point", "coordinates": place})


def _degrees(east: float, north: float) -> list[float]:
    return [round(part, 7) for part in at(east, north)]


def _feature(properties: dict[str, Any], geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _collection(features: Iterator[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}
