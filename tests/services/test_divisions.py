from datetime import date

import pytest
import shapely

from geo_app.domain.division_register import (
    DivisionBeginsLater,
    DivisionCodeTaken,
    DivisionLevelDiffers,
    DivisionNameMissing,
    DivisionNotLiving,
    DivisionParentWrong,
    DivisionPartMissing,
    SuccessionNotOpen,
    SuccessorUnknown,
)
from geo_app.domain.imports import Layer
from geo_app.persistence.divisions import NewSuccession
from geo_app.services import divisions
from geo_app.services.divisions import Dated, Named
from geo_app.services.imports_divisions import import_divisions
from tests.support.imports import DAY, no_one, order, table_file

ROWS = ("511111100,沙湾镇", "511111101,嘉农镇", "511111100201,罗一村", "511111100202,踏水村", "511111101201,泉水村")


@pytest.fixture
def listed(register, importer, tmp_path):
    path = table_file(tmp_path / "list.csv", "code,name", *ROWS)
    import_divisions(register, importer, order(Layer.DIVISIONS, path, day=date(2018, 1, 1)), no_one)
    return {one.name: one.id for one in register.divisions.as_of(DAY, "511111")}


@pytest.fixture
def dated(importer):
    return Dated(importer, DAY, DAY)


def codes(register, day=DAY):
    return {one.name: one.code for one in divisions.divisions_as_of(register, day, "511111") if len(one.code) > 6}


def kinds(register, division_id):
    return [(one.kind, one.certainty) for one in register.divisions.successions(division_id)]


def test_a_renamed_division_is_the_same_division(register, listed, dated):
    divisions.rename_division(register, dated, listed["罗一村"], "罗山村")
    assert register.divisions.living("511111100201").id == listed["罗一村"]
    assert kinds(register, listed["罗一村"]) == [("rename", "decided")]
    assert [one.name for one in register.divisions.versions(listed["罗一村"])] == ["罗一村", "罗山村"]


def test_a_transferred_division_gets_the_code_of_its_new_place(register, listed, dated):
    divisions.transfer_division(register, dated, listed["踏水村"], (listed["嘉农镇"], "511111101202"))
    assert codes(register)["踏水村"] == "511111101202"
    assert codes(register, date(2020, 1, 1))["踏水村"] == "511111100202"


def test_what_lies_in_a_recoded_township_is_recoded_with_it(register, listed, dated):
    divisions.recode_division(register, dated, listed["沙湾镇"], "511111109")
    assert codes(register)["罗一村"] == "511111109201"
    assert kinds(register, listed["罗一村"]) == [("recode", "decided")]
    assert codes(register, date(2020, 1, 1))["罗一村"] == "511111100201"


def test_merged_divisions_end_and_lead_to_the_whole(register, listed, dated):
    divisions.merge_divisions(register, dated, [listed["踏水村"]], listed["罗一村"])
    assert "踏水村" not in codes(register)
    assert kinds(register, listed["踏水村"]) == [("merge", "decided")]
    with pytest.raises(DivisionNotLiving):
        divisions.rename_division(register, dated, listed["踏水村"], "新村")


def test_a_divided_division_ends_and_its_parts_begin(register, listed, dated):
    parts = [Named("511111100205", "上罗村"), Named("511111100206", "下罗村")]
    made = divisions.split_division(register, dated, listed["罗一村"], parts)
    assert {"上罗村", "下罗村"} <= codes(register).keys()
    assert [kinds(register, one) for one in made] == [[("split", "decided")]] * 2


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("511111100202", DivisionCodeTaken),
        ("511111101209", DivisionParentWrong),
        ("511111109", DivisionLevelDiffers),
    ],
)
def test_a_code_fits_its_level_and_place_and_is_free(register, listed, dated, code, refusal):
    with pytest.raises(refusal):
        divisions.recode_division(register, dated, listed["罗一村"], code)


def test_nothing_happens_to_a_division_before_it_begins(register, listed, importer):
    early = Dated(importer, date(2017, 1, 1), DAY)
    with pytest.raises(DivisionBeginsLater):
        divisions.rename_division(register, early, listed["罗一村"], "罗山村")


def test_a_division_has_a_name(register, listed, dated):
    with pytest.raises(DivisionNameMissing):
        divisions.rename_division(register, dated, listed["罗一村"], " ")


def test_an_open_question_is_decided_once_and_within_the_county(register, listed, dated):
    question = register.divisions.link(NewSuccession("merge", DAY, "proposed", listed["踏水村"], None))
    assert [one.id for one in register.divisions.open_questions("511111")] == [question]
    with pytest.raises(SuccessorUnknown):
        divisions.decide_succession(register, dated, question, listed["踏水村"])
    divisions.decide_succession(register, dated, question, listed["罗一村"])
    assert register.divisions.question(question).successor[0] == listed["罗一村"]
    assert register.divisions.open_questions("511111") == []
    with pytest.raises(SuccessionNotOpen):
        divisions.decide_succession(register, dated, question, None)


def test_a_merger_and_a_split_name_their_parts(register, listed, dated):
    with pytest.raises(DivisionPartMissing):
        divisions.merge_divisions(register, dated, [], listed["罗一村"])
    with pytest.raises(DivisionPartMissing):
        divisions.split_division(register, dated, listed["罗一村"], [Named("511111100205", "上罗村")])


def test_who_says_what_became_part_of_a_new_division_answers_where_it_came_from(register, listed, dated):
    link = register.divisions.link
    asked = link(NewSuccession("abolish", DAY, "proposed", listed["踏水村"], None))
    founded = link(NewSuccession("establish", DAY, "proposed", None, listed["罗一村"]))
    divisions.decide_succession(register, dated, asked, listed["罗一村"])
    assert register.divisions.question(founded).certainty == "decided"


def test_a_drawn_outline_is_the_divisions_from_its_day(register, listed, dated):
    square = shapely.MultiPolygon([shapely.box(103.5, 29.4, 103.6, 29.5)])
    divisions.draw_outline(register, dated, listed["沙湾镇"], square, "民政局")
    assert register.divisions.outline(listed["沙湾镇"]).source == "民政局"
