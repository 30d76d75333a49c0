"""The quality of matching on a page: shares of grades by month and day, texts that are not found most often."""

from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from geo_app.domain.match_text import FREQUENT, MatchSource
from geo_app.domain.message import marked
from geo_app.maps.trend import TrendPoint, trend_chart
from geo_app.persistence.queries.match_list import GradeShare, grade_shares, unmatched
from geo_app.web.context import transaction
from geo_app.web.permission import needs

bp = APIBlueprint("match_quality", __name__, enable_openapi=False)

STEPS = {"month": ("%Y-%m", 12), "day": ("%Y-%m-%d", 31)}
"""How a period is written, and how many are shown."""
SOURCES = {
    MatchSource.SEARCH: marked("searches"),
    MatchSource.PROGRAM: marked("programs"),
    MatchSource.BATCH: marked("files"),
}
SHOWN = 30
TREND = marked("Share of A and B")


@bp.get("/match/quality")
@needs("match.read")
def quality() -> ResponseReturnValue:
    """Show the figures and the list."""
    step = "day" if request.args.get("by") == "day" else "month"
    source = request.args.get("source", "")
    source = source if source in list(MatchSource) else ""
    written, most = STEPS[step]
    with transaction() as register:
        shares = grade_shares(register.session, step, source, most)
        texts = unmatched(register.session, SHOWN)
    shown = [(one.period.strftime(written), one) for one in shares]
    return render_template(
        "search/quality.html", step=step, source=source, sources=SOURCES, shares=shown, trend=_trend(shown),
        texts=texts, frequent=FREQUENT,
    )  # fmt: skip


def _trend(shown: list[tuple[str, GradeShare]]) -> Markup:
    points = [TrendPoint(period, one.sure_share) for period, one in shown]
    return Markup(trend_chart(points, gettext(TREND)))  # noqa: S704  drawn by us, its texts escaped
