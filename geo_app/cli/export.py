"""`geo-app export`: a layer of the register into a file."""

from datetime import datetime
from pathlib import Path

import click

from geo_app.cli.acting import acting, moment, rows_bar
from geo_app.cli.database import lang_option, open_database, refusals_in_one_line
from geo_app.domain.exports import ExportLayer, ExportRequest
from geo_app.domain.message import Message, marked
from geo_app.exchange.export import format_for
from geo_app.exchange.language import render
from geo_app.services.exports import export_layer

SUMMARY = marked("{rows} rows written to {name}.")


@click.command(epilog="Example: geo-app export addresses addresses.gpkg --county 511111")
@click.argument("layer", type=click.Choice([layer.value for layer in ExportLayer]))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--county", default="", help="Only this county (6 digits).")
@click.option("--division", default="", help="Only this division (its code).")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="As it was on this day; default: as it stands.")
@click.option("--as", "acting_", default="local_operator", show_default=True, help="The acting account.")
@lang_option
@refusals_in_one_line
def export(
    *, layer: str, file: Path, county: str, division: str, as_of: datetime | None, acting_: str, lang: str
) -> None:
    """Write LAYER into FILE: .gpkg, .geojson, .csv, .excel.csv or .xlsx, by its ending; whole or not at all."""
    format_for(file)
    request = ExportRequest(ExportLayer(layer), division or county, as_of.date() if as_of else None)
    with open_database() as database:
        at = moment()
        with database.transaction() as register, rows_bar() as tell:
            who = acting(register, acting_, at, f"export {layer} {file.name}")
            rows = export_layer(register, who, request, (file, lang, at.day), tell)
    click.echo(render(Message(SUMMARY, {"rows": rows, "name": file.name}), lang))
