import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.matching_near import NearNames, Slip, slip_between

NAMES = ("铜河路", "沫若大道", "河滨路", "一街", "二街", "十二街")


@pytest.mark.parametrize(
    ("said", "known", "slip"),
    [
        ("铜合路", "铜河路", Slip.SOUND),
        ("铁河路", "铜河路", Slip.WRONG),
        ("沫若道", "沫若大道", Slip.MISSING),
        ("铜河河路", "铜河路", Slip.EXTRA),
        ("一街", "二街", Slip.NUMERAL),
        ("二街", "十二街", Slip.NUMERAL),
        ("铜河路", "铜河路", None),
        ("铁合路", "铜河路", None),
    ],
)
def test_one_slip_is_told_from_two(said, known, slip):
    assert slip_between(said, known) is slip


@given(st.text("铜河沫若大道路街一二", min_size=2, max_size=6), st.data())
def test_a_name_is_found_from_any_spelling_one_slip_away(name, data):
    names = NearNames()
    names.add([*NAMES, name])
    place = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from(["", "山", "x"]))
    said = name[:place] + letter + name[place + 1 :]
    assert not said or said == name or name in {known for known, _ in names.near(said)}


@given(st.text("铜河路街", min_size=1, max_size=5), st.text("铜河路街", min_size=1, max_size=5))
def test_what_is_found_is_never_two_slips_away(said, known):
    names = NearNames()
    names.add([known])
    assert all(slip_between(said, one) is slip for one, slip in names.near(said))
