import pytest

from geo_app.domain.address_columns import column, local_texts, read_numbers
from geo_app.domain.address_elements import ABSENT, AddressElements, DivisionNames, HouseNumber, Label
from geo_app.domain.address_text import local_text

DIVISIONS = DivisionNames("四川省", "乐山市", "沙湾区", "沙湾镇", "罗一村")
ROWS = [
    ({"street": "铜河路", "number": "12附3"}, {"street": "铜河路", "number": HouseNumber(12, "", 3)}),
    ({"group": "3组", "number": "25"}, {"group": "3组", "number": HouseNumber(25)}),
    (
        {"street": "铜河路", "number": "12A", "building": "3幢", "unit": "2单元", "floor": "5", "room": "501室"},
        {
            "street": "铜河路", "number": HouseNumber(12, "A"), "building": Label("3", "幢"),
            "unit": Label("2", "单元"), "floor": 5, "room": Label("501", "室"),
        },
    ),
    (
        {"estate": "春晓苑", "building": "1幢", "floor": "-1", "room": "101室"},
        {"estate": "春晓苑", "building": Label("1", "幢"), "floor": -1, "room": Label("101", "室")},
    ),
]  # fmt: skip
LEVELS = ("street", "group", "number", "estate", "building", "unit", "floor", "room")


def test_texts_of_columns_are_those_the_formatter_writes_row_by_row():
    given = {level: column([columns.get(level, "") for columns, _ in ROWS]) for level in LEVELS}
    numbers = read_numbers(given["number"], column([""] * len(ROWS)))
    village = column(["罗一村"] * len(ROWS))
    texts = local_texts(given | {"number": numbers.written, "village": village})
    single = [
        local_text(AddressElements(DIVISIONS, **{level: elements.get(level, ABSENT) for level in LEVELS}))
        for _, elements in ROWS
    ]
    assert texts.tolist() == single


@pytest.mark.parametrize(
    ("number", "read"),
    [
        ("12-16", ("12", "16", "", "", False)),
        ("12-15", ("12", "", "", "15", False)),
        ("0", ("", "", "", "", True)),
        ("10000", ("", "", "", "", True)),
        ("附3", ("", "", "", "", True)),
        ("", ("", "", "", "", False)),
    ],
)
def test_numbers_are_read_as_a_wall_is(number, read):
    found = read_numbers(column([number]), column([""]))
    assert (found.number[0], found.last[0], found.suffix[0], found.sub_number[0], bool(found.bad[0])) == read
