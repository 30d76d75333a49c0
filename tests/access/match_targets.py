"""Doubtful texts whose addresses lie in an area, for the walk of the access table."""

from datetime import timedelta
from uuid import uuid4

from geo_app.domain.access_roles import Role
from geo_app.domain.address import Decision
from geo_app.domain.address_text import match_key
from geo_app.domain.match_choice import ChoiceWish
from geo_app.domain.match_text import KeptText
from geo_app.domain.matching_grade import Grade
from geo_app.persistence.queries.match_list import text_id_of
from geo_app.persistence.register import Register
from geo_app.services.match_choices import agree_to_choice, propose_choice
from tests.access.asked import Asked, Target
from tests.support.accounts import actor_of, make_account, moment


def _text(register: Register) -> int:
    said = f"测试{uuid4().hex[:8]}大院"
    register.match_texts.keep([KeptText(said, match_key(said), Grade.NONE)], moment().day)
    return text_id_of(register.session, match_key(said))


def wish(address: Target) -> Target:
    """Return the maker of a text that nobody has chosen for, asked with an address in the area."""

    def make(register: Register, area: str) -> Asked:
        address_id = str(address(register, area).arguments["address_id"])
        form = {"address": "other", "other": address_id, "kind": "nickname", "reason": "测试"}
        return Asked({"text_id": _text(register)}, form)

    return make


def choice(address: Target, *, agreed: bool = False) -> Target:
    """Return the maker of a choice of an address in the area, made (and agreed to) by others."""

    def make(register: Register, area: str) -> Asked:
        begun, text_id = moment().day - timedelta(days=1), _text(register)
        people = [make_account(register, f"t{uuid4().hex[:16]}", role) for role in (Role.PLANNER, Role.REVIEWER)]
        chooser, other = (actor_of(register, person) for person in people)
        wanted = ChoiceWish(text_id, str(address(register, area).arguments["address_id"]))
        key = propose_choice(register, wanted, Decision(chooser, begun, 0))
        if agreed:
            agree_to_choice(register, key, Decision(other, begun, 1))
        version = register.match_choices.lock(key).version
        return Asked({"text_id": text_id, "choice_id": key}, {"version": str(version), "reason": "测试"})

    return make


def match_targets(address: Target) -> dict[tuple[str, str], Target]:
    """Return the targets by route and method; `address` makes a published address."""
    one = "/match/choices/<int:text_id>"
    return {
        (one, "POST"): wish(address),
        (f"{one}/<int:choice_id>/agreement", "POST"): choice(address),
        (f"{one}/<int:choice_id>/declining", "POST"): choice(address),
        (f"{one}/<int:choice_id>/ending", "POST"): choice(address, agreed=True),
    }
