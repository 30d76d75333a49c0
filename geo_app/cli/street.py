"""`geo-app street`: names spelled, compared and proposed; changes of streets from their list to their undoing."""

import click

from geo_app.cli.street_changes import COMMANDS
from geo_app.cli.street_names import alike, propose, spell


@click.group()
def street() -> None:
    """Name, compare and change streets.

    \b
    Example:
      geo-app street alike 新华路
      geo-app street rename 铜河路 新河路 --out list.csv
      geo-app street rename 铜河路 新河路 --submit --reason 发文 --as planner1
      geo-app street approve 1 --as reviewer1
    """  # noqa: D301  click's own mark keeps the lines


for command in (spell, alike, propose, *COMMANDS):
    street.add_command(command)
