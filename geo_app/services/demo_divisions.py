"""The divisions under a demonstration: as they were in 2018, and as they are, with the mergers between them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from geo_app.domain.access import Actor
from geo_app.domain.demo_values import DemoCounty
from geo_app.domain.division import Division
from geo_app.domain.imports import Layer
from geo_app.exchange.demo_files import SHAWAN, read_upper_levels
from geo_app.persistence.register import Register
from geo_app.services.imports import ImportOrder
from geo_app.services.imports_divisions import import_divisions

BEGINNING = date(2018, 10, 31)
"""What the older of the two lists holds for, and the first day of everything made up."""

LISTS = (("511111_villages_nbs2018.csv", BEGINNING), ("511111_villages_nbs2023.csv", date(2023, 6, 30)))
CHANGES = "shawan_changes_facts.csv"


def load_divisions(register: Register, decision: tuple[Actor, date], county: DemoCounty, folder: Path) -> None:
    """Write the county, its townships and villages; of 沙湾区 both real lists, from which the succession is derived."""
    actor, today = decision
    above = read_upper_levels(folder, county.county.code)
    if county.county.code != SHAWAN:
        _write(register, (*above, *county.townships, *county.villages))
        return
    _write(register, above)
    for name, day in LISTS:
        order = ImportOrder(Layer.DIVISIONS, folder / name, SHAWAN.text, day, today, changes=folder / CHANGES)
        import_divisions(register, actor, order, lambda _rows: None)


def _write(register: Register, divisions: Sequence[Division]) -> None:
    ids = dict(zip((d.code.text for d in divisions), register.demo.new_ids("division", len(divisions)), strict=True))
    rows = (
        (ids[d.code.text], d.code.text, d.level.name.lower(), d.name, _parent(d, ids), f"[{BEGINNING},)")
        for d in divisions
    )
    register.demo.add("division", ("id", "code", "level", "name", "parent_id", "valid"), rows)


def _parent(division: Division, ids: dict[str, int]) -> int | None:
    parent = division.code.parent
    return ids.get(parent.text) if parent else None
