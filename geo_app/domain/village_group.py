"""A village group 村民小组: what it is called, and the refusals around it."""

import re

from geo_app.domain.address_text import match_key
from geo_app.domain.errors import Conflict, DomainError

_NAME = re.compile(r"[0-9]{1,3}[组社队]|[㐀-鿿]{2,10}")
_ORDINAL = re.compile(r"第(?=[0-9])")


class GroupNameMalformed(DomainError):
    """A group has a number, or the name of a natural village (standards.md §1.3)."""

    pattern = "“{name}” is no name of a village group: write 3组, 六社, 2队, or the name of a natural village."


class GroupNameTaken(Conflict):
    """One name once in a village, however its number is written."""

    pattern = "The village has a group “{name}” already."


class GroupNeedsVillage(DomainError):
    """Groups are counted within a village or community."""

    pattern = "{division} is no village or community; a group belongs to one."


class GroupVersionStale(Conflict):
    """Somebody changed the group after this page was loaded."""

    pattern = "The group was changed in the meantime (version {current}, yours was {given}); load it again."


class GroupHasHouses(DomainError):
    """A group ends when nobody lives in it any more."""

    pattern = "{count} houses belong to this group; move them first."


class GroupHasPlan(DomainError):
    """A group does not vanish under its planner."""

    pattern = "Plan {plan} numbers this group; withdraw it first."


class HouseElsewhere(DomainError):
    """A house is released by the group it belongs to."""

    pattern = "The house does not belong to this group; load the page again."


def group_name(text: str) -> str:
    """Return the one way in which a group's name is written: 3组 for 三组, 第3组 and ３组.

    Raises GroupNameMalformed.
    """
    name = _ORDINAL.sub("", match_key(text))
    if not _NAME.fullmatch(name):
        raise GroupNameMalformed(name=text.strip())
    return name
