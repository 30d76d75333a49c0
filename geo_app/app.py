"""The application put together: the only module that knows all parts."""

import secrets
from pathlib import Path

import structlog
from apiflask import APIFlask

from geo_app.persistence.database import Database, connect
from geo_app.settings import Settings
from geo_app.web import addresses, board, frame, health, home, plans, streets, tiles
from geo_app.web.context import Parts
from geo_app.web.errors import register_errors
from geo_app.web.frame import init_frame
from geo_app.web.headers import init_headers
from geo_app.web.language import init_language
from geo_app.web.listing import init_listing
from geo_app.web.permission import check_routes

BLUEPRINTS = (health.bp, frame.bp, home.bp, tiles.bp, board.bp, streets.bp, plans.bp, addresses.bp)

LARGEST_REQUEST = 512 * 1024 * 1024


def create_app(settings: Settings, database: Database) -> APIFlask:
    """Return the web application; it does not start with a route that declares no permission."""
    app = APIFlask(
        "geo_app.web",
        title="geo-app",
        version="1",
        spec_path="/api/v1/openapi.json",
        docs_path="/api/v1/docs",
        enable_openapi=False,
    )
    app.config.update(
        SECRET_KEY=_secret(settings.home),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
    )
    app.extensions["geo_app"] = Parts(settings, database)
    init_language(app)
    init_headers(app)
    init_frame(app)
    init_listing(app)
    register_errors(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    check_routes(app)
    return app


def served() -> APIFlask:
    """Return the application of the environment's settings; what the server calls in each worker."""
    settings = Settings.from_env()
    structlog.get_logger().info("serving", home=str(settings.home))
    return create_app(settings, connect(settings))


def _secret(home: Path) -> bytes:
    """Return the key that signs cookies, made once and kept readable by the owner only."""
    folder = home / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "cookie"
    if not path.exists():
        draft = folder / f"cookie.{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_bytes(secrets.token_bytes(32))
        draft.replace(path)
    return path.read_bytes()
