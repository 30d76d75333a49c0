"""The audit of a street of the register, and exceptions to its findings: accepted with a reason, revoked with one."""

from dataclasses import dataclass
from datetime import date

from geo_app.domain import audit_exception as exceptions
from geo_app.domain.access import Actor, NotGranted, decide, in_scope, require
from geo_app.domain.access_roles import Permission
from geo_app.domain.address import Decision
from geo_app.domain.audit_exception import ExceptionWish, FindingIsGone
from geo_app.domain.audit_street import StreetAudit, read_street
from geo_app.persistence.queries.audit_ground import street_ground, villages_of_street
from geo_app.persistence.register import Register
from geo_app.persistence.streets import StreetRecord


@dataclass(frozen=True, slots=True)
class StreetAuditView:
    """A street with its audit as of a day."""

    street: StreetRecord
    audit: StreetAudit
    day: date


def audit_street(register: Register, street_id: int, actor: Actor, day: date) -> StreetAuditView:
    """Return the audit of a street as it stands today, with proposals and the exceptions that hold.

    Raises NotFound, NotGranted.
    """
    street = register.streets.get(street_id)
    _require_reading(register, street, actor, day)
    return StreetAuditView(street, _audit(register, street, day), day)


def accept_exception(register: Register, wish: ExceptionWish, decision: Decision) -> int:
    """Accept a finding as an exception from today on, and return its id.

    Raises NotFound, NotGranted, ReasonNotStated, ExceptionEndsTooEarly, FindingIsGone, ExceptionHeldAlready.
    """
    door = register.entrances.get(wish.entrance_id)
    if door.street_id is None:
        raise FindingIsGone
    street = register.streets.get(door.street_id)
    actor, day = decision.actor, decision.day
    require(actor, Permission.AUDIT_ACCEPT, street.area, day)
    wish = exceptions.accept(wish, actor, day)
    register.accounts.by_id(wish.owner_id)
    _require_found(_audit(register, street, day), wish)
    on = (street.county_code, street.id)
    exception_id = register.audit_exceptions.add(wish, on, (actor.account_id, actor.reason.strip()), day)
    register.audit_runs.count_exceptions_again(street.county_code, (wish.entrance_id, wish.kind), day)
    about = {"entrance": wish.entrance_id, "kind": wish.kind.value, "number": wish.number}
    register.journal.write(actor.account_id, actor.reason, "accept", ("exception", exception_id), about)
    return exception_id


def revoke_exception(register: Register, exception_id: int, decision: Decision) -> None:
    """End an exception today; the finding is open again.

    Raises NotFound, NotGranted, ExceptionVersionStale, ReasonNotStated, ExceptionHasEnded.
    """
    street = register.streets.get(register.audit_exceptions.street_of(exception_id))
    actor, day = decision.actor, decision.day
    require(actor, Permission.AUDIT_ACCEPT, street.area, day)
    held = register.audit_exceptions.lock(exception_id)
    register.audit_exceptions.end(exceptions.revoke(held, actor, decision.version, day), actor.account_id)
    register.audit_runs.count_exceptions_again(street.county_code, (held.entrance_id, held.kind), day)
    register.journal.write(actor.account_id, actor.reason, "revoke", ("exception", exception_id))


def may_accept(street: StreetRecord, decision: Decision) -> bool:
    """Tell whether the actor may accept findings of the street: whether its page shows the form."""
    allowed = decide(decision.actor.grants, Permission.AUDIT_ACCEPT, street.area, decision.day).allowed
    return allowed and in_scope(decision.actor, Permission.AUDIT_ACCEPT)


def _audit(register: Register, street: StreetRecord, day: date) -> StreetAudit:
    ground = street_ground(register.session, street.county_code, street.id, day)
    held = register.audit_exceptions.held(street.county_code, day, street.id)
    return read_street(ground.audit(), ground.label_of_street(street.id), held, day)


def _require_reading(register: Register, street: StreetRecord, actor: Actor, day: date) -> None:
    """Check that the reader works where the street lies, or in a village that one of its doors lies in."""
    try:
        require(actor, Permission.AUDIT_READ, street.area, day)
    except NotGranted:
        villages = villages_of_street(register.session, street.id)
        if not any(decide(actor.grants, Permission.AUDIT_READ, code, day).allowed for code in villages):
            raise


def _require_found(audit: StreetAudit, wish: ExceptionWish) -> None:
    found = next((one for one in audit.findings if (one.entrance_id, one.kind) == (wish.entrance_id, wish.kind)), None)
    if found is None or found.text != wish.number:
        raise FindingIsGone
