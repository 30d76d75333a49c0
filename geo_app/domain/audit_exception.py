"""Exceptions 例外: findings that somebody answers for, with a reason, until a day or until they are revoked.

An exception stands for one door, one kind of finding and one number: when another number hangs there, it no longer
counts. Two of one kind never hold for one door at a time; the database sees to it.
"""

from dataclasses import dataclass, replace
from datetime import date

from geo_app.domain.access import Actor, require_reason
from geo_app.domain.audit_findings import AuditKind
from geo_app.domain.errors import Conflict, DomainError


class ExceptionEndsTooEarly(DomainError):
    """An exception that holds on no day is none."""

    pattern = "The exception would end on {until}; choose a day after {since}, or leave it open."


class ExceptionVersionStale(Conflict):
    """Somebody changed the exception after this page was loaded."""

    pattern = "The exception was changed in the meantime (version {current}, yours was {given}); load it again."


class ExceptionHasEnded(DomainError):
    """What does not hold any more needs no revoking."""

    pattern = "This exception ended on {until}; there is nothing to revoke."


class ExceptionHeldAlready(Conflict):
    """A finding has one exception at a time."""

    pattern = "This finding was accepted as an exception already."


class FindingIsGone(Conflict):
    """Only what is found now can be accepted."""

    pattern = "This finding is no longer there, or the door has another number now; load the street again."


@dataclass(frozen=True, slots=True)
class ExceptionWish:
    """What somebody wants to accept: a finding of a door as seen, who answers for it, until when (None: open).

    `number` is what the door was called when the finding was seen, "" for a door without a number.
    """

    entrance_id: int
    kind: AuditKind
    number: str
    owner_id: int
    until: date | None = None


@dataclass(frozen=True, slots=True)
class HeldException:
    """An exception as it stands; it holds from `since` to the day before `until`; account ids and display names."""

    id: int
    entrance_id: int
    kind: AuditKind
    number: str
    since: date
    until: date | None
    reason: str
    owner: str
    accepted_by: str
    version: int
    revoked_by: str = ""
    revoked_reason: str = ""

    def covers(self, number: str, day: date) -> bool:
        """Tell whether it counts on `day` for a door that is called `number` then."""
        return self.number == number and self.since <= day and (self.until is None or day < self.until)


def accept(wish: ExceptionWish, actor: Actor, day: date) -> ExceptionWish:
    """Return the exception as it is to be written from `day` on.

    Raises ReasonNotStated, ExceptionEndsTooEarly.
    """
    require_reason(actor)
    if wish.until is not None and wish.until <= day:
        raise ExceptionEndsTooEarly(until=wish.until, since=day)
    return wish


def revoke(held: HeldException, actor: Actor, version: int, day: date) -> HeldException:
    """Return the exception ended on `day`; one that was accepted on that day never held.

    Raises ExceptionVersionStale, ReasonNotStated, ExceptionHasEnded.
    """
    if version != held.version:
        raise ExceptionVersionStale(current=held.version, given=version)
    require_reason(actor)
    if held.until is not None and (held.revoked_by or held.until <= day):
        raise ExceptionHasEnded(until=held.until)
    return replace(held, until=max(held.since, day), revoked_by=actor.name, revoked_reason=actor.reason)
