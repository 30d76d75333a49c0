"""The manual, served by the application itself: an office network has no internet."""

from dataclasses import dataclass
from pathlib import Path

import mistune
from apiflask import APIBlueprint
from flask import abort, redirect, render_template, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from geo_app.domain.message import marked
from geo_app.exchange.language import LANGUAGES
from geo_app.web.language import language
from geo_app.web.permission import public

bp = APIBlueprint("manual", __name__, enable_openapi=False)

FOLDER = Path(__file__).parent.parent / "docs"

PICTURES = (".svg", ".png")
PICTURE_SECONDS = 3600

FIRST_PAGE = "tutorial.md"

SECTIONS = (
    ("", marked("Overview")),
    ("how-to", marked("Step by step")),
    ("reference", marked("Look up")),
    ("explanation", marked("How it works")),
    ("decisions", marked("Decisions")),
)
"""Folders of the manual in reading order, with their titles."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the manual: its path below the manual's folder, and its first heading."""

    path: str
    title: str


@bp.get("/docs/")
@public
def index() -> ResponseReturnValue:
    """Go to the page a newcomer reads first."""
    return redirect(url_for("manual.page", path=FIRST_PAGE))


@bp.get("/docs/<path:path>")
@public
def page(path: str) -> ResponseReturnValue:
    """Show one page, or a picture of one; only Markdown files below the manual's folder are pages."""
    if path.startswith("images/") and path.endswith(PICTURES):
        return send_from_directory(FOLDER, path, max_age=PICTURE_SECONDS)
    file = _file_of(path)
    if file is None:
        abort(404)
    text = file.read_text(encoding="utf-8")
    # Escaped: a page of the manual is text, whoever wrote it; it brings no markup of its own.
    body = Markup(mistune.create_markdown(escape=True, plugins=["table", "strikethrough"])(text))  # noqa: S704
    return render_template("manual.html", body=body, title=_title(file), path=path, contents=contents())


def contents() -> list[tuple[str, list[Leaf]]]:
    """Return the sections that have pages, each with its pages by title."""
    found = []
    for folder, title in SECTIONS:
        files = sorted((path for path in (FOLDER / folder).glob("*.md") if not _translated(path)), key=_reading_order)
        leaves = [Leaf(file.relative_to(FOLDER).as_posix(), _title(_in_language(file))) for file in files]
        if leaves:
            found.append((title, leaves))
    return found


def _reading_order(file: Path) -> tuple[bool, str]:
    return file.name != FIRST_PAGE, file.name


def _file_of(path: str) -> Path | None:
    """Return the file of a page, in the reader's language where there is one; None for anything else."""
    file = (FOLDER / path).resolve()
    inside = file.is_relative_to(FOLDER.resolve()) and file.suffix == ".md"
    return _in_language(file) if inside and file.is_file() else None


def _in_language(file: Path) -> Path:
    other = file.with_suffix(f".{language()}.md")
    return other if other.is_file() else file


def _translated(file: Path) -> bool:
    return file.stem.rpartition(".")[2] in LANGUAGES and "." in file.stem


def _title(file: Path) -> str:
    with file.open(encoding="utf-8") as lines:
        heading = next((line for line in lines if line.startswith("# ")), file.stem)
    return heading.removeprefix("# ").strip()
