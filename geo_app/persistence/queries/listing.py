"""One page of a list: which rows, in what order, and how many there are in all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, UnaryExpression, func, literal, select
from sqlalchemy.orm import Session

from geo_app.persistence.paging import COUNTED, Page, Paging

Statement = Select[*tuple[Any, ...]]
"""A query for any columns."""

Column = SQLColumnExpression[Any]

LONGEST_KEY = 18
"""Digits that fit into a bigint, whatever they are."""


@dataclass(frozen=True, slots=True)
class Listing(Paging):
    """What a reader asks of a list: its page, and beside it the sort key and direction, and filters by name."""

    sort: str = ""
    descending: bool = False
    filters: Mapping[str, str] = field(default_factory=dict)


def fetch_page(session: Session, statement: Statement, listing: Listing, order: Sequence[Column]) -> Page[Any]:
    """Return one page of `statement`; `order` ends with a unique column, so no row stands on two pages."""
    # Only a constant is selected: counting evaluates none of the list's columns.
    found = statement.with_only_columns(literal(1)).order_by(None).limit(COUNTED).subquery()
    total = session.scalar(select(func.count()).select_from(found)) or 0
    turned = [_turned(order[0], listing), *order[1:]]
    rows = session.execute(statement.order_by(*turned).offset(listing.start).limit(listing.size)).all()
    return Page(tuple(rows), total, listing)


def _turned(column: Column, listing: Listing) -> UnaryExpression[Any]:
    return (column.desc() if listing.descending else column.asc()).nulls_last()


def is_key(text: str) -> bool:
    """Tell whether a filter's text can be the key of a row."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY


def contains(column: Column, part: str) -> ColumnElement[bool]:
    """Return the condition that `column` contains `part`, whose wildcards are letters like others."""
    return column.icontains(part, autoescape=True)


def under(column: Column, code: str) -> ColumnElement[bool]:
    """Return the condition that a division's code lies at or below `code`."""
    return column.startswith(code, autoescape=True)
