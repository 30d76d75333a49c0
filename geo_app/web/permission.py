"""Every route says who may use it; a route that says nothing keeps the application from starting."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask

from geo_app.domain.access_roles import Permission

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
SIGNED_IN = "signed_in"


@dataclass(frozen=True, slots=True)
class Need:
    """What a route asks of its caller: `public`, `signed_in`, or the name of a permission."""

    permission: str


class RouteWithoutPermission(RuntimeError):
    """A programming error: a view was registered without `public`, `signed_in` or `needs`, or needs what nobody has."""


def needs(permission: str) -> Callable[[View], View]:
    """Let only accounts through that hold `permission` somewhere; the service checks the area."""

    def mark(view: View) -> View:
        view.__dict__["need"] = Need(permission)
        return view

    return mark


def public(view: View) -> View:
    """Let everybody through."""
    return needs(PUBLIC)(view)


def signed_in(view: View) -> View:
    """Let every account through."""
    return needs(SIGNED_IN)(view)


def need_of(app: Flask, endpoint: str) -> Need:
    """Return what the route of `endpoint` asks.

    Raises:
        RouteWithoutPermission: it does not say.
    """
    if endpoint == "static" or endpoint.endswith(".static"):
        return Need(PUBLIC)
    need = getattr(app.view_functions[endpoint], "need", None)
    if not isinstance(need, Need) or need.permission not in {PUBLIC, SIGNED_IN, *Permission}:
        raise RouteWithoutPermission(endpoint)
    return need


def check_routes(app: Flask) -> None:
    """Refuse to start with a route that does not declare its permission."""
    for rule in app.url_map.iter_rules():
        need_of(app, rule.endpoint)
