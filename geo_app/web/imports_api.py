"""Imports over the API: what was loaded, what was wrong with it, taking it back."""

from typing import Any

from apiflask import APIBlueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from geo_app.domain.row_problem import RowProblem
from geo_app.exchange.language import render
from geo_app.persistence.imports import ImportState
from geo_app.services import imports_undo
from geo_app.web.api import READING, WRITING, Asked, PageOf, Reason, iso, page_of
from geo_app.web.context import actor, today, transaction
from geo_app.web.language import language
from geo_app.web.permission import needs

bp = APIBlueprint("imports_api", __name__, url_prefix="/api/v1", tag="Imports")


class ImportsAsked(Asked):
    """Which imports are asked for."""

    county: str = Field("", pattern=r"^[0-9]{0,6}$", description="Beginning of a county's code.")


class ImportCountsShown(BaseModel):
    """Rows of the file, by what became of them."""

    read: int
    added: int
    corrected: int
    unchanged: int
    left_out: int


class ImportShown(BaseModel):
    """A file that was read into the register."""

    id: int
    county: str
    layer: str
    file: str
    sha256: str
    reference_system: str
    status: str = Field(description="running, done, failed, undone")
    counts: ImportCountsShown
    account: str
    started_at: str
    finished_at: str | None
    undone_at: str | None


class ImportPage(PageOf[ImportShown]):
    """One page of imports."""


class ProblemShown(BaseModel):
    """A row, or one value of it, that could not be used as it was."""

    row: int = Field(description="Row of the file, counted from 1 with the heading; 0: the file as a whole.")
    column: str
    value: str
    problem: str
    suggestion: str | None
    severity: str = Field(description="error: left out; warning: taken, look at it")


class ProblemPage(PageOf[ProblemShown]):
    """One page of an import's problems."""


class ImportUndone(BaseModel):
    """An import that was taken back."""

    run: ImportShown
    removed: int = Field(description="Rows that are gone.")
    restored: int = Field(description="Rows that stand as before.")


@bp.get("/imports")
@needs("import.run")
@bp.input(ImportsAsked, location="query", arg_name="asked")
@bp.output(ImportPage)
@bp.doc(summary="List the imports into one's own counties, the latest first", responses=READING)
def list_imports(asked: ImportsAsked) -> ResponseReturnValue:
    """Answer one page of the imports."""
    with transaction() as register:
        page = imports_undo.imports_page(register, actor(), asked.county, asked.paging, today())
    return page_of(page, [_shown(run) for run in page.items])


@bp.get("/imports/<int:import_id>")
@needs("import.run")
@bp.output(ImportShown)
@bp.doc(summary="Show an import", responses=READING)
def show_import(import_id: int) -> ResponseReturnValue:
    """Answer an import."""
    with transaction() as register:
        return _shown(imports_undo.import_of(register, actor(), import_id, today()))


@bp.get("/imports/<int:import_id>/problems")
@needs("import.run")
@bp.input(Asked, location="query", arg_name="asked")
@bp.output(ProblemPage)
@bp.doc(summary="List what was wrong with an import's rows", responses=READING)
def list_problems(import_id: int, asked: Asked) -> ResponseReturnValue:
    """Answer one page of the problems, by row."""
    with transaction() as register:
        page = imports_undo.problems_page(register, actor(), import_id, asked.paging, today())
    return page_of(page, [_problem(one) for one in page.items])


@bp.post("/imports/<int:import_id>/undoing")
@needs("import.undo")
@bp.input(Reason, arg_name="body")
@bp.output(ImportUndone)
@bp.doc(summary="Take an import back as a whole", responses=WRITING)
def undo_import(import_id: int, body: Reason) -> ResponseReturnValue:
    """Remove what the import added and put back what it corrected."""
    who = actor(body.reason)
    with transaction() as register:
        removed, restored = imports_undo.undo_import(register, who, import_id, today())
        run = imports_undo.import_of(register, who, import_id, today())
    return {"run": _shown(run), "removed": removed, "restored": restored}


def _shown(run: ImportState) -> dict[str, Any]:
    counts = run.counts
    return {
        "id": run.id,
        "county": run.county_code,
        "layer": run.layer.value,
        "file": run.file_name,
        "sha256": run.sha256,
        "reference_system": run.reference_system,
        "status": run.status,
        "counts": {
            "read": counts.read,
            "added": counts.added,
            "corrected": counts.corrected,
            "unchanged": counts.unchanged,
            "left_out": counts.refused,
        },
        "account": run.account,
        "started_at": iso(run.started_at),
        "finished_at": iso(run.finished_at),
        "undone_at": iso(run.undone_at),
    }


def _problem(one: RowProblem) -> dict[str, Any]:
    advice = render(one.suggestion, language()) if one.suggestion else None
    return {
        "row": one.row,
        "column": one.column,
        "value": one.value,
        "problem": render(one.problem, language()),
        "suggestion": advice,
        "severity": one.severity.value,
    }
