"""The audit of the county on a page: measures by village and month, trends, a map; asking for a new audit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from geo_app.domain.access import reachable_areas, require
from geo_app.domain.access_roles import Permission
from geo_app.domain.audit_figures import Figure
from geo_app.domain.errors import UnreadableInput
from geo_app.domain.message import Message, marked
from geo_app.exchange.language import render
from geo_app.maps.trend import TrendPoint, trend_chart
from geo_app.persistence.queries.audit_figures import (
    MonthFigure,
    MonthRun,
    VillageFigure,
    audit_months,
    month_figures,
    village_figures,
)
from geo_app.persistence.queries.board import all_bounds
from geo_app.persistence.register import Register
from geo_app.services.audit_county import CountyAuditOrder, month_of
from geo_app.services.jobs import ask_for_job
from geo_app.web import audit_words as words
from geo_app.web.context import actor, today, transaction
from geo_app.web.frame import district
from geo_app.web.language import language
from geo_app.web.listing import UnknownSortKey
from geo_app.web.map_settings import map_settings
from geo_app.web.permission import needs

bp = APIBlueprint("audit", __name__, enable_openapi=False)

AUDITS = marked("Audit of {county}, {month}")
NOT_A_MONTH = marked("it is not a month such as 2026-03.")
MOST_MONTHS = 24
"""So many months, the latest, are drawn."""


@dataclass(frozen=True, slots=True)
class VillageRow:
    """A village in the table, with its figures by measure; without code: doors outside every village."""

    division_id: int | None
    code: str
    name: str
    township: str
    figures: dict[str, Figure] = field(default_factory=dict)


@bp.get("/audit")
@needs("audit.read")
def county() -> ResponseReturnValue:
    """Show the figures of a `month`, usually the latest: villages by `sort`, one `measure` on the map."""
    here = request.args.get("county") or district().code
    areas = areas_seen()
    with transaction() as register:
        months = audit_months(register.session, here)
        run = _chosen(months, request.args.get("month", ""))
        figures = village_figures(register.session, run.id, areas) if run else []
        history = month_figures(register.session, here, areas)
        bounds = all_bounds(register.session)
    measure = _measure(request.args.get("measure", ""))
    rows = villages_of(figures)
    return render_template(
        "audit/county.html",
        county=here,
        months=months,
        run=run,
        rows=_sorted(rows, request.args.get("sort", "code")),
        whole=whole_of(figures),
        measure=measure,
        trends=_trends(history, months),
        settings=map_settings(bounds, county=here, month=f"{run.month:%Y-%m}" if run else "", measure=measure),
        this_month=month_of(today()),
        audit_words=words,
    )


@bp.post("/audit/runs")
@needs("audit.run")
def run() -> ResponseReturnValue:
    """Ask for the job that audits the county for a month."""
    with transaction() as register:
        month = read_month(request.form.get("month", "")) or month_of(today())
        job_id = ask_for_audit(register, request.form.get("county") or district().code, month)
    return redirect(url_for("jobs.job", job_id=job_id))


def ask_for_audit(register: Register, county_code: str, month: date, reason: str = "") -> int:
    """Ask for the job that audits a county for a month (its first day), and return its number.

    Raises NotGranted, MonthNotBegun.
    """
    require(actor(), Permission.AUDIT_RUN, county_code, today())
    order = CountyAuditOrder(county_code, month, today())
    arguments = {
        "county": order.county,
        "month": order.month.isoformat(),
        "today": order.today.isoformat(),
        "as_of": order.as_of.isoformat(),
        "reason": reason.strip() or "audit",
    }
    title = Message(AUDITS, {"county": county_code, "month": f"{month:%Y-%m}"})
    return ask_for_job(register, actor(arguments["reason"]), "audit", arguments, title)


def areas_seen() -> frozenset[str]:
    """Return the areas, as prefixes of codes, whose audits the caller sees."""
    return reachable_areas(actor().grants, Permission.AUDIT_READ, today())


def read_month(text: str) -> date | None:
    """Return the first day of a month written 2026-03, None where nothing is written.

    Raises UnreadableInput.
    """
    try:
        return date.fromisoformat(f"{text}-01") if text else None
    except ValueError as wrong:
        raise UnreadableInput(name=text, problem=Message(NOT_A_MONTH)) from wrong


def villages_of(figures: Iterable[VillageFigure]) -> list[VillageRow]:
    """Return the table of villages."""
    rows: dict[str, VillageRow] = {}
    for one in figures:
        row = rows.setdefault(one.code, VillageRow(one.division_id, one.code, one.name, one.township))
        row.figures[one.measure] = one.figure
    return list(rows.values())


def whole_of(figures: Iterable[VillageFigure]) -> Mapping[str, Figure]:
    """Return the figures of all villages together, by measure."""
    found: dict[str, Figure] = {}
    for one in figures:
        found[one.measure] = found.get(one.measure, Figure()) + one.figure
    return found


def _chosen(months: list[MonthRun], text: str) -> MonthRun | None:
    wanted = read_month(text)
    return next((run for run in months if wanted in (None, run.month)), None)


def _measure(text: str) -> str:
    known = [measure.name for measure in words.MEASURES]
    return text if text in known else next(name for name in known if "Parity" in name)


def _sorted(rows: list[VillageRow], asked: str) -> list[VillageRow]:
    key = asked.removeprefix("-")
    if key == "code":
        return rows[::-1] if asked.startswith("-") else rows
    known = [measure.name for measure in words.MEASURES]
    if key not in known:
        raise UnknownSortKey(key=key, known=", ".join(("code", *known)))
    turned = -1 if asked.startswith("-") else 1
    # Villages without data stand last, whichever way the others are sorted.
    return sorted(rows, key=lambda row: (_share(row, key) is None, turned * (_share(row, key) or 0.0), row.code))


def _share(row: VillageRow, measure: str) -> float | None:
    return row.figures.get(measure, Figure()).share


def _trends(history: list[MonthFigure], months: list[MonthRun]) -> dict[str, Markup]:
    """Return a chart for each measure, over the months that were audited."""
    shown = sorted(run.month for run in months)[-MOST_MONTHS:]
    by_measure = {(one.measure, one.month): one.figure.share for one in history}
    charts = {}
    for measure in words.MEASURES:
        points = [TrendPoint(f"{month:%Y-%m}", by_measure.get((measure.name, month))) for month in shown]
        if any(point.share is not None for point in points):
            # The chart escapes its texts itself.
            charts[measure.name] = Markup(trend_chart(points, render(measure.title, language())))  # noqa: S704
    return charts
