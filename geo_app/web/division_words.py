"""Sentences that the scripts of a division's page speak."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import gettext

from geo_app.domain.message import Message, marked
from geo_app.persistence.divisions import SuccessionRecord
from geo_app.persistence.message_json import message_from

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "drawOutline": marked("Click corner by corner around the ground; Enter or the first corner again closes it."),
        "editOutline": marked("Drag corners; drag a middle point to add one; right click or Delete takes one away."),
        "noOutline": marked("There is no outline on this day."),
        "holed": marked("This outline has holes; change it in a file and load that."),
        "checking": marked("Looking at the outline …"),
        "nests": marked(
            "The outline lies in the division above, leaves its neighbours their ground and holds its parts."
        ),
        "nestsNot": marked("{count} findings; they do not forbid to save."),
    }
)


def division_words() -> dict[str, str]:
    """Return the sentences in the reader's language."""
    return {key: gettext(pattern) for key, pattern in WORDS.items()}


def reasons_of(succession: SuccessionRecord) -> list[Message]:
    """Return what the lists and records say for a succession."""
    return [message_from(told) for told in succession.detail.get("reasons", [])]
