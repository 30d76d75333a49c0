"""What an audit of the register works on: street lines, doors with the labels of their streets, grounds of villages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geo_app.domain.audit import Audit, audit_streets
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.street import build_streets
from geo_app.domain.street_piece import Geometries, Integers, StreetPieces

NOWHERE = -1
"""A door's village where no outline holds it and its street is of no village."""


@dataclass(frozen=True, slots=True)
class VillageGround:
    """The outline of a village (SRID 4490) and the id of its division."""

    division_id: int
    outline: shapely.Geometry


@dataclass(frozen=True, slots=True, eq=False)
class AuditGround:
    """A part of the register on one day.

    `pieces` and `doors` name streets by label, which is unique in the county; `streets`: street id by label;
    `homes`: village of each door's street, NOWHERE for none, used where no outline of `villages` holds the door.
    """

    pieces: StreetPieces
    doors: Entrances
    streets: Mapping[str, int]
    homes: Integers
    villages: Sequence[VillageGround] = ()

    def audit(self) -> Audit:
        """Return the audit of all its doors; ids of the addresses are entrance ids."""
        return audit_streets(build_streets(self.pieces), self.doors)

    def street_of(self, row: int) -> int:
        """Return the id of the street that a door stands on."""
        assert self.doors.street_names is not None
        return self.streets[self.doors.street_names[row]]

    def label_of_street(self, street_id: int) -> str:
        """Return the label of a street of the ground, "" where it has neither a line nor a door."""
        return next((label for label, key in self.streets.items() if key == street_id), "")

    def areas(self) -> Integers:
        """Return the village of each door: the one whose outline holds it, else that of its street, else NOWHERE."""
        areas = self.homes.copy()
        if len(self.villages) and len(areas):
            tree = shapely.STRtree(_points(self.doors))
            outlines = _column([village.outline for village in self.villages])
            village, row = tree.query(outlines, predicate="intersects")
            ids = np.array([ground.division_id for ground in self.villages], dtype=np.int64)
            # On a shared border the first village counts, whatever the tree's order.
            order = np.lexsort((village, row))[::-1]
            areas[row[order]] = ids[village[order]]
        return areas


def label_of(name: str, namesake: int) -> str:
    """Return what tells a street from its namesakes in the county: 铜河路, 铜河路（2）."""
    return name if namesake == 1 else f"{name}（{namesake}）"


def _points(doors: Entrances) -> list[shapely.Point]:
    return [shapely.Point(place) for place in zip(doors.lon.tolist(), doors.lat.tolist(), strict=True)]


def _column(shapes: list[shapely.Geometry]) -> Geometries:
    column = np.empty(len(shapes), dtype=object)
    column[:] = shapes
    return column
