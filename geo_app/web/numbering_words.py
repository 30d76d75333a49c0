"""The practices and the fields of a rule in words, for whoever chooses one."""

from typing import Any

from geo_app.domain import numbering_rule as rules
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.exchange.language import render
from geo_app.exchange.numbering_rules import load_rule, rule_names

_WORDS = {
    "sichuan": (
        marked("Sichuan (usual)"),
        marked("From east to west, from south to north; odd numbers on the left; a number is kept free for each lane."),
    ),
    "quantified-2m": (
        marked("Quantified, 2 m"),
        marked("Every 2 metres of street have a number on each side: infill doors always find one."),
    ),
    "metre": (marked("Metres"), marked("The number is the distance from the start in metres.")),
    "beijing-2012": (marked("Beijing 2012"), marked("The regulation of Beijing of 2012.")),
    "hainan-2013": (marked("Hainan 2013"), marked("The measures of Hainan of 2013.")),
    "korea-20m": (
        marked("Korea, 20 m"),
        marked("Every 20 metres of street have a number on each side; doors within share it with sub-numbers."),
    ),
    "europe": (marked("Europe"), marked("One number after the other, odd on the left; sub-numbers with a dash.")),
}

_FIELDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("method", "choice", rules.METHODS),
    ("start", "choices", rules.STARTS),
    ("odd_side", "choices", rules.ODD_SIDES),
    ("step", "number", ()),
    ("reserve_lane", "count", ()),
    ("reserve_metres", "number", ()),
    ("one_sided", "yes_no", ()),
    ("sub_number", "choice", rules.SUB_NUMBERS),
    ("corner", "choice", rules.CORNERS),
    ("temporary", "choice", rules.TEMPORARY),
    ("existing", "choice", rules.EXISTING),
    ("village", "choice", rules.VILLAGES),
    ("village_added", "choice", rules.VILLAGE_ADDED),
    ("village_reserve", "count", ()),
    ("village_every", "count", ()),
    ("village_plot", "number", ()),
    ("skip", "counts", ()),
    ("skip_reason", "text", ()),
    ("centre", "position", ()),
)


def practices(language: str) -> list[dict[str, Any]]:
    """Return the practices that come with the application, the usual one first."""
    return [_practice(name, language) for name in rule_names()]


def fields_of_rules() -> list[dict[str, Any]]:
    """Return the fields that a street may have of its own, with the values they may have."""
    usual = NumberingRule().to_mapping()
    return [
        {"name": name, "type": kind, "allowed": list(allowed), "default": usual[name]}
        for name, kind, allowed in _FIELDS
    ]


def asked_rule(rule: NumberingRule) -> dict[str, Any]:
    """Return a rule as somebody asked for it: its practice, and the fields that differ."""
    mapping = rule.to_mapping()
    preset = rule.name if rule.name in rule_names() else rule_names()[0]
    usual = load_rule(preset).to_mapping()
    return {"preset": preset} | {name: mapping[name] for name, _, _ in _FIELDS if mapping[name] != usual[name]}


def _practice(name: str, language: str) -> dict[str, Any]:
    rule = load_rule(name)
    title, description = _WORDS.get(name, (name, ""))
    mapping = rule.to_mapping()
    return {
        "name": name,
        "title": render(Message(title), language),
        "description": render(Message(description), language) if description else "",
        "source": rule.source,
        "fields": {field: mapping[field] for field, _, _ in _FIELDS},
    }
