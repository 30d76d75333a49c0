import pytest
from flask import Flask

from geo_app.web.permission import RouteWithoutPermission, check_routes


def test_the_server_says_that_it_lives_and_can_work(client):
    assert client.get("/live").json == {"alive": True}
    assert client.get("/ready").json == {"ready": True}


def test_a_missing_page_is_refused_in_the_readers_language(client):
    assert "Content-Security-Policy" in client.get("/nowhere").headers
    assert client.get("/api/nowhere", headers={"Accept-Language": "en"}).json["message"].startswith("This page")


def test_a_route_without_a_permission_keeps_the_application_from_starting():
    app = Flask("bare")
    app.add_url_rule("/open", view_func=lambda: "", endpoint="open")
    with pytest.raises(RouteWithoutPermission, match="open"):
        check_routes(app)
