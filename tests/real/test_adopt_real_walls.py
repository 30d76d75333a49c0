"""Adopting the streets of towns that no one of this project made: a tenth of the numbers hidden."""

import pytest

from tests.measure import adoption_walls
from tests.measure.adoption_walls import Score, measure_town

pytestmark = pytest.mark.real


def test_the_hidden_are_proposed_between_their_walls_and_oftener_right_than_by_a_ruler(real_data, monkeypatch):
    monkeypatch.setattr(adoption_walls, "SEEDS", 2)
    monkeypatch.setattr(adoption_walls, "FOLDER", real_data)
    total = Score()
    for town in adoption_walls.TOWNS:
        score = measure_town(town)
        assert (score.changed, score.broken) == (0, 0), town
        total += score
    assert total.right_with_room["ours"] > total.right_with_room["line"] > total.right_with_room["next"]
