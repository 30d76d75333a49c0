"""The real facts a demo county stands on, read from the folder of small demo inputs or from national lists."""

from collections.abc import Sequence
from pathlib import Path

from geo_app.domain.demo_values import CountyInputs, RoadFact
from geo_app.domain.division import Division, DivisionCode, Level, parse_code
from geo_app.domain.errors import NotFound
from geo_app.domain.position import Position
from geo_app.exchange.division_files import read_areas, read_division_list, read_outlines, read_rows

SHAWAN = DivisionCode("511111")
"""沙湾区, the county the demo folder is about."""


def read_shawan(folder: Path) -> CountyInputs:
    """Return the inputs of 沙湾区 from the project's `gis_data` folder: its divisions of 2023, outline, roads, areas.

    Raises UnreadableInput where a file is missing.
    """
    divisions = read_division_list(folder / "511111_villages_nbs2023.csv").divisions
    addresses = read_rows(folder / "shawan_addresses_facts.csv")
    outlines = read_outlines(folder / "511111_outline.geojson").outlines
    return CountyInputs(
        Division(SHAWAN, "沙湾区"),
        divisions,
        next((outline for outline in outlines if outline.code == SHAWAN), None),
        _roads(read_rows(folder / "shawan_roads_facts.csv"), addresses, divisions),
        read_areas([folder / "shawan_towns_facts.csv", folder / "shawan_villages_facts.csv"]),
        _seats(addresses, divisions),
    )


NATIONAL = (
    (Level.PROVINCE, "china_provinces_nbs2023.csv"),
    (Level.CITY, "china_cities_nbs2023.csv"),
    (Level.COUNTY, "china_counties_nbs2023.csv"),
)


def read_upper_levels(folder: Path, county: DivisionCode) -> tuple[Division, ...]:
    """Return a county's province, its city and itself, by the national lists of the project's `gis_data` folder."""
    wanted = ((county.at(level), read_rows(folder / name)) for level, name in NATIONAL)
    return tuple(Division(code, row["name"]) for code, rows in wanted for row in rows if row["code"] == code.text)


def inputs_for(county: str, divisions: Sequence[Division], outline_file: Path | None = None) -> CountyInputs:
    """Return the inputs of any county from a division list that names it, its townships and its villages.

    Raises DivisionCodeMalformed, NotFound where the list does not name the county.
    """
    code = parse_code(county)
    named = next((division for division in divisions if division.code == code), None)
    if named is None:
        raise NotFound(what="county", key=county)
    outlines = read_outlines(outline_file).outlines if outline_file else ()
    outline = next((outline for outline in outlines if outline.code == code), None)
    return CountyInputs(named, tuple(d for d in divisions if d.code.lies_in(code)), outline)


def _roads(
    rows: Sequence[dict[str, str]], addresses: Sequence[dict[str, str]], divisions: Sequence[Division]
) -> tuple[RoadFact, ...]:
    return tuple(
        RoadFact(
            row["name"],
            row["kind"],
            row["from"],
            row["to"],
            _township_in(
                row["note"] + "".join(a["address"] for a in addresses if row["name"] in a["address"]), divisions
            ),
            row["source"],
        )
        for row in rows
    )


def _addresses_on(road: str, addresses: Sequence[dict[str, str]]) -> str:
    return "".join(row["address"] for row in addresses if road in row["address"])


def _township_in(text: str, divisions: Sequence[Division]) -> DivisionCode | None:
    """Return the township a note or address names; a subdistrict cut out of the county town counts as the town."""
    named = [d for d in divisions if d.level is Level.TOWNSHIP and d.name in text and not d.name.endswith("街道")]
    return named[0].code if named else None


def _seats(addresses: Sequence[dict[str, str]], divisions: Sequence[Division]) -> dict[DivisionCode, Position]:
    """Return the positions of township offices where the source gives coordinates (WGS 84; within 1 m of CGCS2000)."""
    townships = {d.name + "人民政府": d.code for d in divisions if d.level is Level.TOWNSHIP}
    return {
        townships[row["subject"]]: Position(float(row["lon"]), float(row["lat"]))
        for row in addresses
        if row["subject"] in townships and row["lon"]
    }
