"""Where a place of the ground lies on the screen, as long as the map shows the bounds it was opened with."""

from math import asinh, pi, radians, tan

from playwright.sync_api import Page

PADDING = 60


def mercator(lon: float, lat: float) -> tuple[float, float]:
    return (lon + 180) / 360, (1 - asinh(tan(radians(lat))) / pi) / 2


def on_map(page: Page, lon: float, lat: float) -> tuple[float, float]:
    """Return the place in pixels of the page, once the map is drawn: before that a click finds nothing there."""
    page.wait_for_selector("body[data-drawn]")
    west, south, east, north = page.evaluate("JSON.parse(document.querySelector('#board-settings').textContent).bounds")
    box = page.locator("#map").bounding_box()
    (left, bottom), (right, top) = mercator(west, south), mercator(east, north)
    scale = min((box["width"] - 2 * PADDING) / (right - left), (box["height"] - 2 * PADDING) / (bottom - top))
    x, y = mercator(lon, lat)
    middle_x, middle_y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    return middle_x + (x - (left + right) / 2) * scale, middle_y + (y - (top + bottom) / 2) * scale
