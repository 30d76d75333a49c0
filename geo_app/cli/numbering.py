"""`geo-app number`: number the doors of any town's files by a rule; no database needed."""

import sys
from math import isnan
from pathlib import Path

import click

from geo_app.cli.file_command import (
    Output,
    check_fields,
    check_outputs,
    file_options,
    read_options,
    say,
    stop,
    tell_problems,
    write_outputs,
)
from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering import PlannedNumbers, Surroundings, number_streets
from geo_app.domain.numbering_rule import EXISTING, read_field
from geo_app.domain.street import build_streets
from geo_app.exchange.numbering_files import StreetFile, entrance_file, street_file
from geo_app.exchange.numbering_output import csv_text, finding_rows, plan_rows, report_rows
from geo_app.exchange.numbering_rules import DEFAULT, load_rule, rule_names
from geo_app.exchange.numbering_table import read_every_row
from geo_app.exchange.vector_options import Shape

SUMMARY = marked(
    "{doors} entrances: {new} numbered, {kept} kept, {without} without a number; {findings} findings. "
    "{ignored} lines without a name or drawn as areas were ignored."
)


@click.command(
    epilog="""\b
Example:
  geo-app number helsinki_streets.geojson.gz helsinki_addresses.csv.gz --rule europe \\
      --field id=osm_id --out plan.csv --findings findings.csv
"""
)
@click.argument("streets", type=click.Path(path_type=Path))
@click.argument("entrances", type=click.Path(path_type=Path))
@click.option("--rule", "rule_name", default=DEFAULT, show_default=True, help=f"{', '.join(rule_names())}, or a file.")
@click.option("--out", required=True, help="PLAN.csv, one row per entrance; - for standard output.")
@click.option("--findings", help="FINDINGS.csv; - for standard output.")
@click.option("--centre", metavar="LON,LAT", help="Centre for a rule that numbers outward from one.")
@click.option("--existing", type=click.Choice(EXISTING), help="continue: doors without a number as the walls suggest.")
@click.option("--reserve-lanes", is_flag=True, help="Keep a number for each unnamed line that ends on a street.")
@file_options
def number(  # noqa: PLR0917 — click calls it by name
    streets: Path,
    entrances: Path,
    rule_name: str,
    out: str,
    findings: str | None,
    centre: str | None,
    reserve_lanes: bool,  # noqa: FBT001 — a flag of the command line
    report: str | None,
    far: float,
    crs: str,
    fields: tuple[str, ...],
    existing: str | None,
    lang: str,
) -> None:
    """Number the doors in ENTRANCES along the lines in STREETS.

    STREETS: lines with name, id and, if wanted, start, odd_side, method, step. ENTRANCES: points (or CSV with lon,lat)
    with id and, if known, street and number (already on the wall: kept).
    """
    if isnan(far):
        raise click.BadParameter("nan", param_hint="--far")
    try:
        options = read_options(fields, crs)
        check_outputs(out, findings, report)
        rule = load_rule(rule_name)
        rule = rule.with_overrides(centre=read_field("centre", centre)) if centre else rule
        rule = rule.with_overrides(existing=existing) if existing else rule
        with click.progressbar(length=4, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
            street_table = read_every_row(streets, Shape.LINES, options)
            street_rows = street_file(street_table)
            bar.update(1)
            door_table = read_every_row(entrances, Shape.POINTS, options)
            check_fields(options, street_table, door_table)
            doors = entrance_file(door_table)
            bar.update(1)
            around = Surroundings(far, street_rows.lanes) if reserve_lanes else Surroundings(far)
            plan = number_streets(build_streets(street_rows.pieces), doors.entrances, rule, around)
            bar.update(1)
            problems = [(streets.name, problem) for problem in street_rows.problems]
            problems += [(entrances.name, problem) for problem in doors.problems]
            write_outputs(
                Output(out, csv_text(plan_rows(plan, lang))),
                Output(findings, csv_text(finding_rows(plan, lang))),
                Output(report, csv_text(report_rows(problems, lang))),
            )
            bar.update(1)
    except DomainError as refusal:
        stop(refusal.message, lang)
    tell_problems(problems, lang)
    say(_summary(plan, street_rows), lang)
    sys.exit(1 if problems else 0)


def _summary(plan: PlannedNumbers, streets: StreetFile) -> Message:
    new = int((plan.allocation.number[~plan.kept.kept] > 0).sum())
    kept = int(plan.kept.kept.sum())
    values = {"doors": len(plan), "new": new, "kept": kept, "without": len(plan) - new - kept}
    return Message(SUMMARY, values | {"findings": len(plan.found), "ignored": streets.ignored})
