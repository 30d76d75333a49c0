import numpy as np
import pytest
import shapely

from geo_app.domain.case_rule import rule_on_the_wall
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.planned_street import as_pieces
from geo_app.domain.street import build_streets
from geo_app.exchange.numbering_rules import load_rule

RULE = load_rule("sichuan")
WEST, LAT = 103.55, 29.41
STREET = build_streets(as_pieces("铜河路", [("1", shapely.LineString([(WEST, LAT), (WEST + 0.002, LAT)]), {})]))


def doors(north, south):
    """Return doors 10 m apart from west to east with their walls, on the north and the south side."""
    walls = [*north, *south]
    lon = [WEST + 0.0001 * (place + 1) for side in (north, south) for place in range(len(side))]
    lat = [LAT + 0.0001] * len(north) + [LAT - 0.0001] * len(south)
    return Entrances([str(row) for row in range(len(walls))], np.array(lon), np.array(lat), walls=walls)


@pytest.mark.parametrize(
    ("north", "south", "start", "odd_side"),
    [
        (["1", "3", "5"], ["2", "4", "6"], "first", "left"),
        (["2", "4", "6"], ["1", "3", "5"], "first", "right"),
        (["6", "4", "2"], ["5", "3", "1"], "last", "left"),
        (["5", "3", "1"], ["6", "4", "2"], "last", "right"),
    ],
)
def test_the_walls_say_where_a_street_begins_and_which_side_is_odd(north, south, start, odd_side):
    found = rule_on_the_wall(STREET, doors(north, south), RULE)
    same = RULE.with_overrides(start=start, odd_side=odd_side)
    # The rule itself (from the east, odd on the left) fits one of the four.
    assert found in ({same, RULE} if (start, odd_side) == ("last", "left") else {same})


def test_a_street_without_walls_keeps_the_rule():
    assert rule_on_the_wall(STREET, doors(["", ""], ["", ""]), RULE) is RULE


def test_one_odd_wall_out_does_not_turn_the_street():
    assert rule_on_the_wall(STREET, doors(["6", "4", "2", "8"], ["5", "3", "1"]), RULE) is RULE
