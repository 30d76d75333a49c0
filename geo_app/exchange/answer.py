"""Tables, problems and refusals as JSON and back, for the way between the reading process and the caller."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geo_app.domain.datum import Datum
from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message
from geo_app.exchange.refusals import BY_NAME
from geo_app.exchange.report import RowProblem, Severity
from geo_app.exchange.source import Format, SourceFile
from geo_app.exchange.table import Table
from geo_app.exchange.vector import FeatureTable

Json = dict[str, Any]


def table_to(table: Table | FeatureTable) -> Json:
    """Return everything of a table but its shapes."""
    return {
        "columns": {name: table.columns[name].tolist() for name in table.columns.columns},
        "rows": table.rows.tolist(),
        "source": asdict(table.source),
        "problems": [_problem_to(problem) for problem in table.problems],
        "notices": [_message_to(notice) for notice in table.notices],
    }


def table_from(content: Json) -> Table:
    """Return the table of `table_to`."""
    return Table(**_parts(content))


def features_to(table: FeatureTable) -> Json:
    """Return a table with its shapes as hexadecimal well-known binary."""
    return {**table_to(table), "geometry": shapely.to_wkb(table.geometry, hex=True).tolist()}


def features_from(content: Json) -> FeatureTable:
    """Return the table of `features_to`."""
    shapes = shapely.from_wkb(np.array(content["geometry"], dtype=object))
    return FeatureTable(geometry=np.asarray(shapes, dtype=object), **_parts(content))


def refusal_to(refusal: DomainError) -> Json:
    """Return a refusal by the name of its class and its values."""
    return {"refusal": type(refusal).__name__, "values": _values_to(refusal.message.values)}


def refusal_from(content: Json) -> DomainError:
    """Return the refusal of `refusal_to`; raises KeyError for a class that is none of the file refusals."""
    return BY_NAME[content["refusal"]](**_values_from(content["values"]))


def _parts(content: Json) -> Json:
    source = content["source"]
    kind, datum = Format(source["format"]), Datum(source["datum"])
    rows = np.array(content["rows"], dtype=np.int64)
    return {
        "columns": pd.DataFrame(content["columns"], index=range(len(rows)), dtype=object),
        "rows": rows,
        "source": SourceFile(**{**source, "format": kind, "datum": datum}),
        "problems": tuple(_problem_from(problem) for problem in content["problems"]),
        "notices": tuple(_message_from(notice) for notice in content["notices"]),
    }


def _problem_to(problem: RowProblem) -> Json:
    advice = _message_to(problem.suggestion) if problem.suggestion else None
    return {**asdict(problem), "problem": _message_to(problem.problem), "suggestion": advice}


def _problem_from(content: Json) -> RowProblem:
    advice = _message_from(content["suggestion"]) if content["suggestion"] else None
    severity = Severity(content["severity"])
    told = _message_from(content["problem"])
    return RowProblem(content["row"], content["column"], content["value"], told, advice, severity)


def _message_to(message: Message) -> Json:
    return {"pattern": message.pattern, "values": _values_to(message.values)}


def _message_from(content: Json) -> Message:
    return Message(content["pattern"], _values_from(content["values"]))


def _values_to(values: Mapping[str, object]) -> Json:
    return {name: _message_to(value) if isinstance(value, Message) else value for name, value in values.items()}


def _values_from(values: Json) -> dict[str, object]:
    return {name: _message_from(value) if isinstance(value, dict) else value for name, value in values.items()}
