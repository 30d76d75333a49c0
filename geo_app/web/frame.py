"""What every page stands in: the district's name, the navigation, the language switch."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from apiflask import APIBlueprint
from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from geo_app.exchange.language import LANGUAGES
from geo_app.persistence.queries.frame import District
from geo_app.persistence.queries.frame import district as read_district
from geo_app.web.context import transaction
from geo_app.web.language import COOKIE, language
from geo_app.web.navigation import may, navigation
from geo_app.web.permission import public

bp = APIBlueprint("frame", __name__, enable_openapi=False)

YEAR = 365 * 24 * 3600


@bp.get("/language/<code>")
@public
def choose_language(code: str) -> ResponseReturnValue:
    """Keep the reader's language in a cookie and go back to where they were."""
    if code not in LANGUAGES:
        abort(404)
    answer = redirect(local_path(request.args.get("next", "")))
    answer.set_cookie(
        COOKIE, code, max_age=YEAR, samesite="Lax", httponly=True, secure=current_app.config["SESSION_COOKIE_SECURE"]
    )
    return answer


def local_path(address: str) -> str:
    """Return `address` if it lies on this server, else the start page; nobody is sent elsewhere by a link to us."""
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that hold no address of the network
        return "/"
    outside = parts.scheme or parts.netloc or address.startswith(("//", "/\\")) or "\\" in address
    return "/" if outside or not address.startswith("/") else address


def language_url() -> str:
    """Return the address that shows this page in the other language."""
    other = next(code for code in LANGUAGES if code != language())
    here = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return f"/language/{other}?{urlencode({'next': here})}"


def district() -> District:
    """Return the county of this register; a page of refusal is shown without the database as well."""
    if "district" not in g:
        try:
            with transaction() as register:
                g.district = read_district(register.session)
        except OperationalError:
            g.district = District("", "", made_up=False)
    found: District = g.district
    return found


def page_url(endpoint: str, **values: Any) -> str:
    """Return the address of a page, empty when the application has no such page."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


def init_frame(app: Flask) -> None:
    """Give templates what `base.html` and its parts ask for."""
    given = (district, page_url, language_url, navigation, may)
    app.jinja_env.globals.update({function.__name__: function for function in given})
