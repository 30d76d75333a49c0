"""The private database server: start, stop, status, upgrade."""

import click

from geo_app.cli.database import open_database, refusals_in_one_line
from geo_app.persistence import embedded
from geo_app.settings import Settings


@click.group()
def db() -> None:
    """Start, stop and upgrade the private database server.

    Example: geo-app db status
    """


def _cluster(settings: Settings) -> embedded.Cluster:
    return embedded.cluster_at(settings.home, binaries=settings.postgres_bin)


@db.command()
@refusals_in_one_line
def start() -> None:
    """Start the server (made on the first call) and bring the schema up to date."""
    with open_database() as database:
        click.echo(database.logins.app)


@db.command()
@refusals_in_one_line
def stop() -> None:
    """Stop the server; what was not committed is rolled back."""
    embedded.stop(_cluster(Settings.from_env()))
    click.echo("stopped")


@db.command()
@refusals_in_one_line
def status() -> None:
    """Tell whether the server runs, and where its data are."""
    cluster = _cluster(Settings.from_env())
    click.echo(f"{'running' if embedded.is_running(cluster) else 'stopped'}  {cluster.data}")


@db.command()
@refusals_in_one_line
def upgrade() -> None:
    """Bring the schema up to date."""
    with open_database():
        click.echo("up to date")
