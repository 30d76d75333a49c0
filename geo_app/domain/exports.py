"""Exports 导出: what can be written into a file, of which area and as of which day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geo_app.domain.message import Message, marked


class ExportLayer(StrEnum):
    """A layer of the register that can be written into a file."""

    DIVISIONS = "divisions"
    STREETS = "streets"
    BUILDINGS = "buildings"
    ENTRANCES = "entrances"
    ADDRESSES = "addresses"
    PLANS = "plans"
    FINDINGS = "findings"

    @property
    def word(self) -> Message:
        """Return the layer's name for a reader."""
        return Message(_WORDS[self])


_WORDS: Mapping[ExportLayer, str] = {
    ExportLayer.DIVISIONS: marked("divisions"),
    ExportLayer.STREETS: marked("streets"),
    ExportLayer.BUILDINGS: marked("buildings"),
    ExportLayer.ENTRANCES: marked("doors"),
    ExportLayer.ADDRESSES: marked("addresses"),
    ExportLayer.PLANS: marked("numbering plans"),
    ExportLayer.FINDINGS: marked("findings"),
}


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """A layer in an area (a division code, "" for all), as of a day (None: as it stands)."""

    layer: ExportLayer
    area: str = ""
    as_of: date | None = None
