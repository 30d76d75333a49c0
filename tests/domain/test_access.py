from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.access import (
    AREA_LENGTHS,
    Actor,
    AreaCodeMalformed,
    Grant,
    NotGranted,
    ReasonNotStated,
    Relation,
    decide,
    parent_area,
    reachable_areas,
    relation,
    require,
    require_reason,
)
from geo_app.domain.access_roles import PERMISSIONS, POWERS, Permission, Reach, Role
from geo_app.domain.history import PeriodEmpty

TODAY = date(2026, 3, 1)
COUNTY, TOWN, VILLAGE, NEIGHBOUR_TOWN = "511111", "511111002", "511111002001", "511111100"
# Short digits make relations between random areas likely.
AREAS = st.sampled_from(AREA_LENGTHS).flatmap(lambda n: st.text("01", min_size=n, max_size=n))
ANY_GRANTS = st.lists(st.builds(Grant, st.sampled_from(Role), AREAS, st.just(TODAY)), max_size=4)


def grant(role=Role.PLANNER, area=COUNTY, start=TODAY, stop=None):
    return Grant(role, area, start, stop)


@pytest.mark.parametrize(
    ("area", "target", "expected"),
    [
        (TOWN, TOWN, Relation.OWN),
        (TOWN, VILLAGE, Relation.WITHIN),
        (COUNTY, VILLAGE, Relation.WITHIN),
        (TOWN, NEIGHBOUR_TOWN, Relation.NEIGHBOUR),
        (TOWN, NEIGHBOUR_TOWN + "003", Relation.NEIGHBOUR),
        (TOWN, COUNTY, Relation.NONE),
        (TOWN, "511102001", Relation.NONE),
        (VILLAGE, NEIGHBOUR_TOWN + "001", Relation.NONE),
    ],
)
def test_relations_follow_the_division_codes(area, target, expected):
    assert relation(area, target) is expected


@given(AREAS)
def test_each_area_lies_within_the_one_above(code):
    above = parent_area(code)
    assert code.startswith(above)
    assert relation(above, code) is (Relation.WITHIN if code else Relation.OWN)


def test_a_grant_for_the_whole_register_covers_every_area():
    everywhere = grant(area="")
    assert all(decide([everywhere], Permission.PLAN_APPROVE, area, TODAY).allowed for area in ("", "51", VILLAGE))
    assert not decide([grant()], Permission.PLAN_APPROVE, "", TODAY).allowed


def test_a_planner_approves_plans_in_the_whole_county_and_nowhere_else():
    assert decide([grant()], Permission.PLAN_APPROVE, VILLAGE, TODAY).allowed
    assert not decide([grant()], Permission.PLAN_APPROVE, "511102", TODAY).allowed


def test_township_staff_see_the_plans_of_their_neighbours_and_edit_none():
    staff = [grant(Role.TOWNSHIP, TOWN)]
    assert decide(staff, Permission.PLAN_READ, NEIGHBOUR_TOWN, TODAY).allowed
    assert not decide(staff, Permission.ENTRANCE_EDIT, NEIGHBOUR_TOWN, TODAY).allowed
    assert decide(staff, Permission.ENTRANCE_EDIT, VILLAGE, TODAY).allowed


def test_addresses_are_public_facts_for_every_working_role():
    for role in set(Role) - POWERS:
        assert decide([grant(role, VILLAGE)], Permission.ADDRESS_READ, "511102", TODAY).allowed


@pytest.mark.parametrize(
    ("grants", "sentence"),
    [
        ([], "None of your roles includes approve numbering plans."),
        ([grant(area=TOWN)], "As planner you work in 511111002; 511111 lies outside."),
        ([grant(start=date(2026, 4, 1))], "Your role as planner begins on 2026-04-01."),
        ([grant(start=date(2025, 1, 1), stop=TODAY)], "Your role as planner ended on 2026-03-01."),
    ],
)
def test_a_refusal_says_why(grants, sentence):
    verdict = decide(grants, Permission.PLAN_APPROVE, COUNTY, TODAY)
    assert not verdict.allowed
    assert [str(reason) for reason in verdict.reasons] == [sentence]


def test_an_allowance_names_the_role():
    verdict = decide([grant(Role.VILLAGE), grant()], Permission.PLAN_APPROVE, COUNTY, TODAY)
    assert [str(reason) for reason in verdict.reasons] == ["Allowed as planner."]


def test_without_a_grant_the_step_is_refused():
    require(Actor(1, "甲", (grant(),)), Permission.PLAN_DRAFT, TOWN, TODAY)
    with pytest.raises(NotGranted):
        require(Actor(1, "甲"), Permission.PLAN_DRAFT, TOWN, TODAY)


@given(ANY_GRANTS, st.sampled_from(Permission), AREAS)
def test_a_list_shows_at_least_what_is_allowed_one_by_one(grants, permission, target):
    areas = reachable_areas(grants, permission, TODAY)
    if decide(grants, permission, target, TODAY).allowed:
        assert any(target.startswith(area) for area in areas)


@given(ANY_GRANTS, AREAS)
def test_a_list_to_edit_shows_exactly_what_is_allowed_one_by_one(grants, target):
    areas = reachable_areas(grants, Permission.PLAN_DRAFT, TODAY)
    allowed = decide(grants, Permission.PLAN_DRAFT, target, TODAY).allowed
    assert any(target.startswith(area) for area in areas) == allowed


def test_areas_within_other_areas_are_not_listed_twice():
    grants = [grant(area=COUNTY), grant(area=TOWN), grant(area="511102", stop=None)]
    assert reachable_areas(grants, Permission.PLAN_DRAFT, TODAY) == {COUNTY, "511102"}
    assert reachable_areas(grants, Permission.ADDRESS_READ, TODAY) == {""}
    assert reachable_areas([grant(Role.TOWNSHIP, TOWN)], Permission.STATISTICS_READ, TODAY) == {COUNTY}
    assert reachable_areas([grant(start=date(2027, 1, 1))], Permission.PLAN_DRAFT, TODAY) == frozenset()


def test_every_role_has_a_row_and_every_permission_a_holder():
    assert set(PERMISSIONS) == set(Role)
    assert {permission for granted in PERMISSIONS.values() for permission in granted} == set(Permission)


def test_the_three_powers_share_no_power_and_do_no_daily_work():
    writes = {Permission.ACCOUNT_MANAGE, Permission.POLICY_MANAGE, Permission.LOG_READ}
    for power in POWERS:
        assert len(writes & set(PERMISSIONS[power])) == 1
        assert not {p for p in PERMISSIONS[power] if p.startswith(("plan.", "address.", "street.", "import."))}
    for role in set(Role) - POWERS:
        assert not writes & set(PERMISSIONS[role])


def test_only_reading_reaches_beyond_the_own_area():
    for granted in PERMISSIONS.values():
        for permission, reach in granted.items():
            # Matching a list reads addresses, which are public facts, and writes none.
            reads = permission.endswith(".read") or permission is Permission.MATCH_RUN
            assert reach is Reach.WITHIN or reads


@pytest.mark.parametrize("code", [" ", "5", "51111", "5111110020", "51111a", "５11111"])
def test_an_area_is_a_division_code(code):
    with pytest.raises(AreaCodeMalformed):
        grant(area=code)


def test_a_grant_lasts_at_least_a_day():
    with pytest.raises(PeriodEmpty):
        grant(stop=TODAY)


def test_a_write_states_its_reason():
    assert require_reason(Actor(1, "甲", reason="核实")) == "核实"
    with pytest.raises(ReasonNotStated):
        require_reason(Actor(1, "甲", reason=" "))
