"""OpenStreetMap extracts: tags as columns, and only the objects that are streets, buildings or doors."""

import json
from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo_app.domain.message import Message, marked
from geo_app.exchange.vector_options import Shape

TAGS = ("area", "addr:housenumber", "addr:street", "addr:place", "addr:postcode", "addr:city", "building", "highway")
"""Tags that always become columns; further ones when a field mapping asks for them."""

WANTED = {Shape.LINES: ("highway",), Shape.POLYGONS: ("building",), Shape.POINTS: ("addr:housenumber", "entrance")}


def tags_as_columns(columns: pd.DataFrame, asked: Iterable[str]) -> pd.DataFrame:
    """Return the frame with the tags of `TAGS` and those `asked` for as columns, "" where an object lacks one.

    `osm_id` of a closed way is filled from `osm_way_id`.
    """
    tags = [json.loads(text) if text else {} for text in columns["other_tags"]]
    frame = columns.drop(columns="other_tags")
    for tag in dict.fromkeys((*TAGS, "entrance", *asked)):
        if tag not in frame.columns:
            frame[tag] = pd.Series([str(found.get(tag, "")) for found in tags], dtype=object)
    if "osm_way_id" in frame.columns:
        frame["osm_id"] = frame["osm_id"].where(frame["osm_id"] != "", frame["osm_way_id"])
    return frame


def wanted_objects(columns: pd.DataFrame, shape: Shape) -> tuple[NDArray[np.bool_], tuple[Message, ...]]:
    """Return which rows are streets (`highway`), buildings or doors (house number, entrance), and how many are not."""
    wanted = (columns[list(WANTED[shape])] != "").any(axis="columns").to_numpy(dtype=bool)
    others = int((~wanted).sum())
    if not others:
        return wanted, ()
    told = Message(
        marked("{count} objects without {tags} were left aside."),
        {"count": others, "tags": "/".join(WANTED[shape])},
    )
    return wanted, (told,)
