"""`geo-app audit`: read the numbers on the walls of any town's files, and say what does not fit; no database needed."""

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
from geo_app.domain.audit import Audit, audit_streets
from geo_app.domain.audit_range import number_ranges
from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked
from geo_app.domain.street import build_streets
from geo_app.exchange.audit_files import audited_addresses, audited_streets
from geo_app.exchange.audit_output import audit_json
from geo_app.exchange.numbering_files import StreetFile
from geo_app.exchange.numbering_output import csv_text, report_rows
from geo_app.exchange.numbering_table import read_every_row
from geo_app.exchange.vector_options import Shape

SUMMARY = marked(
    "{addresses} addresses on {streets} streets; the schemes explain {explained} of the doors; {findings} findings. "
    "{ignored} lines without a name or drawn as areas were ignored."
)


@click.command(
    epilog="""\b
Example:
  geo-app audit helsinki_streets.geojson.gz helsinki_addresses.csv.gz \\
      --field id=osm_id --field number=housenumber --out audit.json
"""
)
@click.argument("streets", type=click.Path(path_type=Path))
@click.argument("addresses", type=click.Path(path_type=Path))
@click.option("--out", required=True, help="AUDIT.json: streets, findings, summary; - for standard output.")
@file_options
def audit(  # noqa: PLR0917 — click calls it by name
    streets: Path,
    addresses: Path,
    out: str,
    report: str | None,
    far: float,
    crs: str,
    fields: tuple[str, ...],
    lang: str,
) -> None:
    """Find how the streets in STREETS are numbered, and which of the ADDRESSES do not fit.

    STREETS: lines with name, id and, if wanted, from and to (the numbers the line should have). ADDRESSES: points (or
    CSV with lon,lat) with id, number and, if known, street.
    """
    if isnan(far):
        raise click.BadParameter("nan", param_hint="--far")
    try:
        options = read_options(fields, crs)
        check_outputs(out, report)
        with click.progressbar(length=4, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
            street_table = read_every_row(streets, Shape.LINES, options)
            street_rows = audited_streets(street_table)
            bar.update(1)
            address_table = read_every_row(addresses, Shape.POINTS, options)
            check_fields(options, street_table, address_table)
            doors = audited_addresses(address_table)
            bar.update(1)
            built = build_streets(street_rows.pieces)
            audited = audit_streets(built, doors.entrances, number_ranges(built), far)
            bar.update(1)
            problems = [(streets.name, problem) for problem in street_rows.problems]
            problems += [(addresses.name, problem) for problem in doors.problems]
            write_outputs(Output(out, audit_json(audited, lang)), Output(report, csv_text(report_rows(problems, lang))))
            bar.update(1)
    except DomainError as refusal:
        stop(refusal.message, lang)
    tell_problems(problems, lang)
    say(_summary(audited, street_rows), lang)
    sys.exit(1 if problems else 0)


def _summary(audited: Audit, streets: StreetFile) -> Message:
    explained = audited.explained
    values = {
        "addresses": len(audited.addresses),
        "streets": sum(count > 0 for count in audited.address_counts()),
        "explained": "—" if explained is None else f"{explained:.1%}",
        "findings": len(audited.found),
        "ignored": streets.ignored,
    }
    return Message(SUMMARY, values)
