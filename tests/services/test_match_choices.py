import pytest
from sqlalchemy import text

from geo_app.domain.access import NotGranted
from geo_app.domain.address_alias import AliasKind
from geo_app.domain.address_text import match_key
from geo_app.domain.errors import NotFound
from geo_app.domain.match_choice import ChoiceHeldAlready, ChoiceNeedsAnother, ChoiceUnclear, ChoiceWish
from geo_app.domain.match_text import KeptText, MatchSource
from geo_app.domain.matching_grade import Grade
from geo_app.persistence.queries.example_doors import example_doors
from geo_app.persistence.queries.match_list import choices_of, grade_shares, text_id_of, unmatched
from geo_app.services.match_choices import (
    address_meant,
    agree_to_choice,
    decline_choice,
    propose_choice,
    take_choice_back,
)
from geo_app.services.match_tally import record_answers
from geo_app.services.search import match_texts
from geo_app.services.search_places import KnownPlaces
from tests.support.example_register import DAY, number_street

NAME = "老电影院"


@pytest.fixture
def door(register, example):
    number_street(register, example)
    register.match_texts.keep([KeptText(NAME, match_key(NAME), Grade.NONE, 4)], DAY)
    return example_doors(register.session)[0]


@pytest.fixture
def wish(register, door):
    return ChoiceWish(text_id_of(register.session, match_key(NAME)), door.id, AliasKind.NICKNAME)


def asked(register, said=NAME):
    [answer] = match_texts(register, KnownPlaces(), [said])
    return answer


def test_what_two_persons_agreed_on_is_found_at_once(register, example, door, wish):
    assert asked(register).best is None
    choice = propose_choice(register, wish, example.by_planner(reason="走访核实"))
    assert asked(register).best is None
    agree_to_choice(register, choice, example.by_reviewer(1, reason="复核无误"))
    found = asked(register)
    assert (found.best.row.id, found.grade) == (door.id, Grade.SURE)
    assert asked(register, " 老电影院 ").best.row.id == door.id
    assert NAME in str(found.reasons[0])


def test_what_was_agreed_counts_before_what_the_text_reads_like(register, example, door):
    said = "铜河路2号"
    other = example_doors(register.session, 9)[-1]
    assert asked(register, said).best.row.id != other.id
    register.match_texts.keep([KeptText(said, match_key(said), Grade.DOUBTFUL)], DAY)
    wish = ChoiceWish(text_id_of(register.session, match_key(said)), other.id)
    agree_to_choice(
        register, propose_choice(register, wish, example.by_planner(reason="甲")), example.by_reviewer(1, reason="乙")
    )
    assert asked(register, said).best.row.id == other.id


def test_what_was_taken_back_leads_nowhere_and_can_be_chosen_anew(register, example, wish):
    choice = propose_choice(register, wish, example.by_planner(reason="走访核实"))
    agree_to_choice(register, choice, example.by_reviewer(1, reason="复核无误"))
    take_choice_back(register, choice, example.by_reviewer(2, reason="认错了"))
    assert asked(register).best is None
    assert propose_choice(register, wish, example.by_planner(reason="再次走访")) != choice


def test_a_text_means_one_thing_at_a_time(register, example, wish):
    propose_choice(register, wish, example.by_planner(reason="走访核实"))
    with pytest.raises(ChoiceHeldAlready):
        propose_choice(register, wish, example.by_planner(reason="走访核实"))


def test_the_database_lets_nobody_agree_with_themselves(register, example, wish):
    choice = propose_choice(register, wish, example.by_planner(reason="走访核实"))
    with pytest.raises(ChoiceNeedsAnother):
        agree_to_choice(register, choice, example.by_planner(1, reason="走访核实"))
    with pytest.raises(Exception, match="second_person"), register.session.begin_nested():
        register.session.execute(text("update match_choice set state = 'agreed', decided_by = chosen_by"))


def test_a_declined_text_waits_again(register, example, wish):
    choice = propose_choice(register, wish, example.by_planner(reason="走访核实"))
    decline_choice(register, choice, example.by_planner(1, reason="看错了"))
    assert [one.state for one in choices_of(register.session, wish.text_id)] == ["declined"]
    assert [one.text for one in unmatched(register.session, 5)] == [NAME]


def test_a_text_of_none_of_ours_is_agreed_on_without_an_alias(register, example, wish):
    none = ChoiceWish(wish.text_id, None)
    choice = propose_choice(register, none, example.by_planner(reason="外地地址"))
    agree_to_choice(register, choice, example.by_reviewer(1, reason="复核无误"))
    assert asked(register).best is None
    assert unmatched(register.session, 5) == []


def test_only_who_may_act_where_the_address_lies_chooses(register, example, wish):
    with pytest.raises(NotGranted):
        propose_choice(register, wish, example.by_stranger())
    with pytest.raises(NotFound):
        propose_choice(register, ChoiceWish(wish.text_id, "511111000009999"), example.by_planner(reason="x"))


def test_a_person_names_an_address_by_id_or_by_a_text_that_surely_leads_to_it(register, door):
    known = KnownPlaces()
    assert address_meant(register, known, f" {door.id} ") == door.id
    assert address_meant(register, known, f"{door.street}{door.number}") == door.id
    with pytest.raises(ChoiceUnclear):
        address_meant(register, known, "没有的路1号")


def test_answers_are_counted_by_day_and_texts_without_who_asked(register, door):
    known = KnownPlaces()
    for _ in range(2):
        said = [f"{door.street}{door.number}", "丝绸厂宿舍", "13881234567"]
        record_answers(
            register, known, MatchSource.SEARCH, zip(said, match_texts(register, known, said), strict=True), DAY
        )
    [month] = grade_shares(register.session, "month", "", 5)
    assert (month.total, month.none, month.period) == (6, 4, DAY)
    assert [(one.text, one.count) for one in unmatched(register.session, 5)] == [(NAME, 4), ("丝绸厂宿舍", 2)]
