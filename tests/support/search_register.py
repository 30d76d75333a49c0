"""A small register to search in: streets of two towns, an estate with rooms, a Taiwan town; and short ways."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from geo_app.domain.access import Grant
from geo_app.domain.access_roles import Role
from geo_app.domain.imports import Layer
from geo_app.exchange.language import render
from geo_app.services.imports_addresses import import_addresses
from geo_app.services.search import match_texts
from geo_app.services.search_places import KnownPlaces
from tests.support.imports import new_actor, no_one, order, place, table_file

HEAD = "四川省乐山市沙湾区"
TEXTS = (
    *(f"{HEAD}沙湾镇铜河路{number}号" for number in (1, 2, 3, 12, 14, 128)),
    *(f"{HEAD}沙湾镇沫若大道{number}号" for number in (1, 2, 9)),
    *(f"{HEAD}嘉农镇铜河路{number}号" for number in (12, 300)),
    f"{HEAD}沙湾镇铜河路12号附3号",
    f"{HEAD}沙湾镇铜河路20号",
    f"{HEAD}沙湾镇铜河路20号阳光花园",
    *(f"{HEAD}沙湾镇铜河路20号阳光花园{n}幢" for n in (1, 3)),
    *(f"{HEAD}沙湾镇铜河路20号阳光花园3幢{unit}单元{room}室" for unit in (1, 2) for room in (101, 501)),
)
TAIWAN = (
    *(f"桃園市八德區大勇里1鄰忠勇二街{number}號" for number in (28, 30)),
    "桃園市八德區大勇里1鄰忠勇二街30號七樓",
    "桃園市八德區大勇里1鄰忠勇二街30號七樓之2",
    *(f"桃園市中壢區新街里4鄰中山路{section}段21巷5號" for section in "一二"),
    "桃園市中壢區新街里4鄰中山路一段8之1號",
    *(f"金門縣烈嶼鄉上林村{group}鄰{number}號" for group, number in ((2, 45), (3, 45), (3, 7))),
)


def load_texts(register, folder, texts=TEXTS, county="511111"):
    """Load texts as current addresses, some metres apart."""
    rows = []
    for number, text in enumerate(texts):
        lon, lat = place(20.0 * number, 10.0)
        rows.append(f"{text},{lon},{lat}")
    path = table_file(folder / f"{county}.csv", "text,lon,lat", *rows)
    told = order(Layer.ADDRESSES, path, text="text", county=county)
    actor = new_actor(register, f"importer {uuid4().hex}")
    return import_addresses(register, _everywhere(actor), told, no_one)


def _everywhere(actor):
    grants = tuple(Grant(Role.PLANNER, code, date(2020, 1, 1)) for code in ("511111", "710000"))
    return replace(actor, grants=grants)


@pytest.fixture
def searched(register, tmp_path):
    """The register's addresses as a text is answered: grade, text, reasons in English."""
    load_texts(register, tmp_path)
    load_texts(register, tmp_path, TAIWAN, "710000")
    known = KnownPlaces()

    def search(text):
        [answer] = match_texts(register, known, [text])
        shown = answer.best.row.text if answer.best else ""
        return answer.grade.value, shown, [render(one, "en") for one in answer.reasons]

    search.known = known
    search.answers = lambda *texts: match_texts(register, known, texts)
    return search
