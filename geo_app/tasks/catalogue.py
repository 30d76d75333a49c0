"""Every kind of background job, by name."""

from geo_app.tasks.run import Task

TASKS: dict[str, Task] = {}
