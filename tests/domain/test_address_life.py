from dataclasses import replace
from datetime import date

import pytest

from geo_app.domain import address_refusals as refusals
from geo_app.domain.access import ReasonNotStated
from geo_app.domain.address import Kind, Status
from geo_app.domain.address_kinship import (
    HasCurrentChildren,
    HasCurrentSecondaries,
    HasLivingChildren,
    HasLivingSecondaries,
    ParentNotCurrent,
    PrimaryNotCurrent,
)
from geo_app.domain.address_life import (
    CORRECTED_BY,
    MOVES,
    Verb,
    approve,
    begin,
    correct_approval,
    correct_rejection,
    correct_retirement,
    lock,
    propose,
    reject,
    retire,
    retire_tree,
    unlock,
)
from geo_app.domain.address_place import DoorNeedsPosition, NumberAlreadyTaken, PlateIsMounted
from tests.support.addresses import APPROVER, DAY, PROPOSER, START, around, child, current_door, decision, door, draft

STATUS_REFUSALS = [(verb, status) for verb in MOVES for status in Status if status not in MOVES[verb].start]


def test_an_address_is_proposed_approved_and_retired():
    proposed = propose(draft(door()), decision(actor=PROPOSER), around())
    assert (proposed.status, proposed.proposed_by) == (Status.PROPOSED, PROPOSER.account_id)
    current = approve(proposed, decision(proposed), around())
    assert (current.status, current.valid_from) == (Status.CURRENT, DAY)
    last = date(2027, 1, 1)
    retired = retire(current, decision(current, day=last), around())
    assert (retired.status, retired.valid_to, retired.version) == (Status.RETIRED, last, 3)


def test_every_verb_has_a_verb_that_takes_it_back():
    assert set(CORRECTED_BY) == set(Verb)


@pytest.mark.parametrize(
    ("forwards", "backwards", "status"),
    [
        (approve, correct_approval, Status.PROPOSED),
        (reject, correct_rejection, Status.PROPOSED),
        (retire, correct_retirement, Status.CURRENT),
    ],
)
def test_a_wrong_step_is_taken_back_whole(forwards, backwards, status):
    before = door(status=status, valid_from=START)
    after = forwards(before, decision(before), around())
    back = backwards(after, decision(after), around())
    assert replace(back, version=before.version, valid_from=START) == before


@pytest.mark.parametrize(("verb", "status"), STATUS_REFUSALS)
def test_each_verb_refuses_the_statuses_it_does_not_start_from(verb, status):
    address = door(status=status)
    with pytest.raises(MOVES[verb].refusal):
        begin(address, verb, decision(address))


@pytest.mark.parametrize(
    ("verb", "refusal"),
    [
        (Verb.APPROVE, refusals.ApproveNeedsProposed),
        (Verb.REJECT, refusals.RejectNeedsProposed),
        (Verb.RETIRE, refusals.RetireNeedsCurrent),
        (Verb.RENUMBER, refusals.RenumberNeedsCurrent),
        (Verb.READDRESS, refusals.ReaddressNeedsCurrent),
        (Verb.RELABEL, refusals.RelabelNeedsCurrent),
        (Verb.RELOCATE, refusals.RelocateNeedsCurrent),
        (Verb.MAKE_SECONDARY, refusals.RerankNeedsLiving),
        (Verb.MAKE_PRIMARY, refusals.RerankNeedsLiving),
        (Verb.LOCK, refusals.LockNeedsLiving),
        (Verb.CORRECT_APPROVAL, refusals.CorrectApprovalNeedsCurrent),
        (Verb.CORRECT_REJECTION, refusals.CorrectRejectionNeedsRejected),
        (Verb.CORRECT_RETIREMENT, refusals.CorrectRetirementNeedsRetired),
        (Verb.CORRECT_NUMBER, refusals.CorrectNumberNeedsLiving),
        (Verb.CORRECT_PLACE, refusals.CorrectPlaceNeedsLiving),
        (Verb.CORRECT_PARENT, refusals.CorrectParentNeedsLiving),
        (Verb.CORRECT_LABEL, refusals.CorrectLabelNeedsLiving),
        (Verb.CORRECT_FLOOR, refusals.CorrectFloorNeedsLiving),
        (Verb.CORRECT_POSITION, refusals.CorrectPositionNeedsLiving),
    ],
)
def test_each_verb_names_its_own_refusal(verb, refusal):
    assert MOVES[verb].refusal is refusal


def test_what_exists_is_not_proposed_again():
    with pytest.raises(refusals.ProposeNeedsNew):
        propose(door(), decision(), around())
    with pytest.raises(refusals.ProposeNeedsNew):
        propose(draft(current_door()), decision(), around())


def test_a_second_person_approves():
    proposed = door()
    with pytest.raises(refusals.ApproverIsProposer):
        approve(proposed, decision(proposed, actor=PROPOSER), around())


@pytest.mark.parametrize("verb", [approve, reject, correct_approval, correct_rejection, retire, correct_retirement])
def test_a_stale_version_is_refused_by_every_step(verb):
    with pytest.raises(refusals.AddressVersionStale):
        verb(door(version=5), decision(door(version=4)), around())


def test_a_lock_stops_every_step_until_its_case_lifts_it():
    address = current_door()
    locked = lock(address, "2026-17", decision(address))
    with pytest.raises(refusals.AddressLocked):
        retire(locked, decision(locked), around())
    unlocked = unlock(locked, "2026-17", decision(locked))
    assert retire(unlocked, decision(unlocked), around()).status is Status.RETIRED


def test_a_locked_address_is_not_locked_again():
    locked = current_door(locked_by="a")
    with pytest.raises(refusals.AddressAlreadyLocked):
        lock(locked, "b", decision(locked))


def test_a_lock_needs_a_case():
    with pytest.raises(refusals.LockNeedsCase):
        lock(current_door(), " ", decision())


def test_only_a_locked_address_is_unlocked():
    with pytest.raises(refusals.AddressNotLocked):
        unlock(current_door(), "a", decision())


def test_another_case_does_not_lift_the_lock():
    with pytest.raises(refusals.LockedByAnotherCase):
        unlock(current_door(locked_by="a"), "b", decision())


@pytest.mark.parametrize("verb", [lock, unlock])
def test_a_stale_version_neither_locks_nor_unlocks(verb):
    with pytest.raises(refusals.AddressVersionStale):
        verb(current_door(version=2), "a", decision())


@pytest.mark.parametrize(
    ("verb", "status"),
    [
        (reject, Status.PROPOSED),
        (retire, Status.CURRENT),
        (correct_approval, Status.CURRENT),
        (correct_rejection, Status.REJECTED),
        (correct_retirement, Status.RETIRED),
    ],
)
def test_what_ends_or_corrects_needs_a_reason(verb, status):
    address = door(status=status)
    with pytest.raises(ReasonNotStated):
        verb(address, decision(address, reason=" "), around())


def test_an_address_counts_for_at_least_one_day():
    with pytest.raises(refusals.EndsBeforeBeginning):
        retire(current_door(), decision(day=START), around())


def test_a_door_becomes_current_only_with_a_position():
    unplaced = door(position=None)
    with pytest.raises(DoorNeedsPosition):
        approve(unplaced, decision(unplaced), around())


def test_a_parent_does_not_end_before_its_children():
    parent = current_door()
    below = around(children=(child(Kind.BUILDING, parent),))
    with pytest.raises(HasLivingChildren):
        retire(parent, decision(), below)
    with pytest.raises(HasLivingChildren):
        reject(door(), decision(), below)


def test_a_primary_does_not_end_before_its_secondaries():
    with pytest.raises(HasLivingSecondaries):
        retire(current_door(), decision(), around(secondaries=(current_door("second", primary_id="door"),)))


def test_a_child_becomes_current_after_its_parent():
    parent = door()
    building = child(Kind.BUILDING, parent)
    with pytest.raises(ParentNotCurrent):
        approve(building, decision(), around(parent=parent))


def test_a_second_door_becomes_current_after_the_first():
    primary = door()
    second = door("second", primary_id="door")
    with pytest.raises(PrimaryNotCurrent):
        approve(second, decision(), around(primary=primary))


def test_an_approval_is_not_taken_back_from_under_current_children():
    parent = current_door()
    below = around(children=(child(Kind.BUILDING, parent, status=Status.CURRENT),))
    with pytest.raises(HasCurrentChildren):
        correct_approval(parent, decision(), below)


def test_an_approval_is_not_taken_back_from_under_current_secondaries():
    below = around(secondaries=(current_door("second", primary_id="door"),))
    with pytest.raises(HasCurrentSecondaries):
        correct_approval(current_door(), decision(), below)


def test_an_approval_with_a_mounted_plate_is_not_taken_back():
    with pytest.raises(PlateIsMounted):
        correct_approval(current_door(), decision(), around(plated=True))


def test_a_rejected_number_that_was_given_away_does_not_come_back():
    rejected = door(status=Status.REJECTED)
    with pytest.raises(NumberAlreadyTaken):
        correct_rejection(rejected, decision(), around(numbers_taken=frozenset({rejected.number})))


def test_a_retired_number_comes_back_to_its_own_door_even_while_it_rests():
    retired = door(status=Status.RETIRED, valid_to=DAY)
    back = correct_retirement(retired, decision(), around(numbers_resting={retired.number: date(2030, 1, 1)}))
    assert (back.status, back.valid_to) == (Status.CURRENT, None)


def test_a_demolished_house_ends_with_all_its_rooms():
    parent = current_door(version=4)
    building = child(Kind.BUILDING, parent, "building", status=Status.CURRENT)
    room = child(Kind.ROOM, building, "room")
    gone = child(Kind.ROOM, building, "gone", status=Status.RETIRED)
    tree = [
        (room, around(parent=building)),
        (gone, around(parent=building)),
        (building, around(parent=parent, children=(room, gone))),
        (parent, around(children=(building,))),
    ]
    ended = retire_tree(tree, decision(actor=APPROVER))
    assert [(a.id, a.status) for a in ended] == [
        ("room", Status.REJECTED),
        ("building", Status.RETIRED),
        ("door", Status.RETIRED),
    ]


def test_a_demolished_house_does_not_end_above_a_room_outside_the_list():
    parent = current_door()
    other = child(Kind.BUILDING, parent, "other", status=Status.CURRENT)
    with pytest.raises(HasLivingChildren):
        retire_tree([(parent, around(children=(other,)))], decision())
