"""The one route of all vector tiles; its registry stands beside the queries."""

import gzip

from apiflask import APIBlueprint
from flask import abort, make_response, request
from flask.typing import ResponseReturnValue

from geo_app.domain.errors import NotPermitted
from geo_app.persistence.queries.tiles import LAYERS, TileLayer, data_version, exists, tile
from geo_app.web.context import transaction
from geo_app.web.navigation import may
from geo_app.web.permission import needs

bp = APIBlueprint("tiles", __name__, enable_openapi=False)

MIMETYPE = "application/vnd.mapbox-vector-tile"

SHAPE_OF_TILES = 1
"""Raised when the layers' columns change, so that browsers fetch anew."""

SMALLEST_PACKED = 500


@bp.get("/tiles/<layer>/<int:zoom>/<int:x>/<int:y>.mvt")
@needs("map.read")
def vector_tile(layer: str, zoom: int, x: int, y: int) -> ResponseReturnValue:
    """Answer a tile, or 304 as long as nothing was written since the caller fetched it."""
    found = LAYERS.get(layer)
    if found is None or not exists(zoom, x, y):
        abort(404)
    _require(found)
    with transaction() as register:
        tag = f"{SHAPE_OF_TILES}-{data_version(register.session)}"
        if request.headers.get("If-None-Match") == f'W/"{tag}"':
            return _packed(b"", tag, 304)
        return _packed(tile(register.session, found, (zoom, x, y)), tag, 200)


def _require(layer: TileLayer) -> None:
    if not may(layer.permission):
        raise NotPermitted


def _packed(body: bytes, tag: str, status: int) -> ResponseReturnValue:
    response = make_response(body, status)
    response.mimetype = MIMETYPE
    if len(body) > SMALLEST_PACKED and request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(body, compresslevel=3))
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(tag, weak=True)
    # Private: what an account may see is not a proxy's to keep. No-cache: kept, but asked about each time.
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.update(("Accept-Encoding", "Cookie"))
    return response
