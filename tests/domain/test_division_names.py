import pytest

from geo_app.domain.division_changes import PlaceName, read_change, read_names
from geo_app.domain.division_names import NameClass, NameKey, look_alike, short_name, township_stem, village_key


@pytest.mark.parametrize("name", ["罗一村委会", "罗一村村民委员会", "罗一村", " 罗一村村委会"])
def test_one_village_written_four_ways_has_one_key(name):
    assert village_key(name) == NameKey("罗一", NameClass.VILLAGE)


@pytest.mark.parametrize("name", ["碧山社区居委", "碧山社区居委会", "碧山社区居民委员会", "碧山社区", "碧山居委会"])
def test_one_community_written_five_ways_has_one_key(name):
    assert village_key(name) == NameKey("碧山", NameClass.COMMUNITY)


def test_a_village_and_a_community_of_one_name_are_two_places():
    assert village_key("余溪村村民委员会") != village_key("余溪社区居民委员会")


@pytest.mark.parametrize(
    ("name", "short"), [("盐溪口村村民委员会", "盐溪口村"), ("铜茨社区居委会", "铜茨社区"), ("开发区", "开发区")]
)
def test_the_short_name_is_what_addresses_say(name, short):
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("name", "stem"),
    [("轸溪乡", "轸溪"), ("轸溪镇", "轸溪"), ("铜河街道", "铜河"), ("张公桥街道办事处", "张公桥"), ("镇", "镇")],
)
def test_a_township_keeps_its_stem_when_its_kind_changes(name, stem):
    assert township_stem(name) == stem


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("三峨", "三峨山", True),
        ("先峰", "先锋", True),
        ("先锋", "先锋", False),
        ("新", "老", False),
        ("白云", "九龙口", False),
        ("龙泉", "泉龙", False),
    ],
)
def test_names_look_alike_when_one_character_differs(one, other, alike):
    assert look_alike(one, other) is alike
    assert look_alike(other, one) is alike


def test_a_merger_names_its_sources_and_its_target():
    (change,) = read_change("2020-05-18", "双槐村、加华村、齐安村合并为嘉农镇盐溪口村", "s")
    assert [place.name for place in change.sources] == ["双槐村", "加华村", "齐安村"]
    assert change.target == PlaceName("盐溪口村", "嘉农镇")


def test_a_township_said_once_holds_for_the_places_after_it():
    (change,) = read_change("2019-12-13", "原铜茨乡安池村、营业村划归牛石镇", "s")
    assert change.sources == (PlaceName("安池村", "铜茨乡"), PlaceName("营业村", "铜茨乡"))


def test_a_clause_without_subject_speaks_of_what_was_abolished():
    (change,) = read_change("2019-12-13", "撤销碧山乡；划归踏水镇", "s")
    assert (change.sources, change.target) == ((PlaceName("碧山乡"),), PlaceName("踏水镇"))


def test_groups_of_a_village_are_told_from_the_whole_of_it():
    change, _ = read_change("2019-12-13", "撤销范店乡、龚嘴镇;原范店乡和原龚嘴镇刘沟村14-17组划归沙湾镇", "s")
    assert change.sources == (PlaceName("范店乡"), PlaceName("刘沟村", "龚嘴镇", "14-17组"))


def test_what_is_abolished_and_goes_nowhere_as_a_whole_is_a_change_of_its_own():
    *_, ended = read_change("2019-12-13", "撤销范店乡、龚嘴镇;原范店乡和原龚嘴镇刘沟村14-17组划归沙湾镇", "s")
    assert (ended.verb, ended.sources, ended.target) == ("撤销", (PlaceName("龚嘴镇"),), PlaceName(""))


def test_a_founding_lists_its_parts_with_slashes_and_a_shared_ending():
    text = "设立铜河街道:沙湾镇绥山/沫水社区、农场村与嘉农镇嘉农社区1组、新都村"
    (change,) = read_change("2019-12-13", text, "s")
    assert change.target == PlaceName("铜河街道")
    assert change.sources == (
        PlaceName("绥山社区", "沙湾镇"),
        PlaceName("沫水社区", "沙湾镇"),
        PlaceName("农场村", "沙湾镇"),
        PlaceName("嘉农社区", "嘉农镇", "1组"),
        PlaceName("新都村", "嘉农镇"),
    )


def test_and_within_a_name_does_not_part_it():
    assert read_names("永和村和福和村") == (PlaceName("永和村"), PlaceName("福和村"))


def test_a_sentence_without_a_change_gives_none():
    assert read_change("2020", "全区召开会议。", "s") == ()


@pytest.mark.parametrize(("day", "inside"), [("2018", True), ("2023-06", True), ("2017-12-31", False), ("2024", False)])
def test_a_change_lies_between_two_lists_by_what_is_known_of_its_day(day, inside):
    (change,) = read_change(day, "甲村并入乙村", "s")
    assert change.between("2018", "2023") is inside
