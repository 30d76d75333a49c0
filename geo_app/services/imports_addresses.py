"""Addresses from files: elements from columns, or the text as it stands; ids, codes and texts for all rows at once."""

from collections import Counter
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from geo_app.domain.access import Actor
from geo_app.domain.address import Kind
from geo_app.domain.address_code import DEFAULT_SCHEME, CodeLevel
from geo_app.domain.address_columns import (
    Numbers,
    each,
    floors_of,
    kinds_of,
    labelled,
    local_texts,
    match_keys,
    read_numbers,
)
from geo_app.domain.address_elements import NumberNotStated, PlaceNotStated
from geo_app.domain.address_id import make_ids
from geo_app.domain.address_text import match_key
from geo_app.domain.division import Level
from geo_app.domain.division_names import short_name
from geo_app.domain.message import Message, marked
from geo_app.exchange.numbering_files import tidy
from geo_app.exchange.vector import FeatureTable
from geo_app.exchange.vector_options import Shape
from geo_app.persistence.bulk_addresses import BulkAddresses, draw_order
from geo_app.persistence.bulk_divisions import DivisionRow
from geo_app.persistence.bulk_staging import NULL, Texts, column_of, numbers, optional, shapes, written
from geo_app.persistence.register import Register
from geo_app.services.imports import ImportOrder, ImportReport, Loading, Tell, run_import, texts
from geo_app.services.imports_address_texts import take_apart
from geo_app.services.imports_places import Places, by_outline, distinct

SCHEME = f"{DEFAULT_SCHEME.name}.{DEFAULT_SCHEME.version}"

FILL_IN = marked("Fill in street and number, village group and number, or the estate.")
BAD_NUMBER = marked("“{number}” is no door number by the rules; it was taken as it is written.")
CORRECT_NUMBER = marked("Write 12, 12A, 12附3 or 12-16.")
BAD_FLOOR = marked("“{floor}” is no floor; it was left out.")
CORRECT_FLOOR = marked("Write -2, -1, 1, 2 and so on; there is no floor 0.")
READS_ALIKE = marked("The row reads like row {row}: “{text}”.")
TELL_APART = marked("Tell the two apart by building, unit or room, or remove one.")
ELSEWHERE = marked("The register has “{text}” already at another place or under another identifier.")
GIVE_ID = marked(
    "Correct the address in the register, or give rows identifiers so that they can be corrected by a file."
)
NO_CODE_LEFT = marked(
    "{count} doors got no standard code: in their division the scheme {scheme} has no door serial left. Give them a"
    " village, or use a scheme with a wider door field."
)
NUMBER_HELD = marked("On this street the number is held by “{text}”.")
OTHER_NUMBER = marked("Correct the number or the street of one of the two.")


def import_addresses(register: Register, actor: Actor, order: ImportOrder, tell: Tell) -> ImportReport:
    """Read the rows of a file as current addresses.

    Raises what `run_import` does.
    """
    return run_import(register, actor, order, (_load, tell))


def _load(loading: Loading) -> None:
    bulk, order = BulkAddresses(loading.register.session), loading.order
    places: Places | None = None
    for table in loading.chunks(Shape.POINTS):
        places = places or Places.of(loading)
        if len(table):
            bulk.stage(_staged(loading, table, places))
    _judge(loading, bulk)
    identity = _identity(loading, bulk, places) if places else _nothing()
    bulk.write(identity, (order.county_code, order.day, loading.import_id), SCHEME)
    loading.settle(bulk.staged)


def _judge(loading: Loading, bulk: BulkAddresses) -> None:
    for row, earlier, text in bulk.refuse_repeated():
        loading.refuse(row, ("text", text), Message(READS_ALIKE, {"row": earlier, "text": text}), Message(TELL_APART))
    bulk.hang(loading.order.county_code)
    for row, text in bulk.compare(loading.order.county_code):
        loading.refuse(row, ("text", text), Message(ELSEWHERE, {"text": text}), Message(GIVE_ID))
    for row, text, other in bulk.refuse_taken_numbers():
        loading.refuse(row, ("number", text), Message(NUMBER_HELD, {"text": other}), Message(OTHER_NUMBER))


def _staged(loading: Loading, table: FeatureTable, places: Places) -> Mapping[str, Texts]:
    given, found = _given(loading, table)
    divisions = _divisions(places, table, given)
    columns = _columns(loading, table, given | {"number": found.written})
    official = _of_each(divisions, _village_of)
    columns["village"] = np.where(official == "", columns["village"], official)
    prefix = _of_each(divisions, places.prefix)
    text = given["text"] if loading.order.text else prefix + local_texts(columns)
    fit = _fit(loading, table, columns, text)
    kinds = kinds_of(columns)
    staged = {
        "row": numbers(table.rows),
        "source_key": optional(given["id"]),
        "kind": kinds,
        "division_id": numbers(np.array([one.id for one in divisions], dtype=np.int64)),
        **_elements(columns, found),
        "text": written(text),
        "match_key": written(match_keys(text)),
        "parent_key": _above_keys(given["above"]) if loading.order.text else _parent_keys(columns, kinds, prefix),
        "position": _positions(loading, table, kinds),
        "neighbourhood": optional(given["neighbourhood"]),
    }
    return {name: column[fit] for name, column in staged.items()}


def _given(loading: Loading, table: FeatureTable) -> tuple[dict[str, Texts], Numbers]:
    """Return the file's columns by our names and the door numbers; what no column says, the text says."""
    names = ("id", "division", "town", "village", "group", "street", "number", "sub_number", "estate", "building")
    given = {name: _column(loading, table, name) for name in (*names, "unit", "floor", "room", "neighbourhood")}
    given["text"] = _text_column(loading, table)
    given["street"] = each(given["street"], tidy)
    found = read_numbers(given["number"], given["sub_number"])
    _tell_numbers(loading, table, found, given["number"])
    if not loading.order.text:
        return given, found
    read = take_apart(given["text"], loading.order.county_code)
    blank = {name: read.columns[name] for name in read.columns if name not in given}
    filled = {
        name: np.where(given[name] == "", read.columns[name], given[name]) for name in read.columns.keys() - blank
    }
    return given | blank | filled, found.where_blank(read.numbers)


def _column(loading: Loading, table: FeatureTable, name: str) -> Texts:
    """Return one of our columns; beside a text only those that the order names: a column may be called so by chance."""
    if loading.order.text and name not in loading.order.options.fields:
        return np.full(len(table), "", dtype=object)
    return texts(table, name)


def _text_column(loading: Loading, table: FeatureTable) -> Texts:
    return texts(table, loading.order.text or "text")


def _divisions(places: Places, table: FeatureTable, given: Mapping[str, Texts]) -> list[DivisionRow]:
    names, place_of = distinct((given["division"], given["town"], given["village"]))
    first = np.unique(place_of, return_index=True)[1]
    found = [places.found(named, int(table.rows[row])) for named, row in zip(names, first, strict=True)]
    divisions = [found[place] for place in place_of.tolist()]
    unnamed = np.flatnonzero(np.array([one.level is Level.COUNTY for one in found])[place_of])
    if len(unnamed):
        for row, key in zip(unnamed.tolist(), by_outline(places, table.geometry[unnamed]), strict=True):
            divisions[row] = places.by_id[key] if key is not None else divisions[row]
    return divisions


def _columns(loading: Loading, table: FeatureTable, given: Mapping[str, Texts]) -> dict[str, Texts]:
    columns = {level: labelled(given[level], level) for level in ("group", "building", "unit", "room")}
    columns["floor"], wrong = floors_of(given["floor"])
    for place in np.flatnonzero(wrong):
        value = given["floor"][place]
        told = Message(BAD_FLOOR, {"floor": value})
        loading.doubt(int(table.rows[place]), ("floor", value), told, Message(CORRECT_FLOOR))
    return columns | {name: given[name] for name in ("street", "number", "estate", "village")}


def _tell_numbers(loading: Loading, table: FeatureTable, found: Numbers, given: Texts) -> None:
    for place in np.flatnonzero(found.bad):
        told = Message(BAD_NUMBER, {"number": found.written[place]})
        loading.doubt(int(table.rows[place]), ("number", given[place]), told, Message(CORRECT_NUMBER))


def _fit(loading: Loading, table: FeatureTable, columns: Mapping[str, Texts], text: Texts) -> NDArray[np.bool_]:
    """Return which rows are addresses, having told why the others are none."""
    if loading.order.text:
        fit = text != ""
    else:
        place = (columns["street"] != "") | (columns["group"] != "")
        fit = (place & (columns["number"] != "")) | (columns["estate"] != "")
    for row in np.flatnonzero(~np.asarray(fit, dtype=bool)):
        street = columns["street"][row] or columns["group"][row]
        refusal = NumberNotStated(place=street) if street else PlaceNotStated()
        ours = "text" if loading.order.text else "number" if street else "street"
        loading.refuse(int(table.rows[row]), (ours, ""), refusal.message, Message(FILL_IN))
    return np.asarray(fit, dtype=bool)


def _elements(columns: Mapping[str, Texts], found: Numbers) -> dict[str, Texts]:
    return {
        "street_name": optional(columns["street"]),
        "village_group": optional(columns["group"]),
        "estate_name": optional(columns["estate"]),
        "number": optional(found.number),
        "number_last": optional(found.last),
        "suffix": optional(found.suffix),
        "sub_number": optional(found.sub_number),
        "number_text": optional(found.written),
        **{level: optional(columns[level]) for level in ("building", "unit", "floor", "room")},
    }


def _parent_keys(columns: Mapping[str, Texts], kinds: Texts, prefix: Texts) -> Texts:
    """Return the match key of what each row hangs under; null for doors."""
    keys = np.full(len(kinds), NULL, dtype=object)
    below = np.flatnonzero(kinds != Kind.DOOR.value)
    if len(below):
        above = {name: column[below] for name, column in columns.items()}
        for level in (Kind.BUILDING, Kind.UNIT, Kind.ROOM):
            above[level.value] = np.where(kinds[below] == level.value, "", above[level.value])
        above["floor"] = np.full(len(below), "", dtype=object)
        keys[below] = written(match_keys(prefix[below] + local_texts(above)))
    return keys


def _above_keys(above: Texts) -> Texts:
    return optional(each(above, match_key))


def _positions(loading: Loading, table: FeatureTable, kinds: Texts) -> Texts:
    """Return the positions as COPY reads them: rooms stand where their building stands, if it was not their own list.

    A list of texts has rooms whose door is no row of it, so there each keeps the place it was given.
    """
    given = shapes(table.geometry)
    return given if loading.order.text else np.asarray(np.where(kinds == Kind.ROOM.value, NULL, given), dtype=object)


def _of_each(divisions: list[DivisionRow], say: Callable[[DivisionRow], str]) -> Texts:
    """Return what is to be said of the division of each row, having asked once for each division."""
    known = {one.id: say(one) for one in set(divisions)}
    return column_of(known[one.id] for one in divisions)


def _village_of(division: DivisionRow) -> str:
    return short_name(division.name) if division.level is Level.VILLAGE else ""


def _nothing() -> tuple[NDArray[np.int64], Texts, Texts]:
    none = np.empty(0, dtype=object)
    return np.empty(0, dtype=np.int64), none, none


def _identity(loading: Loading, bulk: BulkAddresses, places: Places) -> tuple[NDArray[np.int64], Texts, Texts]:
    """Return row, id and code of what is new; codes are given to doors, serials run on in each village or township."""
    rows, divisions, kinds = bulk.new_rows()
    if not len(rows):
        return _nothing()
    county, serials = loading.order.county_code, loading.register.serials
    drawn = serials.draw(f"address:{county}", len(rows))
    ids = make_ids(county, np.arange(drawn.start, drawn.stop)).astype(object)
    codes = np.full(len(rows), NULL, dtype=object)
    doors = np.flatnonzero(kinds == Kind.DOOR.value)
    codes[doors] = _codes(loading, [places.by_id[divisions[door] or 0].code[:12] for door in doors])
    return rows, ids, codes


def _codes(loading: Loading, divisions: list[str]) -> Texts:
    wanted = Counter(divisions)
    start = {
        code: loading.register.serials.draw(f"door:{SCHEME}:{code}", wanted[code]).start
        for code in draw_order(divisions)
    }
    serials = np.empty(len(divisions), dtype=np.int64)
    for place, code in enumerate(divisions):
        serials[place] = start[code]
        start[code] += 1
    return _coded(loading, divisions, serials)


def _coded(loading: Loading, divisions: list[str], serials: NDArray[np.int64]) -> Texts:
    """Return the codes; a door for which its division has none left gets none, and the import says so."""
    codes = np.full(len(divisions), NULL, dtype=object)
    fits = np.flatnonzero(serials <= DEFAULT_SCHEME.largest(CodeLevel.DOOR))
    codes[fits] = _encoded([divisions[place] for place in fits], serials[fits])
    if len(fits) < len(divisions):
        loading.notices.append(Message(NO_CODE_LEFT, {"count": len(divisions) - len(fits), "scheme": SCHEME}))
    return codes


def _encoded(divisions: list[str], serials: NDArray[np.int64]) -> Texts:
    padded = np.array([int(code.ljust(12, "0")) for code in divisions], dtype=np.int64)
    return DEFAULT_SCHEME.encode_many(
        {
            CodeLevel.COUNTY: padded // 10**6,
            CodeLevel.TOWNSHIP: padded // 10**3 % 10**3,
            CodeLevel.VILLAGE: padded % 10**3,
            CodeLevel.DOOR: serials,
        }
    ).astype(object)
