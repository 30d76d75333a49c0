"""The list of addresses; each of its filters has an index."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from geo_app.domain.address_text import match_key
from geo_app.domain.position import Position


@dataclass(frozen=True, slots=True)
class AddressFilter:
    """Which addresses are wanted: on a street, with a text inside, of a status, in a box (west, south, east, north)."""

    street_id: int | None = None
    text: str = ""
    status: str = ""
    bounds: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class AddressListing:
    """An address in the list."""

    id: str
    standard_code: str | None
    kind: str
    status: str
    street_id: int | None
    street_name: str | None
    number_text: str | None
    text: str
    position: Position | None
    version: int


_COLUMNS = """
    id, standard_code, kind, status, street_id, street_name, number_text, text, st_x(position) as lon,
    st_y(position) as lat, version
"""


def statement(wanted: AddressFilter) -> tuple[str, dict[str, object]]:
    """Return the query for a page, with its values; `:size` and `:start` say which."""
    where, values = _where(wanted)
    order = "number, suffix nulls first, sub_number nulls first, id" if wanted.street_id is not None else "id"
    page = f"from standard_address {where} order by {order} limit :size offset :start"
    return f"select {_COLUMNS} {page}", values


def count(wanted: AddressFilter) -> tuple[str, dict[str, object]]:
    """Return the query that counts up to `:counted` addresses."""
    where, values = _where(wanted)
    return f"select count(*) from (select 1 from standard_address {where} limit :counted) found", values  # noqa: S608  constants; values are bound


def listing(row: Row[Any]) -> AddressListing:
    """Return a row of `statement` as a value."""
    position = None if row.lon is None else Position(row.lon, row.lat)
    return AddressListing(
        row.id, row.standard_code, row.kind, row.status, row.street_id, row.street_name, row.number_text, row.text,
        position, row.version,
    )  # fmt: skip


def _where(wanted: AddressFilter) -> tuple[str, dict[str, object]]:
    conditions: list[str] = []
    values: dict[str, object] = {}
    if wanted.street_id is not None:
        conditions.append("street_id = :street")
        values["street"] = wanted.street_id
    if wanted.text:
        # Former texts lead here as well; joined by "or" over two tables neither index would be used.
        conditions.append(
            "id in (select id from standard_address where match_key like :text"
            " union select address_id from address_alias where match_key like :text)"
        )
        values["text"] = "%" + _literal(match_key(wanted.text)) + "%"
    if wanted.status:
        conditions.append("status = :status")
        values["status"] = wanted.status
    if wanted.bounds is not None:
        conditions.append("position && st_makeenvelope(:west, :south, :east, :north, 4490)")
        values |= dict(zip(("west", "south", "east", "north"), wanted.bounds, strict=True))
    return ("where " + " and ".join(conditions)) if conditions else "", values


def _literal(key: str) -> str:
    return key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
