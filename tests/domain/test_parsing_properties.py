"""What holds for any text whatever: nothing is lost, nothing counted twice, nothing raises, work is bounded."""

from hypothesis import example, given
from hypothesis import strategies as st

from geo_app.domain.cleaning import LONGEST, clean, comparable
from geo_app.domain.parsing import Gazetteer, parse
from geo_app.exchange.parsing_divisions import china

EMPTY = Gazetteer.of()
PIECES = [
    "四川省",
    "乐山市",
    "沙湾区",
    "沙湾",
    "铜河街道",
    "沙湾镇",
    "新都村",
    "绥山社区",
    "5组",
    "六社",
    "沫若大道",
    "南段",
    "铜河路",
    "二段",
    "与",
    "茶溪路",
    "交叉口",
    "文化巷",
    "12巷",
    "3弄",
    "5衖",
    "24鄰",
    "里",
    "12號",
    "12号",
    "附3号",
    "之3",
    "-2",
    "12-16号",
    "临",
    "沫若小区",
    "翡翠城",
    "一期",
    "A区",
    "3幢",
    "A座",
    "3号楼",
    "综合楼",
    "2单元",
    "五楼",
    "五樓",
    "負一层",
    "B1",
    "501室",
    "501",
    "3-2-501",
    "旁边",
    "对面50米",
    "(",
    "）",
    "【",
    ",",
    "，",
    "/",
    "-",
    "—",
    "张三",
    "13800138000",
    "收货地址:",
    "请放门卫",
    "我想问一下",
    "桃園市",
    "中壢區",
    "中信里",
    "地下室",
    "㈠",
    "①",
    "ﷺ",
    "Ａ",
    "ß",
    "\u200f",
    "\u202e",
    "\x00",
    "\ue42e",
    "?",
    "号",
    "路",
    "街",
    "村",
    "楼",
    "第",
    "之",
    "附",
]
written = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from([*PIECES, " ", "　"]), max_size=14).map("".join),
    st.text(alphabet="一二三十0129号楼路街村组-之附第里鄰段巷弄栋 室层AB(（、", max_size=40),
)


def holds_together(text, parsed):
    before = 0
    held = []
    for element in parsed.elements:
        assert before <= element.start < element.end <= len(text)
        assert text[element.start : element.end] == element.text
        held.append(text[before : element.start])
        before = element.end
    held.append(text[before:])
    left = [character for piece in held for character in piece if not character.isspace()]
    assert left == [character for character in parsed.rest if not character.isspace()]


@given(written)
@example("ﷺﷺ号")
@example("㈠㈠号12㈠")
@example("12-")
def test_every_character_that_is_no_blank_stands_in_one_element_or_in_the_rest(text):
    for gazetteer in (EMPTY, china()):
        holds_together(text, parse(text, gazetteer))


@given(written)
def test_cleaning_keeps_the_place_of_each_character(text):
    cleaned = clean(text)
    assert len(cleaned.text) == len(cleaned.origin)
    assert list(cleaned.origin) == sorted(cleaned.origin)
    assert clean(cleaned.text).text == cleaned.text


@given(written)
def test_the_comparable_spelling_of_a_comparable_spelling_is_itself(text):
    assert comparable(comparable(text)) == comparable(text)


@given(written)
def test_parsing_twice_gives_the_same(text):
    assert parse(text, china()) == parse(text, china())


@given(st.sampled_from("号(路1一村组-之A\u202e院段楼"), st.integers(1, 10_000))
def test_of_a_line_without_end_only_the_beginning_is_read(character, length):
    text = character * length
    parsed = parse(text, china())
    holds_together(text, parsed)
    assert all(element.end <= LONGEST for element in parsed.elements)


pieces = {
    "divisions": [
        "",
        "沙湾区",
        "乐山沙湾",
        "四川省乐山市沙湾区铜河街道",
        "沙湾区嘉农镇",
        "北京市朝阳区",
        "桃園市中壢區",
    ],
    "place": ["铜河路", "沫若大道南段", "人民南路四段", "新都村5组", "中山路二段12巷3弄", "正街", "五九0街"],
    "number": ["", "12号", "12号附3号", "12之3號", "12A号", "12-16号", "１２号"],
    "estate": ["", "沫若小区", "翡翠城一期", "德胜广场"],
    "inside": ["", "3幢2单元501室", "A座5楼", "3-2-501", "负一层", "三樓之2"],
}


@given(st.tuples(*map(st.sampled_from, pieces.values())).map("".join))
def test_the_standard_text_is_read_as_it_was_written(text):
    written = parse(text, china()).standard_text
    assert parse(written, china()).standard_text == written
