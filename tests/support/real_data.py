"""The folder with data that nobody of this project wrote."""

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("GEO_APP_REAL_DATA", Path(__file__).parents[2].parent / "shared" / "data"))


@pytest.fixture(scope="session")
def real_data() -> Path:
    if not FOLDER.is_dir():
        if os.environ.get("GEO_APP_REQUIRE_REAL_DATA"):
            pytest.fail(f"the real data is not in {FOLDER}")
        pytest.skip(f"the real data is not in {FOLDER}; set GEO_APP_REAL_DATA")
    return FOLDER
