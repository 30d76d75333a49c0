"""Which use case reads which layer."""

from collections.abc import Callable, Mapping

from geo_app.domain.access import Actor
from geo_app.domain.imports import Layer
from geo_app.persistence.register import Register
from geo_app.services.imports import ImportOrder, ImportReport, Tell
from geo_app.services.imports_addresses import import_addresses
from geo_app.services.imports_buildings import import_buildings
from geo_app.services.imports_divisions import import_divisions, import_outlines
from geo_app.services.imports_entrances import import_entrances
from geo_app.services.imports_streets import import_streets

IMPORTS: Mapping[Layer, Callable[[Register, Actor, ImportOrder, Tell], ImportReport]] = {
    Layer.DIVISIONS: import_divisions,
    Layer.OUTLINES: import_outlines,
    Layer.STREETS: import_streets,
    Layer.BUILDINGS: import_buildings,
    Layer.ENTRANCES: import_entrances,
    Layer.ADDRESSES: import_addresses,
}
"""One use case a layer, all with the same signature."""
