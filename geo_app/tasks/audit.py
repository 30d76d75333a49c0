"""The audit of a county as background work, followed by phases; all of its figures or none."""

from datetime import date
from typing import Any

from geo_app.services.audit_county import CountyAuditOrder, audit_county
from geo_app.tasks.imports import acting
from geo_app.tasks.run import Run


def audit(run: Run) -> dict[str, Any]:
    """Audit the county and month of the job's arguments: county, month (its first day), today, reason."""
    told = run.job.arguments
    today = date.fromisoformat(told["today"])
    order = CountyAuditOrder(told["county"], date.fromisoformat(told["month"]), today)
    with run.database.transaction() as register:
        done = audit_county(register, acting(register, run, today), order, run.progress)
    return {"run": done.run_id, "doors": done.doors, "findings": done.findings, "month": f"{order.month:%Y-%m}"}
