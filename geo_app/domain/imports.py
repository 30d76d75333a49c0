"""Imports 导入 as people speak of them: layers, their fields, what came of one, and why one cannot be undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from geo_app.domain.errors import Conflict, DomainError
from geo_app.domain.message import Message, marked


class Layer(StrEnum):
    """What a file is read into."""

    DIVISIONS = "divisions"
    OUTLINES = "outlines"
    STREETS = "streets"
    BUILDINGS = "buildings"
    ENTRANCES = "entrances"
    ADDRESSES = "addresses"
    DEMO = "demo"  # made up by the generator, from no file

    @property
    def word(self) -> Message:
        """Return the layer's name for a reader."""
        return Message(_WORDS[self])


_WORDS: Mapping[Layer, str] = {
    Layer.DIVISIONS: marked("divisions"),
    Layer.OUTLINES: marked("division outlines"),
    Layer.STREETS: marked("streets"),
    Layer.BUILDINGS: marked("buildings"),
    Layer.ENTRANCES: marked("doors"),
    Layer.ADDRESSES: marked("addresses"),
    Layer.DEMO: marked("demonstration"),
}

FIELDS: Mapping[Layer, tuple[str, ...]] = {
    Layer.DIVISIONS: ("code", "name"),
    Layer.OUTLINES: ("code",),
    Layer.STREETS: (
        *("id", "name", "area", "method", "start", "odd_side", "step", "one_sided", "sub_number"),
        *("reserve_lane", "reserve_metres"),
    ),
    Layer.BUILDINGS: ("id", "name", "storeys"),
    Layer.ENTRANCES: ("id", "street", "number", "note", "door_kind", "door_state", "front_metres", "door_of"),
    Layer.ADDRESSES: (
        *("id", "text", "division", "town", "village", "group", "street", "number", "sub_number"),
        *("estate", "building", "unit", "floor", "room"),
    ),
}
"""The columns each layer reads, by our names; a field mapping says what the file calls them."""

FILE_LAYERS = tuple(FIELDS)
"""What a person can read a file into."""


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """Rows of a file: `read` = `added` + `corrected` + `unchanged` + `refused`."""

    read: int = 0
    added: int = 0
    corrected: int = 0
    unchanged: int = 0
    refused: int = 0


class ImportAlreadyUndone(Conflict):
    """An import is taken back once."""

    pattern = "Import {number} was undone already."


class ImportNotDone(DomainError):
    """Only what was done can be undone."""

    pattern = "Import {number} was not completed; there is nothing to undo."


class ImportFollowed(DomainError):
    """Imports that corrected the same rows are undone in reverse order."""

    pattern = "{rows} rows of import {number} were changed afterwards; undo or correct those changes first."


class DemoStays(DomainError):
    """Accounts, plans and addresses of the demonstration stand on each other."""

    pattern = "The demonstration cannot be undone; begin with an empty data folder instead."


class PlanUsesImport(DomainError):
    """A numbering plan stands on these rows."""

    pattern = "Numbering plan {plan} uses rows of import {number}; it cannot be undone."


class AddressUsesImport(DomainError):
    """A standard address stands on these rows."""

    pattern = "Address “{address}” stands on rows of import {number}; it cannot be undone."


class DoorUsesImport(DomainError):
    """A door stands on these streets or buildings."""

    pattern = "Doors that came from elsewhere stand on rows of import {number}; it cannot be undone."


class DivisionUsesImport(DomainError):
    """Something lies in these divisions."""

    pattern = "{count} rows of the register lie in divisions of import {number}; it cannot be undone."


class AddressLockedForImport(DomainError):
    """An open case holds an address of the import."""

    pattern = "Address “{address}” of import {number} is locked for a case; it cannot be undone."


class FieldUnknown(DomainError):
    """A field mapping names one of our fields."""

    pattern = "“{field}” is no field of {layer}; the fields are: {fields}."


def require_fields(layer: Layer, fields: Mapping[str, str]) -> Mapping[str, str]:
    """Return the field mapping if every field is one of the layer's.

    Raises FieldUnknown.
    """
    for field in fields:
        if field not in FIELDS[layer]:
            raise FieldUnknown(field=field, layer=layer.word, fields=", ".join(FIELDS[layer]))
    return fields
