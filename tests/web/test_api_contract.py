"""The contract that programs read: every route of the API, what it takes, what it answers, how it refuses."""

import re

import pytest

NAMES = {"streets_api", "numbering_api", "addresses_api", "divisions_api"}


@pytest.fixture
def spec(app):
    with app.app_context():
        return app.spec


def operations(spec):
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            if method in {"get", "post", "put", "patch", "delete"} and path.startswith("/api/v1/"):
                yield path, method, operation


def test_every_route_of_the_register_is_in_the_contract(app, spec):
    routes = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in NAMES
    }
    assert routes <= set(spec["paths"])


def test_every_route_says_how_it_refuses(spec):
    for path, method, operation in operations(spec):
        answers = set(operation["responses"])
        assert {"401", "403"} <= answers, (method, path)
        if method in {"put", "patch", "delete"}:
            assert {"409", "428"} <= answers, (method, path)
            assert "If-Match" in [parameter["name"] for parameter in operation["parameters"]]
        if "requestBody" in operation:
            assert {"400", "422"} <= answers, (method, path)


def test_every_reference_of_the_contract_leads_somewhere(spec):
    def references(node):
        if isinstance(node, dict):
            yield from ([node["$ref"]] if isinstance(node.get("$ref"), str) else [])
            for value in node.values():
                yield from references(value)
        elif isinstance(node, list):
            for value in node:
                yield from references(value)

    for reference in set(references(spec)):
        place = spec
        for part in reference.removeprefix("#/").split("/"):
            assert part in place, reference
            place = place[part]


def test_names_of_the_contract_are_ones_that_tools_accept(spec):
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) for name in spec["components"]["schemas"])
