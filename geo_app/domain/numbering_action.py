"""What a planner does to a plan: swap the start, set a number, move a door; each gives the input of a new plan."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from geo_app.domain.errors import DomainError
from geo_app.domain.numbering import PlannedNumbers
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.numbering_rule import read_field
from geo_app.domain.numbering_wall import read_wall
from geo_app.domain.position import Position
from geo_app.domain.street import Streets


class NumberUnreadable(DomainError):
    """A number set by hand must read as a number with or without a sub-number."""

    pattern = "{text} is not a door number; write for example 12, 12附3 or 12A."


class PositionUnusable(DomainError):
    """A door can be put only where there are longitude and latitude."""

    pattern = "The coordinates are not degrees on the earth."


def start_swapped(plan: PlannedNumbers, street: int) -> Streets:
    """Return the streets of a plan with one of them numbered from its other end; `street` is its index."""
    other = {"first": "last", "last": "first"}[plan.walks.start_ends[street]]
    return with_street_fields(plan.streets, street, {"start": other})


def with_street_fields(streets: Streets, street: int, fields: Mapping[str, str]) -> Streets:
    """Return the streets with rule fields of one of them set, over those drawn with it.

    Raises RuleFieldUnknown, RuleValueNotAllowed.
    """
    for field, value in fields.items():
        read_field(field, value)
    overrides = [{**own, **fields} if i == street else own for i, own in enumerate(streets.overrides)]
    return replace(streets, overrides=overrides)


def with_number_by_hand(entrances: Entrances, row: int, text: str) -> Entrances:
    """Return the entrances with the number of one door fixed by the planner; "" lets the rule number it again.

    Raises NumberUnreadable.
    """
    if text.strip() and read_wall(text).bad:
        raise NumberUnreadable(text=text)
    walls = [entrances.wall(r) if r != row else text for r in range(len(entrances))]
    by_hand = np.array([entrances.is_by_hand(r) for r in range(len(entrances))], dtype=bool)
    by_hand[row] = bool(text.strip())
    return replace(entrances, walls=walls, by_hand=by_hand)


def with_door_moved(entrances: Entrances, row: int, to: Position) -> Entrances:
    """Return the entrances with one door at another place. Raises PositionUnusable."""
    if not to.on_earth:
        raise PositionUnusable
    lon, lat = entrances.lon.copy(), entrances.lat.copy()
    lon[row], lat[row] = to.lon, to.lat
    return replace(entrances, lon=lon, lat=lat)


def with_plan_kept(plan: PlannedNumbers) -> Entrances:
    """Return the entrances of a plan with all its numbers kept: a door added to them changes no other."""
    former = plan.standing.former
    return replace(plan.entrances, walls=[plan.text_at(row) or former.get(row, "") for row in range(len(plan))])
