"""Answers of matching as files and programs read them: cells of a row, or one JSON object."""

import json
from typing import Any

from geo_app.domain.matching import Answer
from geo_app.domain.position import Position
from geo_app.domain.search_found import Found, NearAddress, Nearby
from geo_app.exchange.language import render
from geo_app.exchange.report import harmless

BETWEEN = {"zh": "；", "en": "; "}


def answer_cells(answer: Answer, language: str) -> tuple[str, ...]:
    """Return what matching adds to a row, in the order of `match_files.ADDED`."""
    row = answer.best.row if answer.best else None
    return (
        row.id if row else "",
        row.standard_code if row else "",
        row.text if row else "",
        answer.grade.value,
        str(answer.score) if row else "",
        BETWEEN[language].join(reasons(answer, language)),
        harmless(answer.rest),
        json.dumps(candidates(answer), ensure_ascii=False) if answer.candidates else "[]",
    )


def answer_object(text: str, answer: Answer, language: str) -> dict[str, Any]:
    """Return an answer as a JSON object with the same names, the text that was asked before them."""
    row = answer.best.row if answer.best else None
    return {
        "text": text,
        "address_id": row.id if row else None,
        "standard_code": (row.standard_code or None) if row else None,
        "standard_text": row.text if row else None,
        "grade": answer.grade.value,
        "score": answer.score,
        "reasons": reasons(answer, language),
        "rest": answer.rest,
        "candidates": candidates(answer),
    }


def found_object(text: str, found: Found, language: str, limit: int) -> dict[str, Any]:
    """Return what searching found: the answer, at most `limit` candidates, and where they are."""
    shown = answer_object(text, found.answer, language)
    places = found.positions
    shown["candidates"] = [{**one, **_place(places.get(str(one["address_id"])))} for one in shown["candidates"][:limit]]
    return {**shown, **_place(places.get(shown["address_id"] or "")), "complete": found.complete}


def _place(position: Position | None) -> dict[str, float | None]:
    return {"lon": position.lon if position else None, "lat": position.lat if position else None}


def nearby_object(found: Nearby) -> dict[str, Any]:
    """Return what is near a position."""
    return {"division": "".join(found.divisions), "addresses": [_near(one) for one in found.addresses]}


def _near(one: NearAddress) -> dict[str, Any]:
    return {
        "address_id": one.id, "standard_code": one.standard_code, "text": one.text, "kind": one.kind,
        "metres": round(one.metres, 1), "side": one.side, **_place(one.position),
    }  # fmt: skip


def reasons(answer: Answer, language: str) -> list[str]:
    """Return the reasons as sentences."""
    return [render(reason, language) for reason in answer.reasons]


def candidates(answer: Answer) -> list[dict[str, object]]:
    """Return the candidates, best first."""
    return [{"address_id": one.row.id, "text": one.row.text, "score": one.score} for one in answer.candidates]
