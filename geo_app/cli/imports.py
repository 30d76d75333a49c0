"""`geo-app imports`: what was loaded, and how to take it back."""

import click

from geo_app.cli.acting import acting, moment
from geo_app.cli.database import lang_option, open_database, refusals_in_one_line
from geo_app.domain.message import Message, marked
from geo_app.exchange.language import render
from geo_app.persistence.paging import Paging
from geo_app.services.imports_undo import imports_page, undo_import

UNDONE = marked("Import {number} is undone: {removed} rows removed, {restored} restored.")
SHOWN = 50


@click.group()
def imports() -> None:
    """List the imports, and undo one as a whole.

    Example: geo-app imports undo 12 --reason "wrong reference system"
    """


@imports.command("list")
@click.option("--county", default="", help="Only imports into counties whose code begins so.")
@click.option("--page", type=click.IntRange(min=1), default=1)
@click.option("--as", "acting_name", default="local_operator", show_default=True, help="The acting account.")
@refusals_in_one_line
def list_imports(county: str, page: int, acting_name: str) -> None:
    """Print number, time, layer, file, state and rows (added, corrected, unchanged, left out) of each import."""
    with open_database() as database, database.transaction() as register:
        at = moment()
        who = acting(register, acting_name, at, "")
        for one in imports_page(register, who, county, Paging(page, SHOWN), at.day).items:
            counts = f"{one.counts.added}\t{one.counts.corrected}\t{one.counts.unchanged}\t{one.counts.refused}"
            when = one.started_at.astimezone().isoformat(" ", "minutes")
            click.echo(f"{one.id}\t{when}\t{one.county_code}\t{one.layer}\t{one.file_name}\t{one.status}\t{counts}")


@imports.command()
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why it is taken back.")
@click.option("--as", "acting_name", default="local_operator", show_default=True, help="The acting account.")
@lang_option
@refusals_in_one_line
def undo(*, number: int, reason: str, acting_name: str, lang: str) -> None:
    """Take import NUMBER back: what it added goes, what it corrected stands as before."""
    with open_database() as database:
        at = moment()
        with database.transaction() as register:
            who = acting(register, acting_name, at, reason)
            removed, restored = undo_import(register, who, number, at.day)
    values = {"number": number, "removed": removed, "restored": restored}
    click.echo(render(Message(UNDONE, values), lang))
