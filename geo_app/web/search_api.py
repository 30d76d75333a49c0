"""Searching over the API: texts, beginnings, positions for everybody; whole lists for those who may read addresses."""

import json
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request, stream_with_context
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from geo_app.domain.errors import DomainError, UnreadableInput
from geo_app.domain.match_text import MatchSource
from geo_app.domain.matching import Answer
from geo_app.domain.message import Message, marked
from geo_app.domain.position import Position
from geo_app.exchange.language import render
from geo_app.exchange.search_output import answer_object, found_object, nearby_object
from geo_app.services.match_tally import record_answers
from geo_app.services.search import match_texts, search_in_time
from geo_app.services.search_near import reverse
from geo_app.services.search_places import KnownPlaces
from geo_app.services.search_suggest import suggest
from geo_app.web.api import READING, Body, Responses, refusals
from geo_app.web.context import identity, parts, today, transaction
from geo_app.web.language import language
from geo_app.web.limits import check_text
from geo_app.web.permission import needs, public
from geo_app.web.rate_limit import LIMITER, SEARCHES_PER_ADDRESS, SUGGESTIONS_PER_ADDRESS
from geo_app.web.streets_models import Latitude, Longitude

bp = APIBlueprint("search_api", __name__, url_prefix="/api/v1", tag="Search")

LINES_AT_ONCE = 500
LONGEST_LINE = 64 * 1024
"""Bytes of a line; an address has some hundred, and what is over the parser's bound is not read anyway."""

NOT_A_LINE = marked("a line is neither JSON with a “text” nor a JSON text")
LINE_TOO_LONG = marked("a line is longer than {bytes} bytes")


class TextAsked(Body):
    """A text to be found."""

    q: str = Field(min_length=1, max_length=10_000, description="An address in any spelling.")
    limit: int = Field(5, ge=1, le=20, description="Candidates at most.")


class BeginningAsked(Body):
    """The beginning of a name or an address."""

    q: str = Field(max_length=200, description="What was typed so far: Chinese, pinyin or initials, a number behind.")
    limit: int = Field(8, ge=1, le=20, description="Suggestions at most.")


class PositionAsked(Body):
    """A position."""

    lon: Longitude
    lat: Latitude
    limit: int = Field(5, ge=1, le=20, description="Addresses at most.")


class CandidateShown(BaseModel):
    """An address that may be meant."""

    address_id: str
    text: str
    score: int = Field(description="0 to 100.")
    lon: float | None = None
    lat: float | None = None


class AnswerShown(BaseModel):
    """What the register says of a text."""

    text: str = Field(description="The text that was asked.")
    address_id: str | None
    standard_code: str | None
    standard_text: str | None
    grade: str = Field(description="A exact, B sure though not exact, C several or doubtful, empty: nothing fits.")
    score: int = Field(description="0 to 100.")
    reasons: list[str] = Field(description="What differs, or why nothing fits, for a person.")
    rest: str = Field(description="What of the text was left over.")
    candidates: list[CandidateShown]


class FoundShown(AnswerShown):
    """What the register says of a text, and where that is."""

    lon: float | None
    lat: float | None
    complete: bool = Field(description="false: the time for a search was up before all was looked at.")


class SuggestionShown(BaseModel):
    """One line under a search box."""

    kind: str = Field(description="address, street, estate or village")
    text: str
    where: str = Field(description="The divisions it lies in.")
    address_id: str | None


class SuggestionsShown(BaseModel):
    """What a person may mean who has typed so far."""

    items: list[SuggestionShown]


class NearShown(BaseModel):
    """An address near a position."""

    address_id: str
    standard_code: str | None
    text: str
    kind: str
    metres: float
    side: str | None = Field(description="left or right as one walks from the street's start; null: no line is drawn.")
    lon: float
    lat: float


class NearbyShown(BaseModel):
    """The nearest addresses, doors before rooms, and the division of the position."""

    division: str
    addresses: list[NearShown]


LINES: Responses = {
    200: {
        "description": "Lines of JSON, each as /search answers but without places.",
        "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
    },
    **refusals(422),
}


def known_places() -> KnownPlaces:
    """Return this process's memory of the register's streets."""
    return parts().places


def known_caller() -> bool:
    """Tell whether an account asks; limits are for strangers."""
    return identity() is not None


def record_search(text: str, answer: Answer) -> None:
    """Count an answer, apart from the search itself: who waits for it waits no longer for a count."""
    with transaction() as register:
        record_answers(register, known_places(), MatchSource.SEARCH, [(text, answer)], today())


@bp.get("/search")
@public
@LIMITER.limit(SEARCHES_PER_ADDRESS, exempt_when=known_caller)
@bp.input(TextAsked, location="query", arg_name="asked")
@bp.output(FoundShown)
@bp.doc(summary="Find the address that a text means", responses=READING)
def search(asked: TextAsked) -> ResponseReturnValue:
    """Answer with the standard address, a grade and the reasons."""
    with transaction() as register:
        found = search_in_time(register, known_places(), asked.q)
    record_search(asked.q, found.answer)
    return found_object(asked.q, found, language(), asked.limit)


@bp.get("/autocomplete")
@public
@LIMITER.limit(SUGGESTIONS_PER_ADDRESS, exempt_when=known_caller)
@bp.input(BeginningAsked, location="query", arg_name="asked")
@bp.output(SuggestionsShown)
@bp.doc(summary="Suggest streets, places and addresses for a beginning", responses=READING)
def autocomplete(asked: BeginningAsked) -> ResponseReturnValue:
    """Answer with what a person may mean who has typed so far, from the second character."""
    with transaction() as register:
        found = suggest(register, known_places(), asked.q, asked.limit)
    items = [{"kind": s.kind, "text": s.text, "where": s.where, "address_id": s.address_id or None} for s in found]
    return {"items": items}


@bp.get("/reverse")
@public
@LIMITER.limit(SEARCHES_PER_ADDRESS, exempt_when=known_caller)
@bp.input(PositionAsked, location="query", arg_name="asked")
@bp.output(NearbyShown)
@bp.doc(summary="Find the addresses near a position", responses=READING)
def near(asked: PositionAsked) -> ResponseReturnValue:
    """Answer with the nearest doors within 500 m: metres, side of the street, division."""
    with transaction() as register:
        found = reverse(register, Position(asked.lon, asked.lat), asked.limit)
    return nearby_object(found)


@bp.post("/match")
@needs("address.read")
@bp.doc(
    summary="Match many texts, a line each, answered as they come",
    description="Body: application/x-ndjson, on each line a JSON text or an object with “text”; further fields come"
    " back as they were. Answer: one line for each line, in order, as /search answers, without positions.",
    responses=LINES,
)
def match() -> ResponseReturnValue:
    """Answer line by line; a line that cannot be read ends the answer with a line that says so."""
    lines = _lines()
    told = language()
    answers = _answered(lines, told, today())
    return Response(stream_with_context(answers), mimetype="application/x-ndjson")


def _answered(lines: Iterator[dict[str, Any]], told: str, day: date) -> Iterator[str]:
    database, known = parts().database, known_places()
    try:
        while some := list(islice(lines, LINES_AT_ONCE)):
            with database.transaction() as register:
                answers = match_texts(register, known, [one["text"] for one in some])
            told_apart = zip((one["text"] for one in some), answers, strict=True)
            with database.transaction() as register:
                record_answers(register, known, MatchSource.PROGRAM, told_apart, day)
            for given, answer in zip(some, answers, strict=True):
                yield json.dumps({**given, **answer_object(given["text"], answer, told)}, ensure_ascii=False) + "\n"
    except DomainError as refusal:
        # The status has left already: programs look for `error` on the last line.
        problem = {"error": type(refusal).__name__, "message": render(refusal.message, told)}
        yield json.dumps(problem, ensure_ascii=False) + "\n"


def _lines() -> Iterator[dict[str, Any]]:
    while line := request.stream.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise UnreadableInput(name="NDJSON", problem=Message(LINE_TOO_LONG, {"bytes": LONGEST_LINE}))
        if line.strip():
            yield _line(line)


def _line(line: bytes) -> dict[str, Any]:
    try:
        read = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise UnreadableInput(name="NDJSON", problem=Message(NOT_A_LINE)) from fault
    given = {"text": read} if isinstance(read, str) else read
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise UnreadableInput(name="NDJSON", problem=Message(NOT_A_LINE))
    check_text("NDJSON", given["text"])
    return given
