"""What the whole API shares: models that refuse unknown fields, pages, versions in headers, refusals."""

from datetime import date, datetime
from http import HTTPStatus
from types import GenericAlias
from typing import Annotated, Any, Generic, TypeVar

from flask import request
from pydantic import BaseModel, ConfigDict, Field

from geo_app.domain.address import Decision
from geo_app.domain.errors import DomainError
from geo_app.persistence.paging import Page, Paging
from geo_app.web.context import actor, today
from geo_app.web.errors import STATUS
from geo_app.web.limits import LARGEST_ID

Item = TypeVar("Item")
Id = Annotated[int, Field(ge=1, le=LARGEST_ID, description="Key of a row.")]
Responses = dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]
"""Answers of a route by status, as OpenAPI writes them."""

LARGEST_PAGE = 200
LAST_PAGE = 500
"""Pages are read by counting rows from the first; nobody reads so far, and further would be slow."""


class VersionNeeded(DomainError):
    """Who writes says which version they saw, or two people overwrite each other."""

    pattern = "Send the version you saw in the header If-Match."


STATUS[VersionNeeded] = HTTPStatus.PRECONDITION_REQUIRED


class Body(BaseModel):
    """A JSON body or a query: unknown fields are refused, not dropped."""

    model_config = ConfigDict(extra="forbid")


class Asked(Body):
    """Which page of a list is asked for."""

    page: int = Field(1, ge=1, le=LAST_PAGE, description="Page, counted from 1.")
    size: int = Field(50, ge=1, le=LARGEST_PAGE, description="Rows on a page.")

    @property
    def paging(self) -> Paging:
        """Return the page as repositories understand it."""
        return Paging(self.page, self.size)


class Reason(Body):
    """Why a step is taken; some steps are refused without."""

    reason: str = Field("", max_length=500, description="Why; it stands in the journal.")


class Problem(BaseModel):
    """A refusal: its name, and a sentence in the reader's language (Accept-Language)."""

    error: str = Field(description="Name of the rule that refused; programs read this.")
    message: str = Field(description="A sentence for a person.")
    fields: dict[str, str] | None = Field(None, description="For unreadable input: what is wrong with each field.")


class PageOf(BaseModel, Generic[Item]):
    """One page of a list; `total` counts at most 100,000."""

    items: list[Item]
    total: int
    page: int
    size: int


def list_of(model: type[BaseModel]) -> Any:
    """Return the answer that is a JSON list of `model`; APIFlask takes it, though its annotations do not say so."""
    return GenericAlias(list, (model,))


def page_of(page: Page[Any], items: list[Any]) -> dict[str, object]:
    """Return a page as its model wants it."""
    return {"items": items, "total": page.total, "page": page.paging.page, "size": page.paging.size}


_WORDS = {
    400: "The request is no JSON.",
    401: "Nobody is signed in, and no token was sent.",
    403: "The account has no permission for this, here.",
    404: "There is no such thing.",
    409: "Somebody was faster, or the version is no longer the one you saw.",
    422: "A field or a rule refuses; `error` names it.",
    428: "If-Match is missing.",
}


def refusals(*codes: int) -> Responses:
    """Return the refusals of a route for the contract; 401 and 403 belong to every route."""
    content: dict[str, dict[str, Any]] = {"application/json": {"schema": Problem.model_json_schema()}}
    return {code: {"description": _WORDS[code], "content": content} for code in sorted({401, 403, *codes})}


READING = refusals(404, 422)
WRITING = refusals(400, 404, 409, 422)
STEPPING = refusals(400, 404, 409, 422, 428)

IF_MATCH: dict[str, Any] = {
    "parameters": [
        {
            "name": "If-Match",
            "in": "header",
            "required": True,
            "schema": {"type": "string"},
            "description": "The version you saw, as ETag gave it.",
        }
    ]
}
"""The header that every change of a thing needs, for the contract."""


def expected_version() -> int:
    """Return the version in the header If-Match.

    Raises:
        VersionNeeded: the header is missing or no version.
    """
    given = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise VersionNeeded
    return int(given)


def decided(reason: str = "", version: int = 0, day: date | None = None) -> Decision:
    """Return who decides in this request, why, from which day, having seen which version.

    Raises NotSignedIn.
    """
    return Decision(actor(reason), day or today(), version)


def tagged(version: int) -> dict[str, str]:
    """Return the header that carries a thing's version."""
    return {"ETag": f'"{version}"'}


def iso(instant: datetime | date | None) -> str | None:
    """Return a day or an instant as JSON writes it."""
    return instant.isoformat() if instant else None
