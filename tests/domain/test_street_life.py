from dataclasses import replace
from datetime import date

import pytest

from geo_app.domain import street_refusals as refusals
from geo_app.domain.access import ReasonNotStated
from geo_app.domain.address import PlaceStatus
from geo_app.domain.street_life import (
    STREET_CORRECTED_BY,
    STREET_MOVES,
    StreetFacts,
    StreetLife,
    StreetStatus,
    StreetVerb,
    approve_street,
    correct_street_approval,
    correct_street_name,
    correct_street_rejection,
    correct_street_retirement,
    propose_street,
    reject_street,
    rename_street,
    retire_street,
)
from tests.support.addresses import DAY, PROPOSER, START, decision

FREE = StreetFacts()
STEPS = {
    StreetVerb.APPROVE: lambda s, why: approve_street(s, why, FREE),
    StreetVerb.REJECT: reject_street,
    StreetVerb.RENAME: lambda s, why: rename_street(s, "北街", why, FREE),
    StreetVerb.RETIRE: lambda s, why: retire_street(s, why, FREE),
    StreetVerb.CORRECT_APPROVAL: lambda s, why: correct_street_approval(s, why, FREE),
    StreetVerb.CORRECT_REJECTION: lambda s, why: correct_street_rejection(s, why, FREE),
    StreetVerb.CORRECT_NAME: lambda s, why: correct_street_name(s, "北街", why, FREE),
    StreetVerb.CORRECT_RETIREMENT: lambda s, why: correct_street_retirement(s, why, FREE),
}
START_OF = {
    verb: next(status for status in StreetStatus if status in move.start) for verb, move in STREET_MOVES.items()
}


def street(status=StreetStatus.CURRENT, **fields):
    return StreetLife(
        **({"street_id": 7, "name": "南街", "valid_from": START, "status": status, "proposed_by": 1} | fields)
    )


def test_a_street_is_proposed_approved_renamed_and_retired():
    new = propose_street(street(proposed_by=None), decision(actor=PROPOSER), FREE)
    approved = approve_street(new, decision(new), FREE)
    renamed = rename_street(approved, "北街", decision(approved), FREE)
    ended = retire_street(renamed, decision(renamed, day=date(2027, 1, 1)), FREE)
    assert [s.status for s in (new, approved, renamed)] == ["proposed", "current", "current"]
    assert (approved.valid_from, renamed.name, ended.valid_to) == (DAY, "北街", date(2027, 1, 1))


@pytest.mark.parametrize("verb", list(STEPS))
def test_each_verb_refuses_other_statuses_and_stale_versions(verb):
    for status in set(StreetStatus) - STREET_MOVES[verb].start:
        with pytest.raises(STREET_MOVES[verb].refusal):
            STEPS[verb](street(status), decision())
    with pytest.raises(refusals.StreetVersionStale):
        STEPS[verb](street(START_OF[verb], version=2), decision())


def test_each_verb_has_a_refusal_of_its_own_and_a_verb_that_takes_it_back():
    assert [STREET_MOVES[verb].refusal for verb in STEPS] == [
        refusals.ApproveStreetNeedsProposed,
        refusals.RejectStreetNeedsProposed,
        refusals.RenameStreetNeedsCurrent,
        refusals.RetireStreetNeedsCurrent,
        refusals.CorrectStreetApprovalNeedsCurrent,
        refusals.CorrectStreetRejectionNeedsRejected,
        refusals.CorrectStreetNameNeedsLiving,
        refusals.CorrectStreetRetirementNeedsRetired,
    ]
    assert set(STREET_CORRECTED_BY) == set(StreetVerb)


@pytest.mark.parametrize("verb", [verb for verb in STEPS if verb is not StreetVerb.APPROVE])
def test_each_step_but_approval_needs_a_reason(verb):
    with pytest.raises(ReasonNotStated):
        STEPS[verb](street(START_OF[verb]), decision(reason=""))


@pytest.mark.parametrize(
    ("forwards", "backwards", "status"),
    [
        (StreetVerb.APPROVE, StreetVerb.CORRECT_APPROVAL, StreetStatus.PROPOSED),
        (StreetVerb.REJECT, StreetVerb.CORRECT_REJECTION, StreetStatus.PROPOSED),
        (StreetVerb.RETIRE, StreetVerb.CORRECT_RETIREMENT, StreetStatus.CURRENT),
    ],
)
def test_a_wrong_step_is_taken_back_whole(forwards, backwards, status):
    before = street(status)
    after = STEPS[forwards](before, decision())
    back = STEPS[backwards](after, decision(after))
    assert replace(back, version=1, valid_from=START) == before


def test_a_second_person_approves_a_name():
    with pytest.raises(refusals.StreetApproverIsProposer):
        approve_street(street(StreetStatus.PROPOSED), decision(actor=PROPOSER), FREE)


@pytest.mark.parametrize("name", ["", " 南街", "南街\n", "123", "<b>街</b>", "街" * 41])
def test_a_name_is_words(name):
    with pytest.raises(refusals.StreetNameMalformed):
        propose_street(street(name=name), decision(), FREE)


@pytest.mark.parametrize("name", ["沫若大道（南段）", "3号路", "St. John's Road", "滨河路-北段"])
def test_usual_names_are_accepted(name):
    assert propose_street(street(name=name), decision(), FREE).name == name


def test_a_name_is_given_once_in_any_spelling():
    taken = StreetFacts(names_taken=frozenset({"2环路"}))
    with pytest.raises(refusals.StreetNameTaken):
        propose_street(street(name="二环路"), decision(), taken)
    with pytest.raises(refusals.StreetNameTaken):
        rename_street(street(), "2环路", decision(), taken)
    with pytest.raises(refusals.StreetNameTaken):
        correct_street_retirement(street(StreetStatus.RETIRED, name="2环路"), decision(), taken)


def test_a_new_name_is_a_new_one():
    with pytest.raises(refusals.StreetNameUnchanged):
        rename_street(street(), "南街", decision(), FREE)


def test_a_name_on_plates_is_not_corrected_away():
    with pytest.raises(refusals.StreetNameIsOnTheWall):
        correct_street_name(street(), "北街", decision(), StreetFacts(plated_addresses=3))


@pytest.mark.parametrize("verb", [retire_street, correct_street_approval])
def test_a_street_does_not_end_under_its_doors_or_plans(verb):
    with pytest.raises(refusals.StreetHasLivingAddresses):
        verb(street(), decision(), StreetFacts(living_addresses=1))
    with pytest.raises(refusals.StreetHasOpenPlans):
        verb(street(), decision(), StreetFacts(open_plans=1))


def test_a_street_counts_for_at_least_one_day():
    with pytest.raises(refusals.StreetEndsBeforeBeginning):
        retire_street(street(), decision(day=START), FREE)


def test_addresses_see_a_rejected_name_as_none():
    assert [status.of_place for status in StreetStatus] == [
        PlaceStatus.PROPOSED,
        PlaceStatus.CURRENT,
        PlaceStatus.PROPOSED,
        PlaceStatus.RETIRED,
    ]
