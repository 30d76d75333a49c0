"""The rows of the access table: read, proposed, printed (`python -m tests.access.rows`)."""

import csv
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.routing.converters import NumberConverter

from geo_app.app import create_app
from geo_app.domain.access_roles import PERMISSIONS, Permission, Role
from geo_app.persistence.database import Database, Logins
from geo_app.settings import Settings
from geo_app.web.permission import PUBLIC, SIGNED_IN, need_of

TABLE = Path(__file__).with_name("expected.csv")
CALLERS = ("anonymous", "disabled", "expired", "unfinished", *(role.value for role in Role))
HEAD = ("route", "method", "relation", *CALLERS)
NO_AREA = "-"
RELATIONS = ("own", "within", "neighbour", "other")
OWNERS = ("mine", "another")
OPEN_TO_UNFINISHED = {"sign_in.second_factor", "sign_in.keep_second_factor", "sign_in.sign_out"}


@dataclass(frozen=True, order=True)
class Route:
    """One method of one route, with the endpoint that answers."""

    rule: str
    method: str
    endpoint: str


def routes(app: Flask) -> list[Route]:
    found = [
        Route(rule.rule, method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        if not rule.endpoint.endswith("static")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    ]
    return sorted(found)


def stand_in(rule: Rule) -> dict[str, object]:
    """Return path arguments that fit the rule's converters and mean nothing in the register."""
    return {
        name: 999_999_999 if isinstance(converter, NumberConverter) else "x"
        for name, converter in rule._converters.items()
    }


def read() -> dict[tuple[str, str, str], dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row["route"], row["method"], row["relation"]): row for row in csv.DictReader(file)}


def missing(app: Flask) -> list[Route]:
    known = {key[:2] for key in read()}
    return [route for route in routes(app) if (route.rule, route.method) not in known]


def obsolete(app: Flask) -> list[tuple[str, str, str]]:
    living = {(route.rule, route.method) for route in routes(app)}
    return [key for key in read() if key[:2] not in living]


def proposed(app: Flask, route: Route) -> list[str]:
    """Return the row that the declared permission suggests."""
    need = need_of(app, route.endpoint).permission
    stranger = "ok" if need == PUBLIC else "401"
    unfinished = "ok" if route.endpoint in OPEN_TO_UNFINISHED else stranger
    roles = ["ok" if need in {PUBLIC, SIGNED_IN} or Permission(need) in PERMISSIONS[role] else "403" for role in Role]
    return [route.rule, route.method, NO_AREA, stranger, stranger, stranger, unfinished, *roles]


def write(rows: list[dict[str, str]]) -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEAD, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: (row["route"], row["method"], row["relation"])))


def main() -> None:
    if "--sort" in sys.argv:
        write(list(read().values()))
        return
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(Path(folder)), Database(Logins("", "", "")))
        for route in missing(app):
            print(",".join(proposed(app, route)))
        for key in obsolete(app):
            print("# no such route:", *key)


if __name__ == "__main__":
    main()
