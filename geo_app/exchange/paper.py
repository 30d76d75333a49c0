"""Official papers: a page of HTML becomes a PDF that holds its fonts and fetches nothing."""

from functools import lru_cache
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

TEMPLATES = Path(__file__).with_name("papers")
SHEET = TEMPLATES / "paper.css"


NOTHING_OUTSIDE = URLFetcher(allowed_protocols=())
"""A paper is whole in itself: nothing is fetched from the disk or the network."""


@lru_cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(), undefined=StrictUndefined)


def print_paper(template: str, title: str, **values: object) -> bytes:
    """Return the paper of `template` as PDF; the same values give the same bytes. Texts are escaped."""
    page = _environment().get_template(template).render(title=title, **values)
    sheet = CSS(string=SHEET.read_text(encoding="utf-8"), url_fetcher=NOTHING_OUTSIDE)
    document = HTML(string=page, url_fetcher=NOTHING_OUTSIDE)
    return bytes(document.write_pdf(stylesheets=[sheet], pdf_identifier=False))


def qr_picture(text: str) -> str:
    """Return the QR of a text as an SVG element, sized by the page."""
    return str(segno.make(text, error="m", micro=False).svg_inline(omitsize=True, border=2))
