"""How far the headers of proxies are believed."""

from dataclasses import replace

import pytest

from geo_app.app import create_app
from geo_app.web.context import remote
from geo_app.web.permission import public

FORWARDED = "203.0.113.9, 198.51.100.7, 192.0.2.1"


@pytest.fixture
def seen(settings, database):
    """Return a function (number of proxies, X-Forwarded-For) → the address that the application sees."""

    def ask(proxies, forwarded):
        app = create_app(replace(settings, proxies=proxies), database)

        @public
        def where():
            return {"remote": remote()}

        app.add_url_rule("/where", view_func=where, endpoint="where")
        return app.test_client().get("/where", headers={"X-Forwarded-For": forwarded}).json["remote"]

    return ask


def test_without_proxies_nobody_can_say_where_they_come_from(seen):
    assert seen(0, FORWARDED) == "127.0.0.1"


@pytest.mark.parametrize(("proxies", "address"), [(1, "192.0.2.1"), (2, "198.51.100.7"), (3, "203.0.113.9")])
def test_each_trusted_proxy_is_looked_through(seen, proxies, address):
    assert seen(proxies, FORWARDED) == address


def test_what_is_no_address_counts_as_none(seen):
    assert seen(1, "unknown") is None
