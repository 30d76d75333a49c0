import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, box

from geo_app.domain.division import (
    Division,
    DivisionCode,
    DivisionCodeMalformed,
    DivisionKind,
    Level,
    Outline,
    parse_code,
)
from geo_app.domain.division_containment import ContainmentKind, check_codes, check_outline_within, check_overlaps

LEVELS = [
    ("51", Level.PROVINCE),
    ("5111", Level.CITY),
    ("511111", Level.COUNTY),
    ("511111002", Level.TOWNSHIP),
    ("511111002001", Level.VILLAGE),
    ("511111002001007", Level.GRID_CELL),
]


@pytest.mark.parametrize(("text", "level"), LEVELS)
def test_the_number_of_digits_tells_the_level(text, level):
    assert parse_code(text).level is level


@pytest.mark.parametrize(
    ("padded", "short"), [("510000", "51"), ("511100", "5111"), ("511111000000", "511111"), (" 511111 ", "511111")]
)
def test_codes_padded_with_zeros_are_shortened(padded, short):
    assert str(parse_code(padded)) == short


@pytest.mark.parametrize(
    "text", ["", "5", "511", "51111", "51A111", "５１", "001111", "511111000", "5111110020010", "-511111"]
)
def test_what_is_no_code_is_refused(text):
    with pytest.raises(DivisionCodeMalformed):
        parse_code(text)


def test_each_code_has_its_parent_up_to_the_province():
    chain = [parse_code("511111002001007")]
    while chain[-1].parent:
        chain.append(chain[-1].parent)
    assert [str(code) for code in chain] == [text for text, _ in reversed(LEVELS)]


def test_a_town_of_a_city_without_counties_lies_in_the_city():
    assert parse_code("441900003").parent == parse_code("4419")
    assert parse_code("441900003").lies_in(parse_code("4419"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("511111002", DivisionKind.SUBDISTRICT),
        ("511111100", DivisionKind.TOWN),
        ("511111204", DivisionKind.RURAL_TOWNSHIP),
        ("511111400", DivisionKind.TOWNSHIP_LIKE),
        ("511111600", DivisionKind.UNKNOWN),
        ("511111002001", DivisionKind.COMMUNITY),
        ("511111002200", DivisionKind.VILLAGE),
        ("511111002498", DivisionKind.VILLAGE_LIKE),
        ("511111", DivisionKind.COUNTY),
    ],
)
def test_the_code_range_tells_the_kind(text, kind):
    """Ranges of GB/T 10114-2003 and the statistical village codes, standards.md §2.1."""
    assert Division(parse_code(text), "x").kind is kind


@given(st.from_regex(r"\A[1-9]{2}([1-9]{2}([1-9]{2}([1-9]{3}([1-9]{3}([1-9]{3})?)?)?)?)?\Z"))
def test_a_code_lies_in_each_of_its_ancestors_and_in_no_descendant(text):
    code = parse_code(text)
    for level in Level:
        if level <= code.level:
            assert code.lies_in(code.at(level))
        else:
            with pytest.raises(DivisionCodeMalformed):
                code.at(level)
    if code.parent:
        assert not code.parent.lies_in(code)


def divisions(*codes):
    return [Division(parse_code(code), f"name {code}") for code in codes]


def test_a_list_that_nests_has_no_findings():
    assert check_codes(divisions("511111", "511111002", "511111002001")) == ()


def test_a_missing_parent_and_a_code_given_twice_are_found():
    findings = check_codes(divisions("511111", "511111002001", "511111003", "511111003"))
    assert {(str(f.code), f.kind) for f in findings} == {
        ("511111002001", ContainmentKind.NO_PARENT),
        ("511111003", ContainmentKind.DUPLICATE_CODE),
    }


def outline(code, shape):
    return Outline(DivisionCode(code), shape, derived=False)


PARENT = outline("511111", box(103.5, 29.2, 103.7, 29.4))


def test_an_outline_within_its_parent_passes():
    assert check_outline_within(outline("511111002", box(103.5, 29.2, 103.6, 29.3)), PARENT, tolerance_metres=0.5) == ()


def test_an_outline_that_leaves_its_parent_less_than_the_tolerance_passes():
    child = outline("511111002", box(103.499, 29.3, 103.6, 29.35))
    assert check_outline_within(child, PARENT, tolerance_metres=150) == ()
    (finding,) = check_outline_within(child, PARENT, tolerance_metres=50)
    assert finding.kind is ContainmentKind.OUTSIDE_PARENT
    assert 90 <= finding.reason.values["metres"] <= 100


def test_an_outline_that_crosses_itself_is_found():
    bow = Point(103.6, 29.3).buffer(0.01)
    crossed = type(bow)([(103.55, 29.25), (103.6, 29.3), (103.6, 29.25), (103.55, 29.3)])
    (finding,) = check_outline_within(outline("511111002", crossed), PARENT, tolerance_metres=500)
    assert finding.kind is ContainmentKind.INVALID_OUTLINE


def test_neighbours_may_touch_but_not_overlap():
    one = outline("511111002", box(103.5, 29.2, 103.6, 29.4))
    beside = outline("511111100", box(103.6, 29.2, 103.7, 29.4))
    over = outline("511111101", box(103.59, 29.2, 103.7, 29.4))
    assert check_overlaps([one, beside]) == ()
    assert [f.code for f in check_overlaps([one, over])] == [one.code]
    assert check_overlaps([]) == ()


def test_a_village_is_not_compared_with_its_own_township():
    assert check_overlaps([PARENT, outline("511111002", PARENT.shape)]) == ()
