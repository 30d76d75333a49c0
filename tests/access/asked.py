"""What a request of the access walk carries."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from geo_app.persistence.register import Register


@dataclass(frozen=True)
class Asked:
    """What a request carries: path arguments, a form or JSON, headers."""

    arguments: dict[str, object]
    form: dict[str, str] | None = None
    json: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)


Target = Callable[[Register, str], Asked]
