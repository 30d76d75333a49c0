import pytest
from flask import Flask

from geo_app.domain.access_roles import Role
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


def test_the_start_page_says_what_to_do_first_on_an_empty_register(client_as):
    page = client_as(Role.PLANNER).get("/").text
    assert "标准地址与门楼牌管理" in page
    assert "尚未登记任何街路巷" in page


def test_the_language_switch_returns_to_the_page_and_never_elsewhere(client):
    assert client.get("/language/en?next=/streets%3Fpage%3D2").location == "/streets?page=2"
    assert 'lang="en"' in client.get("/nowhere").text
    for outside in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "streets"):
        assert client.get("/language/zh", query_string={"next": outside}).location == "/"
    assert client.get("/language/xx").status_code == 404


def test_no_page_of_the_frame_carries_style_or_script_inside(client_as):
    page = client_as(Role.PLANNER).get("/").text
    assert "<style" not in page
    assert " style=" not in page
    assert "<script>" not in page
