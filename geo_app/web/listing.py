"""Lists on pages: page, size, sort and filters out of the query string, and back into addresses."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import Flask, request
from werkzeug.datastructures import MultiDict

from geo_app.domain.errors import UnreadableInput
from geo_app.persistence.queries.listing import Listing

LARGEST_PAGE = 200
USUAL_PAGE = 50
LAST_PAGE = 1_000_000


class UnknownSortKey(UnreadableInput):
    """A list is sorted by one of its own columns."""

    pattern = "This list cannot be sorted by “{key}”; choose one of {known}."


class PageOutOfRange(UnreadableInput):
    """Pages are counted from 1 and hold at most 200 rows."""

    pattern = "“{value}” is not a usable value of {name}: a number from 1 to {largest} is needed."


def parse_listing(
    arguments: MultiDict[str, str], *, sorts: Sequence[str], filters: Sequence[str] = (), usual: str = ""
) -> Listing:
    """Return what the query string asks: `page`, `size`, `sort` (with `-` before it: descending), filters by name.

    Raises:
        UnknownSortKey: `sort` is none of `sorts`.
        PageOutOfRange: `page` or `size` is no number, or out of range.
    """
    asked = arguments.get("sort") or usual or sorts[0]
    key = asked.removeprefix("-")
    if key not in sorts:
        raise UnknownSortKey(key=key, known=", ".join(sorts))
    given = {name: text for name in filters if (text := arguments.get(name, "").strip())}
    return Listing(
        page=_count(arguments, "page", 1, LAST_PAGE),
        size=_count(arguments, "size", USUAL_PAGE, LARGEST_PAGE),
        sort=key,
        descending=asked.startswith("-"),
        filters=given,
    )


def _count(arguments: Mapping[str, str], name: str, usual: int, largest: int) -> int:
    text = arguments.get(name, "") or str(usual)
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= largest):
        raise PageOutOfRange(value=text, name=name, largest=largest)
    return int(text)


def listing_url(listing: Listing, sort: str | None = None, page: int | None = None) -> str:
    """Return the address of the same list on another page or in another order (`sort` with `-`: descending)."""
    asked = listing if page is None else replace(listing, page=page)
    key = sort if sort is not None else ("-" if asked.descending else "") + asked.sort
    values: dict[str, Any] = {**asked.filters, "sort": key}
    if asked.page > 1:
        values["page"] = asked.page
    if asked.size != USUAL_PAGE:
        values["size"] = asked.size
    return f"{request.path}?{urlencode(values)}"


def init_listing(app: Flask) -> None:
    """Give templates `listing_url`."""
    app.jinja_env.globals["listing_url"] = listing_url
