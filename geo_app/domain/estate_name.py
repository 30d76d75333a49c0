"""The name of an estate: proposed, approved by a second person, told apart from others of the county."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pypinyin import lazy_pinyin

from geo_app.domain.address import Decision
from geo_app.domain.address_text import match_key
from geo_app.domain.estate_refusals import (
    ApproveEstateNeedsProposed,
    EstateApproverIsProposer,
    EstateNameMalformed,
    EstateNameTaken,
    EstateVersionStale,
)

LONGEST_NAME = 40
_NAME = re.compile(r"[\w·.&'’() \-（）]+")
_GENERIC = re.compile("(?:住宅小区|安置小区|小区|花园|家园|公寓|新村|大院|大厦|广场|苑|园|院|城|居|府|庭|里)$")


@dataclass(frozen=True, slots=True)
class EstateNaming:
    """An estate as the rules of its name see it."""

    name: str
    approved: bool = False
    proposed_by: int | None = None
    version: int = 1


def propose_estate(name: str, decision: Decision, names_taken: Iterable[str]) -> EstateNaming:
    """Return the naming of a new estate, proposed by the actor; `names_taken` are the county's living ones.

    Raises EstateNameMalformed, EstateNameTaken.
    """
    bare = name.strip()
    if len(bare) > LONGEST_NAME or not _NAME.fullmatch(bare) or bare.isdecimal():
        raise EstateNameMalformed(name=name)
    if match_key(bare) in {match_key(taken) for taken in names_taken}:
        raise EstateNameTaken(name=bare)
    return EstateNaming(bare, proposed_by=decision.actor.account_id)


def approve_estate(naming: EstateNaming, decision: Decision) -> EstateNaming:
    """Return the naming approved by a second person.

    Raises EstateVersionStale, ApproveEstateNeedsProposed, EstateApproverIsProposer.
    """
    if decision.version != naming.version:
        raise EstateVersionStale(current=naming.version, given=decision.version)
    if naming.approved:
        raise ApproveEstateNeedsProposed(name=naming.name)
    if decision.actor.account_id == naming.proposed_by:
        raise EstateApproverIsProposer
    return replace(naming, approved=True, version=naming.version + 1)


def alike(name: str, others: Iterable[str]) -> list[str]:
    """Return the names that sound like `name` (tones aside), or differ in the general word alone (花园, 苑 …)."""
    own, sound = _own_part(name), _sound(name)
    return sorted(other for other in others if other != name and (_own_part(other) == own or _sound(other) == sound))


def _own_part(name: str) -> str:
    return _GENERIC.sub("", name) or name


def _sound(name: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(_own_part(name)))
