"""The divisions under a demonstration: as they were in 2018, and as they are, with the merger between them."""

from datetime import date
from pathlib import Path

from geo_app.domain.access import Actor
from geo_app.domain.demo_values import DemoCounty
from geo_app.domain.division import Division
from geo_app.exchange.demo_files import read_ancestors
from geo_app.persistence.register import Register

BEGINNING = date(2018, 10, 31)


def load_divisions(register: Register, actor: Actor, county: DemoCounty, folder: Path) -> None:
    """Write the county, its townships and villages."""
    del actor
    above = read_ancestors(folder, county.county.code)
    all_of = [*above, county.county, *county.townships, *county.villages]
    ids = dict(zip((d.code.text for d in all_of), register.demo.new_ids("division", len(all_of)), strict=True))
    rows = (
        (ids[d.code.text], d.code.text, d.level.name.lower(), d.name, _parent(d, ids), f"[{BEGINNING},)")
        for d in all_of
    )
    register.demo.add("division", ("id", "code", "level", "name", "parent_id", "valid"), rows)


def _parent(division: Division, ids: dict[str, int]) -> int | None:
    parent = division.code.parent
    return ids.get(parent.text) if parent else None
