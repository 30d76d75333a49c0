"""Cases of the numbering suite as files, and an engine's answer read back: the file contract of `geo-app number`."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from geo_app.domain.errors import UnreadableInput
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_suite import Answer, SuiteCase

FOLDER = Path(__file__).parents[2] / "gis_data/numbering_suite"
FORMAT = "numbering-suite/1"
FILES: Mapping[str, str] = {
    "streets": "streets.geojson",
    "entrances": "entrances.geojson",
    "rule": "rule.json",
    "out": "plan.csv",
    "findings": "findings.csv",
}
"""What stands for `{streets}` and the others in a command."""

NOT_A_CASE = marked("it is no case of the numbering suite ({format})")
NO_CASES = marked("there is no case in this folder")


def read_cases(folder: Path = FOLDER) -> list[SuiteCase]:
    """Return the cases of a folder by name. Raises UnreadableInput."""
    cases = [read_case(path) for path in sorted(folder.glob("*.json"))]
    if not cases:
        raise UnreadableInput(name=str(folder), problem=Message(NO_CASES))
    return cases


def read_case(path: Path) -> SuiteCase:
    """Return one case. Raises UnreadableInput."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise KeyError(FORMAT)  # noqa: TRY301 — one answer for all that is not a case
        return _case(data)
    except (ValueError, KeyError, TypeError) as fault:
        raise UnreadableInput(name=path.name, problem=Message(NOT_A_CASE, {"format": FORMAT})) from fault


def write_inputs(case: SuiteCase, folder: Path) -> dict[str, str]:
    """Write streets, entrances and rule of a case, and return the path of each file by its name in a command."""
    paths = {name: folder / file for name, file in FILES.items()}
    for name, value in (("streets", case.streets), ("entrances", case.entrances), ("rule", case.rule)):
        paths[name].write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return {name: str(path) for name, path in paths.items()}


def read_answer(paths: Mapping[str, str], exit_status: int) -> Answer:
    """Return what a command wrote; exit status 2, or no plan at all, is a refusal."""
    plan, findings = Path(paths["out"]), Path(paths["findings"])
    if exit_status == 2 or not plan.is_file():
        return Answer(refused=True, numbers={})
    numbers = {row["entrance_id"]: (_integer(row["number"]), row.get("sub_number") or "") for row in _rows(plan)}
    told = {(row["entrance_id"], row["kind"]) for row in _rows(findings)} if findings.is_file() else None
    return Answer(refused=False, numbers=numbers, findings=None if told is None else frozenset(told))


def _case(data: Mapping[str, Any]) -> SuiteCase:
    expected = data["expected"]
    return SuiteCase(
        data["case"],
        data["title"],
        data["rule"],
        data["streets"],
        data["entrances"],
        {door: tuple(right) for door, right in expected["numbers"].items()},
        frozenset((door, kind) for door, kind in expected["findings"]),
        bool(expected["refused"]),
    )


def _rows(path: Path) -> Sequence[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _integer(text: str) -> int | None:
    return int(text) if text.strip() else None
