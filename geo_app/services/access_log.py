"""Reading the log of access."""

from collections.abc import Sequence

from geo_app.domain.access import EVERYWHERE, Actor, require
from geo_app.domain.access_account import Moment
from geo_app.domain.access_roles import Permission
from geo_app.persistence.access_log import AccessFilter, LoggedAccess
from geo_app.persistence.register import Register


def find_accesses(
    register: Register, actor: Actor, wanted: AccessFilter, page: tuple[int, int], at: Moment
) -> tuple[Sequence[LoggedAccess], int]:
    """Return one page (its number from 1, its size) of the log and the number of all entries; the log has no areas.

    Raises NotGranted.
    """
    require(actor, Permission.LOG_READ, EVERYWHERE, at.day)
    return register.access_entries.find(wanted, *page)
