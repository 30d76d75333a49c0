"""Programming errors met by a request: a number for the reader, the trace in the log, and nothing of what was sent."""

import secrets
import traceback
from types import TracebackType

import structlog
from apiflask import APIFlask
from flask import g, request

log = structlog.get_logger()

ExceptionInfo = tuple[type, BaseException, TracebackType | None] | tuple[None, None, None]


class Application(APIFlask):
    """APIFlask, except that the log of a fault says where it happened and never with which values.

    The words of an exception are left out: a database quotes in them the row that it refused.
    """

    def log_exception(self, exc_info: ExceptionInfo) -> None:
        """Write the fault into the log under the request's number."""
        fault = exc_info[1]
        if fault is not None:
            route = str(request.url_rule) if request.url_rule else ""
            log.error(
                "request failed", request_id=request_id(), method=request.method, route=route, trace=trace_of(fault)
            )


def request_id() -> str:
    """Return this request's number, drawn when it is first asked for."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(6)
    return str(g.request_id)


def trace_of(fault: BaseException) -> str:
    """Return the kinds of a fault and of its causes, the first cause first, each with the lines that it passed."""
    told: list[str] = []
    step: BaseException | None = fault
    while step is not None:
        lines = "".join(traceback.format_tb(step.__traceback__))
        told.insert(0, f"{type(step).__module__}.{type(step).__name__}\n{lines}")
        step = step.__cause__ or (None if step.__suppress_context__ else step.__context__)
    return "\n".join(told)
