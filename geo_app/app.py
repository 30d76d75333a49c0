"""The application put together: the only module that knows all parts."""

import structlog
from apiflask import APIFlask
from werkzeug.middleware.proxy_fix import ProxyFix

from geo_app.exchange.key_folder import key_of
from geo_app.persistence.database import Database, connect
from geo_app.settings import Settings
from geo_app.web import (
    access_log,
    access_policy,
    accounts,
    addresses,
    addresses_api,
    adoption,
    audit,
    audit_api,
    audit_lists,
    audit_street,
    board,
    case_settings,
    cases,
    cases_api,
    contract,
    division_questions,
    divisions,
    divisions_api,
    estate_plans_api,
    estates,
    estates_api,
    exports,
    exports_api,
    frame,
    health,
    home,
    imports,
    imports_api,
    jobs,
    jobs_api,
    manual,
    my_account,
    my_account_api,
    numbering_api,
    plan_comparison,
    plan_comparison_api,
    plan_undo,
    plans,
    search_api,
    sign_in,
    street_changes,
    street_changes_api,
    street_names_api,
    streets,
    streets_api,
    tiles,
    village_groups,
    village_groups_api,
)
from geo_app.web.context import Parts
from geo_app.web.contract import init_contract
from geo_app.web.errors import register_errors
from geo_app.web.faults import Application
from geo_app.web.filters import init_filters
from geo_app.web.frame import init_frame
from geo_app.web.gate import init_gate
from geo_app.web.headers import init_headers
from geo_app.web.language import init_language
from geo_app.web.limits import init_limits
from geo_app.web.listing import init_listing
from geo_app.web.permission import check_routes

BLUEPRINTS = (
    *(health.bp, frame.bp, home.bp, tiles.bp),
    *(sign_in.bp, my_account.bp, accounts.bp, access_policy.bp, access_log.bp),
    *(board.bp, streets.bp, village_groups.bp, plans.bp, plan_comparison.bp, plan_undo.bp, estates.bp, addresses.bp),
    *(audit.bp, audit_street.bp, audit_lists.bp, audit_api.bp),
    *(streets_api.bp, village_groups_api.bp, numbering_api.bp, plan_comparison_api.bp, addresses_api.bp, search_api.bp),
    *(estates_api.bp, estate_plans_api.bp, adoption.bp, street_changes.bp, street_names_api.bp, street_changes_api.bp),
    *(divisions_api.bp, imports_api.bp, exports_api.bp, jobs_api.bp, my_account_api.bp),
    *(cases.bp, case_settings.bp, cases_api.bp),
    *(divisions.bp, division_questions.bp, imports.bp, exports.bp, jobs.bp),
    *(manual.bp, contract.bp),
)

LARGEST_REQUEST = 512 * 1024 * 1024


def create_app(settings: Settings, database: Database) -> APIFlask:
    """Return the web application; it does not start with a route that declares no permission."""
    app = Application(
        "geo_app.web",
        title="geo-app",
        version="1",
        enable_openapi=False,
    )
    app.config.update(
        SECRET_KEY=key_of(settings.home, "cookie"),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
    )
    app.extensions["geo_app"] = Parts(settings, database)
    init_language(app)
    init_headers(app)
    init_gate(app)
    init_limits(app)
    init_frame(app)
    init_listing(app)
    init_contract(app)
    init_filters(app)
    register_errors(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    check_routes(app)
    _trust_proxies(app, settings.proxies)
    return app


def _trust_proxies(app: APIFlask, count: int) -> None:
    """Take address, scheme and host of a request from the last `count` proxies; what stands before them is not read."""
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def served() -> APIFlask:
    """Return the application of the environment's settings; what the server calls in each worker."""
    settings = Settings.from_env()
    structlog.get_logger().info("serving", home=str(settings.home))
    return create_app(settings, connect(settings))
