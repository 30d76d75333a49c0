"""What pages with a map hand to their scripts."""

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


def map_settings(bounds: Bounds | None, **more: object) -> dict[str, object]:
    """Return a page's settings: its map first shows `bounds` (degrees), its words are in the reader's language."""
    return {
        "language": language(),
        "bounds": bounds,
        "may": sorted(permissions() & WRITES),
        "madeUp": district().made_up,
        "words": {key: gettext(pattern) for key, pattern in WORDS.items()},
        "choices": {value: gettext(pattern) for values in CHOICES.values() for value, pattern in values},
        **more,
    }
