"""Filters of templates: sentences in the reader's language, instants on the register's clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask

from geo_app.domain.address_text import number_text
from geo_app.domain.division_names import short_name
from geo_app.domain.message import Message
from geo_app.exchange.language import render
from geo_app.web.context import parts
from geo_app.web.language import language
from geo_app.web.plan_places import board_of


def sentence(message: Message) -> str:
    """Return a message in the reader's language."""
    return render(message, language())


def day(instant: datetime) -> str:
    """Return the register's day of an instant, as 2026-03-01."""
    return _local(instant).date().isoformat()


def clock(instant: datetime) -> str:
    """Return day and time to the second on the register's clock."""
    return _local(instant).strftime("%Y-%m-%d %H:%M:%S")


def init_filters(app: Flask) -> None:
    """Give templates the filters that pages share; `number` is a house number as its plate reads."""
    app.jinja_env.filters.update(
        sentence=sentence, day=day, clock=clock, number=number_text, short_village=short_name, board_of=board_of
    )


def _local(instant: datetime) -> datetime:
    return instant.astimezone(ZoneInfo(parts().settings.timezone))
