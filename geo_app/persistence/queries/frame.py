"""What every page's frame says about the district."""

from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from geo_app.persistence.tables import Division, Street


@dataclass(frozen=True, slots=True)
class District:
    """The county whose register this is; `made_up` says that demonstration data is in it."""

    name: str
    code: str
    made_up: bool


def district(session: Session) -> District:
    """Return the county, with empty name and code before any division was loaded."""
    county = session.execute(
        select(Division.name, Division.code)
        .where(Division.level == "county", func.upper_inf(Division.valid))
        .order_by(Division.code)
        .limit(1)
    ).one_or_none()
    made_up = bool(session.scalar(select(exists().where(Street.made_up))))
    return District(county.name if county else "", county.code if county else "", made_up)
