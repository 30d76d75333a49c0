"""Pictures of pages, for whoever looks at them: written only where `GEO_APP_SCREENSHOTS` names a folder."""

import os
from pathlib import Path

from playwright.sync_api import Page


def shot(page: Page, name: str) -> None:
    folder = os.environ.get("GEO_APP_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png")
