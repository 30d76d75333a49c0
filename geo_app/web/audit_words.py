"""Words and marks of the audit's pages."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import gettext

from geo_app.domain.audit_findings import AUDIT_SEVERITY, AuditKind
from geo_app.domain.audit_measures import QUALITY_MEASURES
from geo_app.domain.message import marked
from geo_app.exchange.language import render
from geo_app.web.language import language

MARKS: Mapping[AuditKind, tuple[str, str]] = MappingProxyType(
    {
        AuditKind.FAR_FROM_STREET: ("远", "F"),
        AuditKind.MISSING: ("缺", "–"),
        AuditKind.BAD_NUMBER: ("误", "?"),
        AuditKind.DUPLICATE: ("重", "2"),
        AuditKind.WRONG_SIDE: ("侧", "S"),
        AuditKind.OUT_OF_ORDER: ("序", "O"),
        AuditKind.OUTSIDE_RANGE: ("界", "R"),
        AuditKind.STACKED: ("叠", "="),
        AuditKind.OTHER_STREET_NEARER: ("邻", "N"),
        AuditKind.GAP: ("跳", "G"),
    }
)
"""One character for each kind, as the map writes it: Chinese, English."""

STARTS: Mapping[str, str] = MappingProxyType(
    {
        "east": marked("from the east"),
        "west": marked("from the west"),
        "south": marked("from the south"),
        "north": marked("from the north"),
    }
)
ODD_SIDES: Mapping[str, str] = MappingProxyType(
    {
        "left": marked("odd numbers on the left"),
        "right": marked("odd numbers on the right"),
        "mixed": marked("odd and even mixed"),
        "unknown": marked("too few doors to tell"),
    }
)
METHODS: Mapping[str, str] = MappingProxyType(
    {
        "sequential": marked("in sequence, with reserves"),
        "quantified": marked("by distance, one number a step"),
        "metre": marked("the number is the metres"),
        "base_interval": marked("one number every 20 m"),
    }
)
SEVERITIES: Mapping[str, str] = MappingProxyType(
    {"error": marked("error"), "warning": marked("warning"), "info": marked("note")}
)
STATES: Mapping[str, str] = MappingProxyType(
    {"open": marked("still open"), "exception": marked("exception"), "gone": marked("settled")}
)
EXCEPTION_STATES: Mapping[str, str] = MappingProxyType(
    {"held": marked("in force"), "ended": marked("expired"), "revoked": marked("revoked")}
)

MEASURES = tuple(measure for measure in QUALITY_MEASURES if measure.broken_by)
"""Measures that the register can break: in it every door has a place and a street."""


def mark_of(kind: str) -> str:
    """Return the character that stands for a kind of finding on the map."""
    chinese, english = MARKS[AuditKind(kind)]
    return chinese if language() == "zh" else english


def kind_word(kind: str) -> str:
    """Return a kind of finding in the reader's language."""
    return render(AuditKind(kind).word, language())


def severity_of(kind: str) -> str:
    """Return how much a kind of finding weighs."""
    return AUDIT_SEVERITY[AuditKind(kind)]


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds to filter by, with their words."""
    return [(kind.value, kind_word(kind)) for kind in AuditKind]


def choices(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return values to filter by, with their words."""
    return [(value, gettext(word)) for value, word in words.items()]
