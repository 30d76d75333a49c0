"""What can be wrong with the shape of a row: each check names the rows, the reason and the way out."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo_app.domain.message import Message, marked
from geo_app.exchange.report import RowProblem, Severity
from geo_app.exchange.vector_options import Shape

Geometry = NDArray[np.object_]
Mask = NDArray[np.bool_]
Area = tuple[float, float, float, float]

WITHIN_CHINA: Area = (73.0, 18.0, 136.0, 54.0)
MARGIN = 3.0
"""Degrees a projected position may lie outside the area its system is made for: one zone's width."""

KINDS = {
    Shape.POINTS: ((0,), Message(marked("points"))),
    Shape.LINES: ((1, 2, 5), Message(marked("lines"))),
    Shape.POLYGONS: ((3, 6), Message(marked("polygons"))),
}


@dataclass(frozen=True, slots=True)
class Candidates:
    """The n flat shapes under judgement, in degrees; their n × 4 bounds (west, south, east, north; NaN: none).

    `area` is where their projected system is at home, None for degrees.
    """

    geometry: Geometry
    shape: Shape
    bounds: NDArray[np.float64]
    area: Area | None


@dataclass(frozen=True, slots=True)
class Check:
    """A rule: which rows break it, the reason, the way out, and whether the row is left out."""

    broken: Callable[[Candidates], Mask]
    problem: str
    suggestion: str
    severity: Severity = Severity.ERROR
    only: tuple[Shape, ...] = tuple(Shape)


def checked(
    geometry: Geometry, shape: Shape, rows: NDArray[np.int64], area: Area | None
) -> tuple[Geometry, Mask, list[RowProblem]]:
    """Return the shapes (multi-shapes of one part unwrapped, crossing outlines repaired), the fit rows, the problems.

    `geometry` is n flat shapes in degrees, `rows` their row numbers, `area` where their projected system is at home.
    A row is told its first fault; a warning keeps it.
    """
    single = _unwrapped(geometry)
    candidates = Candidates(single, shape, shapely.bounds(single), area)
    fit = np.ones(len(single), dtype=bool)
    problems: list[RowProblem] = []
    for check in CHECKS:
        if shape not in check.only:
            continue
        broken = check.broken(candidates) & fit
        if check.severity is Severity.ERROR:
            fit &= ~broken
        problems += [_problem(check, candidates, place, rows) for place in np.flatnonzero(broken)]
    crossing = _outline_crosses(candidates) & fit if shape is Shape.POLYGONS else np.zeros(len(fit), dtype=bool)
    single[crossing] = _repaired(single[crossing])
    return single, fit, problems


def _problem(check: Check, candidates: Candidates, place: np.intp, rows: NDArray[np.int64]) -> RowProblem:
    shape = candidates.geometry[place]
    text = "" if shape is None else str(shapely.to_wkt(shape, rounding_precision=7))
    values = {"expected": KINDS[candidates.shape][1]}
    problem, suggestion = Message(check.problem, values), Message(check.suggestion, values)
    return RowProblem(int(rows[place]), "geometry", text[:200], problem, suggestion, check.severity)


def _unwrapped(geometry: Geometry) -> Geometry:
    single = np.array([*geometry, None], dtype=object)[:-1]
    multi = np.isin(shapely.get_type_id(single), (4, 5, 6)) & (shapely.get_num_geometries(single) == 1)
    single[multi] = shapely.get_geometry(single[multi], 0)
    return single


def _missing(candidates: Candidates) -> Mask:
    return np.asarray(shapely.is_missing(candidates.geometry) | shapely.is_empty(candidates.geometry))


def _of_another_kind(candidates: Candidates) -> Mask:
    return ~np.isin(shapely.get_type_id(candidates.geometry), KINDS[candidates.shape][0])


def _not_finite(candidates: Candidates) -> Mask:
    coordinates, places = shapely.get_coordinates(candidates.geometry, return_index=True)
    broken = np.zeros(len(candidates.geometry), dtype=bool)
    broken[places[~np.isfinite(coordinates).all(axis=1)]] = True
    return broken


def _exchanged(candidates: Candidates) -> Mask:
    west, south, east, north = candidates.bounds.T
    beyond = (south > 90) | (north < -90)
    possible = beyond & (np.abs([west, east]).max(axis=0) <= 90) & (np.abs([south, north]).max(axis=0) <= 180)
    left, low, right, high = WITHIN_CHINA
    # Nobody numbers doors at 73 degrees north; Sichuan with its coordinates exchanged lies beyond the pole.
    in_china = (south >= left) & (north <= right) & (west >= low) & (east <= high)
    return np.asarray(possible | in_china)


def _off_the_earth(candidates: Candidates) -> Mask:
    west, south, east, north = candidates.bounds.T
    return np.asarray((west < -180) | (east > 180) | (south < -90) | (north > 90))


def _away_from_home(candidates: Candidates) -> Mask:
    if candidates.area is None:
        return np.zeros(len(candidates.geometry), dtype=bool)
    west, south, east, north = candidates.bounds.T
    left, low, right, high = candidates.area
    across = (west < left - MARGIN) | (east > right + MARGIN)
    return np.asarray(across | (south < low - MARGIN) | (north > high + MARGIN))


def _at_zero(candidates: Candidates) -> Mask:
    return np.asarray((candidates.bounds == 0).all(axis=1))


def _without_extent(candidates: Candidates) -> Mask:
    if candidates.shape is Shape.LINES:
        return np.asarray(shapely.length(candidates.geometry) == 0)
    sound = candidates.geometry.copy()
    crossing = _outline_crosses(candidates)
    sound[crossing] = _repaired(sound[crossing])
    return np.asarray(shapely.area(sound) == 0)


def _line_crosses(candidates: Candidates) -> Mask:
    return np.asarray(~shapely.is_simple(candidates.geometry))


def _outline_crosses(candidates: Candidates) -> Mask:
    return np.asarray(~shapely.is_valid(candidates.geometry)) & ~_missing(candidates) & ~_not_finite(candidates)


def _repaired(geometry: Geometry) -> Geometry:
    return np.asarray(shapely.make_valid(geometry, method="structure", keep_collapsed=False), dtype=object)


CHECKS = (
    Check(
        _missing,
        marked("The row has no shape, or one that cannot be built."),
        marked("Draw the shape again or remove the row."),
    ),
    Check(
        _of_another_kind,
        marked("The shape is of another kind than the expected {expected}."),
        marked("Choose the layer that holds {expected}."),
    ),
    Check(
        _not_finite,
        marked("A coordinate is no number, or has no place in its reference system."),
        marked("Correct the coordinate, or tell the right CRS."),
    ),
    Check(
        _exchanged,
        marked("The latitude is beyond the pole, while exchanged the position is possible."),
        marked("Longitude and latitude are probably exchanged: exchange them."),
    ),
    Check(
        _off_the_earth,
        marked("The position is beyond 180 degrees of longitude or 90 degrees of latitude."),
        marked("Correct the coordinate, or tell the right CRS."),
    ),
    Check(
        _away_from_home,
        marked("The position lies far outside the area its reference system is made for."),
        marked("Check the CRS and its zone; in surveyors' files x often points north and y east."),
    ),
    Check(
        _at_zero,
        marked("The position is 0, 0, which stands for a missing one."),
        marked("Enter the position or remove the row."),
        only=(Shape.POINTS,),
    ),
    Check(
        _without_extent,
        marked("The shape has no length or no area."),
        marked("Draw the shape again or remove the row."),
        only=(Shape.LINES, Shape.POLYGONS),
    ),
    Check(
        _line_crosses,
        marked("The line crosses or touches itself."),
        marked("It was taken as it is; if that is a slip, draw it again."),
        Severity.WARNING,
        only=(Shape.LINES,),
    ),
    Check(
        _outline_crosses,
        marked("The outline crosses itself."),
        marked("It was repaired; look at the result on the map."),
        Severity.WARNING,
        only=(Shape.POLYGONS,),
    ),
)
"""In order: the first fault of a row is the one told."""
