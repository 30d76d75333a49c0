import re
from pathlib import Path

from geo_app.settings import SETTINGS, Settings

ROOT = Path(__file__).parents[2]


def test_every_setting_is_explained_in_the_manual():
    page = (ROOT / "geo_app/docs/reference/settings.md").read_text(encoding="utf-8")
    assert [s.variable for s in SETTINGS if f"| `{s.variable}` | {s.meaning} | {s.default} |" not in page] == []


def test_every_variable_that_is_read_is_a_setting():
    read = {v for path in (ROOT / "geo_app").rglob("*.py") for v in re.findall(r"GEO_APP_[A-Z_]+", path.read_text())}
    assert read == {setting.variable for setting in SETTINGS}


def test_a_relative_data_folder_lies_in_the_checkout():
    assert Settings.from_env({"GEO_APP_HOME": "here"}).home == ROOT / "here"
    assert Settings.from_env({}).home == ROOT / ".geo-app"
