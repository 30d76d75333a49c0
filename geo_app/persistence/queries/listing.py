"""One page of a list: which rows, in what order, and how many there are in all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, UnaryExpression, func, literal, select
from sqlalchemy.orm import Session

Row = TypeVar("Row")

Statement = Select[*tuple[Any, ...]]
"""A query for any columns."""

Column = SQLColumnExpression[Any]

COUNTED = 100_000
"""Rows beyond are not counted: nobody turns so many pages, and counting a million takes longer than reading one."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a reader asks of a list: page (from 1), rows per page, sort key and direction, filters by name."""

    page: int = 1
    size: int = 50
    sort: str = ""
    descending: bool = False
    filters: Mapping[str, str] = field(default_factory=dict)

    @property
    def offset(self) -> int:
        """Return how many rows stand before the page."""
        return (self.page - 1) * self.size


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page, and the number of rows on all of them, at most `COUNTED`."""

    rows: Sequence[Row]
    total: int


def fetch_page(session: Session, statement: Statement, listing: Listing, order: Sequence[Column]) -> Page[Any]:
    """Return one page of `statement`; `order` ends with a unique column, so no row stands on two pages."""
    # Only a constant is selected: counting evaluates none of the list's columns.
    found = statement.with_only_columns(literal(1)).order_by(None).limit(COUNTED).subquery()
    total = session.scalar(select(func.count()).select_from(found)) or 0
    turned = [_turned(order[0], listing), *order[1:]]
    rows = session.execute(statement.order_by(*turned).offset(listing.offset).limit(listing.size)).all()
    return Page(rows, total)


def _turned(column: Column, listing: Listing) -> UnaryExpression[Any]:
    return (column.desc() if listing.descending else column.asc()).nulls_last()


def contains(column: Column, part: str) -> ColumnElement[bool]:
    """Return the condition that `column` contains `part`, whose wildcards are letters like others."""
    return column.icontains(part, autoescape=True)


def under(column: Column, code: str) -> ColumnElement[bool]:
    """Return the condition that a division's code lies at or below `code`."""
    return column.startswith(code, autoescape=True)
