"""A numbered street as a small drawing (SVG), before and after: for the manual and for whoever compares engines."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from geo_app.domain.message import Message, marked
from geo_app.domain.numbering import PlannedNumbers
from geo_app.domain.numbering_circumstance import DoorKind, DoorState
from geo_app.domain.numbering_position import metres_per_degree
from geo_app.domain.street_piece import Floats
from geo_app.maps.numbering_page import EVEN, NONE, ODD, STREET

Words = Callable[[Message], str]
Label = Callable[[int], str]

SCALE = 3.8
"""Pixels for a metre."""
MARGIN, HEAD, WIDEST = 44.0, 24.0, 760.0
DOT, LONGEST_ID = 8.0, 2
LANE, LAND, START = "#9a9a9a", "#b08d57", "#b00020"

BEFORE = marked("before numbering")
AFTER = marked("after numbering")


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
    """Positions in pixels of one panel: west and north edge in degrees, pixels for a degree."""

    west: float
    north: float
    east_pixels: float
    south_pixels: float
    width: float
    height: float

    def place(self, lon: Floats, lat: Floats) -> Floats:
        """Return x and y of positions in degrees."""
        x = MARGIN + (lon - self.west) * self.east_pixels
        y = HEAD + MARGIN + (self.north - lat) * self.south_pixels
        return np.column_stack([x, y])


def before_and_after(plan: PlannedNumbers, lanes: Sequence[Floats], words: Words, refusal: str = "") -> str:
    """Return an SVG with what is on the walls and what the plan gives; `lanes` are unnamed lines in degrees.

    A `refusal` is written in place of the second drawing. Texts of the data are escaped.
    """
    sheet = _sheet(plan, lanes)
    first = "".join(_panel(plan, lanes, sheet, (words(Message(BEFORE)), lambda row: _before(plan, row))))
    title = words(Message(AFTER))
    if refusal:
        second = _title(title) + _text(sheet.width / 2, sheet.height / 2, refusal, START)
    else:
        second = "".join(_panel(plan, lanes, sheet, (title, plan.text_at)))
    beside = 2 * sheet.width <= WIDEST
    move = f"{sheet.width:.0f},0" if beside else f"0,{sheet.height:.0f}"
    size = (sheet.width * (1 + beside), sheet.height * (2 - beside))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]:.0f}" height="{size[1]:.0f}" '
        f'viewBox="0 0 {size[0]:.0f} {size[1]:.0f}" font-family="sans-serif" font-size="13">\n'
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n<g>{first}</g>\n'
        f'<g transform="translate({move})">{second}</g>\n</svg>\n'
    )


def _sheet(plan: PlannedNumbers, lanes: Sequence[Floats]) -> _Sheet:
    lon = np.concatenate([plan.streets.lon, plan.entrances.lon, *(lane[:, 0] for lane in lanes)])
    lat = np.concatenate([plan.streets.lat, plan.entrances.lat, *(lane[:, 1] for lane in lanes)])
    east, north = (float(metres[0]) * SCALE for metres in metres_per_degree(np.array([lat.mean()])))
    width, height = float(np.ptp(lon)) * east + 2 * MARGIN, float(np.ptp(lat)) * north + 2 * MARGIN + HEAD
    return _Sheet(float(lon.min()), float(lat.max()), east, north, width, height)


def _panel(plan: PlannedNumbers, lanes: Sequence[Floats], sheet: _Sheet, told: tuple[str, Label]) -> Iterator[str]:
    title, label = told
    yield _title(title)
    for lane in lanes:
        yield _line(sheet.place(lane[:, 0], lane[:, 1]), LANE, 'stroke-width="3" stroke-dasharray="6 4"')
    for street in range(len(plan.streets)):
        yield from _street(plan, street, sheet)
    for row in range(len(plan)):
        yield from _front(plan, row, sheet)
    spots: Counter[tuple[float, float]] = Counter()
    for row in range(len(plan)):
        place = (float(plan.entrances.lon[row]), float(plan.entrances.lat[row]))
        yield from _door(plan, row, sheet, (label(row), spots[place]))
        spots[place] += 1


def _street(plan: PlannedNumbers, street: int, sheet: _Sheet) -> Iterator[str]:
    span = slice(int(plan.walks.offsets[street]), int(plan.walks.offsets[street + 1]))
    line = sheet.place(plan.walks.lon[span], plan.walks.lat[span])
    yield _line(line, STREET, 'stroke-width="4" stroke-linecap="round"')
    start, way = line[0], line[1] - line[0]
    way = way / (np.hypot(*way) or 1.0)
    aside = np.array([-way[1], way[0]])
    tip = start + way * 22
    head = [tip, start + way * 10 + aside * 6, start + way * 10 - aside * 6]
    yield f'<circle cx="{start[0]:.1f}" cy="{start[1]:.1f}" r="5" fill="{START}"/>'
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in head)
    yield f'<polygon points="{points}" fill="{START}"/>'
    middle = (line[len(line) // 2 - 1] + line[len(line) // 2]) / 2
    yield _text(middle[0], middle[1], plan.streets.names[street], STREET, 'font-size="11"')


def _door(plan: PlannedNumbers, row: int, sheet: _Sheet, told: tuple[str, int]) -> Iterator[str]:
    """Yield a dot with the door's id, its number, and what is unusual; doors on one spot stand side by side."""
    label, beside = told
    x, y = sheet.place(plan.entrances.lon[row : row + 1], plan.entrances.lat[row : row + 1])[0]
    x += beside * 2.2 * DOT
    number = plan.number_at(row)[0] if label else None
    colour = NONE if number is None else ODD if number % 2 else EVEN
    rim = "#000000" if label and plan.kept.kept[row] else colour
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DOT:g}" fill="{colour}" stroke="{rim}" stroke-width="2"/>'
    inside = f'x="{x:.1f}" y="{y + 3.5:.1f}" text-anchor="middle" fill="#ffffff" font-size="10"'
    yield f"<text {inside}>{_id(plan, row)}</text>"
    up = bool(plan.feet.left[row])
    if label:
        yield _text(x, y + (-16 if up else 18), label.replace("号附", "附").replace("号", ""), "#000000")
    word = _word(plan, row)
    if word:
        yield _text(x, y + (-31 if up else 33), word, "#555555", 'font-size="11"')


def _id(plan: PlannedNumbers, row: int) -> str:
    """Return the id of a door where it is short enough for its dot."""
    identifier = plan.entrances.ids[row]
    return escape(identifier) if len(identifier) <= LONGEST_ID else ""


def _word(plan: PlannedNumbers, row: int) -> str:
    """Return one or two characters for what is unusual."""
    one = plan.entrances.circumstances.get(row)
    if one is None:
        return ""
    return _STATE_MARKS.get(one.state) or _KIND_MARKS.get(one.kind, "")


_STATE_MARKS = {DoorState.TEMPORARY: "临", DoorState.ILLEGAL: "违", DoorState.DEMOLISHED: "拆"}
_KIND_MARKS = {
    DoorKind.STAIR: "梯",
    DoorKind.RECESSED: "凹",
    DoorKind.LANE: "巷口",
    DoorKind.CORNER: "拐角",
    DoorKind.LAND: "墙",
}


def _front(plan: PlannedNumbers, row: int, sheet: _Sheet) -> Iterator[str]:
    one, street = plan.entrances.circumstances.get(row), int(plan.feet.street[row])
    if one is None or not one.front_metres or street < 0:
        return
    span = slice(int(plan.walks.offsets[street]), int(plan.walks.offsets[street + 1]))
    metres, along = plan.walks.metres[span], float(plan.feet.metres[row])
    at = np.array([along - one.front_metres / 2, along, along + one.front_metres / 2])
    lon, lat = np.interp(at, metres, plan.walks.lon[span]), np.interp(at, metres, plan.walks.lat[span])
    feet = sheet.place(lon, lat)
    door = sheet.place(plan.entrances.lon[row : row + 1], plan.entrances.lat[row : row + 1])[0]
    yield _line(feet + (door - feet[1]), LAND, 'stroke-width="5"')


def _before(plan: PlannedNumbers, row: int) -> str:
    if plan.standing.has_old_number(row):
        return ""
    return plan.standing.former.get(row, "") or (plan.text_at(row) if plan.kept.kept[row] else "")


def _line(points: Floats, colour: str, more: str) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" {more}/>'


def _text(x: float, y: float, text: str, colour: str, more: str = "") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="middle" dominant-baseline="middle"'
    halo = 'stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
    return f'<text {place} fill="{colour}" {halo} {more}>{escape(text)}</text>'


def _title(text: str) -> str:
    return f'<text x="10" y="20" font-weight="bold">{escape(text)}</text>'
