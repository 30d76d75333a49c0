"""Counts of the start page."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geo_app.persistence.tables import Entrance, Job, NumberingPlan, StandardAddress, Street


@dataclass(frozen=True, slots=True)
class Overview:
    """How the register stands, and what waits for one account."""

    streets: int
    doors: int
    addresses: int
    to_approve: int
    to_publish: int
    my_drafts: int
    my_jobs: int


def overview(session: Session, account_id: int | None) -> Overview:
    """Return the counts; plans to approve leave out those the account itself submitted."""
    plans, mine = NumberingPlan, account_id if account_id is not None else -1
    counts = (
        select(func.count()).select_from(Street).where(func.upper_inf(Street.valid)),
        select(func.count()).select_from(Entrance).where(func.upper_inf(Entrance.valid)),
        select(func.count()).select_from(StandardAddress).where(StandardAddress.status == "current"),
        select(func.count()).select_from(plans).where(plans.status == "submitted", plans.submitted_by != mine),
        select(func.count()).select_from(plans).where(plans.status == "approved"),
        select(func.count()).select_from(plans).where(plans.status == "draft", plans.created_by == mine),
        select(func.count()).select_from(Job).where(Job.account_id == mine, Job.status.in_(("waiting", "running"))),
    )
    return Overview(*session.execute(select(*(count.scalar_subquery() for count in counts))).one())
