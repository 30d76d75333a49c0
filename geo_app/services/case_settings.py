"""What an office decides about its counter cases: papers, limits, working days, what notices say."""

from geo_app.domain.access import require, require_reason
from geo_app.domain.access_roles import Permission
from geo_app.domain.address import Decision
from geo_app.domain.case_clock import WorkCalendar, due_day
from geo_app.domain.case_papers import PaperRules
from geo_app.domain.case_settings import CaseLimits, CaseSection, Office
from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.persistence.case_settings import Section
from geo_app.persistence.register import Register

COUNTY = marked("county")
COUNTY_DIGITS = 6

SECTION_OF: dict[type[Section], CaseSection] = {
    PaperRules: CaseSection.PAPERS,
    CaseLimits: CaseSection.LIMITS,
    WorkCalendar: CaseSection.CALENDAR,
    Office: CaseSection.OFFICE,
}


def set_case_section(register: Register, county_code: str, value: Section, decision: Decision) -> None:
    """Keep a section of a county's settings, read at the decision's version.

    Papers and limits count for cases opened from now on; another calendar moves the last days of open cases at once.
    Raises NotGranted, ReasonNotStated, NotFound (no such county), Conflict.
    """
    require(decision.actor, Permission.CASE_SETTINGS, county_code, decision.day)
    reason = require_reason(decision.actor)
    if len(county_code) != COUNTY_DIGITS or not register.divisions.name_of(county_code):
        raise NotFound(what=Message(COUNTY), key=county_code)
    section = SECTION_OF[type(value)]
    register.case_settings.set((county_code, section), value, decision.version, decision.actor.account_id)
    if isinstance(value, WorkCalendar):
        for case in register.cases.undecided(county_code):
            register.cases.set_due(case.life.case_id, due_day(case.clock, value))
    subject = ("case_setting", f"{county_code}:{section.value}")
    register.journal.write(decision.actor.account_id, reason, "set_case_setting", subject)
