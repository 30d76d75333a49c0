"""How often a stranger may try, counted in each worker's memory.

With n workers the true limit lies between the figure and n times the figure; the account's own lock-out, which the
database counts, is exact.
"""

from flask import request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

LIMITER = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=False)

SIGN_INS_PER_ADDRESS = "30 per minute"
SIGN_INS_PER_NAME = "10 per 5 minutes"
CODES_PER_ADDRESS = "10 per 5 minutes"
SEARCHES_PER_ADDRESS = "300 per minute"
SUGGESTIONS_PER_ADDRESS = "1200 per minute"
"""An office may share one address; whole lists are for accounts, which have no such limit."""


def typed_name() -> str:
    """Return the account name that was typed, as the key of a limit."""
    return f"name:{request.form.get('name', '').strip().lower()[:64]}"
