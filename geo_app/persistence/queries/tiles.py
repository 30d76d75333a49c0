"""Vector tiles made by the database: one layer, one tile, only what the zoom needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import text
from sqlalchemy.orm import Session

LABEL_ZOOM = 16
"""From this zoom on tiles carry texts; below, leaving them out halves tile and time."""

LARGEST_ZOOM = 22
"""No tile beyond: a pixel is 2 cm there."""

EXTENT = 4096
BUFFER = 64
"""Units of a tile's own grid, and how many of them it carries of its neighbours."""


@dataclass(frozen=True, slots=True)
class TileLayer:
    """A layer: what it takes to see it, from which zoom on, its rows, and the columns of far and near tiles.

    `rows` is SQL with `{columns}` and the parameters `area` (SRID 4490) and `zoom`; it gives `geometry` and `id`.
    `tolerance` is in pixels of a 256-pixel tile, for simplification below zoom 16; 0 for points.
    """

    name: str
    permission: str
    minimum_zoom: int
    rows: str
    far: str
    near: str
    tolerance: float = 0.0


# A division's level appears when its outlines are wide enough to be told apart.
_DIVISIONS = """
    select d.id, o.outline as geometry, {columns} from division_outline o join division d on d.id = o.division_id,
    bounds where o.outline && bounds.area and upper_inf(d.valid) and upper_inf(o.valid)
    and case d.level when 'grid_cell' then 14 when 'village' then 11 when 'township' then 8 else 0 end <= :zoom
"""

_DIVISION_NAMES = """
    select d.id, ST_PointOnSurface(o.outline) as geometry, {columns}
    from division_outline o join division d on d.id = o.division_id, bounds
    where o.outline && bounds.area and upper_inf(d.valid) and upper_inf(o.valid)
    and case d.level when 'grid_cell' then 15 when 'village' then 12 when 'township' then 9 else 5 end <= :zoom
"""

_STREETS = """
    select s.id, p.line as geometry, {columns} from street_piece p join street s on s.id = p.street_id, bounds
    where p.line && bounds.area and upper_inf(p.valid) and upper_inf(s.valid)
"""

_BUILDINGS = """
    select b.id, b.outline as geometry, {columns} from building b, bounds
    where b.outline && bounds.area and upper_inf(b.valid)
"""

_ENTRANCES = """
    select e.id, e.position as geometry, {columns} from entrance e, bounds
    where e.position && bounds.area and upper_inf(e.valid)
"""

_ADDRESSES = """
    select a.entrance_id as id, a.position as geometry, {columns} from standard_address a, bounds
    where a.position && bounds.area and a.kind in ('door', 'building') and a.status in ('proposed', 'current', 'locked')
"""

_LANES = """
    select p.id, p.line as geometry, {columns} from street_piece p, bounds
    where p.line && bounds.area and p.street_id is null and upper_inf(p.valid)
"""

_DOOR_TEXTS = "e.street_id, e.village_group_id, e.wall_number"
_ADDRESS_TEXTS = "a.status, a.id as code, a.number_text as label"

LAYERS: Mapping[str, TileLayer] = MappingProxyType(
    {
        layer.name: layer
        for layer in (
            TileLayer("divisions", "division.read", 4, _DIVISIONS, "d.level", "d.level, d.name, d.code", 1.0),
            TileLayer("division_names", "division.read", 5, _DIVISION_NAMES, "d.level, d.name", "d.level, d.name"),
            TileLayer("streets", "street.read", 10, _STREETS, "s.naming, s.name", "s.naming, s.name", 1.0),
            TileLayer("lanes", "street.read", 13, _LANES, "p.version", "p.version", 1.0),
            TileLayer("buildings", "map.read", 14, _BUILDINGS, "b.storeys", "b.storeys, b.name", 0.5),
            TileLayer("entrances", "map.read", 14, _ENTRANCES, "e.street_id, e.village_group_id", _DOOR_TEXTS),
            TileLayer(
                "addresses",
                "address.read",
                14,
                _ADDRESSES,
                "a.status",
                "a.status, a.id as code, a.number_text as label",
            ),
        )
    }
)
"""The registry: a new layer is a row here, its permission and its columns with it."""

_TILE = """
    with bounds as (
        select ST_TileEnvelope(:zoom, :x, :y) as tile,
            ST_Transform(ST_TileEnvelope(:zoom, :x, :y, margin => :margin), 4490) as area
    ),
    found as ({rows}),
    drawn as (
        select {fields}, ST_AsMVTGeom({shape}, bounds.tile, :extent, :buffer, true) as shape from found, bounds
    )
    select ST_AsMVT(drawn, :layer, :extent, 'shape', 'id') from drawn where shape is not null
"""

_WORLD_METRES = 40_075_016.68557849
"""The width of the Web Mercator world, in its own metres; only drawing uses them."""


def exists(zoom: int, x: int, y: int) -> bool:
    """Tell whether there is such a tile."""
    return 0 <= zoom <= LARGEST_ZOOM and 0 <= x < 2**zoom and 0 <= y < 2**zoom


def tile(session: Session, layer: TileLayer, place: tuple[int, int, int]) -> bytes:
    """Return the Mapbox vector tile at (zoom, x, y), empty below the layer's first zoom: dense layers are never raw."""
    zoom, x, y = place
    if zoom < layer.minimum_zoom:
        return b""
    values = {
        "zoom": zoom, "x": x, "y": y, "layer": layer.name, "extent": EXTENT, "buffer": BUFFER,
        "margin": BUFFER / EXTENT, "tolerance": layer.tolerance * _WORLD_METRES / 2**zoom / 256,
    }  # fmt: skip
    made = session.execute(text(_statement(layer, zoom)), values).scalar_one()
    return bytes(made)


def _statement(layer: TileLayer, zoom: int) -> str:
    """Return the statement; only the registry's own words are put into it, what a caller gives is bound."""
    columns = layer.far if zoom < LABEL_ZOOM else layer.near
    shape = "ST_Transform(geometry, 3857)"
    if layer.tolerance and zoom < LABEL_ZOOM:
        shape = f"ST_Simplify({shape}, :tolerance, true)"
    fields = ["id", *(column.split(" as ")[-1].split(".")[-1].strip() for column in columns.split(","))]
    return _TILE.format(rows=layer.rows.format(columns=columns), fields=", ".join(fields), shape=shape)


_VERSION = text("""
    select coalesce(max(id), 0) || '-' || count(*)
    from change_entry where id > (select coalesce(max(id), 0) - 1000 from change_entry)
""")


def data_version(session: Session) -> str:
    """Return a mark that changes with every committed write, since each leaves an entry in the journal.

    The last thousand entries are counted as well: one that was begun earlier and committed later has a smaller id.
    """
    return str(session.execute(_VERSION).scalar_one())
