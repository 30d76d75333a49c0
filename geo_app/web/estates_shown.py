"""Estates as the API shows them: numbers with their reasons, in the reader's language."""

import json
from typing import Any

import shapely

from geo_app.domain.address import Decision
from geo_app.domain.estate import EstateBuilding
from geo_app.domain.estate_address import written_gate_number
from geo_app.domain.estate_numbering import NumberedBuilding, NumberedEstate
from geo_app.domain.estate_spec import written_spec
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.exchange.language import render
from geo_app.persistence.estate_plans import EstatePlanRecord
from geo_app.persistence.register import Register
from geo_app.services.estate_plans import EstateView
from geo_app.services.estates import names_alike
from geo_app.services.numbering import verbs_for
from geo_app.web.api import iso
from geo_app.web.estates_models import rule_of
from geo_app.web.language import language
from geo_app.web.numbering_shown import STEPS


def shown_estate(register: Register, estate_id: int, decision: Decision) -> dict[str, Any]:
    """Return an estate with its plans."""
    estate = register.estates.get(estate_id)
    plans = [shown_estate_plan(plan, decision) for plan in register.estate_plans.of_estate(estate_id)]
    return {
        "id": estate.id,
        "name": estate.name,
        "naming": "approved" if estate.approved else "proposed",
        "division": estate.division_name,
        "division_code": estate.division_code,
        "gate": estate.gate_text or None,
        "version": estate.version,
        "alike": names_alike(register, estate),
        "plans": plans,
    }


def shown_estate_plan(plan: EstatePlanRecord, decision: Decision) -> dict[str, Any]:
    """Return a plan without its buildings, with what the caller may do to it."""
    life = plan.life
    return {
        "id": life.plan_id,
        "estate_id": plan.estate_id,
        "estate": plan.estate_name,
        "title": plan.title,
        "status": plan.status,
        "version": life.version,
        "corrects": life.corrects,
        "undone_by": life.undone_by,
        **plan.counts,
        **{f"{step}_by": plan.people.get(step) for step in STEPS},
        **{f"{step}_at": iso(plan.times.get(step)) for step in STEPS},
        "may": verbs_for(plan, decision),
    }


def shown_view(view: EstateView, decision: Decision) -> dict[str, Any]:
    """Return a stored plan with its numbers."""
    assert view.plan is not None
    made = view.stored.made if view.stored else frozenset[str]()
    rule = NumberingRule.from_mapping(view.plan.rule)
    numbers = shown_numbers(view.numbered, made)
    return {**numbers, "plan": shown_estate_plan(view.plan, decision), "rule": rule_of(rule)}


def shown_numbers(numbered: NumberedEstate, made: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return the numbers of an estate; `made` are the keys of buildings whose addresses the plan itself makes."""
    estate = numbered.estate
    gate, position = estate.gate, estate.gate.position
    features = [_feature(one, place, estate.word, made) for place, one in enumerate(numbered.buildings, 1)]
    return {
        "buildings": {"features": features},
        "walk": [feature["properties"]["label"] for feature in features],
        "unit_places": [place for one in numbered.buildings for place in _unit_places(one)],
        "gate": {
            "lon": position.lon if position else None,
            "lat": position.lat if position else None,
            "street_id": gate.street_id,
            "number": written_gate_number(gate.number),
        },
        "boundary": _outline(estate.boundary) if estate.boundary is not None else None,
        "reserved": dict(estate.reserved),
        "word": estate.word,
        "turn": numbered.turn,
        "findings": [
            {
                "kind": found.kind,
                "severity": found.severity.value,
                "message": render(found.message, language()),
                "keys": list(found.keys),
            }
            for found in numbered.findings
        ],
        "counts": numbered.counts(),
    }


def shown_footprint(building: EstateBuilding) -> dict[str, Any]:
    """Return a building that may be taken over."""
    return {
        "key": building.key,
        "outline": _outline(building.footprint),
        "name": building.name,
        "kept": building.kept,
        "building_id": building.building_id,
        "spec": written_spec(building.spec),
    }


def _feature(one: NumberedBuilding, place: int, word: str, made: frozenset[str]) -> dict[str, Any]:
    building, spec, position = one.building, one.building.spec, one.position
    properties = {
        "key": building.key,
        "place": place,
        "row": one.row,
        "number": one.number.text,
        "text": one.number.text + word,
        "kept": bool(building.kept),
        "by_hand": bool(building.hand and not building.kept),
        "settled": building.address_id is not None and building.key not in made,
        "reason": render(one.number.reason, language()),
        "name": building.name,
        "building_id": building.building_id,
        "spec": written_spec(spec),
        "units": [unit.name for unit in one.units if unit.place],
        "unit_reason": render(one.places.reason, language()),
        "floors": [
            {
                "floor": floor.number,
                "sign": floor.sign.text if floor.sign else None,
                "sign_reason": floor.sign.reason if floor.sign else None,
                "rooms": [room.label for room in floor.rooms],
            }
            for floor in one.units[0].floors
        ],
        "rooms": spec.rooms_in_building,
        "label": (position.lon, position.lat),
    }
    return {"geometry": _outline(building.footprint), "properties": properties}


def _unit_places(one: NumberedBuilding) -> list[dict[str, Any]]:
    named = [unit for unit in one.units if unit.place]
    return [
        {"key": one.building.key, "unit": unit.name, "lon": place.lon, "lat": place.lat}
        for unit, place in zip(named, one.places.positions, strict=True)
    ]


def _outline(shape: shapely.Polygon) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shapely.to_geojson(shape))
    return found
