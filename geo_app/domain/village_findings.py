"""Findings about a village group's numbers, in words."""

from dataclasses import dataclass
from enum import StrEnum

from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_findings import DEMOLISHED, ILLEGAL, LAND, TEMPORARY_NONE


class VillageKind(StrEnum):
    """The kinds of findings, worst first (docs/reference/village_groups.md)."""

    NO_POSITION = "no_position"
    NO_LANE = "no_lane"
    NUMBER_TOO_LARGE = "number_too_large"
    DUPLICATE = "duplicate"
    KEPT_OUT_OF_ORDER = "kept_out_of_order"
    BAD_NUMBER = "bad_number"
    STACKED = "stacked"
    FAR_FROM_LANE = "far_from_lane"
    AT_THE_END = "at_the_end"
    MOUTH_FAR = "mouth_far"
    LANE_GAP = "lane_gap"
    NO_LANES = "no_lanes"
    ILLEGAL = "illegal"
    TEMPORARY = "temporary"
    RETIRED = "retired"
    RESERVED = "reserved"


_K = VillageKind
SEVERITY = {
    _K.NO_POSITION: "error",
    _K.NO_LANE: "error",
    _K.NUMBER_TOO_LARGE: "error",
    _K.DUPLICATE: "error",
    _K.KEPT_OUT_OF_ORDER: "warning",
    _K.BAD_NUMBER: "warning",
    _K.STACKED: "warning",
    _K.FAR_FROM_LANE: "warning",
    _K.AT_THE_END: "info",
    _K.MOUTH_FAR: "warning",
    _K.LANE_GAP: "info",
    _K.NO_LANES: "info",
    _K.ILLEGAL: "info",
    _K.TEMPORARY: "info",
    _K.RETIRED: "info",
    _K.RESERVED: "info",
}

PATTERNS = {
    _K.NO_POSITION: marked("The house has no usable position, so it was not numbered."),
    _K.NO_LANE: marked("Neither a lane within {far} m nor a house within {near} m leads here, so it was not numbered."),
    _K.NUMBER_TOO_LARGE: marked("The number here would be above {largest}."),
    _K.DUPLICATE: marked("{text} is on more than one house of this group."),
    _K.KEPT_OUT_OF_ORDER: marked("{text} is out of order on the walk; it stays."),
    _K.BAD_NUMBER: marked("{text} on the wall cannot be read as a number; it stays as text."),
    _K.STACKED: marked("Another house, less than {limit} m away, has another number."),
    _K.FAR_FROM_LANE: marked("The next lane is more than {far} m away; it is reached from a house {apart} m away."),
    _K.AT_THE_END: marked("No number is free before the first one, so {text} follows the last of the group."),
    _K.MOUTH_FAR: marked("The mouth lies {apart} m from the nearest lane; set it where the lanes begin."),
    _K.LANE_GAP: marked("Lanes are {apart} m apart here; the walk crosses open ground. Is a lane missing?"),
    _K.NO_LANES: marked("No lane was drawn near the houses: the walk goes from each house to the nearest next one."),
    _K.ILLEGAL: ILLEGAL,
    _K.TEMPORARY: TEMPORARY_NONE,
    _K.RETIRED: DEMOLISHED,
    _K.RESERVED: LAND,
}


@dataclass(frozen=True, slots=True)
class VillageFinding:
    """A finding for a reader: house ("" for one about the group), kind, sentence, and its place in degrees if any."""

    entrance_id: str
    kind: VillageKind
    message: Message
    place: tuple[float, float] | None = None

    @property
    def severity(self) -> str:
        """Return error, warning or info; an error keeps a plan from being submitted."""
        return SEVERITY[self.kind]


def finding(
    kind: VillageKind, entrance_id: str = "", place: tuple[float, float] | None = None, **values: object
) -> VillageFinding:
    """Return a finding with its sentence."""
    return VillageFinding(entrance_id, kind, Message(PATTERNS[kind], values), place)
