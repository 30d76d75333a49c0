"""Footprints of an estate's buildings from any vector file, with what its columns say of their insides."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import shapely

from geo_app.domain.errors import DomainError
from geo_app.domain.estate import BuildingSpec, EstateBuilding
from geo_app.domain.estate_spec import FIELDS, read_spec
from geo_app.domain.message import Message, marked
from geo_app.domain.row_problem import RowProblem
from geo_app.exchange.vector import FeatureTable, read_features
from geo_app.exchange.vector_options import DEFAULTS, ReadOptions, Shape

KNOWN_AS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "osm_id", "fid", "编号"),
    "name": ("name", "名称"),
    "number": ("number", "楼号", "幢号", "栋号"),
    "units": ("units", "单元数"),
    "floors": ("floors", "storeys", "levels", "building:levels", "层数", "地上层数"),
    "underground": ("underground", "地下层数"),
    "rooms": ("rooms", "每层户数"),
    "underground_rooms": ("underground_rooms", "地下每层户数"),
    "rooms_on": ("rooms_on", "分层户数"),
    "missing": ("missing", "缺层"),
    "signs": ("signs", "楼层标识"),
    "unit_order": ("unit_order", "单元顺序"),
    "unit_names": ("unit_names", "单元名"),
}
"""Our names, and the columns that are taken for them without being told; the first that the file has."""

LEFT_OUT = marked("This value was left out; the usual one stands.")


@dataclass(frozen=True, slots=True)
class Footprints:
    """The buildings of a file, rows that could not be used as they were, and sentences about the whole file."""

    buildings: tuple[EstateBuilding, ...]
    problems: tuple[RowProblem, ...]
    notices: tuple[Message, ...]


def read_footprints(path: Path, options: ReadOptions = DEFAULTS) -> Footprints:
    """Return the polygons of a file as buildings; one of several parts is several buildings.

    Columns: id, name, number (kept) and those of `estate_spec.FIELDS`. Raises what `read_features` raises.
    """
    table = read_features(path, Shape.POLYGONS, options)
    columns = _columns(table.columns)
    problems = list(table.problems)
    buildings = [building for row in range(len(table)) for building in _buildings(table, columns, row, problems)]
    return Footprints(tuple(_told_apart(buildings)), tuple(problems), table.notices)


def _columns(frame: pd.DataFrame) -> dict[str, list[str]]:
    found = ((ours, next((name for name in names if name in frame.columns), None)) for ours, names in KNOWN_AS.items())
    return {ours: frame[name].tolist() for ours, name in found if name is not None}


def _buildings(
    table: FeatureTable, columns: Mapping[str, list[str]], row: int, problems: list[RowProblem]
) -> Iterator[EstateBuilding]:
    told = {name: values[row].strip() for name, values in columns.items()}
    spec = _spec(told, int(table.rows[row]), problems)
    parts = shapely.get_parts(table.geometry[row])
    key = told.get("id") or str(table.rows[row])
    for count, part in enumerate(parts, 1):
        own = key if len(parts) == 1 else f"{key}-{count}"
        yield EstateBuilding(
            own[:60], shapely.force_2d(part), spec, kept=told.get("number", "")[:12], name=told.get("name", "")[:60]
        )


def _spec(told: Mapping[str, str], row: int, problems: list[RowProblem]) -> BuildingSpec:
    """Return what the row says; a value that cannot be read is told and left out, the others stay."""
    given: dict[str, object] = {}
    for field in FIELDS:
        value = re.sub(r"\.0+$", "", told.get(field, ""))
        try:
            read_spec({field: value})
            given[field] = value
        except DomainError as refusal:
            problems.append(RowProblem(row, field, value, refusal.message, Message(LEFT_OUT)))
    return read_spec(given)


def _told_apart(buildings: list[EstateBuilding]) -> Iterator[EstateBuilding]:
    """Yield the buildings, keys that come again made different."""
    seen: dict[str, int] = {}
    for building in buildings:
        seen[building.key] = seen.get(building.key, 0) + 1
        again = seen[building.key]
        if again == 1:
            yield building
        else:
            yield EstateBuilding(
                f"{building.key}#{again}", building.footprint, building.spec, building.kept, name=building.name
            )
