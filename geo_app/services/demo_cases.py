"""Counter cases of the demonstration in every state, made by its own made-up people and marked as made up."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from geo_app.domain.access import Actor
from geo_app.domain.address import Decision
from geo_app.domain.case import DECISIONS, CaseVerb
from geo_app.domain.case_kinds import CaseKind, Subject
from geo_app.domain.case_papers import alternatives
from geo_app.domain.case_settings import DEFAULT_BASIS, CaseSection, Office
from geo_app.persistence.demo import DemoPlace
from geo_app.persistence.register import Register
from geo_app.services.case_opening import CaseRequest, open_case
from geo_app.services.case_settings import set_case_section
from geo_app.services.case_steps import StepAsked, decide_case, take_counter_step
from geo_app.services.demo_plans import DemoPeople

REASON = "演示"
SEEN = "演示：门朝街，已建成"
SICHUAN_BASIS = f"{DEFAULT_BASIS}、《四川省地名管理办法》（四川省人民政府令第368号）"


@dataclass(frozen=True, slots=True)
class _Story:
    """A case of the demonstration: how many days ago it came, and the steps that were taken since."""

    kind: CaseKind
    subject: Subject
    days_ago: int
    steps: tuple[CaseVerb, ...] = ()
    papers: bool = True
    shop_name: str = ""


_TO_NUMBER = (CaseVerb.CHECK, CaseVerb.NUMBER)
_TO_SUBMISSION = (*_TO_NUMBER, CaseVerb.SUBMIT)
_TO_NOTICE = (*_TO_SUBMISSION, CaseVerb.APPROVE, CaseVerb.NOTIFY)
_NEW, _HOUSEHOLD, _SHOP = CaseKind.NEW, Subject.HOUSEHOLD, Subject.SHOP

STORIES = (
    _Story(_NEW, _SHOP, 60, _TO_NUMBER, shop_name="沫水面馆（演示）"),
    _Story(_NEW, _HOUSEHOLD, 19, (CaseVerb.CHECK,)),
    _Story(_NEW, _SHOP, 3, papers=False, shop_name="铜河茶社（演示）"),
    _Story(_NEW, _HOUSEHOLD, 5, _TO_SUBMISSION),
    _Story(CaseKind.TEMPORARY, _SHOP, 6, _TO_SUBMISSION, shop_name="工地超市（演示）"),
    _Story(_NEW, _HOUSEHOLD, 12, (*_TO_NOTICE, CaseVerb.FINISH)),
    _Story(CaseKind.TEMPORARY, _SHOP, 30, (*_TO_NOTICE, CaseVerb.FINISH), shop_name="河堤小吃（演示）"),
    _Story(_NEW, _SHOP, 8, _TO_NOTICE, shop_name="郭记五金（演示）"),
    _Story(CaseKind.REISSUE, _HOUSEHOLD, 1),
    _Story(CaseKind.PROOF, _SHOP, 2, (CaseVerb.SUBMIT, CaseVerb.APPROVE), shop_name="大渡河文具（演示）"),
    _Story(CaseKind.CANCEL, _HOUSEHOLD, 4, (CaseVerb.CHECK, CaseVerb.SUBMIT)),
    _Story(_NEW, _HOUSEHOLD, 15, (CaseVerb.CHECK, CaseVerb.REJECT)),
    _Story(_NEW, _HOUSEHOLD, 10, (CaseVerb.WITHDRAW,)),
    _Story(_NEW, Subject.SPLIT_SHOP, 0, shop_name="沫水面馆分店（演示）"),
)

_REASONS: Mapping[CaseVerb, str] = {
    CaseVerb.CHECK: SEEN,
    CaseVerb.REJECT: "演示：违法建筑，不编号",
    CaseVerb.WITHDRAW: "演示：申请人要求撤回",
}


def open_demo_cases(register: Register, people: DemoPeople, county_code: str, today: date) -> int:
    """Open and walk the demonstration's cases, each on a street of its own; return how many there are."""
    begun = today - timedelta(max(story.days_ago for story in STORIES))
    people = DemoPeople(_since(people.planner, begun), _since(people.reviewer, begun))
    _set_office(register, people, county_code, today)
    places = register.demo.places_for_cases(len(STORIES))
    for story, place in zip(STORIES, places, strict=False):
        _tell(register, people, (story, place), today)
    return min(len(STORIES), len(places))


def _since(actor: Actor, day: date) -> Actor:
    """Return the actor as if its rights were older than the demonstration's first case."""
    return replace(actor, grants=tuple(replace(grant, valid_from=day) for grant in actor.grants))


def _set_office(register: Register, people: DemoPeople, county_code: str, today: date) -> None:
    if register.case_settings.versions(county_code)[CaseSection.OFFICE] == 0:
        office = Office(legal_basis=SICHUAN_BASIS, counter="区政务服务中心地名窗口（演示），工作日9:00—17:00")
        decision = Decision(replace(people.reviewer, reason=REASON), today, 0)
        set_case_section(register, county_code, office, decision)


def _tell(register: Register, people: DemoPeople, told: tuple[_Story, DemoPlace], today: date) -> None:
    story, place = told
    day = today - timedelta(story.days_ago)
    clerk = replace(people.planner, reason=REASON)
    case_id = open_case(register, _request(register, story, place), Decision(clerk, day, 0))
    for done, verb in enumerate(story.steps, 1):
        # One step a day, the last one not later than today.
        decided = min(today, day + timedelta(done))
        version = register.cases.get(case_id).life.version
        reason = _REASONS.get(verb, REASON)
        if verb in DECISIONS:
            by = Decision(replace(people.reviewer, reason=reason), decided, version)
            decide_case(register, case_id, verb, by)
        else:
            take_counter_step(
                register, case_id, StepAsked(verb), Decision(replace(clerk, reason=reason), decided, version)
            )


def _request(register: Register, story: _Story, place: DemoPlace) -> CaseRequest:
    required = register.case_settings.in_force(place.county_code).papers.required(story.kind, story.subject)
    seen = tuple(alternatives(one)[0] for one in required) if story.papers else required[:1]
    about = story.kind.needs_address or story.subject.divided
    return CaseRequest(
        story.kind,
        story.subject,
        place.street_id,
        position=None if story.kind.needs_address else place.between,
        address_id=place.address_id if about else None,
        seen=seen,
        shop_name=story.shop_name,
        made_up=True,
    )
