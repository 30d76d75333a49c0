"""Plans as the API shows them: GeoJSON layers with the reason on each door, in the reader's language."""

from dataclasses import asdict
from typing import Any

from geo_app.domain.address import Decision, PlaceKind
from geo_app.domain.address_text import DEFAULT_STYLE, number_text
from geo_app.domain.adoption_mapping import Held
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.planned_door import PlanContent, PlanFinding, PlannedDoor, PlannedLine
from geo_app.exchange.language import render
from geo_app.persistence.plans import PlanRecord
from geo_app.persistence.queries.street_list import StreetListing
from geo_app.persistence.queries.village_group_list import GroupListing
from geo_app.services.adoption import NumberMapping
from geo_app.services.numbering import verbs_for
from geo_app.web.api import iso
from geo_app.web.language import language
from geo_app.web.numbering_words import asked_rule
from geo_app.web.streets_models import described, item
from geo_app.web.village_groups_models import group_item

STEPS = ("created", "submitted", "approved", "published")


def shown_content(place: StreetListing | GroupListing, content: PlanContent) -> dict[str, Any]:
    """Return the numbers of a street or a village group."""
    return {
        "street": item(place) if isinstance(place, StreetListing) else None,
        "village_group": group_item(place) if isinstance(place, GroupListing) else None,
        "lines": {"features": [_line(line) for line in content.lines]},
        "doors": {"features": [_door(planned) for planned in content.doors]},
        "findings": [shown_finding(finding) for finding in content.findings],
        "score": dict(content.score),
        "counts": content.counts(),
    }


def shown_plan(plan: PlanRecord, decision: Decision) -> dict[str, Any]:
    """Return a plan without its doors, with what the caller may do to it."""
    life = plan.life
    steps = {f"{step}_by": plan.people.get(step) for step in STEPS}
    times = {f"{step}_at": iso(plan.times.get(step)) for step in STEPS}
    return {
        "id": life.plan_id,
        "street_id": life.place_id if life.place_kind is PlaceKind.STREET else None,
        "street": plan.place_name,
        "village_group_id": life.place_id if life.place_kind is PlaceKind.VILLAGE_GROUP else None,
        "title": plan.title,
        "status": plan.status,
        "version": life.version,
        "corrects": life.corrects,
        "undone_by": life.undone_by,
        "score": plan.score,
        "rule": asked_rule(NumberingRule.from_mapping(plan.rule)),
        "may": verbs_for(plan, decision),
        **steps,
        **times,
    }


def hand_of(content: PlanContent) -> dict[int, str]:
    """Return the numbers that were set by hand."""
    return {planned.door.entrance_id: planned.text for planned in content.doors if planned.by_hand}


def moved_of(content: PlanContent) -> list[int]:
    """Return the doors that give up their number."""
    return [planned.door.entrance_id for planned in content.doors if planned.moved]


def shown_mapping(mapping: NumberMapping) -> list[dict[str, Any]]:
    """Return the table of old and new numbers."""
    return [
        asdict(door)
        | {"alias": door.alias, "valid_from": iso(door.valid_from), "reason": render(door.reason, language())}
        for door in mapping.doors
    ]


def _line(line: PlannedLine) -> dict[str, Any]:
    ends = {"start": line.positions[0], "end": line.positions[-1]}
    return {"geometry": {"coordinates": list(line.positions)}, "properties": {"line_key": line.key, **ends}}


def _door(planned: PlannedDoor) -> dict[str, Any]:
    door, number = planned.door, planned.number
    properties = {
        "entrance_id": door.entrance_id,
        "line_key": planned.line_key,
        "side": planned.side,
        "metres": planned.metres,
        "number": number.number if number else None,
        "suffix": (number.suffix or None) if number else None,
        "sub_number": (number.sub_number or None) if number else None,
        "text": planned.text,
        "kept": planned.kept,
        "by_hand": planned.by_hand,
        "moved": planned.moved,
        "old": Held(door.number, door.wall_number or "").text(DEFAULT_STYLE),
        "fate": planned.fate.value,
        "reason": render(planned.reason, language()),
        "wall_number": door.wall_number,
        "address_id": door.address_id,
        "current": number_text(door.number) if door.number else None,
        "version": door.version,
        **described(door.circumstance),
    }
    return {"geometry": {"coordinates": (door.position.lon, door.position.lat)}, "properties": properties}


def shown_finding(finding: PlanFinding) -> dict[str, Any]:
    """Return a finding in the reader's language."""
    place = finding.position
    return {
        "entrance_id": finding.entrance_id,
        "kind": finding.kind,
        "severity": finding.severity,
        "message": render(finding.message, language()),
        "lon": place.lon if place else None,
        "lat": place.lat if place else None,
    }
