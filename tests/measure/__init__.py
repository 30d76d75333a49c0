"""Full-size figures: each beside a reference measured in the same run."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the page: what was measured, the figure, what it is compared with, and whether the goal is met."""

    what: str
    figure: str
    reference: str = ""
    goal: str = ""
    met: bool | None = None


Table = Iterable[Figure]
