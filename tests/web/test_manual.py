import pytest


def test_the_manual_shows_a_page_with_its_contents_beside(client):
    page = client.get("/docs/how-to/planning-board.md")
    assert page.status_code == 200
    assert "<h1>在编号工作台给一条街路巷编号</h1>" in page.text
    assert "<table>" in page.text
    assert "/docs/glossary.md" in page.text


def test_the_manual_begins_at_its_first_page(client):
    assert client.get("/docs/").location == "/docs/tutorial.md"


@pytest.mark.parametrize(
    "path", ["../app.py", "%2e%2e/app.py", "..%2fapp.py", "how-to/../../app.py", "how-to", "nothing.md", "/etc/passwd"]
)
def test_nothing_but_pages_of_the_manual_is_served(client, path):
    assert client.get(f"/docs/{path}").status_code in {404, 308}
    assert "create_app" not in client.get(f"/docs/{path}", follow_redirects=True).text


def test_a_page_is_shown_in_the_readers_language_where_there_is_one(client, tmp_path, monkeypatch):
    monkeypatch.setattr("geo_app.web.manual.FOLDER", tmp_path)
    (tmp_path / "a.md").write_text("# 甲\n<b>粗</b>", encoding="utf-8")
    (tmp_path / "a.en.md").write_text("# One", encoding="utf-8")
    assert "<h1>One</h1>" in client.get("/docs/a.md", headers={"Accept-Language": "en"}).text
    chinese = client.get("/docs/a.md", headers={"Accept-Language": "zh"}).text
    assert "<h1>甲</h1>" in chinese
    assert "<b>" not in chinese
    assert "a.en.md" not in chinese


def test_the_pictures_of_the_manual_are_served_and_nothing_beside_them(client):
    with client.get("/docs/images/suite/ring.svg") as picture:
        assert (picture.status_code, picture.mimetype) == (200, "image/svg+xml")
    page = client.get("/docs/how-to/difficult-streets.md").get_data(as_text=True)
    assert 'src="../images/suite/ring.svg"' in page
    for path in ("images/none.svg", "images/../../app.py", "images/../contributing.svg"):
        assert client.get(f"/docs/{path}").status_code == 404
