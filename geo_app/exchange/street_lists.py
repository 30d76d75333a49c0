"""The list old → new of a changed street's addresses as a file: for notices, plates, and whoever keeps addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from geo_app.domain.message import marked
from geo_app.exchange.export import ExportFormat, write_layer
from geo_app.exchange.language import translations

HEADINGS = {
    "address_id": marked("Address id"),
    "kind": marked("Kind"),
    "old_text": marked("Old address"),
    "new_text": marked("New address"),
    "old_code": marked("Old code"),
    "new_code": marked("New code"),
    "plate": marked("New plate"),
}
YES, NO = marked("yes"), marked("no")


@dataclass(frozen=True, slots=True)
class ListedAddress:
    """One address before and after; `plate` tells whether what hangs on the wall is no longer right."""

    address_id: str
    kind: str
    old_text: str
    new_text: str
    old_code: str
    new_code: str
    plate: bool


def list_file(rows: Sequence[ListedAddress], kind: ExportFormat, language: str) -> bytes:
    """Return the list as a file, its headings in the reader's language."""
    say = translations(language).gettext
    columns = {name: [getattr(row, name) for row in rows] for name in HEADINGS if name != "plate"}
    columns["plate"] = [say(YES if row.plate else NO) for row in rows]
    frame = pd.DataFrame(columns, dtype=object).rename(columns={name: say(text) for name, text in HEADINGS.items()})
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"list.{kind.value}"
        write_layer(path, frame, None, kind)
        return path.read_bytes()
