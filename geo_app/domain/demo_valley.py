"""Valleys: the curve a settlement follows, its river, and the bent coordinates streets are laid out in."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.random import Generator
from shapely.geometry import LineString, MultiPolygon, Polygon

from geo_app.domain.demo_values import Floats

STEP = 12.0
"""Metres between the points of a valley curve."""


@dataclass(frozen=True, eq=False)
class Valley:
    """A smooth curve: `points` (n, 2) metres every STEP, `normals` to its left; `half_width` of its river, 0 if dry."""

    points: Floats
    normals: Floats
    along: Floats
    half_width: float

    @classmethod
    def through(cls, points: Floats, half_width: float) -> "Valley":
        """Return the valley along a polyline, resampled to STEP."""
        line = LineString(points)
        along = np.arange(0, line.length, STEP)
        even = shapely.get_coordinates(shapely.line_interpolate_point(line, along))
        tangents = np.gradient(even, axis=0)
        tangents /= np.hypot(*tangents.T)[:, None]
        return cls(even, np.column_stack([-tangents[:, 1], tangents[:, 0]]), along, half_width)

    @property
    def length(self) -> float:
        """Return metres from end to end."""
        return float(self.along[-1])

    def line(self) -> LineString:
        """Return the curve."""
        return LineString(self.points)

    def place(self, along: Floats, left: Floats) -> Floats:
        """Return positions `along` the curve and `left` of it, in metres; ends are prolonged straight."""
        inside = np.clip(along, 0, self.length)
        base = np.column_stack([np.interp(inside, self.along, self.points[:, i]) for i in (0, 1)])
        normal = np.column_stack([np.interp(inside, self.along, self.normals[:, i]) for i in (0, 1)])
        tangent = np.column_stack([normal[:, 1], -normal[:, 0]])
        return base + normal * left[:, None] + tangent * (along - inside)[:, None]

    def nearest(self, point: Floats) -> float:
        """Return how far along the curve comes nearest to `point`."""
        return float(self.along[np.argmin(np.hypot(*(self.points - point).T))])

    def water(self) -> Polygon:
        """Return the river as an area, its banks not quite parallel."""
        width = self.half_width * (1 + 0.18 * np.sin(self.along / 310) + 0.1 * np.sin(self.along / 97))
        banks = [self.points + self.normals * (width * side)[:, None] for side in (1, -1)]
        return Polygon(np.vstack([banks[0], banks[1][::-1]])).buffer(0)


@dataclass(frozen=True)
class Bend:
    """Gentle irregularity of a settlement, so that streets laid out straight come out curved and never quite square.

    Slopes stay below 0.3, so places in order stay in order: what does not overlap laid out does not overlap bent.
    """

    valley: Valley
    centre: float
    phases: Floats
    calm: float

    @classmethod
    def at(cls, valley: Valley, centre: float, calm: float, random: Generator) -> "Bend":
        """Return a bend about `centre` along the valley; up to `calm` metres aside roads keep parallel to it."""
        return cls(valley, centre, random.uniform(0, 2 * np.pi, 5), calm)

    def __call__(self, along: Floats, left: Floats) -> Floats:
        """Return positions in metres for layout coordinates about the centre."""
        along, left = np.asarray(along, dtype=float), np.asarray(left, dtype=float)
        p = self.phases
        depth = np.clip((np.abs(left) - self.calm) / 240, 0, 2.4)
        aside = 24 * np.sin(along / 210 + p[0] + np.sign(left)) + 4 * np.sin(along / 63 + p[1])
        # Streets across slant one way here and the other there, but not ever more the farther out they are.
        slant = 80 * np.tanh(left / 600)
        shift = 11 * np.sin(left / 105 + p[2]) + slant * np.sin(along / 540 + p[3]) + 5 * np.sin(along / 90 + p[4])
        return self.valley.place(self.centre + along + shift, left + depth * aside)


def main_river(county: Polygon | MultiPolygon, waypoint: Floats | None, random: Generator) -> Valley:
    """Return a river through `county` (metres), northwards or westwards along its longer axis, past `waypoint`."""
    west, south, east, north = county.bounds
    upright = north - south > 0.8 * (east - west)
    middle = np.array(county.centroid.coords[0]) if waypoint is None else waypoint
    direction = np.array([0.12, 1.0]) if upright else np.array([-1.0, 0.1])
    direction /= np.hypot(*direction)
    reach = np.hypot(east - west, north - south)
    tau = np.arange(-reach, reach, STEP)
    left = np.array([-direction[1], direction[0]])
    lateral = _meander(tau, random)
    lateral -= np.interp(0, tau, lateral)
    curve = middle + tau[:, None] * direction + lateral[:, None] * left
    return Valley.through(_longest_run(curve, county), half_width=55.0)


def _meander(tau: Floats, random: Generator) -> Floats:
    waves = ((900, 2600), (420, 1450))
    return np.asarray(sum(high * np.sin(tau / long + random.uniform(0, 6.28)) for high, long in waves))


def _longest_run(curve: Floats, county: Polygon | MultiPolygon) -> Floats:
    inside = np.concatenate([[False], shapely.contains_xy(county, curve[:, 0], curve[:, 1]), [False]])
    edges = np.flatnonzero(np.diff(inside.astype(int)))
    starts, ends = edges[::2], edges[1::2]
    best = int(np.argmax(ends - starts))
    return curve[starts[best] : ends[best]]


def brook(seat: Floats, mouth: Floats, upstream: float, random: Generator) -> Valley:
    """Return a small valley from `upstream` metres above `seat` down to `mouth`."""
    way = mouth - seat
    length = np.hypot(*way)
    direction = way / length
    tau = np.arange(-upstream, length, STEP)
    taper = np.clip((length - tau) / 800, 0, 1)
    lateral = taper * (140 * np.sin(tau / 760 + random.uniform(0, 6.28)) + 25 * np.sin(tau / 380))
    lateral -= lateral[np.argmin(np.abs(tau))] * taper
    left = np.array([-direction[1], direction[0]])
    return Valley.through(seat + tau[:, None] * direction + lateral[:, None] * left, half_width=11.0)


def dry_valley(seat: Floats, reach: float, random: Generator) -> Valley:
    """Return a slightly curved line of `reach` metres either way through `seat`, from somewhere south northwards."""
    angle = random.uniform(0.25, np.pi - 0.25)
    direction = np.array([np.cos(angle), np.sin(angle)])
    left = np.array([-direction[1], direction[0]])
    tau = np.arange(-reach, reach + STEP, STEP)
    lateral = 0.06 * reach * np.sin(tau / (0.45 * reach) + random.uniform(0, 6.28))
    return Valley.through(seat + tau[:, None] * direction + lateral[:, None] * left, half_width=0.0)
