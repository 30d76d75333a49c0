"""Reading the log of access."""

from geo_app.domain.access import EVERYWHERE, Actor, require
from geo_app.domain.access_account import Moment
from geo_app.domain.access_roles import Permission
from geo_app.persistence.access_log import AccessFilter, LoggedAccess
from geo_app.persistence.paging import Page
from geo_app.persistence.queries.listing import Listing
from geo_app.persistence.register import Register


def find_accesses(
    register: Register, actor: Actor, wanted: AccessFilter, listing: Listing, at: Moment
) -> Page[LoggedAccess]:
    """Return one page of the log; the log has no areas.

    Raises NotGranted.
    """
    require(actor, Permission.LOG_READ, EVERYWHERE, at.day)
    return register.access_entries.find(wanted, listing)
