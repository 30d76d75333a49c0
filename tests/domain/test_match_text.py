import pytest

from geo_app.domain.match_batch import address_column
from geo_app.domain.match_text import LONGEST, MatchTally, may_be_kept
from geo_app.domain.matching import Answer
from geo_app.domain.matching_grade import Grade
from geo_app.domain.parsing import Gazetteer, parse

REGISTER = Gazetteer.of((), {"铜河路", "王店街"}, ())


def answer(grade):
    return Answer(None, grade, (), "")


@pytest.mark.parametrize("text", ["铜河路12号", "老电影院", "碧水苑3栋2单元501", "铜河路二段12号附3号", "王店街3号"])
def test_an_address_and_nothing_else_may_be_kept(text):
    assert may_be_kept(parse(text, REGISTER))


@pytest.mark.parametrize(
    "text",
    [
        *("张三 铜河路12号", "铜河路12号张三", "王小明", "13881234567", "铜河路12号13881234567"),
        *("铜河路12号 0833-3441234", "铜河路12号 5111 1119 8001 0112 34", "511111198001011234"),
        "铜河路１２号１３８８１２３４５６７",
        *("联系人李四电话", "铜河路12号收件人", "明天下午三点开会", "", "铜河路12号，请放门卫"),
    ],
)
def test_what_may_tell_of_a_person_is_never_kept(text):
    assert not may_be_kept(parse(text, REGISTER))


def test_answers_are_counted_and_doubtful_texts_kept_once_with_their_count():
    tally = MatchTally(REGISTER)
    tally.take("铜河路1号", answer(Grade.EXACT))
    tally.take("铜合路1号", answer(Grade.DOUBTFUL))
    tally.take("铜合路１号", answer(Grade.DOUBTFUL))
    tally.take("张三", answer(Grade.NONE))
    assert dict(tally.grades) == {Grade.EXACT: 1, Grade.DOUBTFUL: 2, Grade.NONE: 1}
    assert [(one.text, one.count) for one in tally.kept()] == [("铜合路１号", 2)]


def test_a_text_as_long_as_a_letter_is_counted_and_dropped():
    tally = MatchTally(REGISTER)
    tally.take("铜河路12号" + "甲" * LONGEST, answer(Grade.NONE))
    assert (tally.grades[Grade.NONE], list(tally.kept())) == (1, [])


@pytest.mark.parametrize(
    ("heading", "row", "column"),
    [
        (["姓名", "居住地址", "单位地址"], ["甲", "铜河路1号", "铜河路2号"], "居住地址"),
        (["id", "Address"], ["1", "铜河路1号"], "Address"),
        (["a", "b", "c"], ["1", "老王", "铜河路1号"], "c"),
        (["a", "b"], ["1", "2"], "a"),
    ],
)
def test_the_column_of_addresses_is_guessed_by_its_name_or_what_stands_in_it(heading, row, column):
    assert address_column(heading, [row]) == column
