"""Loading addresses with structured columns, beside COPY of the same rows into the same table with the same indexes."""

import os
import resource
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from time import perf_counter

import numpy as np
from sqlalchemy import create_engine, text

from geo_app.domain.imports import Layer
from geo_app.persistence import embedded, schema
from geo_app.persistence.database import Database, Logins
from geo_app.services.imports import ImportOrder
from geo_app.services.imports_addresses import import_addresses
from tests.measure import Figure, Table
from tests.support.imports import COUNTY, new_actor, no_one

ROWS = int(os.environ.get("GEO_APP_MEASURE_ROWS", "1000000"))
STREETS, TOWNS = 5_000, 20
GOAL = 1 / 3
MEMORY_GOAL = 2.0


def figures(rows: int = ROWS) -> Table:
    home = Path(tempfile.mkdtemp(prefix="geo-app-measure-"))
    cluster = embedded.cluster_at(home)
    embedded.start(cluster, home)
    try:
        path = address_file(home / "addresses.csv", rows)
        yield from _compared(cluster, home, path, rows)
    finally:
        embedded.stop(cluster)
        shutil.rmtree(home)


def address_file(path: Path, rows: int) -> Path:
    """Write made-up doors in structured columns, in no useful order."""
    row = np.random.default_rng(1).permutation(rows)
    street = row % STREETS
    with path.open("w", encoding="utf-8") as out:
        out.write("id,town,village,street,number,lon,lat\n")
        for key, place in zip(row.tolist(), street.tolist(), strict=True):
            number = key // STREETS + 1
            lon, lat = 103.5 + place % 100 * 0.003, 29.3 + place // 100 * 0.003 + number * 1e-5
            out.write(f"{key},第{place % TOWNS}镇,{place % 200}号村,道路{place}路,{number},{lon:.6f},{lat:.6f}\n")
    return path


def _compared(cluster: embedded.Cluster, home: Path, path: Path, rows: int) -> Iterator[Figure]:
    loading, reading = _database(cluster, "loading"), _database(cluster, "reference")
    seconds = _load(loading, path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    copied = _copy(cluster, home)
    again = _load_again(loading, path)
    loading.close()
    reading.close()
    ratio = copied / seconds
    reference = f"COPY of the same rows: {rows / copied:,.0f} rows/s"
    yield Figure(
        f"{rows:,} addresses loaded",
        f"{rows / seconds:,.0f} rows/s, {ratio:.2f} of COPY",
        reference,
        "≥ ⅓",
        ratio >= GOAL,
    )
    yield Figure("the same file again, nothing changed", f"{rows / again:,.0f} rows/s", reference)
    yield Figure("memory of the importing process at its peak", f"{peak:.2f} GiB", "", "< 2 GB", peak < MEMORY_GOAL)


def _database(cluster: embedded.Cluster, name: str) -> Database:
    embedded.create_database(cluster, name, "geo")
    logins = Logins(*(cluster.url(role, name) for role in ("geo_app", "geo_owner", "geo_audit")))
    schema.upgrade(logins.owner)
    return Database(logins)


def _load(database: Database, path: Path) -> float:
    with database.transaction() as register:
        actor = new_actor(register)
    start = perf_counter()
    with database.transaction() as register:
        import_addresses(register, actor, _order(path), no_one)
    return perf_counter() - start


def _load_again(database: Database, path: Path) -> float:
    with database.transaction() as register:
        actor = new_actor(register, "again")
    start = perf_counter()
    with database.transaction() as register:
        report = import_addresses(register, actor, _order(path), no_one)
    assert report.counts.unchanged == report.counts.read
    return perf_counter() - start


def _order(path: Path) -> ImportOrder:
    return ImportOrder(Layer.ADDRESSES, path, COUNTY, date(2024, 3, 1), date(2024, 3, 1))


def _copy(cluster: embedded.Cluster, home: Path) -> float:
    """Return the seconds that COPY takes for the rows just loaded, with what they refer to there before."""
    file = home / "rows.tsv"
    source, target = (create_engine(cluster.url("geo_app", name)) for name in ("loading", "reference"))
    with source.begin() as rows, target.begin() as copy:
        for table in ("account", "import_run", "division"):
            _move(rows, copy, table, home / "table.tsv")
        with closing(rows.connection.cursor()) as cursor, file.open("w") as out:
            cursor.copy_expert("copy standard_address to stdout", out)
    start = perf_counter()
    with target.begin() as copy, closing(copy.connection.cursor()) as cursor, file.open() as given:
        copy.execute(text("set local statement_timeout = 0"))
        cursor.copy_expert("copy standard_address from stdin", given)
    seconds = perf_counter() - start
    source.dispose()
    target.dispose()
    return seconds


def _move(rows, copy, table: str, file: Path) -> None:
    with closing(rows.connection.cursor()) as cursor, file.open("w") as out:
        cursor.copy_expert(f"copy {table} to stdout", out)
    copy.execute(text(f"delete from {table}" if table != "account" else "select 1"))
    with closing(copy.connection.cursor()) as cursor, file.open() as given:
        columns = ""
        cursor.copy_expert(f"copy {table} {columns} from stdin", given)
