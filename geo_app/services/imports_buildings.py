"""Buildings from files: outlines with a name and a number of storeys."""

import numpy as np
import shapely

from geo_app.domain.access import Actor
from geo_app.domain.message import Message, marked
from geo_app.exchange.vector import FeatureTable
from geo_app.exchange.vector_options import Shape
from geo_app.persistence.bulk_buildings import BuildingRows, BulkBuildings
from geo_app.persistence.bulk_staging import Texts, column_of
from geo_app.persistence.register import Register
from geo_app.services.imports import ImportOrder, ImportReport, Loading, Tell, keys_of, run_import, texts

MOST_STOREYS = 200
NOT_STOREYS = marked("The number of storeys is no whole number from 1 to 200; it was left out.")
CORRECT_STOREYS = marked("Write how many storeys stand above the ground.")
OUTLINE_TWICE = marked("The same outline without an identifier stands in row {row} already; it was taken once.")
REMOVE = marked("Remove one of the two rows.")


def import_buildings(register: Register, actor: Actor, order: ImportOrder, tell: Tell) -> ImportReport:
    """Read the outlines of a file as buildings; an outline of several parts becomes several buildings.

    Raises what `run_import` does.
    """
    return run_import(register, actor, order, (_load, tell))


def _load(loading: Loading) -> None:
    bulk = BulkBuildings(loading.register.session)
    first: dict[str, int] = {}
    for table in loading.chunks(Shape.POLYGONS):
        bulk.stage(_each_once(loading, _rows(loading, table), first))
    bulk.write(loading.order.county_code, loading.order.day, loading.import_id)
    loading.settle(bulk.staged)


def _rows(loading: Loading, table: FeatureTable) -> BuildingRows:
    outlines, origin = shapely.get_parts(table.geometry, return_index=True)
    names, storeys = texts(table, "name"), _storeys(loading, table)
    keys = keys_of(texts(table, "id")[origin], outlines)
    return BuildingRows(table.rows[origin], keys, names[origin], storeys[origin], outlines)


def _storeys(loading: Loading, table: FeatureTable) -> Texts:
    found = []
    for row, value in zip(table.rows.tolist(), texts(table, "storeys"), strict=True):
        sound = value.isascii() and value.isdigit() and 1 <= int(value) <= MOST_STOREYS
        if value and not sound:
            loading.doubt(row, ("storeys", value), Message(NOT_STOREYS), Message(CORRECT_STOREYS))
        found.append(value if sound else "")
    return column_of(found)


def _each_once(loading: Loading, rows: BuildingRows, first: dict[str, int]) -> BuildingRows:
    kept = np.ones(len(rows.rows), dtype=bool)
    for place, key in enumerate(rows.keys):
        earlier = first.setdefault(key, int(rows.rows[place]))
        if earlier != rows.rows[place]:
            kept[place] = False
            told = Message(OUTLINE_TWICE, {"row": earlier})
            loading.refuse(int(rows.rows[place]), ("geometry", ""), told, Message(REMOVE))
    if kept.all():
        return rows
    return BuildingRows(rows.rows[kept], rows.keys[kept], rows.names[kept], rows.storeys[kept], rows.outlines[kept])
