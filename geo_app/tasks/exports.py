"""An export as background work: written beside the kept files, then fetched by whoever asked."""

from datetime import date
from pathlib import Path
from typing import Any

from geo_app.domain.exports import ExportLayer, ExportRequest
from geo_app.services.exports import export_layer
from geo_app.tasks.imports import acting
from geo_app.tasks.run import Run


def export_file(run: Run) -> dict[str, Any]:
    """Write the file that the job's arguments describe.

    Arguments: folder, name, layer, area, as_of ("" for as it stands), today, reason, language.
    """
    told = run.job.arguments
    folder = Path(told["folder"]) / str(run.job.id)
    folder.mkdir(parents=True, exist_ok=True)
    today = date.fromisoformat(told["today"])
    as_of = date.fromisoformat(told["as_of"]) if told["as_of"] else None
    request = ExportRequest(ExportLayer(told["layer"]), told["area"], as_of)
    with run.database.transaction() as register:
        actor = acting(register, run, today)
        into = (folder / told["name"], told["language"], today)
        rows = export_layer(register, actor, request, into, run.progress)
    return {"rows": rows, "file": told["name"]}
