"""A small chart of shares over months as SVG: drawn on the server, without a script and without a style of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, MARGIN = 220, 56, 8


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A month and its share, 0 to 1; None: no data, and the line is broken there."""

    month: str
    share: float | None


def trend_chart(points: Sequence[TrendPoint], title: str) -> str:
    """Return the chart as an SVG element with `title` and the figures as its text for a screen reader.

    The scale runs from the lowest share, rounded down to 10 %, to 100 %, and is written beside the lines.
    """
    shares = [point.share for point in points if point.share is not None]
    low = min((int(share * 10) / 10 for share in shares), default=0.0)
    low = min(low, 0.9)
    told = "; ".join(f"{point.month} {_percent(point.share)}" for point in points)
    lines = (_line(run, low, len(points)) for run in _runs(points))
    dots = (_dot(place, point, low, len(points)) for place, point in enumerate(points))
    return (
        f'<svg class="trend" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(f"{title}: {told}")}">'
        f'<line class="trend-scale" x1="{MARGIN}" x2="{WIDTH - 38}" y1="{_y(1, low)}" y2="{_y(1, low)}"/>'
        f'<line class="trend-scale" x1="{MARGIN}" x2="{WIDTH - 38}" y1="{_y(low, low)}" y2="{_y(low, low)}"/>'
        f'<text class="trend-text" x="{WIDTH - 34}" y="{_y(1, low) + 4}">100 %</text>'
        f'<text class="trend-text" x="{WIDTH - 34}" y="{_y(low, low) + 4}">{low * 100:.0f} %</text>'
        f"{''.join(lines)}{''.join(dots)}</svg>"
    )


def _runs(points: Sequence[TrendPoint]) -> list[list[tuple[int, float]]]:
    """Return the unbroken runs of months with data, as places and shares."""
    runs: list[list[tuple[int, float]]] = [[]]
    for place, point in enumerate(points):
        if point.share is None:
            runs.append([])
        else:
            runs[-1].append((place, point.share))
    return [run for run in runs if len(run) > 1]


def _line(run: Sequence[tuple[int, float]], low: float, count: int) -> str:
    places = " ".join(f"{_x(place, count)},{_y(share, low)}" for place, share in run)
    return f'<polyline class="trend-line" points="{places}"/>'


def _dot(place: int, point: TrendPoint, low: float, count: int) -> str:
    if point.share is None:
        return ""
    told = escape(f"{point.month}: {_percent(point.share)}")
    x, y = _x(place, count), _y(point.share, low)
    return f'<circle class="trend-dot" cx="{x}" cy="{y}" r="3"><title>{told}</title></circle>'


def _x(place: int, count: int) -> float:
    room = WIDTH - 38 - 2 * MARGIN
    return round(MARGIN + (room * place / (count - 1) if count > 1 else room / 2), 1)


def _y(share: float, low: float) -> float:
    return round(MARGIN + (HEIGHT - 2 * MARGIN) * (1 - share) / (1 - low), 1)


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share * 100:.1f} %"
