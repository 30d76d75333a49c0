import pytest
from flask import get_template_attribute

from geo_app.domain.address_life import Verb
from geo_app.domain.case_kinds import CaseKind
from geo_app.domain.street_change import ChangeVerb

OF_PLANS_AND_DOORS = ("publish", "undo", "renumber", "move")


@pytest.mark.parametrize(
    "code", sorted({*map(str, Verb), *map(str, CaseKind), *map(str, ChangeVerb), *OF_PLANS_AND_DOORS})
)
def test_what_was_done_to_an_address_is_said_in_words(app, code):
    with app.test_request_context("/", headers={"Accept-Language": "zh"}):
        said = get_template_attribute("macros/words.html", "address_change")(code)
    assert said.strip() != code
    assert not said.isascii()
