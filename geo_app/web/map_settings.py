"""What pages with a map hand to their scripts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext

from geo_app.web.board_words import CHOICES, WORDS
from geo_app.web.frame import district
from geo_app.web.language import language
from geo_app.web.navigation import permissions

Bounds = tuple[float, float, float, float]

WRITES = frozenset(
    {
        *("plan.draft", "plan.submit", "plan.approve", "plan.publish", "plan.undo"),
        *("entrance.edit", "street.edit", "street.approve", "division.edit"),
    }
)
"""Rights that decide which tools a page shows; the server decides again."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a page says otherwise than the street's board: sentences of its scripts by key, values of rule fields."""

    words: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def map_settings(bounds: Bounds | None, *, spoken: Spoken = Spoken(), **more: object) -> dict[str, object]:
    """Return a page's settings: its map first shows `bounds` (degrees), its words are in the reader's language."""
    words, choices = {**WORDS, **spoken.words}, {**CHOICES, **spoken.choices}
    return {
        "language": language(),
        "bounds": bounds,
        "may": sorted(permissions() & WRITES),
        "madeUp": district().made_up,
        "words": {key: gettext(pattern) for key, pattern in words.items()},
        "choices": {value: gettext(pattern) for values in choices.values() for value, pattern in values},
        **more,
    }
