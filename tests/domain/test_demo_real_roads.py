import numpy as np
import pytest

from geo_app.domain.demo_names import NameList, han_number, lane_names
from geo_app.domain.demo_numbers import numbers_on_walls
from geo_app.domain.demo_real_roads import RealCrossing, arrange_real_roads
from geo_app.domain.demo_values import DemoStreetKind, RoadFact

GAZETTE = [
    RoadFact("创业路", "道路", "东起苏沙路十字路口", "西止苏沙公路复线(规划)丁字路口"),
    RoadFact("兴业路北段", "道路", "南起泰山街十字路口", "北止创业路丁字路口"),
    RoadFact("兴业路南段", "道路", "南起腾飞路丁字路口", "北止泰山街十字路口"),
    RoadFact("腾飞路", "道路", "东起苏沙公路十字路口", "西止苏沙公路复线(规划)丁字路口"),
    RoadFact("凤翔路", "道路", "西起沫若大道北段丁字路口", "东止铜河路北段十字路口"),
    RoadFact("沙岸路", "道路", "西起茶溪路十字路口", "西止铜河路南段丁字路口"),
    RoadFact("沫若大道(北段/南段)", "道路"),
    RoadFact("铜河路(北段/南段)", "道路"),
    RoadFact("茶溪路", "道路"),
    RoadFact("泰山街", "街"),
    RoadFact("苏沙路/苏沙公路", "公路"),
    RoadFact("正街", "街"),
]


def test_rows_stand_from_east_to_west_as_the_gazette_has_their_ends():
    rows = arrange_real_roads(GAZETTE).rows
    for east, west in [("铜河路", "沫若大道"), ("铜河路", "茶溪路"), ("苏沙路", "兴业路"), ("兴业路", "苏沙公路复线")]:
        assert rows.index(east) < rows.index(west)


def test_the_second_of_two_west_ends_is_taken_for_the_east_one():
    crossings = {c.name: c for c in arrange_real_roads(GAZETTE).crossings}
    assert (crossings["沙岸路"].east, crossings["沙岸路"].west) == ("铜河路", "茶溪路")


def test_crossings_lie_north_or_south_as_their_ends_say():
    places = {c.name: c.place for c in arrange_real_roads(GAZETTE).crossings}
    assert places["凤翔路"] > 0 > places["沙岸路"]
    assert places["创业路"] > places["泰山街"] > places["腾飞路"]


def test_a_road_reaches_from_crossing_to_crossing():
    real = arrange_real_roads(GAZETTE)
    south, north = real.reach("兴业路", 1000.0, (0.0, 0.0))
    assert south < 0 < north
    assert real.reach("茶溪路", 1000.0, (-1.0, 1.0)) == (-1.0, 1.0)


def test_where_two_sections_meet_a_street_crosses():
    assert RealCrossing("泰山街", "苏沙路", "苏沙公路复线", 0.0) in arrange_real_roads(GAZETTE).crossings
    assert arrange_real_roads(GAZETTE).others == ("正街",)


def test_a_gazette_that_contradicts_itself_keeps_its_own_order():
    roads = [
        RoadFact("甲路", "道路"),
        RoadFact("乙路", "道路"),
        RoadFact("一街", "道路", "东起甲路十字路口", "西止乙路十字路口"),
        RoadFact("二街", "道路", "东起乙路十字路口", "西止甲路十字路口"),
    ]
    assert arrange_real_roads(roads).rows == ("甲路", "乙路")


def test_a_single_known_road_is_the_main_road_not_the_riverside():
    assert arrange_real_roads([RoadFact("灰石盆路", "道路")]).rows == ("", "灰石盆路")


def test_made_up_names_never_repeat_and_avoid_the_real_ones():
    names = NameList(np.random.default_rng(1), ["新华街"])
    made = [names.street(DemoStreetKind.STREET) for _ in range(1500)]
    assert len({*made, "新华街"}) == 1501


def test_lanes_are_counted_off_their_street():
    lanes = lane_names("茶溪路")
    assert [next(lanes) for _ in range(2)] == ["茶溪路一巷", "茶溪路二巷"]


@pytest.mark.parametrize(
    ("number", "han"),
    [(1, "一"), (10, "十"), (12, "十二"), (30, "三十"), (47, "四十七"), (105, "一百零五"), (110, "一百一十")],
)
def test_numbers_are_written_as_in_street_names(number, han):
    assert han_number(number) == han


def walls(count, *, seed=1, numbered=True):
    street, side = np.zeros(count, dtype=np.int64), np.where(np.arange(count) % 2 == 0, 1, -1)
    return side, numbers_on_walls(
        street, side, np.arange(count) * 5.0, np.array([numbered]), np.random.default_rng(seed)
    )


def test_most_numbers_rise_along_a_side_odd_left_even_right():
    side, texts = walls(2000)
    plain = np.array([text.isdigit() for text in texts])
    numbers = np.array([int(text) if text.isdigit() else 0 for text in texts])
    for hand, parity in ((1, 1), (-1, 0)):
        mine = numbers[plain & (side == hand)]
        assert (mine % 2 == parity).mean() > 0.98
        assert (np.diff(mine) > 0).mean() > 0.97


def test_walls_have_gaps_missing_plates_sub_numbers_and_repeats():
    _, texts = walls(4000)
    assert (texts == "").any()
    assert any("附" in text for text in texts)
    shown = [text for text in texts if text]
    assert len(set(shown)) < len(shown)


def test_an_unnumbered_street_has_no_plates_and_no_doors_need_no_numbers():
    assert not (walls(10, numbered=False)[1] != "").any()
    assert len(walls(0)[1]) == 0
