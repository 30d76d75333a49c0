"""A numbering plan as one stand-alone map page: it holds all it needs, and asks no server for anything."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import folium
import numpy as np
from branca.element import Element, Figure

from geo_app.domain.message import Message, marked
from geo_app.domain.numbering import PlannedNumber, PlannedNumbers

Words = Callable[[Message], str]
Feature = dict[str, Any]

ODD, EVEN, NONE, STREET = "#d55e00", "#0072b2", "#8a8a8a", "#444444"
"""As on the board, and told apart by colour-blind readers too; grey is a door without a number."""

NUMBER = marked("Number")
REASON = marked("Reason")
ODD_NUMBERS = marked("odd numbers")
EVEN_NUMBERS = marked("even numbers")
KEPT_NUMBERS = marked("kept: black rim")
NO_NUMBER = marked("not numbered")


@dataclass(frozen=True, slots=True)
class PageAssets:
    """Leaflet's script and style sheet as text, to be written into the page."""

    script: str
    style: str


def numbering_page(plan: PlannedNumbers, assets: PageAssets, words: Words) -> str:
    """Return an HTML page with the streets and doors of a plan; `words` puts a message into the reader's language.

    Texts of the data are escaped. Doors and streets in degrees of SRID 4490, which a page map may take for WGS 84.
    """
    page = folium.Map(tiles=None, attribution_control=False, zoom_start=17, location=_middle(plan), max_zoom=22)
    # folium's own lists name public servers, dead in an office network.
    page.default_js, page.default_css = [], []
    root = page.get_root()
    assert isinstance(root, Figure)
    root.header.add_child(Element(f"<style>{assets.style}</style><script>{assets.script}</script>"), name="leaflet")
    root.html.add_child(Element(_legend(words)), name="legend")
    folium.GeoJson(_collection(_streets(plan)), style_function=_street_style).add_to(page)
    doors = list(_doors(plan, words))
    if doors:
        tooltip = folium.GeoJsonTooltip(["text", "reason"], [words(Message(NUMBER)), words(Message(REASON))])
        folium.GeoJson(
            _collection(iter(doors)),
            marker=folium.CircleMarker(radius=6, weight=2, fill=True, fill_opacity=0.9),
            style_function=_door_style,
            tooltip=tooltip,
        ).add_to(page)
        page.fit_bounds(_bounds(plan))
    return str(root.render())


def _streets(plan: PlannedNumbers) -> Iterator[Feature]:
    streets = plan.streets
    for i, name in enumerate(streets.names):
        span = slice(int(streets.offsets[i]), int(streets.offsets[i + 1]))
        line = np.column_stack([streets.lon[span], streets.lat[span]]).tolist()
        yield _feature({"name": escape(name)}, {"type": "LineString", "coordinates": line})


def _doors(plan: PlannedNumbers, words: Words) -> Iterator[Feature]:
    good = plan.entrances.on_earth
    for row, door in enumerate(plan):
        if good[row]:
            place = [float(plan.entrances.lon[row]), float(plan.entrances.lat[row])]
            yield _feature(_door_properties(door, words), {"type": "Point", "coordinates": place})


def _door_properties(door: PlannedNumber, words: Words) -> dict[str, str]:
    fill = NONE if door.number is None else ODD if door.number % 2 else EVEN
    rim = "#000000" if door.kept else fill
    text = f"{door.street_name} {door.text}"
    return {"text": escape(text), "reason": escape(words(door.reason)), "fill": fill, "rim": rim}


def _feature(properties: dict[str, str], geometry: Feature) -> Feature:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _collection(features: Iterator[Feature]) -> Feature:
    return {"type": "FeatureCollection", "features": list(features)}


def _street_style(_feature: Feature) -> dict[str, object]:
    return {"color": STREET, "weight": 3}


def _door_style(feature: Feature) -> dict[str, object]:
    return {"color": feature["properties"]["rim"], "fillColor": feature["properties"]["fill"]}


def _legend(words: Words) -> str:
    rows = ((ODD, ODD_NUMBERS), (EVEN, EVEN_NUMBERS), (NONE, NO_NUMBER), ("#000000", KEPT_NUMBERS))
    items = "".join(
        f'<div><span style="color:{colour}">●</span> {escape(words(Message(text)))}</div>' for colour, text in rows
    )
    place = "position:fixed;bottom:16px;left:16px;z-index:1000;background:#fff;padding:8px;font:14px sans-serif"
    return f'<div style="{place}">{items}</div>'


def _middle(plan: PlannedNumbers) -> list[float]:
    if not len(plan.streets.lon):
        return [0.0, 0.0]
    return [float(plan.streets.lat.mean()), float(plan.streets.lon.mean())]


def _bounds(plan: PlannedNumbers) -> list[list[float]]:
    good = plan.entrances.on_earth
    lon, lat = plan.entrances.lon[good], plan.entrances.lat[good]
    return [[float(lat.min()), float(lon.min())], [float(lat.max()), float(lon.max())]]
