"""Counter cases: the work list, the form at the counter, one case with its steps, its papers as PDF."""

from collections.abc import Callable, Mapping

from apiflask import APIBlueprint
from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from geo_app.domain.access_roles import Permission
from geo_app.domain.address import Decision
from geo_app.domain.case import CaseLife, CaseStatus, CaseVerb, road_of
from geo_app.domain.case_kinds import CaseKind, Subject
from geo_app.domain.case_settings import notice_number
from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked
from geo_app.exchange.language import render
from geo_app.persistence.paging import Paging
from geo_app.persistence.queries.board import all_bounds
from geo_app.persistence.queries.case_list import SORTS, CaseFilter
from geo_app.persistence.register import Register
from geo_app.services import case_opening, case_prints, case_steps, cases
from geo_app.web.api import decided
from geo_app.web.case_form import CHOSEN_KIND, case_request, number_in_hand, step_asked, version_of_form
from geo_app.web.case_map import case_map, form_map
from geo_app.web.context import actor, today, transaction
from geo_app.web.errors import status_of
from geo_app.web.frame import district
from geo_app.web.language import language
from geo_app.web.listing import parse_listing
from geo_app.web.notices import tell
from geo_app.web.permission import needs
from geo_app.web.reach import areas_of

bp = APIBlueprint("cases", __name__, enable_openapi=False)

FILTERS = ("text", "status", "kind", "mine", "late", "all")
PRINTS: Mapping[str, Callable[[Register, int, Decision], bytes]] = {
    "receipt": case_prints.case_receipt,
    "missing": case_prints.case_missing_papers,
    "notice": case_prints.case_notice,
}
OPENED = marked("The case is received. Print the receipt for the applicant.")
TAKEN = marked("Done: {step}.")


@bp.get("/cases")
@needs("case.read")
def work_list() -> ResponseReturnValue:
    """Show the cases, those first whose last day is next."""
    listing = parse_listing(request.args, sorts=SORTS, filters=FILTERS)
    wanted = _filter(listing.filters, ("-" if listing.descending else "") + listing.sort)
    with transaction() as register:
        page = register.cases.page(wanted, listing)
        late = register.cases.page(_filter({"late": "1"}, "due"), Paging(size=1)).total
        county = {case.county_code for case in page.items}
        settings = {code: register.case_settings.in_force(code) for code in county}
    day = today()
    rows = [(case, cases.standing_of(case, day, settings[case.county_code])) for case in page.items]
    return render_template(
        "cases/list.html", listing=listing, page=page, cases_shown=rows, late=late, status_choices=_words(CaseStatus),
        kind_choices=_words(CaseKind),
    )  # fmt: skip


@bp.get("/cases/new")
@needs("case.open")
def new_case() -> ResponseReturnValue:
    """Show the form at the counter."""
    return _form(None)


@bp.post("/cases")
@needs("case.open")
def open_case() -> ResponseReturnValue:
    """Receive a case, and go on with it."""
    try:
        with transaction() as register:
            case_id = case_opening.open_case(register, case_request(request.form), decided())
    except DomainError as refusal:
        return _form(refusal)
    tell(Message(OPENED), "ok")
    return redirect(url_for("cases.case", case_id=case_id))


@bp.get("/cases/<int:case_id>")
@needs("case.read")
def case(case_id: int) -> ResponseReturnValue:
    """Show one case: its steps, its papers, its number among the neighbours, what was done."""
    return _page(case_id, None)


@bp.post("/cases/<int:case_id>/steps")
@needs("case.open")
def take_step(case_id: int) -> ResponseReturnValue:
    """Take a step of the counter."""
    asked = step_asked(request.form)

    def take(register: Register, decision: Decision) -> None:
        case_steps.take_counter_step(register, case_id, asked, decision)

    return _taken(case_id, asked.verb, take)


@bp.post("/cases/<int:case_id>/decision")
@needs("case.decide")
def decide(case_id: int) -> ResponseReturnValue:
    """Approve, refuse or send back, as a second person."""
    verb = step_asked(request.form).verb

    def take(register: Register, decision: Decision) -> None:
        case_steps.decide_case(register, case_id, verb, decision)

    return _taken(case_id, verb, take)


@bp.get("/cases/<int:case_id>/<paper>.pdf")
@needs("case.read")
def print_paper(case_id: int, paper: str) -> ResponseReturnValue:
    """Give a paper of the case as PDF, to be shown and printed."""
    if paper not in PRINTS:
        abort(404)
    with transaction() as register:
        made = PRINTS[paper](register, case_id, decided())
        receipt = register.cases.get(case_id).receipt
    return made, 200, {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'inline; filename="{receipt}-{paper}.pdf"',
    }  # fmt: skip


def _words(choices: type[CaseStatus] | type[CaseKind]) -> list[tuple[str, str]]:
    return [(one.value, render(one.word, language())) for one in choices]


def _taken(case_id: int, verb: CaseVerb, take: Callable[[Register, Decision], None]) -> ResponseReturnValue:
    decision = decided(request.form.get("reason", "").strip(), version_of_form(request.form))
    try:
        with transaction() as register:
            take(register, decision)
    except DomainError as refusal:
        return _page(case_id, refusal)
    tell(Message(TAKEN, {"step": verb.word}), "ok")
    return redirect(url_for("cases.case", case_id=case_id))


def _filter(filters: Mapping[str, str], sort: str) -> CaseFilter:
    day = today() if filters.get("late") else None
    return CaseFilter(
        areas_of(Permission.CASE_READ),
        filters.get("status", "") if filters.get("status", "") in set(CaseStatus) else "",
        filters.get("kind", "") if filters.get("kind", "") in set(CaseKind) else "",
        filters.get("text", ""),
        actor().account_id if filters.get("mine") else None,
        open=not (filters.get("all") or filters.get("status") or filters.get("text")),
        overdue_on=day,
        sort=sort,
    )


def _form(refusal: DomainError | None) -> ResponseReturnValue:
    with transaction() as register:
        rules = register.case_settings.in_force(district().code).papers
        bounds = all_bounds(register.session)
    papers = {kind.value: {one.value: rules.required(kind, one) for one in Subject} for kind in CaseKind}
    page = render_template(
        "cases/new.html", kinds=CaseKind, subjects=Subject, settings=form_map(bounds, papers), form=request.form,
        chosen=request.form.get("kind") or request.args.get("kind") or CHOSEN_KIND,
        fault=render(refusal.message, language()) if refusal else None,
    )  # fmt: skip
    return page, status_of(refusal) if refusal else 200


def _page(case_id: int, refusal: DomainError | None) -> ResponseReturnValue:
    decision = decided()
    tried = number_in_hand(request.args)
    with transaction() as register:
        view = cases.read_case(register, case_id, decision)
        verbs = cases.verbs_for(view.case, decision)
        office = register.case_settings.in_force(view.case.county_code).office
        proposal = cases.preview_number(register, case_id, tried, decision) if CaseVerb.NUMBER in verbs else None
    page = render_template(
        "cases/one.html", view=view, case=view.case, verbs=[verb.value for verb in verbs], proposal=proposal,
        tried=tried, settings=case_map(view.case, proposal), Verb=CaseVerb, progress=_progress(view.case.life),
        notice=notice_number(office.notice_word, *view.case.notice) if view.case.notice else "",
        fault=render(refusal.message, language()) if refusal else None,
    )  # fmt: skip
    return page, status_of(refusal) if refusal else 200


def _progress(case: CaseLife) -> list[tuple[str, Message]]:
    """Return each status on the case's road with its place: done, now, next; a broken-off case ends the road."""
    road = road_of(case.kind)
    if case.status in road:
        here = road.index(case.status)
        return [("done" if i < here else "now" if i == here else "next", one.word) for i, one in enumerate(road)]
    first, *rest = road
    if case.status is CaseStatus.INCOMPLETE:
        return [("done", first.word), ("now", case.status.word), *(("next", one.word) for one in rest)]
    return [("done", first.word), ("now", case.status.word)]
