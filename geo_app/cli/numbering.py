"""`geo-app number`: number the doors of any town's files by a rule; no database needed."""

import sys
from dataclasses import dataclass
from math import isnan
from pathlib import Path

import click

from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering import FAR_METRES, PlannedNumbers, Surroundings, number_streets
from geo_app.domain.numbering_rule import EXISTING, read_field
from geo_app.domain.street import build_streets
from geo_app.exchange.language import LANGUAGES, render
from geo_app.exchange.numbering_files import StreetFile, entrance_file, street_file
from geo_app.exchange.numbering_output import csv_text, finding_rows, plan_rows, report_rows, write_together
from geo_app.exchange.numbering_rules import DEFAULT, load_rule, rule_names
from geo_app.exchange.numbering_table import FileTable, read_every_row
from geo_app.exchange.refusals import NotWritable
from geo_app.exchange.report import RowProblem
from geo_app.exchange.vector_options import ReadOptions, Shape

SUMMARY = marked(
    "{doors} entrances: {new} numbered, {kept} kept, {without} without a number; {findings} findings. "
    "{ignored} lines without a name or drawn as areas were ignored."
)
UNUSABLE = marked("{file}, row {row}, {column} {value}: {problem} {suggestion}")
MORE = marked("… and {more} more rows; --report FILE lists them all.")
ONE_STDOUT = marked("Only one output can go to standard output.")
BAD_FIELD = marked("--field {text}: write NAME=COLUMN, for example id=osm_id.")
NO_SUCH_COLUMN = marked("--field {text}: neither file has a column {column}.")
NO_FOLDER = marked("there is no such folder")
IS_FOLDER = marked("it is a folder")
SHOWN_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class _Outputs:
    """Where PLAN, FINDINGS and the report of unusable rows go; "-" is standard output, None nowhere."""

    out: str
    findings: str | None
    report: str | None


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
@click.option("--report", help="REPORT.csv of input rows that could not be used.")
@click.option("--far", type=click.FloatRange(min=0), default=FAR_METRES, show_default=True, help="Metres to a street.")
@click.option("--crs", default="", help="Reference system of both files, for example EPSG:4544.")
@click.option(
    "--field", "fields", multiple=True, metavar="NAME=COLUMN", help="Our name = the files' column; repeatable."
)
@click.option("--centre", metavar="LON,LAT", help="Centre for a rule that numbers outward from one.")
@click.option("--existing", type=click.Choice(EXISTING), help="continue: doors without a number as the walls suggest.")
@click.option("--reserve-lanes", is_flag=True, help="Keep a number for each unnamed line that ends on a street.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="zh", show_default=True, help="Language of sentences.")
def number(  # noqa: PLR0917 — click calls it by name
    streets: Path,
    entrances: Path,
    rule_name: str,
    out: str,
    findings: str | None,
    report: str | None,
    far: float,
    crs: str,
    fields: tuple[str, ...],
    centre: str | None,
    existing: str | None,
    reserve_lanes: bool,  # noqa: FBT001 — a flag of the command line
    lang: str,
) -> None:
    """Number the doors in ENTRANCES along the lines in STREETS.

    STREETS: lines with name, id and, if wanted, start, odd_side, method, step. ENTRANCES: points (or CSV with lon,lat)
    with id and, if known, street and number (already on the wall: kept).
    """
    if isnan(far):
        raise click.BadParameter("nan", param_hint="--far")
    try:
        options = _options(fields, crs)
        outputs = _checked_outputs(_Outputs(out, findings, report))
        rule = load_rule(rule_name)
        rule = rule.with_overrides(centre=read_field("centre", centre)) if centre else rule
        rule = rule.with_overrides(existing=existing) if existing else rule
        with click.progressbar(length=4, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
            street_table = read_every_row(streets, Shape.LINES, options)
            street_rows = street_file(street_table)
            bar.update(1)
            door_table = read_every_row(entrances, Shape.POINTS, options)
            _check_fields(options, street_table, door_table)
            doors = entrance_file(door_table)
            bar.update(1)
            around = Surroundings(far, street_rows.lanes) if reserve_lanes else Surroundings(far)
            plan = number_streets(build_streets(street_rows.pieces), doors.entrances, rule, around)
            bar.update(1)
            problems = [(streets.name, problem) for problem in street_rows.problems]
            problems += [(entrances.name, problem) for problem in doors.problems]
            _write(outputs, plan, problems, lang)
            bar.update(1)
    except DomainError as refusal:
        _stop(refusal.message, lang)
    _tell(plan, street_rows, problems, lang)
    sys.exit(1 if problems else 0)


def _options(fields: tuple[str, ...], crs: str) -> ReadOptions:
    pairs = {}
    for text in fields:
        ours, equals, theirs = text.partition("=")
        if not (equals and ours.strip() and theirs.strip()):
            raise BadFieldOption(text=text)
        pairs[ours.strip()] = theirs.strip()
    return ReadOptions(crs=crs, fields=pairs, lon=pairs.get("lon", ""), lat=pairs.get("lat", ""))


def _check_fields(options: ReadOptions, *tables: FileTable) -> None:
    for ours, theirs in options.fields.items():
        if not any(theirs in table.columns for table in tables):
            raise FieldColumnMissing(text=f"{ours}={theirs}", column=theirs)


def _checked_outputs(outputs: _Outputs) -> _Outputs:
    given = [name for name in (outputs.out, outputs.findings, outputs.report) if name]
    if given.count("-") > 1:
        raise OneStandardOutput
    for name in given:
        if name != "-" and not Path(name).absolute().parent.is_dir():
            raise NotWritable(name=name, problem=Message(NO_FOLDER))
        if name != "-" and Path(name).is_dir():
            raise NotWritable(name=name, problem=Message(IS_FOLDER))
    return outputs


def _write(outputs: _Outputs, plan: PlannedNumbers, problems: list[tuple[str, RowProblem]], lang: str) -> None:
    made = [(outputs.out, csv_text(plan_rows(plan, lang)))]
    if outputs.findings:
        made.append((outputs.findings, csv_text(finding_rows(plan, lang))))
    if outputs.report:
        made.append((outputs.report, csv_text(report_rows(problems, lang))))
    write_together([(Path(name), text) for name, text in made if name != "-"])
    for name, text in made:
        if name == "-":
            click.echo(text, nl=False)


def _tell(plan: PlannedNumbers, streets: StreetFile, problems: list[tuple[str, RowProblem]], lang: str) -> None:
    for file, fault in problems[:SHOWN_PROBLEMS]:
        values = {name: getattr(fault, name) for name in ("row", "column", "value", "problem")}
        click.echo(
            render(Message(UNUSABLE, {**values, "file": file, "suggestion": fault.suggestion or ""}), lang), err=True
        )
    if len(problems) > SHOWN_PROBLEMS:
        click.echo(render(Message(MORE, {"more": len(problems) - SHOWN_PROBLEMS}), lang), err=True)
    new = int((plan.allocation.number[~plan.kept.kept] > 0).sum())
    kept = int(plan.kept.kept.sum())
    values = {"doors": len(plan), "new": new, "kept": kept, "without": len(plan) - new - kept}
    values |= {"findings": len(plan.found), "ignored": streets.ignored}
    click.echo(render(Message(SUMMARY, values), lang), err=True)


def _stop(message: Message, lang: str) -> None:
    click.echo(render(message, lang), err=True)
    sys.exit(2)


class BadFieldOption(DomainError):
    """`--field` does not read NAME=COLUMN."""

    pattern = BAD_FIELD


class FieldColumnMissing(DomainError):
    """`--field` names a column that is in neither file."""

    pattern = NO_SUCH_COLUMN


class OneStandardOutput(DomainError):
    """Two outputs would mix on standard output."""

    pattern = ONE_STDOUT
