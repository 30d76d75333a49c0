"""The API's contract (OpenAPI 3.1) as a file for programs and as a page for people; nothing of it comes from outside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from apiflask import APIBlueprint, APIFlask
from flask import current_app, jsonify, render_template
from flask.typing import ResponseReturnValue

from geo_app.web.permission import public

bp = APIBlueprint("contract", __name__, url_prefix="/api/v1", enable_openapi=False)

METHODS = ("get", "post", "put", "patch", "delete")
KEY = "geo_app.contract"

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a property: its name, type in words, whether it must be there, what it means."""

    name: str
    type: str
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One call of the API, ready for the page."""

    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Field, ...]
    body: str
    answers: tuple[tuple[str, str, str], ...]


def init_contract(app: APIFlask) -> None:
    """Say what holds for the whole contract."""
    app.config["OPENAPI_VERSION"] = "3.1.0"
    app.config["SECURITY_SCHEMES"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "An API token, made on one's own account page."},
        "session": {"type": "apiKey", "in": "cookie", "name": "session", "description": "A browser's session."},
    }
    app.servers = [{"url": "/"}]


@bp.get("/openapi.json")
@public
def contract() -> ResponseReturnValue:
    """Answer the contract for programs."""
    return jsonify(_spec())


@bp.get("/docs")
@public
def page() -> ResponseReturnValue:
    """Show the contract to people: calls by subject, then the shapes they speak of."""
    spec = _spec()
    subjects: dict[str, list[Operation]] = {}
    for path, methods in spec["paths"].items():
        for method in METHODS:
            if method in methods:
                subject = (methods[method].get("tags") or [""])[0]
                subjects.setdefault(subject, []).append(_operation(method, path, methods[method]))
    schemas = {name: tuple(_properties(schema)) for name, schema in sorted(_schemas(spec).items())}
    return render_template("contract.html", subjects=subjects, schemas=schemas, version=spec["openapi"])


def _spec() -> Spec:
    """Return the contract, made once: routes do not change while the application runs."""
    if KEY not in current_app.extensions:
        current_app.extensions[KEY] = cast("APIFlask", current_app).spec
    return cast("Spec", current_app.extensions[KEY])


def _schemas(spec: Spec) -> Mapping[str, Spec]:
    found: Mapping[str, Spec] = spec.get("components", {}).get("schemas", {})
    return found


def _operation(method: str, path: str, spec: Spec) -> Operation:
    parameters = tuple(
        Field(
            f"{given['name']} ({given['in']})",
            type_of(given.get("schema", {})),
            bool(given.get("required")),
            given.get("description") or given.get("schema", {}).get("description", ""),
        )
        for given in spec.get("parameters", ())
    )
    answers = tuple(
        (code, answer.get("description", ""), _content(answer)) for code, answer in sorted(spec["responses"].items())
    )
    body = _content(spec.get("requestBody", {}))
    return Operation(method, path, spec.get("summary", ""), spec.get("description", ""), parameters, body, answers)


def _content(part: Spec) -> str:
    schemas = [content.get("schema", {}) for content in part.get("content", {}).values()]
    return type_of(schemas[0]) if schemas else ""


def _properties(schema: Spec) -> Iterator[Field]:
    required = schema.get("required", ())
    for name, part in schema.get("properties", {}).items():
        yield Field(name, type_of(part), name in required, part.get("description", ""))


def type_of(schema: Spec) -> str:
    """Return the type of a schema in words: a name, `list of …`, alternatives with `or`, allowed values."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(type_of(part) for part in schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {type_of(schema.get('items', {})) or 'values'}"
    return str(schema.get("title") if schema.get("type") == "object" and "title" in schema else schema.get("type", ""))
