"""A sentence for a person: an English pattern, and the values that fill it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """A translatable sentence; `pattern` is the English text and the key of the Chinese one.

    Fields stand in the pattern as `{name}`. Rendering is the edge's business, see `geo_app.exchange.language`.
    """

    pattern: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.pattern.format(**self.values)


def marked(pattern: str) -> str:
    """Return `pattern` unchanged; the call marks it for the message catalogue."""
    return pattern
