import os
from datetime import timedelta
from pathlib import Path

import pytest

from geo_app.domain.case import CaseVerb
from geo_app.domain.case_kinds import CaseKind, Subject
from geo_app.services import case_prints
from geo_app.services.case_prints import NothingMissing, NoticeNotIssued
from tests.support.counter import approve, numbered_address, open_case, take
from tests.support.example_register import DAY
from tests.support.printed import codes_of, fonts_of, pages_of, save_picture, text_of

LATER = DAY + timedelta(40)
PICTURES = os.environ.get("GEO_APP_TEST_PICTURES")
"""A folder for the printed pages, when somebody wants to look at them."""


def issued(register, example, kind=CaseKind.NEW, by_hand="", **fields):
    """Return a case whose notice is issued."""
    case = open_case(register, example, kind, day=LATER, **fields)
    approve(register, example, case, by_hand, day=LATER)
    take(register, example, case, CaseVerb.NOTIFY, day=LATER)
    return case


def look_at(pdf, name):
    if PICTURES:
        save_picture(pdf, Path(PICTURES) / f"{name}.png")
    return pdf


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (CaseKind.NEW, "门牌号通知书"),
        (CaseKind.TEMPORARY, "临时门牌号通知书"),
        (CaseKind.FORMALISE, "门牌号通知书"),
        (CaseKind.CHANGE, "门牌号通知书"),
        (CaseKind.REISSUE, "门牌号通知书"),
        (CaseKind.CANCEL, "门牌号注销通知书"),
        (CaseKind.PROOF, "门牌号证明"),
    ],
)
def test_the_notice_of_each_kind_fills_one_page_and_its_code_is_the_address_id(register, example, kind, title):
    made = CaseKind.TEMPORARY if kind is CaseKind.FORMALISE else CaseKind.NEW
    fields = {"address_id": numbered_address(register, example, made)} if kind.needs_address else {}
    case = issued(register, example, kind, "88号" if kind is CaseKind.CHANGE else "", **fields)
    pdf = look_at(case_prints.case_notice(register, case, example.by_planner()), f"notice-{kind.value}")
    record = register.cases.get(case)
    written = text_of(pdf)
    assert pages_of(pdf) == 1
    assert title in written
    assert "沙湾区民政局" in written
    assert record.text in written
    assert "门牌通〔2024〕1号" in written
    assert codes_of(pdf) == [record.address_id]


def test_a_change_names_the_old_address_beside_the_new_one(register, example):
    made = numbered_address(register, example)
    old = register.addresses.text_of(made)
    case = issued(register, example, CaseKind.CHANGE, "88号", address_id=made)
    written = text_of(case_prints.case_notice(register, case, example.by_planner()))
    assert f"原标准地址{old}" in written
    assert "铜河路88号" in written


def test_every_font_is_in_the_file_and_the_same_case_gives_the_same_bytes(register, example):
    case = issued(register, example, subject=Subject.SHOP, shop_name="沫水<面馆>&龘")
    pdf = case_prints.case_notice(register, case, example.by_planner())
    assert fonts_of(pdf)
    assert all(fonts_of(pdf).values())
    assert "沫水<面馆>&龘" in text_of(pdf)
    assert case_prints.case_notice(register, case, example.by_planner()) == pdf


def test_a_notice_is_printed_once_it_is_issued(register, example):
    with pytest.raises(NoticeNotIssued):
        case_prints.case_notice(register, open_case(register, example), example.by_planner())


def test_the_receipt_says_what_came_and_until_when(register, example):
    case = open_case(register, example)
    pdf = look_at(case_prints.case_receipt(register, case, example.by_planner()), "receipt")
    written = text_of(pdf)
    assert "511111-2024-00001" in written
    assert "15个工作日，最迟2024年3月22日" in written
    assert "户口簿" in written
    assert codes_of(pdf) == ["511111-2024-00001"]


def test_the_written_list_names_each_missing_paper(register, example):
    case = open_case(register, example, seen=("门牌号申请表",))
    pdf = look_at(case_prints.case_missing_papers(register, case, example.by_planner()), "missing")
    assert "户口簿" in text_of(pdf)
    assert "任选其一" in text_of(pdf)
    assert pages_of(pdf) == 1


def test_without_missing_papers_there_is_no_list(register, example):
    with pytest.raises(NothingMissing):
        case_prints.case_missing_papers(register, open_case(register, example), example.by_planner())
