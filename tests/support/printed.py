"""Printed papers read back: text, fonts, pages, QR codes, pictures to look at."""

import ctypes
from pathlib import Path

import pypdfium2
import zxingcpp
from pypdfium2 import raw


def text_of(pdf: bytes) -> str:
    """Return the text of all pages without blanks, as a reader would copy it."""
    document = pypdfium2.PdfDocument(pdf)
    written = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return "".join("".join(written).split())


def pages_of(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    count = len(document)
    document.close()
    return count


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Return each font's name, and whether the file holds it."""
    document = pypdfium2.PdfDocument(pdf)
    fonts = dict(_font(shown.raw) for page in document for shown in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]))
    document.close()
    return fonts


def _font(shown) -> tuple[str, bool]:
    font = raw.FPDFTextObj_GetFont(shown)
    name = ctypes.create_string_buffer(200)
    raw.FPDFFont_GetBaseFontName(font, name, 200)
    return name.value.decode(), bool(raw.FPDFFont_GetIsEmbedded(font))


def codes_of(pdf: bytes) -> list[str]:
    """Return what the QR codes of the first page say."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=3).to_pil()
    document.close()
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def save_picture(pdf: bytes, path: Path) -> None:
    """Write the first page as PNG, for eyes."""
    document = pypdfium2.PdfDocument(pdf)
    document[0].render(scale=2).to_pil().save(path)
    document.close()
