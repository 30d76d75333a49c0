"""A position in, the nearest doors out."""

from geo_app.domain.position import Position
from geo_app.domain.search_found import Nearby
from geo_app.persistence.queries.search import division_names_at
from geo_app.persistence.queries.search_near import nearest
from geo_app.persistence.register import Register

FAR_METRES = 500.0
METRES_PER_DEGREE = 85_000.0
"""Of longitude at 40° north, where most of the country's cities lie; further north it takes in more."""


def reverse(register: Register, position: Position, limit: int) -> Nearby:
    """Return the addresses within 500 m of a position, doors before rooms, the nearest first."""
    found = nearest(register.session, position, FAR_METRES / METRES_PER_DEGREE)
    near = [one for one in found if one.metres <= FAR_METRES][:limit]
    return Nearby(near, division_names_at(register.session, position, near[0].division_id if near else 0))
