"""The command line: a few lines a command, the file contracts of the manual's reference."""

import importlib
from typing import ClassVar

import click


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is called, so that `--help` is quick."""

    modules: ClassVar[dict[str, str]] = {
        "case": "geo_app.cli.case",
        "audit": "geo_app.cli.audit",
        "db": "geo_app.cli.db",
        "demo": "geo_app.cli.demo",
        "doctor": "geo_app.cli.doctor",
        "estate": "geo_app.cli.estate",
        "export": "geo_app.cli.export",
        "imports": "geo_app.cli.imports",
        "load-addresses": "geo_app.cli.load",
        "load-buildings": "geo_app.cli.load",
        "load-divisions": "geo_app.cli.load",
        "conformance": "geo_app.cli.conformance",
        "load-entrances": "geo_app.cli.load",
        "load-outlines": "geo_app.cli.load",
        "load-streets": "geo_app.cli.load",
        "number": "geo_app.cli.numbering",
        "parse": "geo_app.cli.parsing",
        "plan": "geo_app.cli.plan",
        "street": "geo_app.cli.street",
        "serve": "geo_app.cli.serve",
        "suite": "geo_app.cli.suite",
        "users": "geo_app.cli.users",
        "village": "geo_app.cli.village",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all command names, imported or not."""
        return sorted({*super().list_commands(ctx), *self.modules})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of `cmd_name` and return the command of that name in it."""
        module = self.modules.get(cmd_name)
        if module is None:
            return super().get_command(ctx, cmd_name)
        command = getattr(importlib.import_module(module), cmd_name.replace("-", "_"))
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Plan door numbers, keep the address register, load and export files."""


if __name__ == "__main__":
    main()
