"""The words of an estate's editor: fields of a building, choices, and the sentences its scripts speak."""

from collections.abc import Mapping
from types import MappingProxyType

from geo_app.domain.estate import BUILDING_WORDS
from geo_app.domain.message import marked

ORDERS: tuple[tuple[str, str], ...] = (
    ("s_from_gate_left", marked("S-shaped from the left of the main gate")),
    ("s_from_north_east", marked("S-shaped from the north-east")),
)
CHOICES: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "unit_order": (("west_to_east", marked("from west to east")), ("east_to_west", marked("from east to west"))),
        "word": tuple((word, word) for word in BUILDING_WORDS),
    }
)
SPEC_FIELDS: tuple[tuple[str, str, str, str], ...] = (
    ("units", "number", marked("Units"), ""),
    ("floors", "number", marked("Floors above ground"), ""),
    ("rooms", "number", marked("Rooms a floor and unit"), ""),
    ("underground", "number", marked("Floors below ground"), ""),
    ("underground_rooms", "number", marked("Rooms a floor below ground"), ""),
    ("rooms_on", "text", marked("Floors with other rooms"), "1:0, 5-7:4"),
    ("missing", "text", marked("Floors it does not have, with the reason"), "13:电梯无此层"),
    ("signs", "text", marked("Floors with another sign, with the reason"), "13:12A:电梯标注"),
    ("unit_names", "text", marked("Names of the units by hand"), "甲, 乙"),
)
"""Name, kind, title and example of a building's fields."""

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "noBuildings": marked("No building yet: draw one, load a file, or take over those within the boundary."),
        "drawBuilding": marked("Click the corners of the building; double click or Enter ends, Esc leaves it."),
        "drawBoundary": marked("Click the corners of the estate's boundary; double click or Enter ends."),
        "setGate": marked("Click where the main gate is. Esc leaves it."),
        "moveCorners": marked("Drag the corners. Enter or Esc ends."),
        "stepBuilding": marked("building drawn"),
        "stepCorners": marked("outline changed"),
        "stepRemove": marked("building removed"),
        "stepBoundary": marked("boundary drawn"),
        "stepGate": marked("gate set"),
        "stepFile": marked("buildings taken over"),
        "stepRuleOf": marked("order changed"),
        "stepSpec": marked("building's data changed"),
        "stepNumber": marked("number changed"),
        "stepReserved": marked("number kept free"),
        "takenOver": marked("{count} buildings taken over."),
        "noneInside": marked("The register has no building within the boundary."),
        "boundaryFirst": marked("Draw the boundary first."),
        "estateCounts": marked("{buildings} buildings, {units} units, {rooms} rooms; {kept} kept, {by_hand} by hand"),
        "turned": marked("The estate stands turned by {degrees}°; rows are counted along its own axes."),
        "gate": marked("Gate"),
        "gateSet": marked("Gate set"),
        "gateNotSet": marked("Gate not set yet"),
        "nearDoors": marked("{metres} m away; numbers next to the gate: {doors}"),
        "nearNoDoors": marked("{metres} m away; no number next to the gate yet"),
        "takeNumber": marked("Use {number}"),
        "chooseStreet": marked("Choose the gate's street"),
        "settled": marked("has its addresses"),
        "keptBuilding": marked("kept"),
        "row": marked("Row {row}"),
        "floorOf": marked("Floor {floor}"),
        "floorBelow": marked("Floor -{floor}"),
        "signOf": marked("sign {sign}"),
        "unitOf": marked("Unit {unit}"),
        "wholeBuilding": marked("Rooms"),
        "noGrid": marked("Choose a building on the map or in the table to see its floors and rooms."),
        "gridOf": marked("{building}: {units} units, {floors} floors, {rooms} rooms"),
        "noRoomHere": marked("no room"),
        "remove": marked("Remove"),
        "keepFree": marked("{number}: {reason}"),
        "problemsOfFile": marked("{count} rows were left out or changed: {first}"),
        "estateSubmissionMeans": marked(
            "All addresses of the estate are proposed and hold their numbers until somebody else decides."
        ),
        "estatePublicationMeans": marked("Gate, buildings, units and rooms become current addresses, all at once."),
        "estateWithdrawalMeans": marked("The plan ends and its reserved addresses become free."),
        "estateUndoMeans": marked(
            "A correcting plan is drafted that ends all addresses of this plan; it is then submitted like any other."
        ),
        "approveEstateMeans": marked("You confirm that the estate's name is approved; then it can be numbered."),
        "correcting": marked("This plan takes back plan {plan}: publishing ends all its addresses."),
        "estateDone": marked("Done: the plan is now {status}."),
    }
)
"""Sentences of the scripts by key; `{name}` is filled by the script."""
