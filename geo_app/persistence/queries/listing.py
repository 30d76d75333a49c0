"""One page of a list: which rows, in what order, and how many there are in all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, SQLColumnExpression, UnaryExpression, func, select
from sqlalchemy.orm import Session

Row = TypeVar("Row")

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


def fetch_page(
    session: Session, statement: Select[*tuple[Any, ...]], listing: Listing, order: Sequence[SQLColumnExpression[Any]]
) -> Page[Any]:
    """Return one page of `statement`; `order` ends with a unique column, so no row stands on two pages."""
    counted = statement.order_by(None).limit(COUNTED).subquery()
    total = session.scalar(select(func.count()).select_from(counted)) or 0
    turned = [_turned(order[0], listing), *order[1:]]
    rows = session.execute(statement.order_by(*turned).offset(listing.offset).limit(listing.size)).all()
    return Page(rows, total)


def _turned(column: SQLColumnExpression[Any], listing: Listing) -> UnaryExpression[Any]:
    return (column.desc() if listing.descending else column.asc()).nulls_last()
