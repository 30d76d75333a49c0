"""What pages with a map hand to their scripts."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import gettext

from geo_app.web.board_words import CHOICES, WORDS
from geo_app.web.frame import district
from geo_app.web.language import language
from geo_app.web.navigation import permissions

Bounds = tuple[float, float, float, float]
Choices = Mapping[str, tuple[tuple[str, str], ...]]
"""Values of rule fields with their words, by field."""
NO_CHOICES: Choices = MappingProxyType({})

WRITES = frozenset(
    {
        *("plan.draft", "plan.submit", "plan.approve", "plan.publish", "plan.undo"),
        *("entrance.edit", "street.edit", "street.approve", "division.edit"),
    }
)
"""Rights that decide which tools a page shows; the server decides again."""


def map_settings(bounds: Bounds | None, **more: object) -> dict[str, object]:
    """Return a page's settings: its map first shows `bounds` (degrees), its words are in the reader's language."""
    return {
        "language": language(),
        "bounds": bounds,
        "may": sorted(permissions() & WRITES),
        "madeUp": district().made_up,
        "words": _spoken(WORDS),
        "choices": _chosen(CHOICES),
        **more,
    }


def with_words(
    settings: dict[str, object], words: Mapping[str, str], choices: Choices = NO_CHOICES
) -> dict[str, object]:
    """Return a page's settings with what it says otherwise than the street's board, in the reader's language."""
    said, chosen = settings["words"], settings["choices"]
    assert isinstance(said, dict)
    assert isinstance(chosen, dict)
    return {**settings, "words": {**said, **_spoken(words)}, "choices": {**chosen, **_chosen(choices)}}


def _spoken(words: Mapping[str, str]) -> dict[str, str]:
    return {key: gettext(pattern) for key, pattern in words.items()}


def _chosen(choices: Choices) -> dict[str, str]:
    return {value: gettext(pattern) for values in choices.values() for value, pattern in values}
