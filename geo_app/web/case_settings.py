"""An office's settings for counter cases: papers, time limits, working days, what notices say."""

from collections.abc import Callable, Mapping
from datetime import date

from apiflask import APIBlueprint
from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from geo_app.domain.case_clock import WorkCalendar
from geo_app.domain.case_kinds import CaseKind, Subject
from geo_app.domain.case_papers import PaperRules, read_requirements
from geo_app.domain.case_settings import CaseLimits, CaseSection, Office
from geo_app.domain.errors import DomainError, UnreadableInput
from geo_app.domain.message import Message, marked
from geo_app.exchange.language import render
from geo_app.persistence.case_settings import Section
from geo_app.services import case_settings as service
from geo_app.web.api import decided
from geo_app.web.case_form import version_of_form
from geo_app.web.context import today, transaction
from geo_app.web.errors import status_of
from geo_app.web.frame import district
from geo_app.web.language import language
from geo_app.web.notices import tell
from geo_app.web.permission import needs

bp = APIBlueprint("case_settings", __name__, enable_openapi=False)

NOT_A_DAY = marked("it is not a day such as 2026-03-01.")
NOT_A_COUNT = marked("it is no whole number.")
KEPT = marked("The settings are kept.")


@bp.get("/case-settings")
@needs("case.read")
def own_county() -> ResponseReturnValue:
    """Go to the settings of this register's county."""
    return redirect(url_for("case_settings.case_settings", county=district().code or "0"))


@bp.get("/case-settings/<county>")
@needs("case.read")
def case_settings(county: str) -> ResponseReturnValue:
    """Show what the office of a county decided."""
    return _page(county, None)


@bp.post("/case-settings/<county>/<section>")
@needs("case.settings")
def keep_section(county: str, section: str) -> ResponseReturnValue:
    """Keep one section."""
    if section not in set(CaseSection):
        abort(404)
    try:
        decision = decided(request.form.get("reason", "").strip(), version_of_form(request.form))
        value = _READERS[CaseSection(section)]()
        with transaction() as register:
            service.set_case_section(register, county, value, decision)
    except DomainError as refusal:
        return _page(county, refusal)
    tell(Message(KEPT), "ok")
    return redirect(url_for("case_settings.case_settings", county=county))


def _page(county: str, refusal: DomainError | None) -> ResponseReturnValue:
    with transaction() as register:
        settings = register.case_settings.in_force(county)
        versions = register.case_settings.versions(county)
        name = register.divisions.name_of(county)
    page = render_template(
        "cases/settings.html", county=county, county_name=name, settings=settings, versions=versions, kinds=CaseKind,
        subjects=Subject, sections=CaseSection, year=today().year,
        fault=render(refusal.message, language()) if refusal else None,
    )  # fmt: skip
    return page, status_of(refusal) if refusal else 200


def _papers() -> PaperRules:
    return PaperRules(
        {kind: read_requirements(_lines(f"kind.{kind.value}")) for kind in CaseKind},
        {subject: read_requirements(_lines(f"subject.{subject.value}")) for subject in Subject},
    )


def _limits() -> CaseLimits:
    return CaseLimits({kind: _count(f"days.{kind.value}") for kind in CaseKind}, _count("near_days"))


def _calendar() -> WorkCalendar:
    return WorkCalendar(_days("holidays"), _days("worked"))


def _office() -> Office:
    names = ("name", "notice_word", "legal_basis", "counter")
    return Office(**{name: " ".join(request.form.get(name, "").split()) for name in names})


_READERS: Mapping[CaseSection, Callable[[], Section]] = {
    CaseSection.PAPERS: _papers,
    CaseSection.LIMITS: _limits,
    CaseSection.CALENDAR: _calendar,
    CaseSection.OFFICE: _office,
}


def _lines(field: str) -> list[str]:
    return request.form.get(field, "").splitlines()


def _count(field: str) -> int:
    text = request.form.get(field, "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise UnreadableInput(name=text or "—", problem=Message(NOT_A_COUNT))
    return int(text)


def _days(field: str) -> frozenset[date]:
    written = request.form.get(field, "").replace("，", " ").replace(",", " ").replace("、", " ").split()
    return frozenset(map(_day, written))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise UnreadableInput(name=text, problem=Message(NOT_A_DAY)) from wrong
