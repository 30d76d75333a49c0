"""A few doors of the register, to show by them how to ask."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_app.domain.position import Position

_DOORS = text("""
    select id, street_name, number_text, st_x(position) as lon, st_y(position) as lat from standard_address
    where kind = 'door' and status = 'current' and street_name is not null and number_text is not null
        and position is not null
    order by id limit :most
""")


@dataclass(frozen=True, slots=True)
class ExampleDoor:
    """A current door with its street, its number as on the plate, its place."""

    id: str
    street: str
    number: str
    position: Position


def example_doors(session: Session, most: int = 1) -> list[ExampleDoor]:
    """Return the oldest doors that stand on a street."""
    rows = session.execute(_DOORS, {"most": most})
    return [ExampleDoor(row.id, row.street_name, row.number_text, Position(row.lon, row.lat)) for row in rows]
