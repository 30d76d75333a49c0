"""Pages of lists: which one is asked for, and what it holds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
Other = TypeVar("Other")

COUNTED = 100_000
"""Rows beyond this are not counted: nobody pages so far, and counting a million takes longer than reading a page."""


@dataclass(frozen=True, slots=True)
class Paging:
    """The page that is asked for, counted from 1."""

    page: int = 1
    size: int = 50

    @property
    def start(self) -> int:
        """Return how many rows come before the page."""
        return (self.page - 1) * self.size


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Rows of one page; `total` counts all rows, at most `COUNTED`."""

    items: tuple[Item, ...]
    total: int
    paging: Paging

    def of(self, change: Callable[[Item], Other]) -> "Page[Other]":
        """Return the same page with each row as `change` makes it."""
        return Page(tuple(change(item) for item in self.items), self.total, self.paging)
