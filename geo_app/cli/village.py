"""`geo-app village`: number the houses of one village group from files; no database needed."""

import sys
from math import nan
from pathlib import Path

import click
import numpy as np

from geo_app.cli.file_command import (
    Output,
    Problems,
    check_fields,
    check_outputs,
    read_options,
    say,
    stop,
    tell_problems,
    write_outputs,
)
from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked
from geo_app.domain.position import Position
from geo_app.domain.street_piece import line_problem
from geo_app.domain.village_houses import Lanes
from geo_app.domain.village_numbering import NumberedGroup, number_village
from geo_app.exchange.language import LANGUAGES
from geo_app.exchange.numbering_files import REDRAW, entrance_file
from geo_app.exchange.numbering_output import csv_text, report_rows
from geo_app.exchange.numbering_rules import DEFAULT, load_rule, rule_names
from geo_app.exchange.numbering_table import FileTable, read_every_row
from geo_app.exchange.report import RowProblem
from geo_app.exchange.vector_options import ReadOptions, Shape
from geo_app.exchange.village_output import village_finding_rows, village_plan_rows

SUMMARY = marked(
    "{houses} houses: {new} numbered, {kept} kept, {without} without a number; {findings} findings. "
    "The walk is {metres} m long."
)
BAD_MOUTH = marked("--mouth {text}: write LON,LAT in degrees, for example 103.55,29.41.")
BAD_SETTING = marked("--set {text}: write FIELD=VALUE, for example village_added=last.")


class BadMouth(DomainError):
    """`--mouth` does not read LON,LAT."""

    pattern = BAD_MOUTH


class BadSetting(DomainError):
    """`--set` does not read FIELD=VALUE."""

    pattern = BAD_SETTING


@click.command(
    epilog="""\b
Examples:
  geo-app village houses.csv lanes.geojson --mouth 103.55,29.41 --out plan.csv
  geo-app village houses.csv --mouth 103.55,29.41 --set village_added=last --out -
"""
)
@click.argument("houses", type=click.Path(path_type=Path))
@click.argument("lanes", type=click.Path(path_type=Path), required=False)
@click.option("--mouth", required=True, metavar="LON,LAT", help="Where one comes in to the lanes, in degrees.")
@click.option("--out", required=True, help="PLAN.csv, one row per house; - for standard output.")
@click.option("--findings", help="FINDINGS.csv; - for standard output.")
@click.option("--report", help="REPORT.csv of input rows that could not be used.")
@click.option("--rule", "rule_name", default=DEFAULT, show_default=True, help=f"{', '.join(rule_names())}, or a file.")
@click.option("--set", "settings", multiple=True, metavar="FIELD=VALUE", help="A field of the rule; repeatable.")
@click.option("--crs", default="", help="Reference system of both files, for example EPSG:4544.")
@click.option("--field", "fields", multiple=True, metavar="NAME=COLUMN", help="Our name = the files' column.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="zh", show_default=True, help="Language of texts.")
def village(  # noqa: PLR0917 — click calls it by name
    houses: Path,
    lanes: Path | None,
    mouth: str,
    out: str,
    findings: str | None,
    report: str | None,
    rule_name: str,
    settings: tuple[str, ...],
    crs: str,
    fields: tuple[str, ...],
    lang: str,
) -> None:
    """Number the HOUSES of one village group along its LANES, from the mouth inward.

    HOUSES: points (or CSV with lon,lat) with id and, if known, number (already on the wall: kept). LANES: lines; id if
    wanted; without lanes the walk goes from house to house.
    """
    try:
        options = read_options(fields, crs)
        check_outputs(out, findings, report)
        rule = load_rule(rule_name).with_overrides(**dict(_pair(text) for text in settings))
        where = _mouth(mouth)
        table = read_every_row(houses, Shape.POINTS, options)
        doors = entrance_file(table)
        drawn, lost = _lanes(lanes, options, table)
        group = number_village(doors.entrances, drawn, where, rule)
        problems = [*((houses.name, problem) for problem in doors.problems), *lost]
        write_outputs(
            Output(out, csv_text(village_plan_rows(group, lang))),
            Output(findings, csv_text(village_finding_rows(group, lang))),
            Output(report, csv_text(report_rows(problems, lang))),
        )
    except DomainError as refusal:
        stop(refusal.message, lang)
    _tell(group, problems, lang)
    sys.exit(1 if problems else 0)


def _mouth(text: str) -> Position:
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError:
        lon = lat = nan
    if not Position(lon, lat).on_earth:
        raise BadMouth(text=text)
    return Position(lon, lat)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (equals and name.strip()):
        raise BadSetting(text=text)
    return name.strip(), value.strip()


def _lanes(path: Path | None, options: ReadOptions, houses: FileTable) -> tuple[Lanes, Problems]:
    """Return the lanes of a file, and the rows that are none. Raises what reading refuses."""
    if path is None:
        check_fields(options, houses)
        return Lanes([], np.empty(0, dtype=object)), ()
    table = read_every_row(path, Shape.LINES, options)
    check_fields(options, houses, table)
    ids = table.column("id") or [str(row) for row in range(1, len(table) + 1)]
    faults = [(row, fault) for row, line in enumerate(table.geometry) if (fault := line_problem(line)) is not None]
    lost = [RowProblem(int(table.rows[row]), "geometry", ids[row], fault, Message(REDRAW)) for row, fault in faults]
    bad = {row for row, _ in faults}
    good = [row for row in range(len(table)) if row not in bad]
    problems = [(path.name, problem) for problem in (*table.problems, *lost)]
    return Lanes([ids[row] for row in good], table.geometry[good]), problems


def _tell(group: NumberedGroup, problems: Problems, lang: str) -> None:
    tell_problems(problems, lang)
    kept = int(group.kept.kept.sum())
    new = sum(bool(given.number) for given in group.numbers.given.values())
    values = {"houses": len(group), "new": new, "kept": kept, "without": len(group) - new - kept}
    values |= {"findings": len(group.findings), "metres": round(group.walk.metres)}
    say(Message(SUMMARY, values), lang)
