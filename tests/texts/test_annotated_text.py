"""The reader of hand-annotated lines."""

import pytest

from tests.support.annotated_text import AnnotatedText, Span, WrongAnnotation, read_line, read_lines


def test_elements_and_rest_are_told_apart():
    line = read_line("住在[road 铜河路] [door 12号]的人")
    assert line.text == "住在铜河路 12号的人"
    assert line.spans == (Span(2, 5, "road"), Span(6, 9, "door"))
    assert line.elements() == [("road", "铜河路"), ("door", "12号")]


def test_an_element_may_hold_blanks_and_escaped_brackets():
    assert read_line(r"[road 铜 河 路][redundant \[][door 5][redundant \]]").text == "铜 河 路[5]"


def test_a_backslash_and_a_leading_hash_are_escaped():
    assert read_line(r"\#[redundant \\][door 5]").text == "#\\5"


def test_a_line_without_elements_is_all_rest():
    assert read_line("暂无") == AnnotatedText("暂无", ())


@pytest.mark.parametrize(
    "broken",
    [
        "[street 铜河路]",
        "[road 铜河路",
        "铜河路]",
        "[road 铜[door 5]]",
        "[road ]",
        "[road  铜河路]",
        "[road 铜河路 ]",
        "[铜河路]",
        "铜河路[",
        "铜河路\\n",
    ],
)
def test_what_breaks_the_notation_is_refused(broken):
    with pytest.raises(WrongAnnotation):
        read_line(broken)


@pytest.mark.parametrize("spans", [(Span(0, 3, "road"), Span(2, 4, "door")), (Span(2, 4, "door"), Span(0, 2, "road"))])
def test_overlapping_or_unordered_elements_are_refused(spans):
    with pytest.raises(WrongAnnotation, match="overlap"):
        AnnotatedText("铜河路5号", spans)


def test_an_element_beyond_the_text_is_refused():
    with pytest.raises(WrongAnnotation):
        AnnotatedText("铜河路", (Span(0, 4, "road"),))


def test_a_broken_line_of_a_file_is_named(tmp_path):
    path = tmp_path / "broken.txt"
    path.write_text("# a remark\n\n[road 铜河路]\n[lane 一巷]\n", encoding="utf-8")
    with pytest.raises(WrongAnnotation, match=r"broken\.txt:4"):
        list(read_lines(path))


def test_lines_that_differ_only_in_names_and_numbers_have_one_shape():
    one, other = read_line("[road 铜河路][door 12号]"), read_line("[road 滨江路][door 7号]")
    assert one.template() == other.template() != read_line("[road 滨江路] [door 7号]").template()
