"""Measure one table, or all, and write the figures into the manual's page: `python -m tests.measure [TABLE]`."""

import importlib
import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.measure import Figure

PAGE = Path(__file__).parents[2] / "geo_app/docs/reference/measurements.md"
TABLES = {
    "numbering-walls": ("tests.measure.numbering_walls", "Numbering, against the walls of real towns"),
    "adoption-walls": ("tests.measure.adoption_walls", "Adopting streets: a tenth of the numbers hidden"),
    "numbering-speed": ("tests.measure.numbering_speed", "Numbering, speed and memory"),
    "audit-walls": ("tests.measure.audit_walls", "The audit, against the walls of real towns"),
    "audit-speed": ("tests.measure.audit_speed", "The audit, speed and memory"),
    "village-walks": ("tests.measure.village_walks", "Village groups, walked along real lanes"),
    "import-speed": ("tests.measure.import_speed", "Loading addresses"),
    "register-speed": ("tests.measure.register_speed", "The register, speed"),
    "estate-layouts": ("tests.measure.estate_layouts", "Estates on real layouts"),
    "parsing": ("tests.measure.parsing", "Parsing, real doorplates"),
    "parsing-texts": ("tests.measure.parsing_texts", "Address elements in hand-checked lines"),
    "kills": ("tests.measure.kills", "Killed at random moments"),
    "search": ("tests.measure.search", "Finding addresses from any spelling"),
    "demo-start": ("tests.measure.demo_start", "The demonstration, start"),
    "board": ("tests.measure.board", "The planning board"),
}
HEAD = """# Measurements

Made by `./run measure [TABLE]`; nothing here is typed in. Times are of one machine and one day: read the ratios.
Real data: see the folder that `GEO_APP_REAL_DATA` names.
"""


def machine() -> str:
    processor = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**30
    return f"{processor[1] if processor else platform.machine()}, {os.cpu_count()} cores, {memory} GiB"


def commit() -> str:
    answer = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=True)
    return answer.stdout.strip()


def section(name: str, title: str, figures: list[Figure]) -> str:
    made = f"{datetime.now(UTC):%Y-%m-%d} · commit {commit()} · {machine()} · load {os.getloadavg()[0]:.1f}"
    lines = [
        f"<!-- {name} -->",
        f"## {title}",
        "",
        f"`./run measure {name}` · {made}",
        "",
        "| what | figure | reference in the same run | goal | met |",
        "| --- | --- | --- | --- | --- |",
    ]
    sign = {True: "yes", False: "**no**", None: ""}
    lines += [f"| {f.what} | {f.figure} | {f.reference} | {f.goal} | {sign[f.met]} |" for f in figures]
    return "\n".join([*lines, f"<!-- /{name} -->", ""])


def write(name: str, text: str) -> None:
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else HEAD
    old = re.compile(rf"<!-- {name} -->.*<!-- /{name} -->\n", re.DOTALL)
    page = old.sub(lambda _: text, page) if old.search(page) else f"{page}\n{text}"
    PAGE.write_text(page, encoding="utf-8")


def main(wanted: list[str]) -> None:
    for name in wanted or TABLES:
        if name not in TABLES:
            sys.exit(f"There is no table {name}; there are: {', '.join(TABLES)}")
        module, title = TABLES[name]
        text = section(name, title, list(importlib.import_module(module).figures()))
        print(text)
        write(name, text)


if __name__ == "__main__":
    main(sys.argv[1:])
