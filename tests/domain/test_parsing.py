"""Addresses taken apart: each kind and convention of the file contract, written as `kind:text`."""

import pytest

from geo_app.domain.parsing import Gazetteer, parse
from geo_app.domain.parsing_gazetteer import KnownDivision
from geo_app.exchange.parsing_divisions import china

EMPTY = Gazetteer.of()


def taken(text, gazetteer=None):
    return " ".join(f"{e.kind}:{e.text}" for e in parse(text, gazetteer or china()).elements)


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("四川省乐山市沙湾区铜河街道", "province:四川省 city:乐山市 county:沙湾区 township:铜河街道"),
        ("嘉农镇新都村5组6号", "township:嘉农镇 village:新都村 road:5组 door:6号"),
        ("沫若大道南段8号附2号", "road:沫若大道南段 door:8号附2号"),
        ("铜河路12号3号", "road:铜河路 door:12号 building:3号"),
        ("茶溪路文化巷3号", "road:茶溪路 subroad:文化巷 subdoor:3号"),
        ("铜河路与茶溪路交叉口", "road:铜河路 assist:与 subroad:茶溪路 assist:交叉口"),
        ("沫若小区一期3幢2单元5楼501室", "estate:沫若小区 subestate:一期 building:3幢 unit:2单元 floor:5楼 room:501室"),
        ("沫若小区3-2-501", "estate:沫若小区 building:3 redundant:- unit:2 redundant:- room:501"),
        ("沙湾区人民医院对面", "county:沙湾区 estate:人民医院 assist:对面"),
        ("牛石镇五九0街85号", "township:牛石镇 road:五九0街 door:85号"),
        ("高新区天府二街138号A座", "devzone:高新区 road:天府二街 door:138号 building:A座"),
        ("李小明 13990612345 铜河路12号", "person:李小明 other:13990612345 road:铜河路 door:12号"),
        ("收货地址：铜河路12号", "redundant:收货地址： road:铜河路 door:12号"),
        ("沙湾区沙湾区铜河路", "county:沙湾区 redundant:沙湾区 road:铜河路"),
        ("G213国道1568公里处", "road:G213国道 assist:1568公里处"),
    ],
)
def test_the_kinds_are_those_of_the_contract(text, elements):
    assert taken(text) == elements


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        (
            "桃園市中壢區中信里24鄰中山路二段12巷3弄1之3號二樓之3",
            (
                "city:桃園市 county:中壢區 village:中信里 other:24鄰 road:中山路二段 subroad:12巷 subroad:3弄"
                " door:1之3號 floor:二樓 room:之3"
            ),
        ),
        ("金門縣金城鎮古城里21鄰2號", "county:金門縣 township:金城鎮 village:古城里 road:21鄰 door:2號"),
    ],
)
def test_the_forms_of_the_taiwan_region(text, elements):
    assert taken(text) == elements
    assert taken(text, EMPTY) == elements


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("乐山沙湾茶溪路12号", "city:乐山 county:沙湾 road:茶溪路 door:12号"),
        ("北京路12号", "road:北京路 door:12号"),
        ("乐山师范学院", "estate:乐山师范学院"),
        ("杭州余杭五常大道168号", "city:杭州 county:余杭 road:五常大道 door:168号"),
        ("唐山市路北区新华西道17号", "city:唐山市 county:路北区 road:新华西道 door:17号"),
    ],
)
def test_a_short_name_is_a_division_only_where_the_context_says_so(text, elements):
    assert taken(text) == elements


def test_a_place_in_no_list_is_known_by_its_form():
    text = "白云省青山市绿水县红旗镇东风村3组"
    kinds = "province:白云省 city:青山市 county:绿水县 township:红旗镇 village:东风村 road:3组"
    assert taken(text, EMPTY) == kinds


def test_the_registers_own_names_come_before_the_form():
    named = Gazetteer.of(streets=["南门外河坎"], estates=["老地委"])
    assert taken("南门外河坎12号", named) == "road:南门外河坎 door:12号"
    assert taken("老地委3栋", named) == "estate:老地委 building:3栋"


def test_what_is_no_address_is_left_in_the_rest():
    parsed = parse("今天天气很好，你在哪里", china())
    assert parsed.elements == ()
    assert parsed.rest == "今天天气很好，你在哪里"


def test_the_parts_are_values_apart():
    parts = parse("沙灣區銅河路二段十二號附３號五樓501室", china()).parts
    assert (parts.road, parts.section, parts.number, parts.sub_number) == ("铜河路", "2", 12, "3")
    assert (parts.floor, parts.room, parts.county) == (5, "501", "沙湾区")


@pytest.mark.parametrize(("text", "floor"), [("负一楼", -1), ("B2", -2), ("地下室", -1), ("三层", 3)])
def test_a_floor_is_signed(text, floor):
    assert parse(f"铜河路12号{text}", EMPTY).parts.floor == floor


def test_a_range_ends_on_the_same_side_of_the_street():
    assert parse("铜河路12-16号", EMPTY).parts.number_last == 16
    assert parse("铜河路12-3号", EMPTY).parts.sub_number == "3"


def test_the_standard_text_completes_the_divisions_that_are_sure():
    assert parse("沙湾区茶溪路126号之2", china()).standard_text == "四川省乐山市沙湾区茶溪路126号附2号"
    assert parse("朝阳区建国路1号", china()).standard_text == "朝阳区建国路1号"


@pytest.mark.parametrize(
    "text",
    [
        "四川省乐山市沙湾区铜河街道沫若大道南段139号附2号",
        "沙湾区嘉农镇新都村5组6号",
        "铜河路二段12巷3弄5号沫若小区3幢2单元501室",
        "桃園市中壢區中信里24鄰中山路二段12巷3弄1之3號二樓之3",
        "铜河路12号负一层",
    ],
)
def test_the_standard_text_of_a_standard_text_is_itself(text):
    written = parse(text, china()).standard_text
    assert parse(written, china()).standard_text == written


def test_the_offsets_are_those_of_the_line_as_given():
    parsed = parse("\u200b铜 河 路 １２ 號", EMPTY)
    assert [(e.text, e.start, e.end) for e in parsed.elements] == [("铜 河 路", 1, 6), ("１２ 號", 7, 11)]


def test_a_division_of_the_register_is_known_to_the_village():
    gazetteer = Gazetteer.of([KnownDivision("511111001201", 5, "新都村村民委员会")])
    assert taken("新都村12号", gazetteer) == "village:新都村 door:12号"
