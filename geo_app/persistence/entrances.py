"""Entrances in the register: the doors of a street, with what they are called today."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, insert, select, text, update
from sqlalchemy.orm import Session

from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.errors import Conflict, NotFound
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_circumstance import Circumstance, DoorKind, DoorState
from geo_app.domain.planned_door import Door
from geo_app.domain.position import Position
from geo_app.persistence.tables import Entrance

ENTRANCE = marked("entrance")


class EntranceVersionStale(Conflict):
    """Somebody moved the door after this page was loaded."""

    pattern = "The door was changed in the meantime (version {current}, yours was {given}); load it again."


@dataclass(frozen=True, slots=True)
class EntranceRecord:
    """A door, and the street or the village group it is numbered in."""

    door: Door
    county_code: str
    street_id: int | None
    village_group_id: int | None = None


_DOORS = """
    select e.id, e.county_code, e.street_id, e.village_group_id, st_x(e.position) as lon, st_y(e.position) as lat,
        e.version, nullif(trim(e.wall_number), '') as wall_number,
        e.door_kind, e.door_state, e.front_metres, e.door_of_id, e.note,
        a.id as address_id, a.number, a.suffix, a.sub_number
    from entrance e
    left join standard_address a on a.entrance_id = e.id and a.kind = 'door'
        and a.street_id is not distinct from e.street_id
        and a.status = 'current' and a.rank = 'primary'
    where upper_inf(e.valid) and {condition}
    order by e.id
"""
_OF_STREET = text(_DOORS.format(condition="e.street_id = :key"))
_OF_GROUP = text(_DOORS.format(condition="e.village_group_id = :key"))
_ONE = text(_DOORS.format(condition="e.id = :key"))
_HELD = text("""
    select coalesce(number_text, text) from standard_address
    where entrance_id = :key and status = 'current' limit 1
""")
_PLANNED = text("""
    select p.id from planned_door d join numbering_plan p on p.id = d.plan_id
    where d.entrance_id = :key and d.number is not null and p.status in ('submitted', 'approved') limit 1
""")
_LOCK = text("select 1 from entrance where id = :key for no key update")


class Entrances:
    """Finds, adds, moves and removes doors in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_street(self, street_id: int) -> list[Door]:
        """Return the doors of a street by id, each once."""
        rows = self._session.execute(_OF_STREET, {"key": street_id})
        return list({row.id: _door(row) for row in rows}.values())

    def of_group(self, group_id: int) -> list[Door]:
        """Return the houses of a village group by id, each once."""
        rows = self._session.execute(_OF_GROUP, {"key": group_id})
        return list({row.id: _door(row) for row in rows}.values())

    def get(self, entrance_id: int) -> EntranceRecord:
        """Return a living door.

        Raises:
            NotFound: there is none.
        """
        row = self._session.execute(_ONE, {"key": entrance_id}).first()
        if row is None:
            raise NotFound(what=Message(ENTRANCE), key=entrance_id)
        return EntranceRecord(_door(row), row.county_code, row.street_id, row.village_group_id)

    def lock(self, entrance_id: int, version: int) -> EntranceRecord:
        """Return a living door and hold it.

        Raises:
            NotFound: there is none.
            EntranceVersionStale: it is not the version the caller saw.
        """
        self._session.execute(_LOCK, {"key": entrance_id})
        record = self.get(entrance_id)
        if record.door.version != version:
            raise EntranceVersionStale(current=record.door.version, given=version)
        return record

    def number_held(self, entrance_id: int) -> str | None:
        """Return the text of the current address of a door."""
        return self._session.execute(_HELD, {"key": entrance_id}).scalar()

    def plan_about_to_number(self, entrance_id: int) -> int | None:
        """Return the submitted or approved plan that numbers a door."""
        return self._session.execute(_PLANNED, {"key": entrance_id}).scalar()

    def add(self, county_code: str, street_id: int, position: Position, day: date) -> int:
        """Write a new door and return its id."""
        return int(
            self._session.execute(
                insert(Entrance)
                .values(
                    county_code=county_code,
                    street_id=street_id,
                    position=_ewkt(position),
                    valid=func.daterange(day, None),
                )
                .returning(Entrance.id)
            ).scalar_one()
        )

    def add_house(self, county_code: str, group_id: int, position: Position, day: date) -> int:
        """Write a new house of a village group and return its id."""
        values = {"county_code": county_code, "village_group_id": group_id, "position": _ewkt(position)}
        return int(
            self._session.execute(
                insert(Entrance).values(**values, valid=func.daterange(day, None)).returning(Entrance.id)
            ).scalar_one()
        )

    def take_into(self, entrance_id: int, group_id: int | None) -> None:
        """Write which village group a house belongs to; None: to none any more."""
        self._session.execute(update(Entrance).where(Entrance.id == entrance_id).values(village_group_id=group_id))

    def move(self, entrance_id: int, position: Position) -> None:
        """Write where the door stands: better knowledge of the ground, so it is a correction."""
        self._session.execute(update(Entrance).where(Entrance.id == entrance_id).values(position=_ewkt(position)))

    def describe(self, entrance_id: int, circumstance: Circumstance) -> None:
        """Write what is unusual about a door.

        Raises:
            NotFound: there is no living door that it could belong to.
        """
        of = int(circumstance.of) if circumstance.of.isdecimal() else None
        if circumstance.of and (of is None or of == entrance_id or not self._lives(of)):
            raise NotFound(what=Message(ENTRANCE), key=circumstance.of)
        values = {
            "door_kind": circumstance.kind.value,
            "door_state": circumstance.state.value,
            "front_metres": circumstance.front_metres,
            "door_of_id": of,
            "note": circumstance.note,
        }
        self._session.execute(update(Entrance).where(Entrance.id == entrance_id).values(**values))

    def _lives(self, entrance_id: int) -> bool:
        living = select(Entrance.id).where(Entrance.id == entrance_id, func.upper_inf(Entrance.valid))
        return self._session.scalar(living) is not None

    def remove(self, entrance_id: int, day: date) -> None:
        """End the door on `day`; one that was added on that day never was."""
        self._session.execute(
            update(Entrance)
            .where(Entrance.id == entrance_id)
            .values(valid=func.daterange(func.lower(Entrance.valid), func.greatest(func.lower(Entrance.valid), day)))
        )


def house_number(number: int | None, suffix: str | None, sub_number: int | None) -> HouseNumber | None:
    """Return the number that the three columns hold."""
    return None if number is None else HouseNumber(number, suffix or "", sub_number or 0)


def _door(row: Row[Any]) -> Door:
    number = house_number(row.number, row.suffix, row.sub_number)
    position = Position(row.lon, row.lat)
    return Door(row.id, position, row.version, row.wall_number, row.address_id, number, circumstance_of(row))


def circumstance_of(row: Row[Any]) -> Circumstance:
    """Return what is unusual about the door of a row."""
    of = "" if row.door_of_id is None else str(row.door_of_id)
    return Circumstance(DoorKind(row.door_kind), DoorState(row.door_state), row.front_metres, of, row.note)


def _ewkt(position: Position) -> str:
    return f"SRID=4490;POINT({position.lon!r} {position.lat!r})"
