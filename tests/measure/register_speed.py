"""The register, speed: a street from preview to publication, on the private server with its real settings."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from geo_app.domain.access_roles import Role
from geo_app.domain.address import Decision
from geo_app.persistence import embedded, schema
from geo_app.persistence.copying import copy_rows
from geo_app.persistence.database import Database
from geo_app.services import numbering
from geo_app.web.numbering_models import PreviewShown
from geo_app.web.numbering_shown import shown_content
from tests.measure import Figure
from tests.support.database import logins
from tests.support.example_register import TOWNSHIP, Example, make_actor, make_divisions, make_street, request

PREVIEWED = 500
PUBLISHED = (500, 9_900)
"""A street cannot take more: numbers end at 9999."""


def figures() -> Iterator[Figure]:
    """Yield milliseconds of a preview as the API answers it, and seconds of each step of a plan."""
    with _register() as database:
        example, streets = _town(database)
        preview = median(_timed(lambda: _preview(database, streets[PREVIEWED])) for _ in range(9)) * 1000
        goal = "≤ 200 ms"
        yield Figure(f"preview of {PREVIEWED} doors, server", f"{preview:.0f} ms", "", goal, preview <= 200)
        for doors in PUBLISHED:
            copied = _timed(lambda: _copy(database, doors))  # noqa: B023
            for name, seconds in _life(database, example, streets[doors]):
                yield Figure(f"{name}, {doors:,} doors", f"{seconds:.2f} s", f"COPY of as many rows {copied:.2f} s")


@contextmanager
def _register() -> Iterator[Database]:
    with tempfile.TemporaryDirectory(prefix="geo-app-measure-") as folder:
        home = Path(folder)
        # The server works as a user of its own, who has to reach its folder.
        home.chmod(0o755)
        cluster = embedded.cluster_at(home)
        embedded.start(cluster, home)
        try:
            schema.upgrade(cluster.url("geo_owner"))
            database = Database(logins(cluster, embedded.DATABASE))
            yield database
            database.close()
        finally:
            embedded.stop(cluster)


def _town(database: Database) -> tuple[Example, dict[int, int]]:
    with database.transaction() as register:
        division = make_divisions(register)[TOWNSHIP]
        planner, reviewer = (make_actor(register, role.value, role) for role in (Role.PLANNER, Role.REVIEWER))
        streets = {
            doors: make_street(register, f"第{place}街", division, doors, north=0.05 * place)
            for place, doors in enumerate({PREVIEWED, *PUBLISHED})
        }
        return Example(planner, reviewer, planner, 0), streets


def _preview(database: Database, street: int) -> None:
    with database.transaction() as register:
        view = numbering.preview(register, street, request())
        PreviewShown.model_validate(shown_content(register.streets.listing(street), view.content)).model_dump_json()


def _life(database: Database, example: Example, street: int) -> Iterator[tuple[str, float]]:
    plan = 0

    def draft(register: Any, decision: Decision) -> None:
        nonlocal plan
        plan = numbering.draft_plan(register, street, request(), decision)

    def step(name: str, work: Callable[[Any, Decision], object], decision: Decision) -> tuple[str, float]:
        def whole() -> None:
            with database.transaction() as register:
                work(register, decision)

        return name, _timed(whole)

    yield step("draft", draft, example.by_planner())
    yield step("submit", lambda r, d: numbering.submit_plan(r, plan, d), example.by_planner(1))
    step("approve", lambda r, d: numbering.approve_plan(r, plan, d), example.by_reviewer(2))
    yield step("publish", lambda r, d: numbering.publish_plan(r, plan, d), example.by_reviewer(3))


def _copy(database: Database, rows: int) -> None:
    """Write as many addresses as the street has doors, with the same indexes, and take them back."""
    session = database.sessions()
    columns = ("id", "county_code", "kind", "status", "text", "match_key")
    copy_rows(
        session, "standard_address", columns,
        ((f"519999{row:09d}", "519999", "door", "current", f"第{row}号", f"第{row}号") for row in range(rows)),
    )  # fmt: skip
    session.rollback()
    session.close()


def _timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
