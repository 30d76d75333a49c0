"""What is inside a building, as a clerk writes it: figures, and exceptions of floors as short texts.

Rooms that differ: `1:0, 5-7:4, -1:3`. Floors a building lacks: `13:the lift skips it`. Signs: `13:12A:as the lift
reads`. Commas, semicolons and line ends part them, full width or half width.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from geo_app.domain.estate import HIGHEST_FLOOR, LOWEST_FLOOR, MOST_ROOMS_IN_UNIT, BuildingSpec, FloorSign
from geo_app.domain.estate_refusals import FloorTextMalformed
from geo_app.domain.numbering_rule import UNIT_ORDERS, RuleValueNotAllowed

COUNTS = ("units", "floors", "underground", "rooms", "underground_rooms")
TEXTS = ("rooms_on", "missing", "signs", "unit_order", "unit_names")
FIELDS = (*COUNTS, *TEXTS)
"""The fields of a specification, in files, in the API and in the register alike."""

MOST = 100_000
_EXAMPLES = {"rooms_on": "1:0, 5-7:4", "missing": "13:电梯无此层", "signs": "13:12A:电梯标注"}
_PART = re.compile(r"\s*[,，;；\n、]\s*")
_FLOORS = re.compile(r"(-?[0-9]{1,3})(?:\s*[-~～至]\s*(-?[0-9]{1,3}))?\s*(?:[:：]\s*(.*))?", re.DOTALL)


def read_spec(fields: Mapping[str, object]) -> BuildingSpec:
    """Return what `fields` say; absent and empty ones have their defaults.

    Raises RuleValueNotAllowed, FloorTextMalformed.
    """
    given = {name: value for name in FIELDS if (value := fields.get(name)) not in (None, "")}
    read: dict[str, Any] = {name: _count(name, given[name]) for name in COUNTS if name in given}
    texts = {name: str(given.get(name, "")) for name in TEXTS}
    if texts["unit_order"] not in ("", *UNIT_ORDERS):
        raise RuleValueNotAllowed(value=texts["unit_order"], field="unit_order", allowed=", ".join(UNIT_ORDERS))
    rooms = {floor: _rooms(texts["rooms_on"], value) for floor, value in _floors("rooms_on", texts["rooms_on"])}
    return BuildingSpec(
        **read,
        rooms_on=rooms,
        missing=dict(_floors("missing", texts["missing"])),
        signs={floor: _sign(texts["signs"], value) for floor, value in _floors("signs", texts["signs"])},
        unit_order=texts["unit_order"],
        unit_names=tuple(name for name in _PART.split(texts["unit_names"].strip()) if name),
    )


def written_spec(spec: BuildingSpec) -> dict[str, int | str]:
    """Return the fields that `read_spec` reads."""
    return {
        **{name: getattr(spec, name) for name in COUNTS},
        "rooms_on": ", ".join(f"{floor}:{rooms}" for floor, rooms in spec.rooms_on.items()),
        "missing": ", ".join(f"{floor}:{reason}" for floor, reason in spec.missing.items()),
        "signs": ", ".join(f"{floor}:{sign.text}:{sign.reason}" for floor, sign in spec.signs.items()),
        "unit_order": spec.unit_order,
        "unit_names": ", ".join(spec.unit_names),
    }


def _count(field: str, value: object) -> int:
    text = str(value).strip()
    if not (text.isascii() and text.isdigit() and int(text) <= MOST):
        raise RuleValueNotAllowed(value=value, field=field, allowed="0, 1, 2 …")
    return int(text)


def _floors(field: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield each floor with what is said of it; a range says the same of each of its floors, 0 left out."""
    for part in _PART.split(text.strip()):
        if not part:
            continue
        found = _FLOORS.fullmatch(part)
        if found is None:
            raise FloorTextMalformed(text=part, example=_EXAMPLES[field])
        first, last, said = int(found[1]), int(found[2] or found[1]), (found[3] or "").strip()
        if not LOWEST_FLOOR <= first <= last <= HIGHEST_FLOOR or (first, last) == (0, 0):
            raise FloorTextMalformed(text=part, example=_EXAMPLES[field])
        yield from ((floor, said) for floor in range(first, last + 1) if floor)


def _rooms(text: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) <= MOST_ROOMS_IN_UNIT):
        raise FloorTextMalformed(text=text, example=_EXAMPLES["rooms_on"])
    return int(value)


def _sign(text: str, value: str) -> FloorSign:
    sign, _, reason = re.sub("：", ":", value).partition(":")
    if not sign.strip() or len(sign.strip()) > 8:
        raise FloorTextMalformed(text=text, example=_EXAMPLES["signs"])
    return FloorSign(sign.strip(), reason.strip())
