"""An outline looked at before it is written: does it nest, does it leave its neighbours their ground?"""

from datetime import date

import shapely
from shapely.validation import explain_validity

from geo_app.domain.division import DivisionCode, Outline
from geo_app.domain.division_containment import ContainmentFinding, check_outline_within, check_overlaps
from geo_app.domain.division_register import OutlineCrossesItself
from geo_app.domain.message import Message
from geo_app.persistence.divisions import DivisionRecord
from geo_app.persistence.queries.division_outlines import outlines_around
from geo_app.persistence.register import Register

TOLERANCE_METRES = 20.0
"""A hand on the screen follows a border no better; less is no finding."""


def require_simple(shape: shapely.MultiPolygon, name: str) -> None:
    """Check that an outline (degrees) does not cross itself.

    Raises OutlineCrossesItself.
    """
    if shape.is_valid:
        return
    # GEOS names the place: "Self-intersection[103.55 29.41]".
    place = explain_validity(shape).partition("[")[2].rstrip("]").split()
    lon, lat = place if len(place) == 2 else ("?", "?")
    raise OutlineCrossesItself(name=name, lon=lon, lat=lat)


def outline_findings(
    register: Register, division_id: int, shape: shapely.MultiPolygon, day: date
) -> tuple[Message, ...]:
    """Return what speaks against an outline (degrees, SRID 4490) of a division from `day` on; nothing is written.

    Raises NotFound, OutlineCrossesItself.
    """
    there = register.divisions.get(division_id)
    require_simple(shape, there.name)
    drawn = Outline(DivisionCode(there.code), shape, derived=False)
    around = outlines_around(register.session, (there.id, there.parent_id), day)
    found = (*_nesting(drawn, around), *_overlaps(drawn, around))
    names = _names(register, there, day)
    return tuple(_by_name(one.reason, names) for one in found)


def _nesting(drawn: Outline, around: list[Outline]) -> tuple[ContainmentFinding, ...]:
    above = [one for one in around if one.code.level < drawn.code.level]
    within = [one for one in around if one.code.level > drawn.code.level]
    pairs = [(drawn, parent) for parent in above] + [(child, drawn) for child in within]
    return tuple(
        finding
        for inner, outer in pairs
        for finding in check_outline_within(inner, outer, tolerance_metres=TOLERANCE_METRES)
    )


def _overlaps(drawn: Outline, around: list[Outline]) -> tuple[ContainmentFinding, ...]:
    beside = [one for one in around if one.code.level is drawn.code.level]
    return tuple(finding for other in beside for finding in check_overlaps([drawn, other]))


def _names(register: Register, there: DivisionRecord, day: date) -> dict[DivisionCode, str]:
    above = register.divisions.get(there.parent_id) if there.parent_id is not None else there
    found = register.divisions.as_of(day, above.code)
    return {DivisionCode(one.code): one.name for one in (above, *found, there)}


def _by_name(reason: Message, names: dict[DivisionCode, str]) -> Message:
    """Return a finding that says names where the rule says codes."""
    told = {key: names.get(value, value) if isinstance(value, DivisionCode) else value
            for key, value in reason.values.items()}  # fmt: skip
    return Message(reason.pattern, told)
