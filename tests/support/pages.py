"""Every page that one can link to, with something behind each of its path arguments."""

from collections.abc import Iterator

from apiflask import APIFlask

from geo_app.persistence.register import Register
from tests.access.estate_targets import estate
from tests.access.rows import routes
from tests.access.targets import account, address, file_to_load, imported, job, plan, street
from tests.support.example_register import TOWNSHIP


def make_known(register: Register, owner: int) -> dict[str, object]:
    """Write something for each path argument, in the example's township; jobs belong to account `owner`."""
    found: dict[str, object] = {"path": "tutorial", "code": "zh", "layer": "streets", "zoom": 14, "x": 12904, "y": 6742}
    for make in (street, plan(0), address(), imported, account(), file_to_load):
        found |= make(register, TOWNSHIP).arguments
    found |= estate()(register, TOWNSHIP).arguments
    division = register.streets.division_of(TOWNSHIP)
    assert division is not None
    return found | {"division_id": division[0]} | job()(register, owner).arguments


def pages(app: APIFlask, known: dict[str, object]) -> Iterator[str]:
    """Yield the address of each page."""
    adapter = app.url_map.bind("localhost")
    rules = {(rule.rule, rule.endpoint): rule for rule in app.url_map.iter_rules()}
    for route in routes(app):
        if route.method == "GET" and not route.rule.startswith("/api/"):
            names = rules[route.rule, route.endpoint].arguments
            yield adapter.build(route.endpoint, {name: known.get(name, 1) for name in names})
