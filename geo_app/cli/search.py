"""`geo-app match | search | reverse`: texts and positions to standard addresses."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from geo_app.cli.acting import rows_bar
from geo_app.cli.database import lang_option, open_database, refusals_in_one_line
from geo_app.cli.file_command import check_outputs
from geo_app.domain.matching import Answer
from geo_app.domain.matching_grade import Grade
from geo_app.domain.message import Message, marked
from geo_app.domain.position import Position
from geo_app.domain.search_found import SIDES
from geo_app.exchange.language import render
from geo_app.exchange.match_files import RowWriter, TextFile, opened_texts, written_rows
from geo_app.exchange.search_output import found_object, nearby_object, reasons
from geo_app.persistence.database import Database
from geo_app.services.match_batch import BatchCounts, match_rows
from geo_app.services.search import match_texts, search_text
from geo_app.services.search_near import reverse as addresses_near
from geo_app.services.search_places import KnownPlaces

UNUSABLE = 1
DONE = marked("{rows} rows: {exact} graded A, {sure} B, {doubtful} C, {nothing} not found.")
LONG_ROWS = marked("{count} rows have more cells than the heading; they were not matched.")


@click.command(epilog="Example: geo-app match list.csv --text 地址 --out matched.csv")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--text", "column", required=True, metavar="COLUMN", help="The column that holds the address.")
@click.option("--out", required=True, help="OUT.csv or OUT.xlsx, one row per row of FILE; - for standard output.")
@click.option("--layer", "sheet", default="", help="Worksheet, where the file has several.")
@lang_option
@refusals_in_one_line
def match(*, file: Path, column: str, out: str, sheet: str, lang: str) -> None:
    """Match the addresses of FILE (CSV or XLSX, also as .gz): its rows, and what the register says of each.

    Added: address_id, standard_code, standard_text, grade (A exact, B sure, C doubtful, empty: not found), score,
    reasons, rest (what was left over), candidates (JSON, best first).
    """
    check_outputs(out)
    with opened_texts(file, column, sheet) as given, TemporaryDirectory() as folder, open_database() as database:
        target = Path(folder) / "matched.csv" if out == "-" else Path(out)
        with written_rows(target, from_excel=given.from_excel) as writer:
            counts = _matched(database, given, writer, lang)
        if out == "-":
            click.echo(target.read_bytes(), nl=False)
    _tell(counts, lang)
    sys.exit(UNUSABLE if counts.long else 0)


def _matched(database: Database, given: TextFile, writer: RowWriter, lang: str) -> BatchCounts:
    """Write the rows with their answers; return how many came out how."""
    known, counts = KnownPlaces(), BatchCounts()

    def answers_of(texts: Sequence[str]) -> list[Answer]:
        with database.transaction() as register:
            return match_texts(register, known, texts)

    with rows_bar() as tell:
        for counts, _ in match_rows(given, writer, answers_of, lang):
            tell(counts.rows)
    return counts


def _tell(counts: BatchCounts, lang: str) -> None:
    grades = {"exact": Grade.EXACT, "sure": Grade.SURE, "doubtful": Grade.DOUBTFUL, "nothing": Grade.NONE}
    values = {name: counts.grades[grade] for name, grade in grades.items()}
    click.echo(render(Message(DONE, {"rows": counts.rows, **values}), lang), err=True)
    if counts.long:
        click.echo(render(Message(LONG_ROWS, {"count": counts.long}), lang), err=True)


@click.command(epilog='Example: geo-app search "铜合路12号" --json')
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True, help="Candidates shown at most.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, as the API answers.")
@lang_option
@refusals_in_one_line
def search(*, text: str, limit: int, as_json: bool, lang: str) -> None:
    """Find the standard address that TEXT means, in any spelling: grade, address, reasons, other candidates."""
    with open_database() as database, database.transaction() as register:
        found = search_text(register, KnownPlaces(), text)
    answer = found.answer
    if as_json:
        click.echo(json.dumps(found_object(text, found, lang, limit), ensure_ascii=False))
        return
    if answer.best is not None:
        click.echo(f"{answer.grade.value}\t{answer.best.row.id}\t{answer.best.row.text}\t{answer.score}")
    for one in [one for one in answer.candidates[:limit] if one is not answer.best]:
        click.echo(f"\t{one.row.id}\t{one.row.text}\t{one.score}")
    for reason in reasons(answer, lang):
        click.echo(reason, err=True)


@click.command(epilog="Example: geo-app reverse 103.5512 29.4133 --json")
@click.argument("lon", type=click.FloatRange(-180, 180))
@click.argument("lat", type=click.FloatRange(-90, 90))
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True, help="Addresses shown at most.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, as the API answers.")
@lang_option
@refusals_in_one_line
def reverse(*, lon: float, lat: float, limit: int, as_json: bool, lang: str) -> None:
    """Find the nearest doors to a position: metres, side of the street as one walks from its start, division."""
    with open_database() as database, database.transaction() as register:
        found = addresses_near(register, Position(lon, lat), limit)
    if as_json:
        click.echo(json.dumps(nearby_object(found), ensure_ascii=False))
        return
    for one in found.addresses:
        side = render(Message(SIDES[one.side]), lang) if one.side else ""
        click.echo(f"{one.metres:.1f}\t{one.id}\t{one.text}\t{side}")
    click.echo("".join(found.divisions), err=True)
