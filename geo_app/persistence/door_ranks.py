"""What a door's circumstances make of its address: secondary to the corner's main door, or temporary."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

_SECONDARY = text("""
    update standard_address a set rank = 'secondary', primary_id = main.id,
        valid = daterange(greatest(lower(a.valid), :day), null)
    from entrance e
    join standard_address main on main.entrance_id = e.door_of_id and main.kind = 'door' and main.status = 'current'
        and main.rank = 'primary'
    where a.entrance_id = e.id and a.kind = 'door' and a.status = 'current' and a.id <> main.id
        and a.primary_id is distinct from main.id
        and e.door_kind = 'corner' and upper_inf(e.valid) and (e.id = any(:doors) or e.door_of_id = any(:doors))
        and not exists (select from standard_address below where below.primary_id = a.id or below.parent_id = a.id)
""")
_TEMPORARY = text("""
    update standard_address a set temporary = (e.door_state = 'temporary'),
        valid = daterange(greatest(lower(a.valid), :day), null)
    from entrance e
    where a.entrance_id = e.id and a.kind = 'door' and a.status = 'current' and upper_inf(e.valid)
        and e.id = any(:doors) and a.temporary <> (e.door_state = 'temporary')
""")
_PRIMARY = text("""
    update standard_address set rank = 'primary', primary_id = null,
        valid = daterange(greatest(lower(valid), :day), null)
    where primary_id = any(cast(:ids as char(15)[]))
""")


class DoorRanks:
    """Writes rank and `temporary` of many doors' addresses in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def make_secondary(self, doors: Sequence[int], day: date) -> None:
        """Make the second doors of corners secondary to their main doors, whichever of the two is in `doors`.

        One that has addresses below it, or secondaries of its own, stays as it is.
        """
        self._session.execute(_SECONDARY, {"doors": list(doors), "day": day})

    def mark_temporary(self, doors: Sequence[int], day: date) -> None:
        """Write which of these doors have their numbers for a temporary building only."""
        self._session.execute(_TEMPORARY, {"doors": list(doors), "day": day})

    def free_secondaries(self, addresses: Sequence[str], day: date) -> None:
        """Make addresses of their own of those that are secondary to `addresses`, which end."""
        self._session.execute(_PRIMARY, {"ids": list(addresses), "day": day})
