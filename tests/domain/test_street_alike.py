from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.street_alike import Likeness, alike_keys, alike_pairs, alike_to, likeness, near_sound
from geo_app.domain.street_alike_tables import SHAPES

ALIKE = {
    ("人民路", "人民路"): Likeness.SAME,
    ("五里街", "5里街"): Likeness.SAME,
    ("新华路", "心花路"): Likeness.SAME_SOUND,
    ("五里街", "武里街"): Likeness.SAME_SOUND,
    ("长宁路", "常宁路"): Likeness.SAME_SOUND,
    ("未名路", "末名路"): Likeness.SHAPE,
    ("己成巷", "已成巷"): Likeness.SHAPE,
    ("太平街", "大平街"): Likeness.SHAPE,
    ("人民路", "人民街"): Likeness.GENERIC,
    ("沙湾大道", "沙湾路"): Likeness.GENERIC,
    ("南华路", "兰花路"): Likeness.NEAR_SOUND,
    ("知秀街", "资秀街"): Likeness.NEAR_SOUND,
    ("兴民路", "新民路"): Likeness.NEAR_SOUND,
    ("成林路", "陈林路"): Likeness.NEAR_SOUND,
    ("湖光路", "福光路"): Likeness.NEAR_SOUND,
    ("光明路", "观明路"): Likeness.NEAR_SOUND,
    ("华光街", "光华街"): Likeness.ORDER,
    ("灰石盆路", "灰土盆路"): Likeness.ONE_CHARACTER,
}
NOT_ALIKE = [
    ("人民路", "解放路"),
    ("文豪路一巷", "文豪路四巷"),
    ("四巷", "十巷"),
    ("人民东路", "人民西路"),
    ("人民路", "人民东路"),
    ("建华路", "建民路"),
    ("铜河路", "铜河路一巷"),
]
NAMES = st.text("未末太大人民新心华花南兰知资湖福光明石土一二路街巷", min_size=1, max_size=5)


@pytest.mark.parametrize(("pair", "reason"), ALIKE.items())
def test_names_are_alike_for_a_reason(pair, reason):
    assert likeness(*pair) is likeness(*reversed(pair)) is reason


@pytest.mark.parametrize("pair", NOT_ALIKE)
def test_names_of_a_series_and_plainly_other_names_are_not_alike(pair):
    assert likeness(*pair) is None


def test_the_gravest_likeness_comes_first():
    found = alike_to("新民路", ["兴民路", "新民街", "新民路", "心民路", "解放路"])
    assert [reason for _, reason in found] == [
        Likeness.SAME, Likeness.SAME_SOUND, Likeness.GENERIC, Likeness.NEAR_SOUND,
    ]  # fmt: skip


def test_a_sichuan_ear_keeps_few_sounds_apart():
    assert near_sound("zhang") == near_sound("zan")
    assert near_sound("niu") == near_sound("liu")
    assert near_sound("hu") == near_sound("fu")
    assert near_sound("ha") != near_sound("fa")


def test_what_looks_alike_looks_alike_both_ways():
    assert all(character in SHAPES[other] for character, others in SHAPES.items() for other in others)


@given(st.lists(NAMES, max_size=8))
def test_no_alike_pair_is_missed_by_the_keys(names):
    found = {(pair.one, pair.other): pair.likeness for pair in alike_pairs(names)}
    everything = {
        (one, other): reason
        for one, other in combinations(range(len(names)), 2)
        if (reason := likeness(names[one], names[other]))
    }
    assert found == everything


@given(NAMES)
def test_a_name_has_few_keys(name):
    assert 3 <= len(alike_keys(name)) <= 40
