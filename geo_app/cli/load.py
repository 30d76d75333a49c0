"""`geo-app load-…`: files into the register, checked row by row, all of a file or nothing."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from geo_app.cli.acting import acting, moment, rows_bar
from geo_app.cli.database import as_option, lang_option, open_database, refusals_in_one_line
from geo_app.domain.datum import Datum
from geo_app.domain.errors import DomainError
from geo_app.domain.imports import Layer
from geo_app.domain.message import Message, marked
from geo_app.domain.row_problem import RowProblem
from geo_app.exchange.language import render
from geo_app.exchange.report import write_report
from geo_app.exchange.vector_options import ReadOptions
from geo_app.services.imports import ImportOrder, ImportReport
from geo_app.services.imports_catalogue import IMPORTS

UNUSABLE = 1
SHOWN = 20
SUMMARY = marked(
    "Import {number}: {read} rows read, {added} added, {corrected} corrected, {unchanged} unchanged,"
    " {refused} left out."
)
REHEARSED = marked(
    "Dry run, nothing written: {read} rows read, {added} to add, {corrected} to correct, {unchanged} unchanged,"
    " {refused} left out."
)
PROBLEM = marked("Row {row}, {column} “{value}”: {problem} {suggestion}")
MORE = marked("… and {more} more; --report FILE lists them all.")


class FieldOptionMalformed(DomainError):
    """`--field` reads NAME=COLUMN."""

    pattern = "--field {text}: write NAME=COLUMN, for example id=osm_id."


@dataclass(frozen=True, slots=True)
class Told:
    """What the command line said about a load, beside the file itself."""

    county: str
    as_of: datetime | None
    rehearsal: bool
    report: Path | None
    acting: str
    lang: str
    options: ReadOptions
    text: str = ""
    changes: Path | None = None


def shared(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that all loads have."""
    for option in reversed(
        (
            click.argument("file", type=click.Path(path_type=Path)),
            click.option("--county", default="", help="The county's 6 digits."),
            click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day since which the rows hold."),
            click.option("--dry-run", is_flag=True, help="Check everything, write nothing."),
            click.option("--report", type=click.Path(path_type=Path), help="REPORT.csv of rows with a problem."),
            click.option("--crs", default="", help="Reference system of the file, for example EPSG:4544."),
            click.option("--datum", type=click.Choice(["gcj02", "bd09"]), help="The degrees are shifted this way."),
            click.option("--field", "fields", multiple=True, metavar="NAME=COLUMN", help="Our name = the file's."),
            click.option("--layer", "layer_name", default="", help="Layer or worksheet, where the file has several."),
            as_option,
            lang_option,
        )
    ):
        command = option(command)
    return refusals_in_one_line(command)


def loading(layer: Layer, file: Path, told: dict[str, Any]) -> None:
    """Do a load, print what came of it, and end with the exit code of the file contracts."""
    said = _told(told)
    with open_database() as database:
        at = moment()
        with database.transaction() as register:
            who = acting(register, said.acting, at, f"load-{layer} {file.name}")
            order = ImportOrder(
                layer, file, said.county, said.as_of.date() if said.as_of else at.day, at.day, said.options,
                text=said.text, rehearsal=said.rehearsal, changes=said.changes,
            )  # fmt: skip
            with rows_bar() as tell:
                report = IMPORTS[layer](register, who, order, tell)
            # Before the commit: a report that cannot be written leaves nothing loaded without a report.
            if said.report:
                write_report(said.report, report.problems, said.lang)
    _tell(report, said)
    sys.exit(UNUSABLE if report.counts.refused else 0)


def _told(told: dict[str, Any]) -> Told:
    mapping = dict(_pair(text) for text in told["fields"])
    mapping |= {ours: told[ours] for ours in ("id", "division") if told.get(ours)}
    datum = Datum(told["datum"]) if told["datum"] else Datum.CGCS2000
    options = ReadOptions(told["crs"], datum, mapping, told.get("lon") or "", told.get("lat") or "", told["layer_name"])
    return Told(
        told["county"], told["as_of"], told["dry_run"], told["report"], told["acting"], told["lang"], options,
        told.get("text") or "", told.get("changes"),
    )  # fmt: skip


def _pair(text: str) -> tuple[str, str]:
    ours, equals, theirs = text.partition("=")
    if not (equals and ours.strip() and theirs.strip()):
        raise FieldOptionMalformed(text=text)
    return ours.strip(), theirs.strip()


def _tell(report: ImportReport, said: Told) -> None:
    for notice in report.notices:
        click.echo(render(notice, said.lang), err=True)
    for problem in report.problems[:SHOWN]:
        click.echo(render(Message(PROBLEM, _values(problem, said.lang)), said.lang), err=True)
    if len(report.problems) > SHOWN:
        click.echo(render(Message(MORE, {"more": len(report.problems) - SHOWN}), said.lang), err=True)
    counts = {name: getattr(report.counts, name) for name in ("read", "added", "corrected", "unchanged", "refused")}
    pattern = REHEARSED if report.number is None else SUMMARY
    click.echo(render(Message(pattern, counts | {"number": report.number}), said.lang))


def _values(problem: RowProblem, lang: str) -> dict[str, object]:
    advice = render(problem.suggestion, lang) if problem.suggestion else ""
    values = {"row": problem.row, "column": problem.column, "value": problem.value[:60]}
    return {**values, "problem": render(problem.problem, lang), "suggestion": advice}


@click.command("load-streets", epilog="Example: geo-app load-streets streets.gpkg --county 511111 --field id=osm_id")
@shared
def load_streets(file: Path, **told: Any) -> None:
    """Load lines as streets: id, name, and rule columns (start, odd_side, method, step).

    Lines of one name that touch are one street; lines without a name are kept as lanes.
    """
    loading(Layer.STREETS, file, told)


@click.command("load-buildings", epilog="Example: geo-app load-buildings buildings.geojson.gz --county 511111")
@shared
def load_buildings(file: Path, **told: Any) -> None:
    """Load polygons as buildings: id, name, storeys."""
    loading(Layer.BUILDINGS, file, told)


@click.command("load-entrances", epilog="Example: geo-app load-entrances doors.csv --county 511111 --datum gcj02")
@shared
def load_entrances(file: Path, **told: Any) -> None:
    """Load points as doors: id, street, number (on the wall already), note."""
    loading(Layer.ENTRANCES, file, told)


@click.command(
    "load-addresses",
    epilog="Example: geo-app load-addresses list.csv --text 地址 --lon 经度 --lat 纬度 --id 编号 --county 511111",
)
@click.option("--text", help="The column that holds the standard text; without it the columns of elements are read.")
@click.option("--lon", help="The column of longitudes.")
@click.option("--lat", help="The column of latitudes.")
@click.option("--id", "id", help="The column that identifies a row.")
@click.option("--division", help="The column of division codes.")
@shared
def load_addresses(file: Path, **told: Any) -> None:
    """Load rows as current addresses, from a text or from columns.

    Columns: id, division, town, village, group, street, number, sub_number, estate, building, unit, floor, room.
    """
    loading(Layer.ADDRESSES, file, told)


@click.command("load-divisions", epilog="Example: geo-app load-divisions list.csv --county 511111 --as-of 2023-06-30")
@click.option("--changes", type=click.Path(path_type=Path), help="CSV of recorded changes: date, text, source.")
@shared
def load_divisions(file: Path, **told: Any) -> None:
    """Load a division list as of a day: code and name, or village, town and county side by side.

    A later list is laid over the earlier one: what is certain is recorded, the rest is left as questions.
    """
    loading(Layer.DIVISIONS, file, told)


@click.command("load-outlines", epilog="Example: geo-app load-outlines outlines.geojson --county 511111")
@shared
def load_outlines(file: Path, **told: Any) -> None:
    """Load polygons as outlines of the divisions whose code (or adcode) they bear."""
    loading(Layer.OUTLINES, file, told)
