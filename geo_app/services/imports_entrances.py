"""Doors from files: each on its street by name, or on the nearest one."""

from collections.abc import Callable

from geo_app.domain.access import Actor
from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering import FAR_METRES
from geo_app.domain.numbering_circumstance import DoorKind, DoorState, read_front, read_kind, read_state
from geo_app.exchange.numbering_files import tidy
from geo_app.exchange.vector import FeatureTable
from geo_app.exchange.vector_options import Shape
from geo_app.persistence.bulk_entrances import BulkEntrances, EntranceRows, UnknownStreet
from geo_app.persistence.bulk_staging import Texts, column_of
from geo_app.persistence.register import Register
from geo_app.services.imports import ImportOrder, ImportReport, Loading, Tell, keys_of, run_import, texts

POINT_TWICE = marked("The same point without an identifier stands in row {row} already; it was taken once.")
GIVE_IDS = marked("Give each door an identifier of its own, or remove one of the two rows.")
UNKNOWN_STREET = marked("The register has no street “{street}”; the door was loaded without a street.")
LOOKS_LIKE = marked("Did you mean “{street}”? Otherwise load the street first, then this file again.")
LOAD_STREETS = marked("Load the streets first, then this file again.")
NO_OWNER = marked("There is no entrance {of} for this door to belong to; it was loaded by itself.")
CHECK_OWNER = marked("Give the identifier of a door of this file or of the register.")
LOADED_AS_USUAL = marked("Correct the value; the door was loaded as an ordinary one.")


def import_entrances(register: Register, actor: Actor, order: ImportOrder, tell: Tell) -> ImportReport:
    """Read the points of a file as doors; an unknown street is told, and the door loaded without one.

    Raises what `run_import` does.
    """
    return run_import(register, actor, order, (_load, tell))


def _load(loading: Loading) -> None:
    bulk, order = BulkEntrances(loading.register.session), loading.order
    for table in loading.chunks(Shape.POINTS):
        bulk.stage(_rows(table, loading))
    for row, earlier in bulk.refuse_repeated():
        loading.refuse(row, ("geometry", ""), Message(POINT_TWICE, {"row": earlier}), Message(GIVE_IDS))
    for street in bulk.hang(order.county_code, FAR_METRES):
        _tell_unknown(loading, street)
    bulk.write(order.county_code, order.day, loading.import_id)
    for row, of in bulk.astray(order.county_code):
        loading.doubt(row, ("door_of", of), Message(NO_OWNER, {"of": of}), Message(CHECK_OWNER))
    loading.settle(bulk.staged)


def _rows(table: FeatureTable, loading: Loading) -> EntranceRows:
    streets = column_of(tidy(name) for name in texts(table, "street"))
    keys = keys_of(texts(table, "id"), table.geometry)
    unusual = (
        _read(table, loading, ("door_kind", read_kind, DoorKind.DOOR)),
        _read(table, loading, ("door_state", read_state, DoorState.PERMANENT)),
        _read(table, loading, ("front_metres", read_front, 0.0)),
        texts(table, "door_of"),
    )
    walls, notes = texts(table, "number"), texts(table, "note")
    return EntranceRows(table.rows, keys, streets, walls, notes, table.geometry, *unusual)


def _read(table: FeatureTable, loading: Loading, how: tuple[str, Callable[[str], object], object]) -> Texts:
    """Return a column as it is stored; what cannot be read is told, and taken as usual."""
    column, reader, usual = how
    read = [str(usual)] * len(table)
    for place, cell in enumerate(texts(table, column)):
        if cell:
            try:
                read[place] = str(reader(cell))
            except DomainError as refusal:
                row = int(table.rows[place])
                loading.doubt(row, (column, cell), refusal.message, Message(LOADED_AS_USUAL))
    return column_of(read)


def _tell_unknown(loading: Loading, street: UnknownStreet) -> None:
    advice = Message(LOOKS_LIKE, {"street": street.like}) if street.like else Message(LOAD_STREETS)
    for row in street.rows:
        loading.doubt(row, ("street", street.name), Message(UNKNOWN_STREET, {"street": street.name}), advice)
