"""Names of streets on the command line: spelled by the rules, compared with each other, proposed."""

from collections.abc import Iterator
from pathlib import Path

import click
import shapely

from geo_app.cli.acting import deciding
from geo_app.cli.database import as_option, lang_option, refusals_in_one_line
from geo_app.cli.plan import reason_option
from geo_app.cli.street_lists import write_list
from geo_app.domain.message import Message, marked
from geo_app.domain.street_alike import alike_pairs
from geo_app.domain.street_pinyin import spell as spell_name
from geo_app.exchange.language import render
from geo_app.exchange.tables import read_table
from geo_app.services.street_names import alike_names, alike_streets, spell_streets
from geo_app.services.streets import StreetDrawing, draw_street

SPELLED = marked("{count} streets spelled.")
DRAWN = marked("Street {street} is drawn; its name waits for a second person.")


@click.command("spell")
@click.argument("names", nargs=-1)
@as_option
@lang_option
@refusals_in_one_line
def spell(*, names: tuple[str, ...], acting: str, lang: str) -> None:
    """Print the roman spelling of NAMES by the place-name rules; without names: give it to streets that have none.

    Example: geo-app street spell 乐山路 二马路
    """
    for name in names:
        spelling = spell_name(name)
        doubtful = ", ".join(f"{one.character} {'/'.join(one.choices)}" for one in spelling.syllables if one.polyphone)
        click.echo(f"{name}\t{spelling.text}\t{spelling.plain}\t{doubtful}")
    if not names:
        with deciding(acting, "") as (register, _):
            count = sum(spell_streets(register, county) for county in register.street_names.counties())
        click.echo(render(Message(SPELLED, {"count": count}), lang))


@click.command("alike")
@click.argument("name", default="")
@click.option("--file", "file", type=click.Path(path_type=Path), help="A CSV or XLSX of names instead of the register.")
@click.option("--column", default="name", show_default=True, help="Its column of names.")
@click.option("--county", default="", help="Only this county (6 digits).")
@click.option("--out", default="-", help="File to write (CSV); - is standard output.")
@as_option
@lang_option
@refusals_in_one_line
def alike(*, name: str, file: Path | None, column: str, county: str, out: str, acting: str, lang: str) -> None:
    """Print who is called alike: the streets like NAME, else all pairs of the county or of a file.

    Example: geo-app street alike --file names.csv --column 名称 --out alike.csv
    """
    rows = _alike_in_file(file, column) if file else _alike_in_register(name, county, acting)
    write_list(
        out, ("name", "other", "kind", "severity", "reason"), [(*row, render(word, lang)) for *row, word in rows]
    )


@click.command("propose")
@click.argument("name")
@click.argument("division")
@click.argument("points")
@click.option("--pinyin", default="", help="Roman spelling with tones; default: by the rules.")
@click.option("--location", default="", help="Where it runs, in words: for the public notice.")
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def propose(
    *, name: str, division: str, points: str, pinyin: str, location: str, reason: str, acting: str, lang: str
) -> None:
    """Draw a street and propose its NAME; DIVISION is the code of its township, POINTS are lon,lat pairs.

    Example: geo-app street propose 新河路 511111100 "103.548,29.416 103.554,29.416" --as planner1
    """
    line = line_of(points)
    with deciding(acting, reason) as (register, decision):
        made = draw_street(register, StreetDrawing(name, division, [line], "street", pinyin, location), decision)
    click.echo(render(Message(DRAWN, {"street": made}), lang))


def line_of(points: str) -> shapely.LineString:
    """Return the line of lon,lat pairs with blanks between. Raises BadParameter."""
    try:
        return shapely.LineString([tuple(map(float, pair.split(","))) for pair in points.split()])
    except (ValueError, shapely.errors.GEOSException) as wrong:
        raise click.BadParameter(points) from wrong


def _alike_in_register(name: str, county: str, acting: str) -> Iterator[tuple[str, str, str, str, Message]]:
    with deciding(acting, "") as (register, _):
        for code in [county] if county else register.street_names.counties():
            if name:
                for one in alike_names(register, code, name):
                    yield name, one.street.name, one.likeness.value, one.likeness.severity, one.likeness.word
            else:
                for pair in alike_streets(register, code):
                    why = pair.likeness
                    yield pair.one.name, pair.other.name, why.value, why.severity, why.word


def _alike_in_file(file: Path, column: str) -> Iterator[tuple[str, str, str, str, Message]]:
    names = [name.strip() for name in read_table(file, {"name": column}).columns["name"] if name and name.strip()]
    for pair in alike_pairs(names):
        why = pair.likeness
        yield names[pair.one], names[pair.other], why.value, why.severity, why.word
