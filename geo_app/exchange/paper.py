"""Official papers: a page of HTML becomes a PDF that holds its fonts and fetches nothing."""

import importlib
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from geo_app.domain.errors import DomainError

TEMPLATES = Path(__file__).with_name("papers")
SHEET = TEMPLATES / "paper.css"
CHINESE_FONT = "Noto Serif CJK SC"


class PangoMissing(DomainError):
    """Text is laid out by a library of the system."""

    pattern = "No PDF can be made on this machine; install libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0."


class ChineseFontMissing(DomainError):
    """A paper whose letters are empty boxes is none."""

    pattern = (
        "PDFs would be unreadable on this machine: Chinese fonts are missing; install fonts-noto-cjk and fontconfig."
    )


def require_printing() -> None:
    """Check that this machine can make papers.

    Raises PangoMissing, ChineseFontMissing.
    """
    _library()
    lists = shutil.which("fc-list")
    if lists is None or not subprocess.run([lists, CHINESE_FONT], capture_output=True, check=False).stdout:  # noqa: S603  our own arguments
        raise ChineseFontMissing


def print_paper(template: str, title: str, **values: object) -> bytes:
    """Return the paper of `template` as PDF; the same values give the same bytes. Texts are escaped.

    Raises PangoMissing.
    """
    library = _library()
    page = _environment().get_template(template).render(title=title, **values)
    # A paper is whole in itself: nothing is fetched from the disk or the network.
    outside = library.urls.URLFetcher(allowed_protocols=())
    sheet = library.CSS(string=SHEET.read_text(encoding="utf-8"), url_fetcher=outside)
    document = library.HTML(string=page, url_fetcher=outside)
    return bytes(document.write_pdf(stylesheets=[sheet], pdf_identifier=False))


def qr_picture(text: str) -> str:
    """Return the QR of a text as an SVG element, sized by the page."""
    return str(segno.make(text, error="m", micro=False).svg_inline(omitsize=True, border=2))


@lru_cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(), undefined=StrictUndefined)


def _library() -> Any:
    # It looks for Pango when it is imported; all else works without, so it is imported when a paper is made.
    try:
        return importlib.import_module("weasyprint")
    except OSError as missing:
        raise PangoMissing from missing
