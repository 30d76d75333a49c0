"""Many addresses at once: compared with the register, given ids and codes, written in sets.

The rows wait in a temporary table; each rule is one statement over all of them, so that a million rows cost little
more than a COPY of a million rows.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from geo_app.persistence.bulk_entrances import METRES_PER_DEGREE
from geo_app.persistence.bulk_staging import Staging, Texts, numbers, written

LIVING = "r.status in ('proposed', 'current')"

ELEMENTS: Mapping[str, str] = {
    "kind": "text", "division_id": "bigint", "street_name": "text", "village_group": "text", "estate_name": "text",
    "number": "bigint", "number_last": "bigint", "suffix": "text", "sub_number": "bigint", "number_text": "text",
    "building": "text", "unit": "text", "floor": "bigint", "room": "text", "text": "text", "match_key": "text",
    "position": "geometry(Point, 4490)", "neighbourhood": "text",
}  # fmt: skip
"""What a file says of an address: columns of the staging table and of `standard_address` alike."""

_COLUMNS = ", ".join(ELEMENTS)
_STAGED = ", ".join(f"s.{name}" for name in ELEMENTS)
_COMPARED = [name for name in ELEMENTS if name != "position"]
_SAME = f"""
    ({", ".join(f"r.{name}" for name in _COMPARED)}, r.street_id)
    is not distinct from ({", ".join(f"s.{name}" for name in _COMPARED)}, s.street_id)
    and (r.position is null and s.position is null or st_orderingequals(r.position, s.position))
"""
_TWICE = """
    update {staged} s set change = 'refused' from (
        select ctid as place, first_value(row) over (partition by match_key order by row) as earlier from {staged}
    ) x
    where s.ctid = x.place and x.earlier < s.row
    returning s.row, x.earlier, s.text
"""
# One name, one street; of namesakes the one within half a kilometre. A number none can read is no number of a street.
_STREETS = """
    update {staged} s set street_id = found.id
    from (select name, min(id) as id from street where county_code = :county and upper_inf(valid)
        group by name having count(*) = 1) found
    where found.name = s.street_name and s.number is not null
"""
_NAMESAKES = """
    update {staged} s set street_id = nearest.id
    from {staged} d cross join lateral (
        select t.id, st_distance(p.line, d.position) as far from street t
        join street_piece p on p.street_id = t.id and upper_inf(p.valid)
        where t.county_code = :county and t.name = d.street_name and upper_inf(t.valid)
        order by far, t.id limit 1
    ) nearest
    where s.ctid = d.ctid and d.street_id is null and d.number is not null
        and d.street_name in (select name from street where county_code = :county and upper_inf(valid)
            group by name having count(*) > 1)
        and nearest.far * :scale < 500
"""
_SAME_TEXT = """
    update {staged} s set target = r.id, change = case
        when s.position is null or r.position is null or st_dwithin(r.position, s.position, 0.000001)
        then 'unchanged' else 'refused' end
    from standard_address r
    where s.source_key is null and r.county_code = :county and r.match_key = s.match_key
        and r.status in ('proposed', 'current') and s.change = 'new'
    returning s.row, s.change, s.text
"""
_LOCKED = """
    update {staged} s set change = 'kept' from standard_address r
    where s.change = 'corrected' and r.id = s.target and r.locked_for is not null
"""
_TEXT_TAKEN = """
    update {staged} s set change = 'refused' from standard_address r
    where s.change in ('new', 'corrected') and r.county_code = :county and r.match_key = s.match_key
        and r.status in ('proposed', 'current') and r.id is distinct from s.target
    returning s.row, s.text
"""
_NUMBER_TAKEN = """
    update {staged} s set change = 'refused' from standard_address r
    where s.change in ('new', 'corrected') and s.kind = 'door' and r.kind = 'door' and r.street_id = s.street_id
        and r.number = s.number and r.suffix is not distinct from s.suffix
        and r.sub_number is not distinct from s.sub_number
        and r.status in ('proposed', 'current') and r.id is distinct from s.target
    returning s.row, s.text, r.text as other
"""
_NUMBER_TWICE = """
    update {staged} s set change = 'refused' from (
        select ctid as place, first_value(row) over pairs as earlier, first_value(text) over pairs as other
        from {staged} where kind = 'door' and street_id is not null and change in ('new', 'corrected')
        window pairs as (partition by street_id, number, suffix, sub_number order by row)
    ) x
    where s.ctid = x.place and x.earlier < s.row
    returning s.row, s.text, x.other
"""
# In a village group the number is held where no street holds it; what has no number none can read is none twice either.
_IN_GROUP = (
    "s.kind = 'door' and s.street_id is null and s.village_group is not null and s.change in ('new', 'corrected')"
)
_GROUP_TAKEN = f"""
    update {{staged}} s set change = 'refused' from standard_address r
    where {_IN_GROUP} and r.kind = 'door' and r.street_id is null and r.division_id = s.division_id
        and r.village_group = s.village_group and r.number is not distinct from s.number
        and r.suffix is not distinct from s.suffix and r.sub_number is not distinct from s.sub_number
        and r.status in ('proposed', 'current') and r.id is distinct from s.target
    returning s.row, s.text, r.text as other
"""  # noqa: S608  constants; values are bound
_GROUP_TWICE = f"""
    update {{staged}} s set change = 'refused' from (
        select ctid as place, first_value(row) over pairs as earlier, first_value(text) over pairs as other
        from {{staged}} s where {_IN_GROUP}
        window pairs as (partition by division_id, village_group, number, suffix, sub_number order by row)
    ) x
    where s.ctid = x.place and x.earlier < s.row
    returning s.row, s.text, x.other
"""  # noqa: S608  constants; values are bound
_NEW = "select row, division_id, kind from {staged} where change = 'new' order by match_key"
_INSERT = """
    insert into standard_address ({columns}, id, county_code, standard_code, code_scheme, status, street_id,
        parent_id, valid, import_id, source_row, source_key)
    select {staged columns}, i.id, :county, i.code,
        case when i.code is not null then :scheme end, 'current', s.street_id,
        coalesce(above.id, there.id), daterange(:day, null), :import, s.row, s.source_key
    from {staged} s join staged_identity i using (row)
    left join (select o.match_key, oi.id from {staged} o join staged_identity oi using (row)) above
        on above.match_key = s.parent_key
    left join standard_address there on s.parent_key is not null and there.county_code = :county
        and there.match_key = s.parent_key and there.status in ('proposed', 'current')
    order by i.id
""".replace("{columns}", _COLUMNS).replace("{staged columns}", _STAGED)
_CORRECT = """
    update standard_address r set ({columns}, street_id) = ({staged columns}, s.street_id), import_id = :import,
        source_row = s.row
    from {staged} s where s.change = 'corrected' and r.id = s.target
""".replace("{columns}", _COLUMNS).replace("{staged columns}", _STAGED)


class BulkAddresses:
    """Writes the addresses of a file in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        columns = {"row": "bigint", "source_key": "text", **ELEMENTS, "parent_key": "text", "street_id": "bigint"}
        self.staged = Staging(session, "staged_address", columns)

    def stage(self, columns: Mapping[str, Texts]) -> None:
        """Take rows into the staging table; `columns` as COPY reads them, see `bulk_staging`."""
        self.staged.add(columns)

    def hang(self, county_code: str) -> None:
        """Find the street of each row by its name."""
        self.staged.analyse()
        self.staged.run(_STREETS, county=county_code)
        self.staged.run(_NAMESAKES, county=county_code, scale=METRES_PER_DEGREE)

    def refuse_repeated(self) -> list[tuple[int, int, str]]:
        """Leave out rows that read like an earlier one; return row, earlier row and text."""
        return [(row.row, row.earlier, row.text) for row in self.staged.run(_TWICE)]

    def compare(self, county_code: str) -> list[tuple[int, str]]:
        """Say how each row stands to the register; return row and text of those that stand elsewhere already."""
        self.staged.compare("standard_address", _SAME, county_code, LIVING)
        self.staged.run(_LOCKED)
        known = self.staged.run(_SAME_TEXT, county=county_code)
        elsewhere = [(row.row, row.text) for row in known if row.change == "refused"]
        taken = self.staged.run(_TEXT_TAKEN, county=county_code)
        return [*elsewhere, *((row.row, row.text) for row in taken)]

    def refuse_taken_numbers(self) -> list[tuple[int, str, str]]:
        """Leave out doors whose number another of the street or group holds; return row, text and the other's text."""
        statements = (_NUMBER_TAKEN, _NUMBER_TWICE, _GROUP_TAKEN, _GROUP_TWICE)
        taken = [row for statement in statements for row in self.staged.run(statement)]
        return [(row.row, row.text, row.other) for row in taken]

    def new_rows(self) -> tuple[NDArray[np.int64], list[int | None], Texts]:
        """Return row, division id and kind of what is to be added, in the order in which ids are given."""
        found = self.staged.run(_NEW)
        rows = np.fromiter((row.row for row in found), dtype=np.int64, count=len(found))
        kinds = np.array([*(row.kind for row in found), None], dtype=object)[:-1]
        return rows, [row.division_id for row in found], kinds

    def write(self, identity: tuple[NDArray[np.int64], Texts, Texts], into: tuple[str, date, int], scheme: str) -> None:
        """Correct what differs and add what is new.

        `identity` is row, id and standard code (null where it has none) of each new row; `into` the county, the day
        and the import.
        """
        rows, ids, codes = identity
        county, day, import_id = into
        given = Staging(self.staged.session, "staged_identity", {"row": "bigint", "id": "char(15)", "code": "text"})
        if len(rows):
            given.add({"row": numbers(rows), "id": written(ids), "code": codes})
        given.analyse()
        self.staged.run(_CORRECT, **{"import": import_id})
        self.staged.run(_INSERT, county=county, day=day, scheme=scheme, **{"import": import_id})


def draw_order(codes: Sequence[str]) -> list[str]:
    """Return distinct codes in fixed order, so that two imports drawing serials never wait in a circle."""
    return sorted(set(codes))
