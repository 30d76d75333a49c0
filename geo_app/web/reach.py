"""How far the caller's rights reach, for lists."""

from geo_app.domain.access import in_scope, reachable_areas
from geo_app.domain.access_roles import Permission
from geo_app.web.context import actor, today


def areas_of(permission: Permission) -> tuple[str, ...]:
    """Return the area prefixes in which the caller holds `permission`; "" stands for everywhere, none for nowhere.

    Raises NotSignedIn.
    """
    caller = actor()
    if not in_scope(caller, permission):
        return ()
    return tuple(sorted(reachable_areas(caller.grants, permission, today())))
