"""Every kind of background job, by name."""

from geo_app.tasks.audit import audit
from geo_app.tasks.exports import export_file
from geo_app.tasks.imports import import_file
from geo_app.tasks.match_batch import match_file
from geo_app.tasks.run import Task

TASKS: dict[str, Task] = {"import": import_file, "export": export_file, "audit": audit, "match": match_file}
