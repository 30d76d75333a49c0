"""The rows of a layer for an export, read by a cursor of the server so that memory does not grow with them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_app.domain.exports import ExportLayer, ExportRequest

_IN_OUTLINE = """
    (:area = '' or {table}.county_code = :area or exists (
        select 1 from division_outline o join division d on d.id = o.division_id
        where d.code = :area and upper_inf(d.valid) and st_intersects(o.outline, {table}.{shape})))
"""
_IN_DIVISION = """
    (:area = '' or {table}.county_code = :area or exists (
        select 1 from division d where d.id = {table}.division_id and d.code like :area || '%'))
"""

_OF_PLAN = """
    join numbering_plan p on p.id = r.plan_id left join street s on s.id = p.street_id
    left join village_group g on g.id = p.village_group_id
"""

STATEMENTS: Mapping[ExportLayer, str] = {
    ExportLayer.DIVISIONS: """
        select r.code, r.level, r.name, above.code as parent, lower(r.valid) as valid_from,
            o.derived as outline_derived,
            st_asbinary(o.outline) as shape
        from {division} r left join division above on above.id = r.parent_id
        left join {division_outline} o on o.division_id = r.id and {holds_o}
        where {holds} and (:area = '' or r.code like :area || '%') order by r.code
    """,
    ExportLayer.STREETS: """
        select coalesce(r.source_key, r.id::text) as id, s.name, s.namesake, s.kind, s.naming, s.pinyin,
            d.code as division, r.rule, r.id as piece_id, s.id as street_id, st_asbinary(r.line) as shape
        from {street_piece} r left join street s on s.id = r.street_id left join division d on d.id = s.division_id
        where {holds} and ({in_outline} or d.code like :area || '%') order by s.name, s.namesake, r.id
    """,
    ExportLayer.BUILDINGS: """
        select coalesce(r.source_key, r.id::text) as id, r.name, r.storeys, r.made_up, r.id as building_id,
            st_asbinary(r.outline) as shape
        from {building} r where {holds} and {in_outline} order by r.id
    """,
    ExportLayer.ENTRANCES: """
        select coalesce(r.source_key, r.id::text) as id, s.name as street, r.wall_number as number, r.note,
            r.id as entrance_id, r.street_id, g.name as "group", st_asbinary(r.position) as shape
        from {entrance} r left join street s on s.id = r.street_id
        left join village_group g on g.id = r.village_group_id
        where {holds} and {in_outline} order by s.name, r.id
    """,
    ExportLayer.ADDRESSES: """
        select r.id, r.standard_code, r.kind, r.rank, r.status, r.text, d.code as division, r.street_name as street,
            r.village_group as "group", r.estate_name as estate, r.number, r.number_last, r.suffix, r.sub_number,
            r.number_text, r.building, r.unit, r.floor, r.room, lower(r.valid) as valid_from, r.source_key,
            st_asbinary(r.position) as shape
        from {standard_address} r left join division d on d.id = r.division_id
        where {holds} and r.status = 'current' and {in_division} order by r.id
    """,
    ExportLayer.PLANS: """
        select p.id as plan, p.title, p.status, s.name as street, r.entrance_id, r.side, r.metres, r.number, r.suffix,
            r.sub_number, r.text, r.kept, r.reason, r.address_id, g.name as "group", st_asbinary(e.position) as shape
        from planned_door r {of_plan} join entrance e on e.id = r.entrance_id
        where ({in_street} or {in_group}) order by p.id, r.id
    """,
    ExportLayer.FINDINGS: """
        select p.id as plan, s.name as street, r.entrance_id, r.kind, r.severity, r.message, g.name as "group",
            st_asbinary(coalesce(r.position, e.position)) as shape
        from plan_finding r {of_plan} left join entrance e on e.id = r.entrance_id
        where ({in_street} or {in_group}) order by p.id, r.id
    """,
}
DATED = ("division", "division_outline", "street_piece", "building", "entrance", "standard_address")
SHAPES = {
    ExportLayer.STREETS: "line",
    ExportLayer.BUILDINGS: "outline",
    ExportLayer.ENTRANCES: "position",
}


def layer_rows(
    session: Session, request: ExportRequest, size: int
) -> Iterator[tuple[Sequence[str], Sequence[Sequence[Any]]]]:
    """Yield the columns and at most `size` rows at a time; the last column, `shape`, is well-known binary or None.

    Without any row one empty chunk comes. Plans and findings stand as they are, whatever the day.
    """
    values = {"area": request.area, "day": request.as_of}
    result = session.execute(text(statement_of(request)), values, execution_options={"yield_per": size})
    names = list(result.keys())
    empty = True
    for rows in result.partitions(size):
        empty = False
        yield names, rows
    if empty:
        yield names, ()


def statement_of(request: ExportRequest) -> str:
    """Return the statement of a layer: of the living rows, or of what held on the day by what is known now."""
    past = request.as_of is not None
    holds = "{row}.valid @> cast(:day as date) and upper_inf({row}.recorded)" if past else "upper_inf({row}.valid)"
    shape = SHAPES.get(request.layer, "position")
    filled = {
        "holds": holds.replace("{row}", "r"),
        "holds_o": holds.replace("{row}", "o"),
        "in_outline": _IN_OUTLINE.replace("{table}", "r").replace("{shape}", shape),
        "in_division": _IN_DIVISION.replace("{table}", "r"),
        "of_plan": _OF_PLAN,
        "in_street": _IN_DIVISION.replace("{table}", "s"),
        "in_group": _IN_DIVISION.replace("{table}", "g"),
        **{table: f"{table}_timeline" if past else table for table in DATED},
    }
    statement = STATEMENTS[request.layer]
    for name, part in filled.items():
        statement = statement.replace("{" + name + "}", part)
    return statement
