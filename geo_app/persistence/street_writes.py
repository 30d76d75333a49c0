"""Streets, lines and doors written as a change leaves them, and what a street was called before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_app.domain.address_text import match_key
from geo_app.domain.position import SRID
from geo_app.domain.street_outcome import PieceState, StreetState
from geo_app.domain.street_refusals import StreetNameTaken
from geo_app.domain.street_request import Notice

# A street that is given a name its county has already is the next namesake.
_NAMESAKE = """
    case when name = :name then namesake else (
        select coalesce(max(o.namesake), 0) + 1 from street o
        where o.county_code = street.county_code and o.name = :name and upper_inf(o.valid) and o.id <> street.id) end
"""
_REWRITE = text(f"""
    update street set name = :name, pinyin = :pinyin, division_id = :division, namesake = {_NAMESAKE},
        valid = daterange(greatest(lower(valid), :day), null)
    where id = :street
""")  # noqa: S608  constants; values are bound
_END = text("""
    update street set naming = 'retired', valid = daterange(lower(valid), greatest(lower(valid), :day))
    where id = :street
""")
_REVIVE = text(f"""
    update street set naming = 'approved', name = :name, pinyin = :pinyin, division_id = :division,
        namesake = {_NAMESAKE}, valid = daterange(lower(valid), null)
    where id = :street
""")  # noqa: S608  constants; values are bound
_MAKE = text("""
    insert into street (county_code, division_id, name, namesake, pinyin, kind, naming, proposed_by, made_up, valid)
    select county_code, :division, :name,
        (select coalesce(max(namesake), 0) + 1 from street o
            where o.county_code = s.county_code and o.name = :name and upper_inf(o.valid)),
        :pinyin, kind, 'approved', proposed_by, made_up, daterange(:day, null)
    from street s where id = :like returning id
""")
_TELL = text("""
    update street set location = coalesce(nullif(:location, ''), location), approving_body = :body,
        legal_basis = :basis, approved_on = coalesce(:day, approved_on)
    where id = :street
""")
_PIECE = """
    update street_piece set street_id = :street, {line} valid = daterange({valid}) where id = :piece
"""
_MOVE_PIECE = text(_PIECE.format(line="", valid="greatest(lower(valid), :day), null"))
_REDRAW_PIECE = text(_PIECE.format(line="line = :line,", valid="greatest(lower(valid), :day), null"))
_END_PIECE = text(_PIECE.format(line="", valid="lower(valid), greatest(lower(valid), :day)"))
_ADD_PIECE = text("""
    insert into street_piece (county_code, street_id, line, valid)
    select county_code, id, :line, daterange(:day, null) from street where id = :street returning id
""")
_ENTRANCES = text("""
    update entrance e set street_id = x.street, valid = daterange(greatest(lower(e.valid), :day), null)
    from unnest(cast(:ids as bigint[]), cast(:streets as bigint[])) as x(id, street)
    where e.id = x.id and upper_inf(e.valid)
""")
_ALIAS = text("""
    insert into street_alias (street_id, kind, name, match_key, pinyin, valid, change_id)
    select :street, :kind, name, :key, pinyin,
        daterange(case when lower(valid) < :day then lower(valid) end, greatest(lower(valid), :day)), :change
    from street where id = :named
""")


@dataclass(frozen=True, slots=True)
class FormerName:
    """The name that `named` has until now, kept as one under which `street_id` is found."""

    street_id: int
    named: int
    kind: str
    name: str


class StreetWrites:
    """Writes changed streets in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def make(self, state: StreetState, like: int, day: date) -> int:
        """Write a new street of the kind and county of `like`, its name approved; return its id.

        Raises:
            StreetNameTaken: somebody was faster.
        """
        return int(self._named(_MAKE, state, day, like=like).scalar_one())

    def rewrite(self, state: StreetState, day: date) -> None:
        """Write a living street's name, spelling and division from `day` on.

        Raises:
            StreetNameTaken: somebody was faster.
        """
        self._named(_REWRITE, state, day, street=state.street_id)

    def revive(self, state: StreetState) -> None:
        """Write that a street never ended.

        Raises:
            StreetNameTaken: somebody was faster.
        """
        self._named(_REVIVE, state, date.min, street=state.street_id)

    def end(self, street_id: int, day: date) -> None:
        """End a street on `day`."""
        self._session.execute(_END, {"street": street_id, "day": day})

    def tell(self, street_id: int, notice: Notice, approved_on: date | None) -> None:
        """Write what the public notice of the street's name says; None: it was approved on the day it was."""
        values = {"location": notice.location, "body": notice.approving_body, "basis": notice.legal_basis}
        self._session.execute(_TELL, {**values, "street": street_id, "day": approved_on})

    def draw(self, piece: PieceState, day: date) -> int:
        """Write a line as it is to be from `day` on, and return its id."""
        values: dict[str, Any] = {"street": piece.street_id, "piece": piece.piece_id, "day": day}
        if piece.line is not None:
            values["line"] = f"SRID={SRID};{shapely.to_wkt(piece.line, rounding_precision=-1)}"
        if piece.piece_id is None:
            return int(self._session.execute(_ADD_PIECE, values).scalar_one())
        statement = _END_PIECE if piece.ended else _MOVE_PIECE if piece.line is None else _REDRAW_PIECE
        self._session.execute(statement, {k: v for k, v in values.items() if k != "line" or statement is _REDRAW_PIECE})
        return piece.piece_id

    def assign(self, entrances: Mapping[int, int | None], day: date) -> None:
        """Write to which street doors belong from `day` on."""
        if entrances:
            values = {"ids": list(entrances), "streets": list(entrances.values()), "day": day}
            self._session.execute(_ENTRANCES, values)

    def remember(self, names: Sequence[FormerName], day: date, change_id: int) -> None:
        """Write the names that streets have until `day` as former ones; call before they are rewritten or ended."""
        for one in names:
            values = {"street": one.street_id, "named": one.named, "kind": one.kind, "key": match_key(one.name)}
            self._session.execute(_ALIAS, {**values, "day": day, "change": change_id})

    def _named(self, statement: Any, state: StreetState, day: date, **about: int) -> Any:
        values = {"name": state.name, "pinyin": state.pinyin, "division": state.division_id, "day": day}
        try:
            return self._session.execute(statement, {**values, **about})
        except IntegrityError as clash:
            raise StreetNameTaken(name=state.name) from clash
