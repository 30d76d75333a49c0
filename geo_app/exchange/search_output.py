"""Answers of matching as files and programs read them: cells of a row, or one JSON object."""

import json
from typing import Any

from geo_app.domain.matching import Answer
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


def reasons(answer: Answer, language: str) -> list[str]:
    """Return the reasons as sentences."""
    return [render(reason, language) for reason in answer.reasons]


def candidates(answer: Answer) -> list[dict[str, object]]:
    """Return the candidates, best first."""
    return [{"address_id": one.row.id, "text": one.row.text, "score": one.score} for one in answer.candidates]
