"""Pages of a list: which one is wanted, and the links to the others."""

from dataclasses import dataclass

from flask import request, url_for


def wanted_page() -> int:
    """Return the page the reader asks for, from 1."""
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


@dataclass(frozen=True, slots=True)
class Pager:
    """Links around the present page of a list with `total` rows."""

    total: int
    size: int

    @property
    def page(self) -> int:
        """The present page."""
        return wanted_page()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // self.size))

    def link(self, page: int) -> str:
        """Return the address of another page of the same list."""
        values = {**request.args.to_dict(flat=False), **(request.view_args or {}), "page": page}
        return url_for(str(request.endpoint), **values)
