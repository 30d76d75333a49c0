"""Headers of every answer: nothing from outside, nothing framed, nothing guessed."""

import secrets

from flask import Flask, Response, g

POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data: blob:;"
    " worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)


def init_headers(app: Flask) -> None:
    """Set the headers after each request; a page's own import map carries the request's nonce."""
    app.before_request(_draw_nonce)
    app.after_request(_set)


def _draw_nonce() -> None:
    g.nonce = secrets.token_urlsafe(16)


def _set(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=g.get("nonce", "")))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "geolocation=(self), camera=(self)"
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
