"""Write what is made from the suite's sketches: `python -m tests.support.suite_pages`.

Data files (gis_data), drawings and two pages of the manual: the table for engines and the sections for clerks.
"""

import json
import tempfile
from pathlib import Path

import numpy as np
import shapely

from geo_app.domain.message import Message
from geo_app.domain.numbering import PlannedNumbers, Surroundings, number_streets
from geo_app.domain.numbering_rule import NumberingRule, SkipNeedsReason
from geo_app.domain.street import build_streets
from geo_app.exchange.language import render
from geo_app.exchange.numbering_files import StreetFile, entrance_file, street_file
from geo_app.exchange.numbering_suite import FOLDER
from geo_app.exchange.numbering_table import read_every_row
from geo_app.exchange.vector_options import Shape
from geo_app.maps.numbering_drawing import before_and_after
from tests.support.suite_sketch import as_data, sketches

DOCS = Path(__file__).parents[2] / "geo_app/docs"
DRAWINGS, TABLE, CLERK = (
    DOCS / "images/suite",
    DOCS / "reference/numbering_suite.md",
    DOCS / "how-to/difficult-streets.md",
)
MARK = "## "


def made() -> dict[Path, str]:
    """Return every generated file with its text."""
    files = {}
    for name, written in sketches().items():
        data = as_data(name, written)
        files[FOLDER / f"{name}.json"] = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        files[DRAWINGS / f"{name}.svg"] = drawing(data)
    files[TABLE] = _after(TABLE, "## The cases\n", _table())
    files[CLERK] = _after(CLERK, "## 目录\n", _sections())
    return files


def numbered(data) -> tuple[PlannedNumbers, StreetFile]:
    """Return a case numbered by our engine, its files read as the command reads them."""
    streets, entrances = read_case_files(data)
    try:
        rule = NumberingRule.from_mapping(data["rule"])
    except SkipNeedsReason:
        rule = NumberingRule.from_mapping({**data["rule"], "skip": []})
    return number_streets(build_streets(streets.pieces), entrances, rule, Surroundings(lanes=streets.lanes)), streets


def read_case_files(data):
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for part in ("streets", "entrances"):
            paths[part] = Path(folder) / f"{part}.geojson"
            paths[part].write_text(json.dumps(data[part]), encoding="utf-8")
        streets = street_file(read_every_row(paths["streets"], Shape.LINES))
        return streets, entrance_file(read_every_row(paths["entrances"], Shape.POINTS)).entrances


def drawing(data) -> str:
    plan, streets = numbered(data)
    refusal = render(Message(SkipNeedsReason.pattern), "zh") if data["expected"]["refused"] else ""
    lanes = [np.asarray(shapely.get_coordinates(lane)) for lane in streets.lanes]
    return before_and_after(plan, lanes, lambda message: render(message, "zh"), refusal)


def _after(page: Path, heading: str, text: str) -> str:
    return page.read_text(encoding="utf-8").partition(heading)[0] + heading + "\n" + text


def _table() -> str:
    lines = ["| case | rule | source | input | expected | decision |", "| --- | --- | --- | --- | --- | --- |"]
    for name, written in sketches().items():
        cells = (
            f"[{written['title']['en']}](../images/suite/{name}.svg)",
            written["rule_text"],
            written["source"],
            f"`{name}.json`",
            _expected(written),
            written["decision"],
        )
        lines.append("| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _expected(written) -> str:
    if written["expect"] == "refused":
        return "refused"
    numbers = (f"{door} {_number(number)}" for door, number in written["expect"].items())
    findings = (f"{door}: {', '.join(kinds)}" for door, kinds in written.get("findings", {}).items())
    return "; ".join([", ".join(numbers), *findings])


def _number(number) -> str:
    if isinstance(number, dict):
        return f"{number['any_of'][0]} to {number['any_of'][-1]}, any"
    return "–" if number is None else str(number)


def _sections() -> str:
    told = [(name, written) for name, written in sketches().items() if "zh" in written]
    index = "".join(f"{count}. {written['title']['zh']}\n" for count, (_, written) in enumerate(told, 1))
    return index + "".join(_section(count, *one) for count, one in enumerate(told, 1))


def _section(count, name, written) -> str:
    words = written["zh"]
    return f"""
{MARK}{count}. {written["title"]["zh"]}

![{written["title"]["zh"]}：编号前与编号后](../images/suite/{name}.svg)

* **看到什么**：{words["see"]}
* **系统怎样做**：{words["does"]}
* **由您决定**：{words["decide"]}
"""


if __name__ == "__main__":
    for path, text in made().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
