"""Sentences in JSON columns: pattern and values, so that each reader gets them in their own language."""

import json
from collections.abc import Mapping
from typing import Any

from geo_app.domain.message import Message


def to_json(message: Message) -> dict[str, Any]:
    """Return the sentence as JSON values; values other than numbers and sentences become text."""
    return {"pattern": message.pattern, "values": {name: _plain(value) for name, value in message.values.items()}}


def from_json(stored: Mapping[str, Any]) -> Message:
    """Return the sentence that `to_json` wrote."""
    values = {name: _sentence(value) for name, value in stored.get("values", {}).items()}
    return Message(str(stored.get("pattern", "")), values)


def _plain(value: object) -> Any:
    if isinstance(value, Message):
        return to_json(value)
    return value if isinstance(value, int | float) else str(value)


def _sentence(value: object) -> object:
    return from_json(value) if isinstance(value, Mapping) else value


def to_text(message: Message) -> str:
    """Return `to_json` as text, for COPY."""
    return json.dumps(to_json(message), ensure_ascii=False)
