"""Streets from files: lines of one name that touch are one street, whether they come from a file or stand there."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo_app.domain.access import Actor
from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_rule import read_field
from geo_app.domain.street_group import touching_groups
from geo_app.domain.street_pinyin import spell
from geo_app.exchange.numbering_files import FIELD_LEFT_OUT, STREET_FIELDS, tidy
from geo_app.exchange.vector import FeatureTable
from geo_app.exchange.vector_options import Shape
from geo_app.persistence.bulk_staging import Texts, column_of
from geo_app.persistence.bulk_streets import FoundStreet, LivingPieces, PieceRows
from geo_app.persistence.register import Register
from geo_app.services.imports import ImportOrder, ImportReport, Loading, Tell, keys_of, run_import, texts
from geo_app.services.street_names import index_names

DRAWN_TWICE = marked("The same line without an identifier stands in row {row} already; it was taken once.")
REMOVE = marked("Remove one of the two rows.")
IS_AREA = marked("The line is drawn as an area (area=yes); areas are no streets.")
DRAW_LINE = marked("Draw the middle of the street as a line.")


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """The lines of a file, one entry a line: row, key, name ("" for a lane without one), rule fields as JSON, line."""

    rows: NDArray[np.int64]
    keys: Texts
    names: Texts
    rules: Texts
    lines: Texts

    def only(self, kept: NDArray[np.int64]) -> "_Drawn":
        """Return the lines at these places."""
        return _Drawn(self.rows[kept], self.keys[kept], self.names[kept], self.rules[kept], self.lines[kept])


def import_streets(register: Register, actor: Actor, order: ImportOrder, tell: Tell) -> ImportReport:
    """Read the lines of a file as streets; lines without a name become lanes without a street.

    Raises what `run_import` does.
    """
    return run_import(register, actor, order, (_load, tell))


def _load(loading: Loading) -> None:
    drawn = _together([_drawn(loading, table) for table in loading.chunks(Shape.LINES)])
    drawn = _each_once(loading, drawn)
    streets = _streets(loading, drawn)
    order, bulk = loading.order, loading.register.bulk_streets
    staged = bulk.stage(PieceRows(drawn.rows, drawn.keys, drawn.rules, streets, drawn.lines))
    bulk.write(staged, order.county_code, order.day, loading.import_id)
    loading.settle(staged)


def _drawn(loading: Loading, table: FeatureTable) -> _Drawn:
    areas = texts(table, "area") == "yes"
    for place in np.flatnonzero(areas):
        loading.refuse(int(table.rows[place]), ("area", "yes"), Message(IS_AREA), Message(DRAW_LINE))
    rules = _rules(loading, table)
    lines, origin = shapely.get_parts(table.geometry, return_index=True)
    names = column_of(tidy(name) for name in texts(table, "name"))
    keys = keys_of(texts(table, "id")[origin], lines)
    drawn = _Drawn(table.rows[origin], keys, names[origin], rules[origin], np.asarray(lines, dtype=object))
    return drawn.only(np.flatnonzero(~areas[origin]))


def _rules(loading: Loading, table: FeatureTable) -> Texts:
    rules: list[dict[str, str]] = [{} for _ in range(len(table))]
    for field in STREET_FIELDS:
        for place, value in enumerate(texts(table, field)):
            if not value:
                continue
            try:
                read_field(field, value)
                rules[place][field] = value
            except DomainError as refusal:
                row = int(table.rows[place])
                loading.doubt(row, (field, value), refusal.message, Message(FIELD_LEFT_OUT))
    return column_of(json.dumps(rule, sort_keys=True, ensure_ascii=False) if rule else "" for rule in rules)


def _together(parts: Sequence[_Drawn]) -> _Drawn:
    return _Drawn(
        np.concatenate([part.rows for part in parts]),
        np.concatenate([part.keys for part in parts]),
        np.concatenate([part.names for part in parts]),
        np.concatenate([part.rules for part in parts]),
        np.concatenate([part.lines for part in parts]),
    )


def _each_once(loading: Loading, drawn: _Drawn) -> _Drawn:
    first: dict[str, int] = {}
    kept = []
    for place, key in enumerate(drawn.keys):
        if key in first:
            row, earlier = int(drawn.rows[place]), int(drawn.rows[first[key]])
            loading.refuse(row, ("geometry", ""), Message(DRAWN_TWICE, {"row": earlier}), Message(REMOVE))
        else:
            first[key] = place
            kept.append(place)
    return drawn if len(kept) == len(drawn.keys) else drawn.only(np.array(kept, dtype=np.int64))


def _streets(loading: Loading, drawn: _Drawn) -> Texts:
    """Return the street id of each line as text, "" for a lane without name; new streets are written."""
    named = [place for place, name in enumerate(drawn.names) if name]
    names = [drawn.names[place] for place in named]
    county, bulk = loading.order.county_code, loading.register.bulk_streets
    living = bulk.living_pieces(county, sorted(set(names)))
    lines = np.concatenate([drawn.lines[named], living.lines])
    groups = touching_groups([*names, *living.names], lines)
    known = _known(living, groups[len(named) :], ([drawn.keys[place] for place in named], names, groups))
    fresh = {int(group): place for place, group in reversed(list(zip(named, groups, strict=False)))}
    fresh = {group: place for group, place in sorted(fresh.items()) if group not in known}
    found = [_found(drawn, place) for place in fresh.values()]
    ids = bulk.add_streets(county, found, loading.order.day, loading.import_id) if found else []
    index_names(loading.register, county)
    known |= dict(zip(fresh, ids, strict=True))
    streets = [""] * len(drawn.names)
    for place, group in zip(named, groups, strict=False):
        streets[place] = str(known[int(group)])
    return column_of(streets)


def _known(
    living: LivingPieces, theirs: NDArray[np.int64], ours: tuple[Sequence[str], Sequence[str], NDArray[np.int64]]
) -> dict[int, int]:
    """Return the street of each group that has one: that of a line it touches, or of its own line loaded before."""
    known: dict[int, int] = {}
    for group, street in zip(theirs.tolist(), living.streets, strict=True):
        known[group] = min(street, known.get(group, street))
    before: Mapping[tuple[str | None, str], int] = {
        (key, name): street for key, name, street in zip(living.keys, living.names, living.streets, strict=True)
    }
    for key, name, group in zip(*ours[:2], ours[2].tolist(), strict=False):
        if (key, name) in before:
            known[group] = min(before[key, name], known.get(group, before[key, name]))
    return known


def _found(drawn: _Drawn, place: int) -> FoundStreet:
    middle = drawn.lines[place].interpolate(0.5, normalized=True)
    return FoundStreet(drawn.names[place], spell(drawn.names[place]).text, middle.x, middle.y, int(drawn.rows[place]))
