"""Publishes one street after another, and says each plan's number once it is committed, until it is killed."""

import sys
from pathlib import Path

from geo_app.domain.access_roles import Role
from geo_app.persistence.database import Database, connect
from geo_app.services import numbering
from geo_app.settings import Settings
from tests.support.example_register import (
    TOWNSHIP,
    Example,
    living_divisions,
    make_actor,
    make_divisions,
    make_street,
    request,
)

DOORS = 200


def publish(database: Database, example: Example) -> int:
    """Take one plan from draft to publication, each step in a transaction of its own."""
    with database.transaction() as register:
        plan = numbering.draft_plan(register, example.street, request(), example.by_planner())
    steps = (
        (numbering.submit_plan, example.by_planner(1)),
        (numbering.approve_plan, example.by_reviewer(2)),
        (numbering.publish_plan, example.by_reviewer(3)),
    )
    for step, decision in steps:
        with database.transaction() as register:
            step(register, plan, decision)
    return plan


def main(home: Path, name: str) -> None:
    database = connect(Settings(home=home))
    with database.transaction() as register:
        divisions = living_divisions(register) or make_divisions(register)
        people = [make_actor(register, f"{role.value}-{name}", role) for role in (Role.PLANNER, Role.REVIEWER)]
    for number in range(1000):
        with database.transaction() as register:
            street = make_street(register, f"{name}第{number}街", divisions[TOWNSHIP], DOORS)
        plan = publish(database, Example(*people, people[0], street))
        print(plan, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
