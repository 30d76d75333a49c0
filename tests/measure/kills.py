"""kill -9 at a hundred random moments each of importing and publishing, half of them with the database server too."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.measure import Figure

MOMENTS = 100
CHECKOUT = Path(__file__).parents[2]


def figures() -> Iterator[Figure]:
    """Yield at how many moments everything acknowledged was there and nothing was half written."""
    for name in ("imports", "publishing"):
        whole, broken = _outcome(f"tests/persistence/test_killed_{name}.py")
        figure = f"{whole} of {whole + broken} checks hold"
        yield Figure(f"{name} killed at {MOMENTS} random moments", figure, "", "all", not broken and whole >= MOMENTS)


def _outcome(path: str) -> tuple[int, int]:
    environment = {**os.environ, "GEO_APP_KILLS": str(MOMENTS)}
    command = [sys.executable, "-m", "pytest", "-q", path]
    said = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False).stdout
    passed, failed = (re.search(rf"(\d+) {word}", said) for word in ("passed", "failed"))
    return int(passed[1]) if passed else 0, int(failed[1]) if failed else 0
