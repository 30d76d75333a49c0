"""One table from rule to status; one shape of refusal for pages and one for the API."""

from http import HTTPStatus

from apiflask import HTTPError
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from geo_app.domain.access_account import NotSignedIn
from geo_app.domain.errors import Conflict, DomainError, NotFound, NotPermitted, UnreadableInput
from geo_app.domain.message import Message, marked
from geo_app.exchange.language import render
from geo_app.persistence.access_log import AccessLogUnavailable
from geo_app.web.faults import request_id
from geo_app.web.language import language

STATUS: dict[type[DomainError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotPermitted: HTTPStatus.FORBIDDEN,
    NotSignedIn: HTTPStatus.UNAUTHORIZED,
    AccessLogUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    Conflict: HTTPStatus.CONFLICT,
    UnreadableInput: HTTPStatus.UNPROCESSABLE_ENTITY,
    DomainError: HTTPStatus.UNPROCESSABLE_ENTITY,
}

SENTENCES = {
    400: marked("The request could not be understood. Go back, load the page again, and repeat it."),
    403: marked("You have no permission for this."),
    404: marked("This page does not exist, or you may not know of it."),
    405: marked("This address does not answer to that kind of request."),
    413: marked("The file is larger than this server takes."),
    429: marked("Too many requests; wait a minute and try again."),
    500: marked(
        "Something went wrong here, and nothing was written. Whoever runs the server finds it in the log as {request}."
    ),
}

FIELDS_REFUSED = marked("These fields cannot be used as they are: {fields}.")


def status_of(error: DomainError) -> HTTPStatus:
    """Return the status for a refusal; a subclass inherits its parent's."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def register_errors(app: Flask) -> None:
    """Answer refusals and HTTP errors in the reader's language."""
    app.register_error_handler(DomainError, lambda error: answer(error.message, status_of(error), type(error).__name__))
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(HTTPError, _faulty_input)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _fault(error)
    sentence = SENTENCES.get(code, SENTENCES[400])
    return answer(Message(sentence), HTTPStatus(code), error.name.replace(" ", ""))


def _fault(error: HTTPException) -> ResponseReturnValue:
    """Answer a programming error, whose trace is in the log under the number that is told."""
    return answer(Message(SENTENCES[500], {"request": request_id()}), HTTPStatus.INTERNAL_SERVER_ERROR, error.name)


def _faulty_input(error: HTTPError) -> ResponseReturnValue:
    """Answer what a program sent and the API's models refuse: which fields, and what is wrong with each."""
    faults = {field: " ".join(said) for place in error.detail.values() for field, said in place.items()}
    name = "FieldsRefused" if faults else "BadRequest"
    sentence = Message(FIELDS_REFUSED, {"fields": ", ".join(faults)}) if faults else Message(SENTENCES[400])
    body: dict[str, object] = {"error": name, "message": render(sentence, language())}
    return body | ({"fields": faults} if faults else {}), error.status_code


def answer(message: Message, status: HTTPStatus, name: str) -> ResponseReturnValue:
    """Return a refusal as JSON under /api and to scripts, as a page otherwise."""
    text = render(message, language())
    if wants_json():
        return {"error": name, "message": text}, status
    return render_template("error.html", status=status, message=text), status


def wants_json() -> bool:
    """Tell whether the caller is a program."""
    asked_by_script = request.headers.get("Sec-Fetch-Dest") == "empty"
    return asked_by_script or request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"
