"""Imports killed at random moments: the importing process, and the database server itself."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from geo_app.persistence import embedded
from geo_app.persistence.database import Database, connect
from geo_app.settings import Settings
from tests.support.imports import COUNTY, place, table_file

MOMENTS = int(os.environ.get("GEO_APP_KILLS", "6"))
ROWS = 2_000
CHECKOUT = Path(__file__).parents[2]


class Office:
    """A private home in which imports are begun and killed."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.settings = Settings(home=home)

    def begin(self, path: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "geo_app.cli", "load-addresses", str(path), "--county", COUNTY]
        env = {**os.environ, "GEO_APP_HOME": str(self.home)}
        return subprocess.Popen(command, cwd=CHECKOUT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def state(self) -> tuple[int, list[int]]:
        """Return how many addresses there are, and how many each import says it added."""
        database: Database = connect(self.settings)
        try:
            with database.transaction() as register:
                # Waits for what a killed importer's server process may still be about to roll back.
                register.imports.take_county(COUNTY)
                count = register.session.execute(text("select count(*) from standard_address")).scalar_one()
                runs = register.session.execute(text("select rows_accepted from import_run where status = 'done'"))
                return count, [row.rows_accepted for row in runs]
        finally:
            database.close()

    def kill_server(self) -> None:
        data = embedded.cluster_at(self.home).data
        os.kill(int((data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)


@pytest.fixture(scope="module")
def office(private_home):
    office = Office(private_home)
    path = address_file(office.home / "first.csv", 0, 1)
    assert office.begin(path).wait() == 0
    return office


def address_file(path: Path, batch: int, rows: int) -> Path:
    lon, lat = place(batch * 10, 0)
    lines = [f"{batch}-{n},沙湾镇,第{batch}街,{n + 1},{lon},{lat + n / 1e6:.7f}" for n in range(rows)]
    return table_file(path, "id,town,street,number,lon,lat", *lines)


@pytest.mark.parametrize("moment", range(1, MOMENTS + 1))
def test_a_killed_import_leaves_all_or_nothing_and_a_repeat_completes_it(office, moment):
    chance = random.Random(moment)
    path = address_file(office.home / f"{moment}.csv", moment, ROWS)
    before, _ = office.state()
    importer = office.begin(path)
    try:
        acknowledged = importer.wait(timeout=chance.uniform(0.8, 4.0)) == 0
    except subprocess.TimeoutExpired:
        acknowledged = False
        if chance.random() < 0.5:
            office.kill_server()
        importer.kill()
        importer.wait()
    after, runs = office.state()
    assert after - before in ({ROWS} if acknowledged else {0, ROWS})
    assert sum(runs) == after
    assert office.begin(path).wait() == 0
    assert office.state()[0] == before + ROWS
