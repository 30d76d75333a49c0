"""PLAN and FINDINGS of a village group as CSV rows."""

from collections.abc import Iterator

from geo_app.domain.village_numbering import NumberedGroup
from geo_app.exchange.language import render
from geo_app.exchange.numbering_output import Cells

PLAN_COLUMNS = (
    *("entrance_id", "place", "lane", "branch", "side", "metres", "number", "sub_number", "text", "kept", "reason"),
)
FINDING_COLUMNS = ("entrance_id", "kind", "severity", "message", "lon", "lat")


def village_plan_rows(group: NumberedGroup, language: str) -> Iterator[Cells]:
    """Yield the heading and one row per house, in input order; `metres` walked from the mouth with two decimals."""
    yield PLAN_COLUMNS
    for house in group:
        metres = "" if house.metres is None else f"{house.metres:.2f}"
        branch = "" if house.branch < 0 else house.branch
        kept = "true" if house.kept else "false"
        yield (
            *(house.entrance_id, house.place or "", house.lane, branch, house.side, metres),
            *(house.number or "", house.sub_number, house.text, kept, render(house.reason, language)),
        )


def village_finding_rows(group: NumberedGroup, language: str) -> Iterator[Cells]:
    """Yield the heading and one row per finding; `lon` and `lat` where it is about a place and no house."""
    yield FINDING_COLUMNS
    for found in group.findings:
        lon, lat = found.place or ("", "")
        yield found.entrance_id, found.kind.value, found.severity, render(found.message, language), lon, lat
