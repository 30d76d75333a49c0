"""Messages as they are stored: pattern and values, so that each reader gets them in his language."""

from typing import Any

from geo_app.domain.message import Message

PLAIN = (str, int, float, bool, type(None))


def message_to(message: Message) -> dict[str, Any]:
    """Return the JSON form; values that JSON does not know are stored as their text."""
    return {"pattern": message.pattern, "values": {name: _value(value) for name, value in message.values.items()}}


def _value(value: object) -> Any:
    if isinstance(value, Message):
        return message_to(value)
    return value if isinstance(value, PLAIN) else str(value)


def message_from(stored: dict[str, Any]) -> Message:
    """Return the message of a JSON form."""
    values = stored.get("values", {})
    return Message(stored["pattern"], {k: message_from(v) if isinstance(v, dict) else v for k, v in values.items()})
