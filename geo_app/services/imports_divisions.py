"""Division lists and outlines from files; a later list is laid over the earlier one, and successions are derived."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import shapely

from geo_app.domain.access import Actor
from geo_app.domain.division import Division, DivisionCode, DivisionCodeMalformed, Level, parse_code
from geo_app.domain.division_changes import RecordedChange
from geo_app.domain.division_register import DivisionChanges, DivisionListOlder, Succession, changes_of
from geo_app.domain.division_report import Certainty, SuccessionItem, SuccessionKind
from geo_app.domain.division_succession import derive_succession
from geo_app.domain.imports import ImportCounts
from geo_app.domain.message import Message, marked
from geo_app.domain.row_problem import RowProblem, Severity
from geo_app.exchange.archive import opened_safely
from geo_app.exchange.division_files import DivisionList, read_changes, read_division_list
from geo_app.exchange.refusals import FormatUnknown
from geo_app.exchange.source import Format, SourceFile
from geo_app.exchange.vector_options import Shape
from geo_app.persistence.bulk_divisions import BulkDivisions, DivisionRow
from geo_app.persistence.divisions import NewSuccession
from geo_app.persistence.message_json import message_to
from geo_app.persistence.register import Register
from geo_app.services.imports import ImportOrder, ImportReport, Loading, Tell, run_import, texts

SEVERAL = marked("The file names {count} divisions outside county {county}; they were left aside.")
COUNTED = marked("{certain} changes are certain and recorded; {open} questions are left for a person to decide.")
UNKNOWN_CODE = marked("The register has no division {code}.")
LOAD_LIST = marked("Load the division list first, or correct the code.")
NOT_CODE = marked("This is no division code.")
CORRECT_CODE = marked("Correct it: 2, 4, 6, 9, 12 or 15 digits.")

DERIVED = (Level.TOWNSHIP, Level.VILLAGE)
"""Levels whose successions are derived; the others are matched by code."""


def import_divisions(register: Register, actor: Actor, order: ImportOrder, tell: Tell) -> ImportReport:
    """Read a division list as of the order's day.

    Raises what `run_import` does, UnreadableInput, DivisionListOlder.
    """
    return run_import(register, actor, order, (_load_list, tell))


def import_outlines(register: Register, actor: Actor, order: ImportOrder, tell: Tell) -> ImportReport:
    """Read the polygons of a file as outlines of the divisions whose `code` (or `adcode`) they bear.

    Raises what `run_import` does.
    """
    return run_import(register, actor, order, (_load_outlines, tell))


@dataclass(slots=True)
class _Listing:
    """A list being laid over the register: living rows by code, and how many rows came, changed or stayed."""

    loading: Loading
    bulk: BulkDivisions
    living: dict[str, DivisionRow]
    added: int = 0
    corrected: int = 0
    ids: dict[str, int] = field(default_factory=dict)


def _load_list(loading: Loading) -> None:
    listed, changes = _read(loading)
    county = loading.order.county_code
    ours = [one for one in listed.divisions if _of_county(one.code, county)]
    if len(ours) < len(listed.divisions):
        outside = {"count": len(listed.divisions) - len(ours), "county": county}
        loading.notices.append(Message(SEVERAL, outside))
    loading.read = len(ours) + len({problem.row for problem in listed.problems})
    loading.tell(loading.read)
    bulk = BulkDivisions(loading.register.session)
    listing = _Listing(loading, bulk, {row.code: row for row in bulk.around(county)})
    _upper_levels(listing, ours)
    _lower_levels(listing, [one for one in ours if one.level in DERIVED], changes)
    _cells(listing, [one for one in ours if one.level is Level.GRID_CELL])
    loading.counts = ImportCounts(
        loading.read, listing.added, listing.corrected, len(ours) - listing.added - listing.corrected,
        loading.read - len(ours),
    )  # fmt: skip


def _read(loading: Loading) -> tuple[DivisionList, tuple[RecordedChange, ...]]:
    order = loading.order
    with opened_safely(order.path) as file:
        if file.format is not Format.CSV:
            raise FormatUnknown(name=file.name, endings=".csv, .csv.gz")
        loading.enter(SourceFile(file.name, file.sha256, file.size, file.format))
        listed = read_division_list(file.path)
    for problem in listed.problems:
        # Their rows are counted after the heading, ours with it.
        told = RowProblem(problem.row + 1, problem.column, problem.value, problem.problem, problem.suggestion)
        loading.problems.append(told)
    if order.changes is None:
        return listed, ()
    changes, unread = read_changes(order.changes)
    loading.problems += [
        RowProblem(one.row + 1, one.column, one.value, one.problem, one.suggestion, Severity.WARNING) for one in unread
    ]
    return listed, changes


def _of_county(code: DivisionCode, county: str) -> bool:
    return code.text.startswith(county) or county.startswith(code.text)


def _upper_levels(listing: _Listing, ours: Sequence[Division]) -> None:
    """Write province, city and county where they lack; a listed name replaces a code that stood for one."""
    names = {one.code.text: one.name for one in ours}
    county = listing.loading.order.county_code
    above: DivisionRow | None = None
    for code in (county[:2], county[:4], county):
        there = listing.living.get(code)
        name = names.get(code)
        if there is None and (name or code == county):
            there = _begin(listing, Division(DivisionCode(code), name or code), listing.loading.order.day)
            listing.added -= name is None
        elif there is not None and name and there.name != name:
            there = _go_on(listing, there, Division(DivisionCode(code), name), listing.loading.order.day)
        above = there or above


def _lower_levels(listing: _Listing, ours: Sequence[Division], changes: Sequence[RecordedChange]) -> None:
    order = listing.loading.order
    levels = {one.level for one in ours}
    old = [_division(row) for row in listing.living.values() if row.level in levels]
    since = _held_since(listing, levels)
    if old and order.day < since:
        raise DivisionListOlder(county=order.county_code, held=since, given=order.day)
    between = [one for one in changes if one.between(since.isoformat(), order.day.isoformat())]
    report = derive_succession(old, ours, between)
    items = report.items if old else [_first(one) for one in ours]
    _apply(listing, changes_of(items, since, order.day), record=bool(old))
    if old:
        _tell_questions(listing.loading, report.certain, report.to_decide)


def _held_since(listing: _Listing, levels: set[Level]) -> date:
    """Return the day of the latest list: the day on which the youngest living division of these levels began."""
    held = listing.loading.register.divisions.as_of(date.max, listing.loading.order.county_code)
    return max((one.since for one in held if one.level in levels and one.since), default=date.min)


def _first(division: Division) -> SuccessionItem:
    return SuccessionItem(SuccessionKind.ESTABLISH, (), (division,), Certainty.CERTAIN, (), Message(""))


def _apply(listing: _Listing, changes: DivisionChanges, *, record: bool) -> None:
    register, import_id = listing.loading.register, listing.loading.import_id
    for old, day in changes.ends:
        row = listing.living.pop(old.code.text)
        listing.ids[f"-{old.code.text}"] = row.id
        register.divisions.mark(row.id, import_id)
        register.divisions.end(row.id, day)
    going = [(listing.living.pop(old.code.text), new, day) for old, new, day in changes.goes_on]
    for row, new, _ in going:
        listing.ids[f"-{row.code}"] = row.id
        listing.living.setdefault(new.code.text, replace(row, code=new.code.text))
    for new, day in sorted(changes.begins, key=lambda pair: pair[0].code):
        _begin(listing, new, day)
    _set_aside(listing, going)
    for row, new, day in sorted(going, key=lambda one: one[1].code):
        _go_on(listing, row, new, day)
    for link in changes.links if record else ():
        _link(listing, link)


def _set_aside(listing: _Listing, going: Sequence[tuple[DivisionRow, Division, date]]) -> None:
    """Free the codes that go from one division to another: 301 becomes 302 while 302 becomes 303."""
    divisions = listing.loading.register.divisions
    for row, new, day in going:
        if row.code != new.code.text:
            held = replace(divisions.get(row.id), code=f"~{row.id}")
            divisions.change(held, day, listing.loading.import_id)


def _begin(listing: _Listing, new: Division, day: date) -> DivisionRow:
    since = (day, listing.loading.import_id)
    made = listing.bulk.add(new.code, new.name, _above(listing, new.code), since)
    listing.living[new.code.text] = made
    listing.added += 1
    return made


def _above(listing: _Listing, code: DivisionCode) -> int | None:
    """Return the living division that `code` lies in; of a level the list left out, the one above it."""
    above = code.parent
    while above is not None and above.text not in listing.living:
        above = above.parent
    return listing.living[above.text].id if above else None


def _go_on(listing: _Listing, row: DivisionRow, new: Division, day: date) -> DivisionRow:
    parent = _above(listing, new.code)
    listing.living[new.code.text] = replace(row, code=new.code.text, name=new.name, parent_id=parent)
    if (row.code, row.name, row.parent_id) != (new.code.text, new.name, parent):
        divisions = listing.loading.register.divisions
        changed = replace(divisions.get(row.id), code=new.code.text, name=new.name, parent_id=parent)
        divisions.change(changed, day, listing.loading.import_id)
        listing.corrected += 1
    return listing.living[new.code.text]


def _link(listing: _Listing, link: Succession) -> None:
    certain = link.item.certainty is Certainty.CERTAIN
    old = listing.ids[f"-{link.predecessor.text}"] if link.predecessor else None
    new = listing.living[link.successor.text].id if link.successor else None
    detail = {
        "reasons": [message_to(reason) for reason in link.reasons],
        "proposal": message_to(link.item.proposal),
        "candidates": [one.code.text for one in link.item.candidates],
    }
    listing.loading.register.divisions.link(
        NewSuccession(
            link.kind.value, link.day, "certain" if certain else "proposed", old, new,
            listing.loading.order.path.name, detail, listing.loading.import_id,
        )
    )  # fmt: skip


def _tell_questions(loading: Loading, certain: Sequence[SuccessionItem], questions: Sequence[SuccessionItem]) -> None:
    changed = [item for item in certain if item.kind is not SuccessionKind.UNCHANGED]
    loading.notices.append(Message(COUNTED, {"certain": len(changed), "open": len(questions)}))
    for item in questions:
        names = "、".join(one.name for one in (item.predecessors or item.successors))
        reason = item.reasons[0] if item.reasons else item.proposal
        loading.problems.append(RowProblem(0, "name", names, reason, item.proposal, Severity.WARNING))


def _cells(listing: _Listing, cells: Sequence[Division]) -> None:
    for cell in cells:
        there = listing.living.get(cell.code.text)
        if there is None:
            _begin(listing, cell, listing.loading.order.day)
        elif there.name != cell.name:
            _go_on(listing, there, cell, listing.loading.order.day)


def _division(row: DivisionRow) -> Division:
    return Division(DivisionCode(row.code), row.name)


def _load_outlines(loading: Loading) -> None:
    county, drawn, unchanged = loading.order.county_code, 0, 0
    living: Mapping[str, int] = {row.code: row.id for row in BulkDivisions(loading.register.session).around(county)}
    for table in loading.chunks(Shape.POLYGONS):
        codes = texts(table, "code" if "code" in table.columns.columns else "adcode")
        for row, text, shape in zip(table.rows.tolist(), codes, table.geometry, strict=True):
            division = _known(loading, row, text, living)
            if division is None:
                continue
            origin = (table.source.name, loading.import_id)
            changed = loading.register.divisions.draw(division, _whole(shape), loading.order.day, origin)
            drawn, unchanged = drawn + changed, unchanged + (not changed)
    loading.counts = ImportCounts(loading.read, drawn, 0, unchanged, loading.read - drawn - unchanged)


def _known(loading: Loading, row: int, text: str, living: Mapping[str, int]) -> int | None:
    try:
        code = parse_code(text)
    except DivisionCodeMalformed:
        loading.refuse(row, ("code", text), Message(NOT_CODE), Message(CORRECT_CODE))
        return None
    if code.text not in living:
        loading.refuse(row, ("code", text), Message(UNKNOWN_CODE, {"code": code.text}), Message(LOAD_LIST))
        return None
    return living[code.text]


def _whole(shape: shapely.Geometry) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon)])
