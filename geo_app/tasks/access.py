"""Sessions and tokens that can no longer be used are removed once a day."""

from datetime import datetime

import structlog

from geo_app.domain.access_account import Moment
from geo_app.persistence.database import Database
from geo_app.services.api_tokens import clear_tokens
from geo_app.services.sign_in import clear_sessions

log = structlog.get_logger()


def clear_access(database: Database, instant: datetime) -> None:
    """Remove what ended long enough before `instant`, and write into the log how much it was."""
    at = Moment(instant, instant.date())
    with database.transaction() as register:
        sessions, tokens = clear_sessions(register, at), clear_tokens(register, at)
    log.info("access cleared", sessions=sessions, tokens=tokens)
