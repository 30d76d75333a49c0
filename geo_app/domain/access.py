"""Access 权限判定: grants with area and dates, and the verdict whether somebody may do something somewhere.

An area is a division code without trailing zeros: 2 digits province, 4 city, 6 county, 9 township, 12 village, 15 grid
cell, and none for the whole register. Everything below an area begins with its code.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geo_app.domain.access_roles import PERMISSIONS, Permission, Reach, Role
from geo_app.domain.errors import DomainError, NotPermitted
from geo_app.domain.history import require_period
from geo_app.domain.message import Message, marked

AREA_LENGTHS = (0, 2, 4, 6, 9, 12, 15)
"""Digits of an area code, from the whole register and the province down to the grid cell."""

EVERYWHERE = ""
"""The whole register as an area."""


class AreaCodeMalformed(DomainError):
    """An area is a division code of a known length."""

    pattern = "“{code}” is not the code of an area: 2, 4, 6, 9, 12 or 15 digits are needed."


class NotGranted(NotPermitted):
    """No grant in force covers this permission here."""

    pattern = "You have no permission for {permission} in {area}."


class ReasonNotStated(DomainError):
    """Every write says why."""

    pattern = "State a reason for this."


class Relation(StrEnum):
    """Where a target lies, seen from a granted area."""

    OWN = "own"
    WITHIN = "within"
    NEIGHBOUR = "neighbour"
    NONE = "none"


_COVERED = {
    Reach.WITHIN: frozenset({Relation.OWN, Relation.WITHIN}),
    Reach.NEIGHBOUR: frozenset({Relation.OWN, Relation.WITHIN, Relation.NEIGHBOUR}),
    Reach.ANYWHERE: frozenset(Relation),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in an area from one day to another (half-open, None: until revoked).

    Raises AreaCodeMalformed, PeriodEmpty when made.
    """

    role: Role
    area_code: str
    valid_from: date
    valid_to: date | None = None

    def __post_init__(self) -> None:
        require_area(self.area_code)
        require_period(self.valid_from, self.valid_to)

    def in_force(self, day: date) -> bool:
        """Tell whether the grant counts on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with what grants, and why; stands on every write.

    `scope` is the part of its permissions that a program's token may use; None: all of them.
    """

    account_id: int
    name: str
    grants: tuple[Grant, ...] = ()
    reason: str = ""
    scope: frozenset[Permission] | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is allowed, and each reason why not; an allowed one has the granting role as its reason."""

    allowed: bool
    reasons: tuple[Message, ...]


def require_area(code: str) -> str:
    """Return `code` if it is an area's.

    Raises AreaCodeMalformed.
    """
    if len(code) not in AREA_LENGTHS or (code and not (code.isascii() and code.isdigit())):
        raise AreaCodeMalformed(code=code)
    return code


def parent_area(code: str) -> str:
    """Return the code of the area above; a province has "" above it."""
    return code[: max((length for length in AREA_LENGTHS if length < len(code)), default=0)]


def relation(area_code: str, target_area: str) -> Relation:
    """Return where `target_area` lies, seen from `area_code`; neighbours share the area above."""
    if target_area == area_code:
        return Relation.OWN
    if target_area.startswith(area_code):
        return Relation.WITHIN
    if len(target_area) >= len(area_code) and target_area.startswith(parent_area(area_code)):
        return Relation.NEIGHBOUR
    return Relation.NONE


def decide(grants: Iterable[Grant], permission: Permission, target_area: str, today: date) -> Verdict:
    """Return the verdict on `permission` in `target_area`, with its reasons."""
    refusals = []
    for grant in grants:
        reach = PERMISSIONS[grant.role].get(permission)
        if reach is None:
            continue
        if not grant.in_force(today):
            refusals.append(_not_in_force(grant, today))
        elif relation(grant.area_code, target_area) in _COVERED[reach]:
            return Verdict(allowed=True, reasons=(Message(_ALLOWED, {"role": grant.role.word}),))
        else:
            values = {"role": grant.role.word, "area": grant.area_code, "target": target_area}
            refusals.append(Message(_OUTSIDE, values))
    return Verdict(allowed=False, reasons=tuple(refusals) or (Message(_NO_ROLE, {"permission": permission.word}),))


def require(actor: Actor, permission: Permission, target_area: str, today: date) -> None:
    """Check that `actor` may do this in `target_area`.

    Raises NotGranted.
    """
    if not in_scope(actor, permission) or not decide(actor.grants, permission, target_area, today).allowed:
        raise NotGranted(permission=permission.word, area=target_area)


def in_scope(actor: Actor, permission: Permission) -> bool:
    """Tell whether the actor's token, if it came with one, was made for this."""
    return actor.scope is None or permission in actor.scope


def holds(actor: Actor, permission: Permission, today: date) -> bool:
    """Tell whether the actor may do this somewhere at all; where exactly is `require`'s question."""
    granted = any(grant.in_force(today) and permission in PERMISSIONS[grant.role] for grant in actor.grants)
    return granted and in_scope(actor, permission)


def reachable_areas(grants: Iterable[Grant], permission: Permission, today: date) -> frozenset[str]:
    """Return the areas whose codes, as prefixes, cover all that `permission` reaches; "" stands for everywhere.

    A list filters by them what `decide` would allow one by one, neighbours of a higher level aside.
    """
    areas = set()
    for grant in grants:
        reach = PERMISSIONS[grant.role].get(permission)
        if reach is not None and grant.in_force(today):
            areas.add(_prefix(grant.area_code, reach))
    return frozenset(area for area in areas if not any(area != other and area.startswith(other) for other in areas))


def require_reason(actor: Actor) -> str:
    """Return the actor's reason.

    Raises ReasonNotStated.
    """
    if not actor.reason.strip():
        raise ReasonNotStated
    return actor.reason


_ALLOWED = marked("Allowed as {role}.")
_OUTSIDE = marked("As {role} you work in {area}; {target} lies outside.")
_NO_ROLE = marked("None of your roles includes {permission}.")
_ENDED = marked("Your role as {role} ended on {day}.")
_NOT_YET = marked("Your role as {role} begins on {day}.")


def _not_in_force(grant: Grant, today: date) -> Message:
    if today < grant.valid_from:
        return Message(_NOT_YET, {"role": grant.role.word, "day": grant.valid_from})
    return Message(_ENDED, {"role": grant.role.word, "day": grant.valid_to})


def _prefix(area_code: str, reach: Reach) -> str:
    if reach is Reach.ANYWHERE:
        return ""
    return parent_area(area_code) if reach is Reach.NEIGHBOUR else area_code
