"""Random clerks at work: whatever verbs they try in whatever order, no illegal state is reached."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from geo_app.domain import address_change as change
from geo_app.domain import address_life as life
from geo_app.domain.access import Actor
from geo_app.domain.address import Decision, Kind, Rank, Status, Surroundings
from geo_app.domain.address_elements import HouseNumber, Label
from geo_app.domain.errors import DomainError
from tests.support.addresses import DAY, STREET, child, door, draft

IDS = st.integers(0, 4).map(str)
NUMBERS = st.integers(1, 4).map(HouseNumber)
ACTORS = st.integers(1, 2).map(lambda n: Actor(n, str(n), reason="核实"))
STEPS = st.sampled_from(
    (life.approve, life.reject, life.retire, life.correct_approval, life.correct_rejection, life.correct_retirement)
)


class RandomClerks(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.register = {}
        self.day = DAY

    def around(self, address):
        others = [a for a in self.register.values() if a.id != address.id]
        return Surroundings(
            STREET,
            parent=self.register.get(address.parent_id),
            primary=self.register.get(address.primary_id),
            children=tuple(a for a in others if a.parent_id == address.id),
            secondaries=tuple(a for a in others if a.primary_id == address.id),
            numbers_taken=frozenset(a.number for a in others if a.living and a.number),
            labels_taken=frozenset(str(a.label) for a in others if a.living and a.parent_id == address.parent_id),
        )

    def attempt(self, step, address, actor, *details, **facts):
        self.day += timedelta(days=1)
        around = replace(self.around(address), **facts)
        try:
            result = step(address, *details, Decision(actor, self.day, address.version), around)
        except DomainError:
            return
        after = result.address if isinstance(result, change.Changed) else result
        assert after.version == address.version + 1 or step is life.propose
        self.register[after.id] = after

    @rule(own=IDS, number=NUMBERS, primary=st.none() | IDS, actor=ACTORS)
    def propose_a_door(self, own, number, primary, actor):
        if own not in self.register:
            self.attempt(life.propose, draft(door(own, number=number, primary_id=primary)), actor)

    @rule(
        own=IDS, parent=IDS, kind=st.sampled_from((Kind.BUILDING, Kind.ROOM)), label=st.sampled_from("ab"), actor=ACTORS
    )
    def propose_a_child(self, own, parent, kind, label, actor):
        if own not in self.register and parent in self.register:
            below = child(kind, self.register[parent], own, label=Label(label, "幢"))
            self.attempt(life.propose, draft(below), actor)

    @rule(own=IDS, step=STEPS, actor=ACTORS)
    def take_a_step(self, own, step, actor):
        if own in self.register:
            self.attempt(step, self.register[own], actor)

    @rule(own=IDS, step=st.sampled_from((change.renumber, change.correct_number)), number=NUMBERS, actor=ACTORS)
    def give_another_number(self, own, step, number, actor):
        if own in self.register:
            self.attempt(step, self.register[own], actor, number)

    @rule(own=IDS, primary=IDS, actor=ACTORS)
    def make_secondary(self, own, primary, actor):
        if own in self.register:
            self.attempt(change.make_secondary, self.register[own], actor, primary=self.register.get(primary))

    @invariant()
    def no_child_outlives_its_parent(self):
        for address in self.register.values():
            if address.living and address.parent_id:
                parent = self.register[address.parent_id]
                assert parent.living
                assert address.status is Status.PROPOSED or parent.status is Status.CURRENT

    @invariant()
    def no_second_door_outlives_or_precedes_its_first(self):
        for address in self.register.values():
            if address.living and address.rank is Rank.SECONDARY:
                primary = self.register[address.primary_id]
                assert primary.living
                assert primary.rank is Rank.PRIMARY
                assert address.status is Status.PROPOSED or primary.status is Status.CURRENT

    @invariant()
    def no_number_is_held_twice(self):
        held = [a.number for a in self.register.values() if a.living and a.kind is Kind.DOOR]
        assert len(held) == len(set(held))

    @invariant()
    def only_retired_addresses_have_ended(self):
        for address in self.register.values():
            assert (address.valid_to is not None) == (address.status is Status.RETIRED)


RandomClerks.TestCase.settings = settings(max_examples=200, stateful_step_count=50, deadline=None)
TestRandomClerks = RandomClerks.TestCase
