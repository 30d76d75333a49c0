"""The notebook runs from its first cell to its last."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(
    not (ROOT / "geo_app/web/static/vendor/leaflet/leaflet.js").is_file(), reason="./run setup has not fetched Leaflet"
)
@pytest.mark.filterwarnings("default")
def test_the_notebook_numbers_a_town():
    notebook = nbformat.read(ROOT / "notebooks" / "number_a_town.ipynb", as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}}).execute()
    assert any("示例路" in str(cell.get("outputs")) for cell in notebook.cells)
