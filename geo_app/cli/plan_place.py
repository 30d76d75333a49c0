"""Places of plans as a person names them: a street by name or number, a village group by its full name."""

from geo_app.domain.errors import Conflict, NotFound
from geo_app.domain.message import Message, marked
from geo_app.persistence.paging import Paging
from geo_app.persistence.queries.street_list import StreetFilter
from geo_app.persistence.register import Register

LARGEST_LIST = 100_000


class SeveralStreets(Conflict):
    """A name may be borne by several streets."""

    pattern = "Several streets are called “{name}”: give one of the numbers {ids}."


class SeveralGroups(Conflict):
    """Two villages of a county may be written alike in addresses."""

    pattern = "Several village groups are called “{name}”: draft the plan on the group's board."


def street_named(register: Register, given: str) -> int:
    """Return the id of the street with this name or number. Raises NotFound, SeveralStreets."""
    if given.isascii() and given.isdigit():
        return register.streets.get(int(given)).id
    listed = register.streets.page(StreetFilter(given), Paging(size=LARGEST_LIST)).items
    found = [street for street in listed if street.name == given]
    if not found:
        raise NotFound(what=Message(marked("street")), key=given)
    if len(found) > 1:
        raise SeveralStreets(name=given, ids=", ".join(str(street.id) for street in found))
    return found[0].id


def group_named(register: Register, given: str) -> int | None:
    """Return the id of the village group with this full name, 万坪村3组; None: there is none. Raises SeveralGroups."""
    found = register.village_groups.named(given)
    if len(found) > 1:
        raise SeveralGroups(name=given)
    return found[0].id if found else None
