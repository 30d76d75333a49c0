"""What commands share that read files of streets and doors and write files: options, checks, words at the end."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering import FAR_METRES
from geo_app.exchange.language import LANGUAGES, render
from geo_app.exchange.numbering_output import write_together
from geo_app.exchange.numbering_table import FileTable
from geo_app.exchange.refusals import NotWritable
from geo_app.exchange.report import RowProblem
from geo_app.exchange.vector_options import ReadOptions

UNUSABLE = marked("{file}, row {row}, {column} {value}: {problem} {suggestion}")
MORE = marked("… and {more} more rows; --report FILE lists them all.")
ONE_STDOUT = marked("Only one output can go to standard output.")
BAD_FIELD = marked("--field {text}: write NAME=COLUMN, for example id=osm_id.")
NO_SUCH_COLUMN = marked("--field {text}: neither file has a column {column}.")
NO_FOLDER = marked("there is no such folder")
IS_FOLDER = marked("it is a folder")
SHOWN_PROBLEMS = 20

Problems = Sequence[tuple[str, RowProblem]]
Command = TypeVar("Command", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Output:
    """One output of a command: `name` of the file, "-" for standard output, None for nowhere; its text in pieces."""

    name: str | None
    text: Iterable[str]


def file_options(command: Command) -> Command:
    """Add the options that such commands have in common: --report, --far, --crs, --field, --lang."""
    metres = click.FloatRange(min=0)
    for option in (
        click.option(
            "--lang", type=click.Choice(LANGUAGES), default="zh", show_default=True, help="Language of texts."
        ),
        click.option("--field", "fields", multiple=True, metavar="NAME=COLUMN", help="Our name = the files' column."),
        click.option("--crs", default="", help="Reference system of both files, for example EPSG:4544."),
        click.option("--far", type=metres, default=FAR_METRES, show_default=True, help="Metres to a street."),
        click.option("--report", help="REPORT.csv of input rows that could not be used."),
    ):
        command = option(command)
    return command


def read_options(fields: Sequence[str], crs: str) -> ReadOptions:
    """Return how to read the files. Raises BadFieldOption."""
    pairs = {}
    for text in fields:
        ours, equals, theirs = text.partition("=")
        if not (equals and ours.strip() and theirs.strip()):
            raise BadFieldOption(text=text)
        pairs[ours.strip()] = theirs.strip()
    return ReadOptions(crs=crs, fields=pairs, lon=pairs.get("lon", ""), lat=pairs.get("lat", ""))


def check_fields(options: ReadOptions, *tables: FileTable) -> None:
    """Refuse a --field whose column is in none of the files. Raises FieldColumnMissing."""
    for ours, theirs in options.fields.items():
        if not any(theirs in table.columns for table in tables):
            raise FieldColumnMissing(text=f"{ours}={theirs}", column=theirs)


def check_outputs(*names: str | None) -> None:
    """Refuse outputs that cannot be written before the work begins. Raises OneStandardOutput, NotWritable."""
    if names.count("-") > 1:
        raise OneStandardOutput
    for name in names:
        if not name or name == "-":
            continue
        if not Path(name).absolute().parent.is_dir():
            raise NotWritable(name=name, problem=Message(NO_FOLDER))
        if Path(name).is_dir():
            raise NotWritable(name=name, problem=Message(IS_FOLDER))


def write_outputs(*outputs: Output) -> None:
    """Write all files or none, then what goes to standard output. Raises NotWritable."""
    write_together([(Path(output.name), output.text) for output in outputs if output.name and output.name != "-"])
    for output in outputs:
        if output.name == "-":
            for piece in output.text:
                click.echo(piece, nl=False)


def tell_problems(problems: Problems, lang: str) -> None:
    """Say on standard error which rows could not be used, the first twenty one by one."""
    for file, fault in problems[:SHOWN_PROBLEMS]:
        values = {name: getattr(fault, name) for name in ("row", "column", "value", "problem")}
        say(Message(UNUSABLE, {**values, "file": file, "suggestion": fault.suggestion or ""}), lang)
    if len(problems) > SHOWN_PROBLEMS:
        say(Message(MORE, {"more": len(problems) - SHOWN_PROBLEMS}), lang)


def say(message: Message, lang: str) -> None:
    """Say a sentence on standard error."""
    click.echo(render(message, lang), err=True)


def stop(message: Message, lang: str) -> NoReturn:
    """Say why and end with exit code 2: wrong call or unreadable input."""
    say(message, lang)
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
