"""The sketch on a notice 位置示意图: the street around one door, drawn in metres as SVG, to be printed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import shapely

from geo_app.domain.local_plane import Coordinates, LocalPlane
from geo_app.domain.position import Position

WIDTH, HEIGHT = 200.0, 84.0
"""Metres of ground that the sketch shows, its door in the middle."""

REACH = (0.0013, 0.0006)
"""The same to each side in degrees, with some to spare (at 30° north)."""

STREET_METRES = 9.0
FONT = "Noto Sans CJK SC, Noto Sans SC, Microsoft YaHei, sans-serif"
LETTER = 4.4
"""Height of a street's letters in metres of ground; a door's are smaller."""


@dataclass(frozen=True, slots=True)
class SketchLine:
    """A street line in degrees; `own` is the street that the door opens to."""

    name: str
    line: shapely.LineString
    own: bool


@dataclass(frozen=True, slots=True)
class SketchDoor:
    """A numbered door beside the one of the notice."""

    position: Position
    text: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is drawn: the door of the notice with its number, streets, buildings (degrees), doors beside it."""

    place: Position
    number: str
    lines: Sequence[SketchLine] = ()
    buildings: Sequence[shapely.Polygon] = ()
    doors: Sequence[SketchDoor] = ()


def case_sketch(sketch: Sketch) -> str:
    """Return the sketch as an SVG element; texts of the data are escaped, the same sketch gives the same text."""
    plane = LocalPlane(sketch.place.lon, sketch.place.lat)
    parts = (
        *_buildings(sketch.buildings, plane),
        *_streets(sketch.lines, plane),
        *_names(sketch.lines, plane),
        *_doors(sketch.doors, plane),
        *_mark(sketch.number),
        *_furniture(),
    )
    box = f"{-WIDTH / 2:g} {-HEIGHT / 2:g} {WIDTH:g} {HEIGHT:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" font-family="{FONT}" class="sketch">'
        f'<rect x="{-WIDTH / 2:g}" y="{-HEIGHT / 2:g}" width="{WIDTH:g}" height="{HEIGHT:g}" fill="#fbfaf6"/>'
        f"{''.join(parts)}</svg>"
    )


def _buildings(buildings: Iterable[shapely.Polygon], plane: LocalPlane) -> Iterator[str]:
    for building in buildings:
        ring = _path(_metres(shapely.get_coordinates(building.exterior), plane))
        yield f'<path d="{ring}Z" fill="#e6e0d4" stroke="#b9ae9b" stroke-width="0.3"/>'


def _streets(lines: Sequence[SketchLine], plane: LocalPlane) -> Iterator[str]:
    # All edges first: where two streets cross, their grounds run into each other.
    for width, colour in ((STREET_METRES, "#8d9aa9"), (STREET_METRES - 1.2, "")):
        for line in sorted(lines, key=lambda one: one.own):
            ground = colour or ("#fff1c4" if line.own else "#ffffff")
            path = _path(_metres(shapely.get_coordinates(line.line), plane))
            yield (
                f'<path d="{path}" fill="none" stroke="{ground}" stroke-width="{width:g}" stroke-linejoin="round"'
                ' stroke-linecap="round"/>'
            )


def _names(lines: Sequence[SketchLine], plane: LocalPlane) -> Iterator[str]:
    """Yield each street's name once, in the middle of its longest visible line, never upside down."""
    frame = shapely.box(-WIDTH / 2 + 8, -HEIGHT / 2 + 6, WIDTH / 2 - 8, HEIGHT / 2 - 6)
    longest: dict[str, shapely.LineString] = {}
    for line in lines:
        whole = shapely.LineString(_metres(shapely.get_coordinates(line.line), plane))
        for seen in _pieces(shapely.intersection(whole, frame)):
            if line.name and seen.length > longest.get(line.name, shapely.LineString()).length:
                longest[line.name] = seen
    for name, seen in longest.items():
        if seen.length > LETTER * len(name):
            yield _along(name, seen)


def _pieces(seen: shapely.Geometry) -> list[shapely.LineString]:
    return [part for part in shapely.get_parts(seen).tolist() if isinstance(part, shapely.LineString)]


def _along(name: str, line: shapely.LineString) -> str:
    # A third along: in the middle stands the door that the notice is about.
    place, onward = line.interpolate(0.28, normalized=True), line.interpolate(0.34, normalized=True)
    angle = float(np.degrees(np.arctan2(onward.y - place.y, onward.x - place.x)))
    angle -= 180 * round(angle / 180)
    return (
        f'<text transform="translate({place.x:.1f} {place.y:.1f}) rotate({angle:.1f})" y="{LETTER * 0.36:.2f}"'
        f' font-size="{LETTER:g}" letter-spacing="1.2" text-anchor="middle" fill="#3b4652">{escape(name)}</text>'
    )


def _doors(doors: Iterable[SketchDoor], plane: LocalPlane) -> Iterator[str]:
    for door in doors:
        [(x, y)] = _metres(np.array([[door.position.lon, door.position.lat]]), plane)
        if abs(x) > WIDTH / 2 - 6 or abs(y) > HEIGHT / 2 - 4 or np.hypot(x, y) < 1:
            continue
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.1" fill="#1457c4"/>'
        yield _label(door.text, (x, y + (4.2 if y > 0 else -1.9)), 'font-size="3.1" fill="#1c2733"')


def _mark(number: str) -> Iterator[str]:
    yield '<circle r="5.2" fill="none" stroke="#b3201c" stroke-width="0.7"/><circle r="2.3" fill="#b3201c"/>'
    yield _label(number, (0, -9), 'font-size="5.4" font-weight="bold" fill="#b3201c"')


def _furniture() -> Iterator[str]:
    """Yield the arrow to the north and the scale of 20 m."""
    east, south = WIDTH / 2 - 8, HEIGHT / 2 - 5
    yield f'<path d="M{east:g} {-HEIGHT / 2 + 5:g}l3 9l-3 -2.4l-3 2.4Z" fill="#3b4652"/>'
    yield _label("北", (east, -HEIGHT / 2 + 19), 'font-size="4" fill="#3b4652"')
    yield f'<path d="M{east - 22:g} {south - 1.5:g}v1.5h20v-1.5" fill="none" stroke="#3b4652" stroke-width="0.5"/>'
    yield _label("20 米", (east - 12, south - 1.2), 'font-size="3.1" fill="#3b4652"')


def _label(text: str, place: tuple[float, float], how: str) -> str:
    """Return a text with a pale rim, so that it reads on any ground."""
    x, y = place
    at = f'x="{x:.1f}" y="{y:.1f}" text-anchor="middle" {how}'
    rim = f'<text {at} stroke="#fbfaf6" stroke-width="1.1" stroke-linejoin="round">{escape(text)}</text>'
    return f"{rim}<text {at}>{escape(text)}</text>"


def _metres(degrees: Coordinates, plane: LocalPlane) -> Coordinates:
    """Return metres east and south: a page's second axis points down."""
    east_north = plane.to_metres(degrees)
    return np.column_stack([east_north[:, 0], -east_north[:, 1]])


def _path(metres: Coordinates) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in metres)
