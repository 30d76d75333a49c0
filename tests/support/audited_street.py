"""A street of the example register with numbers on its walls, odd in the north and even in the south, from the west."""

from sqlalchemy import text

from geo_app.persistence.register import Register


def number_walls(register: Register, street: int, **wrong: str) -> list[int]:
    """Write numbers in order on all doors of a street, but `wrong` ones by place (d3="17"); return the entrance ids."""
    doors = [door.entrance_id for door in register.entrances.of_street(street)]
    # Doors of the example alternate: north, south, and ten metres on.
    numbers = {f"d{place}": str(place + 1) for place in range(len(doors))} | wrong
    for place, door in enumerate(doors):
        register.session.execute(
            text("update entrance set wall_number = nullif(:number, '') where id = :id"),
            {"number": numbers[f"d{place}"], "id": door},
        )
    return doors


def outline_village(register: Register, division: int) -> None:
    """Give a village an outline around the example's streets."""
    register.session.execute(
        text(
            "insert into division_outline (division_id, outline, valid) values (:id,"
            " st_multi(st_makeenvelope(103.5, 29.4, 103.6, 29.5, 4490)), '[2018-01-01,)')"
        ),
        {"id": division},
    )
