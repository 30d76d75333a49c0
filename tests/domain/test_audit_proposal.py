"""What the engine would put on doors found wrong."""

import pytest

from geo_app.domain.audit import audit_streets
from geo_app.domain.audit_proposal import proposals
from tests.support.street_sketch import doors

LONG = " a b c g h i ", ">>>>>>>>>>>>>", " d e f       "
WALLS = {"a": "1", "b": "3", "c": "5", "d": "2", "e": "4", "f": "6", "g": "7", "h": "9", "i": "11"}


def proposed(**walls):
    sketch = doors(*LONG, walls=WALLS | walls)
    audit = audit_streets(sketch.streets, sketch.entrances)
    return {audit.addresses.ids[row]: proposal.text for row, proposal in proposals(audit).items()}


def test_an_orderly_street_needs_no_proposals():
    assert proposed() == {}


@pytest.mark.parametrize(
    ("walls", "expected"),
    [
        ({"c": ""}, {"c": "5号"}),
        ({"c": "5 bis"}, {"c": "5号"}),
        ({"g": "8"}, {"g": "7号"}),
        ({"c": "21"}, {"c": "5号"}),
        ({"h": "1"}, {"h": "9号"}),
        ({"c": "", "b": "4"}, {"b": "3号", "c": "5号"}),
    ],
)
def test_a_door_found_wrong_gets_the_number_that_fits(walls, expected):
    assert proposed(**walls) == expected


def test_of_a_number_that_fits_both_its_doors_the_first_keeps_it():
    assert proposed(c="3", b="2A", g="3", h="3") == {"b": "1号附1号", "h": "5号"}


def test_every_proposal_has_the_engines_reason():
    sketch = doors(*LONG, walls=WALLS | {"c": ""})
    audit = audit_streets(sketch.streets, sketch.entrances)
    (proposal,) = proposals(audit).values()
    assert str(proposal.reason).startswith("50 m from the start, left side")


def test_a_street_whose_sides_are_mixed_gets_no_proposals():
    assert proposed(a="2", b="4", c="6", d="", e="8") == {}
