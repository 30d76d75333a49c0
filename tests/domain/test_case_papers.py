import pytest

from geo_app.domain.case_kinds import CaseKind, Subject
from geo_app.domain.case_papers import (
    PaperNameMalformed,
    PaperNotAsked,
    PaperRules,
    TooManyPapers,
    missing_papers,
    read_requirements,
    require_known,
)
from geo_app.domain.case_settings import (
    CaseLimits,
    LimitOutOfRange,
    NearDaysOutOfRange,
    Office,
    OfficeTextTooLong,
    notice_number,
    receipt_number,
)

REQUIRED = ("申请表", "不动产权证书/房屋所有权证", "户口簿")


def test_of_papers_that_can_stand_for_each_other_one_is_enough():
    assert missing_papers(REQUIRED, ["房屋所有权证", "申请表"]) == ("户口簿",)
    assert missing_papers(REQUIRED, []) == REQUIRED


@pytest.mark.parametrize("kind", CaseKind)
@pytest.mark.parametrize("subject", Subject)
def test_each_kind_and_subject_asks_for_papers_each_once(kind, subject):
    required = PaperRules().required(kind, subject)
    assert required
    assert len(required) == len(set(required))


def test_papers_are_kept_in_the_order_of_the_list_and_strange_ones_refused():
    assert require_known(REQUIRED, ["户口簿", "申请表", "户口簿"]) == ("申请表", "户口簿")
    with pytest.raises(PaperNotAsked):
        require_known(REQUIRED, ["电影票"])


def test_an_office_writes_one_requirement_a_line():
    assert read_requirements(["申请表", "", " 户口簿 ／ 居住证 ", "申请表"]) == ("申请表", "户口簿/居住证")


@pytest.mark.parametrize("line", ["户口簿//居住证", "/", "长" * 61])
def test_a_paper_without_a_name_is_refused(line):
    with pytest.raises(PaperNameMalformed):
        read_requirements([line])


def test_more_than_twenty_papers_are_refused():
    with pytest.raises(TooManyPapers):
        read_requirements([f"材料{count}" for count in range(21)])


def test_limits_and_texts_of_an_office_have_bounds():
    with pytest.raises(LimitOutOfRange):
        CaseLimits({CaseKind.NEW: 0})
    with pytest.raises(NearDaysOutOfRange):
        CaseLimits(near_days=31)
    with pytest.raises(OfficeTextTooLong):
        Office(legal_basis="法" * 201)


def test_numbers_of_receipts_and_notices_read_as_offices_write_them():
    assert receipt_number("511111", 2026, 17) == "511111-2026-00017"
    assert notice_number("门牌通", 2026, 17) == "门牌通〔2026〕17号"
    assert Office().name_in("沙湾区") == "沙湾区民政局"
