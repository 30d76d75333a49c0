"""Publishing killed at random moments: the publishing process, and the database server itself."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from geo_app.persistence import embedded, schema
from geo_app.persistence.database import connect, logins_of
from geo_app.settings import Settings
from tests.support.publisher import DOORS

pytestmark = pytest.mark.xdist_group("killed publishing")

MOMENTS = int(os.environ.get("GEO_APP_KILLS", "6"))
CHECKOUT = Path(__file__).parents[2]

HALF_WRITTEN = """
    select p.id, p.status, count(a.id) filter (where a.status = 'current' and a.standard_code is not null) as current,
        count(a.id) filter (where a.status = 'proposed') as proposed, count(d.id) as doors
    from numbering_plan p join planned_door d on d.plan_id = p.id
        left join standard_address a on a.id = d.address_id
    group by p.id, p.status
"""
WHOLE = {"draft": (0, 0), "submitted": (0, DOORS), "approved": (0, DOORS), "published": (DOORS, 0)}


@pytest.fixture(scope="module")
def home(private_home):
    schema.upgrade(logins_of(Settings(home=private_home)).owner)
    return private_home


def plans(home):
    database = connect(Settings(home=home))
    try:
        with database.transaction() as register:
            return {row.id: row for row in register.session.execute(text(HALF_WRITTEN))}
    finally:
        database.close()


def kill_server(home):
    data = embedded.cluster_at(home).data
    os.kill(int((data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)


@pytest.mark.parametrize("moment", range(1, MOMENTS + 1))
def test_a_killed_publication_is_whole_or_not_there(home, moment):
    chance = random.Random(moment)
    command = [sys.executable, "-m", "tests.support.publisher", str(home), f"m{moment}"]
    publisher = subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        said, _ = publisher.communicate(timeout=chance.uniform(2.0, 5.0))
    except subprocess.TimeoutExpired:
        if chance.random() < 0.5:
            kill_server(home)
        publisher.kill()
        said, _ = publisher.communicate()
    acknowledged = [int(line) for line in said.splitlines()]
    found = plans(home)
    assert all(found[plan].status == "published" for plan in acknowledged)
    assert all((plan.current, plan.proposed) == WHOLE[plan.status] for plan in found.values())
    assert all(plan.doors == DOORS for plan in found.values())


def test_the_kills_met_a_publisher_at_work(home):
    counted = [plan.status for plan in plans(home).values()]
    assert counted.count("published") >= MOMENTS
