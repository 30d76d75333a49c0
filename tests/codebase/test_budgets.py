"""The house's budgets (functions, files), held by a test so that they are not slowly lost."""

import ast
import statistics
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "geo_app").rglob("*.py"))
LONGER_FILES: dict[str, str] = {}
"""Files over 400 lines, each with its reason."""


def functions():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path.relative_to(ROOT), node.name, node.end_lineno - node.lineno + 1


def test_functions_are_short():
    lengths = sorted(length for _, _, length in functions())
    assert statistics.median(lengths) <= 9
    assert lengths[int(len(lengths) * 0.95)] <= 30
    assert not [(str(path), name) for path, name, length in functions() if length > 60]


def test_files_are_short():
    long = [str(path.relative_to(ROOT)) for path in SOURCES if len(path.read_text(encoding="utf-8").splitlines()) > 400]
    assert sorted(long) == sorted(LONGER_FILES)


@pytest.mark.parametrize("word", ["utils", "helpers", "helper", "common", "manager", "misc"])
def test_no_module_has_a_name_that_says_nothing(word):
    assert not [path for path in SOURCES if path.stem == word or path.stem.endswith(f"_{word}")]


def test_nothing_is_left_to_do_in_the_code():
    files = chain(SOURCES, (ROOT / "geo_app").rglob("*.js"), (ROOT / "geo_app").rglob("*.html"), [ROOT / "run"])
    marks = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
    ours = [path for path in files if not {"node_modules", "vendor"} & set(path.parts)]
    assert not [str(path) for path in ours if any(mark in path.read_text(encoding="utf-8") for mark in marks)]
