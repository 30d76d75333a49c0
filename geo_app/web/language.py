"""The reader's language: the account's, else the cookie's, else the browser's; Chinese before English."""

from flask import Flask, g, has_request_context, request
from flask_babel import Babel

from geo_app.exchange.language import FOLDER, LANGUAGES, compile_catalogues

COOKIE = "language"


def language() -> str:
    """Return "zh" or "en"."""
    if not has_request_context():
        return LANGUAGES[0]
    chosen = getattr(g, "language", None) or request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0]) or LANGUAGES[0]


def init_language(app: Flask) -> None:
    """Give templates `_()` and the reader's language."""
    compile_catalogues()
    Babel(
        app,
        default_locale="zh",
        default_translation_directories=str(FOLDER),
        locale_selector=language,
        default_timezone="Asia/Shanghai",
    )
    app.jinja_env.globals["language"] = language
