"""The names the parser knows: divisions of China to the township, and a register's own streets, estates, nicknames."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True, slots=True)
class KnownDivision:
    """A division: its code (2, 4, 6, 9 or 12 digits that count, zeros behind left out), level 1 to 5, name as listed."""

    code: str
    level: int
    name: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names to look up; an empty one works: places are then recognised by their form alone."""

    streets: frozenset[str] = frozenset()
    estates: frozenset[str] = frozenset()
    divisions: tuple[KnownDivision, ...] = field(default=(), repr=False)

    @classmethod
    def of(
        cls,
        divisions: Iterable[KnownDivision] = (),
        streets: Iterable[str] = (),
        estates: Iterable[str] = (),
    ) -> Self:
        """Return a gazetteer of divisions, and of the names of streets and estates (nicknames among them)."""
        return cls(frozenset(streets), frozenset(estates), tuple(divisions))
