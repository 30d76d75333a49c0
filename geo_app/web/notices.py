"""A sentence for the next page a person sees."""

from flask import flash

from geo_app.domain.message import Message
from geo_app.exchange.language import render
from geo_app.web.language import language


def tell(message: Message, kind: str = "warn") -> None:
    """Show `message` on the next page; `kind` is "ok", "warn" or "error"."""
    flash(render(message, language()), kind)
