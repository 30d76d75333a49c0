"""Parents, children, primaries and secondaries of an address: what must hold between them."""

from collections.abc import Mapping

from geo_app.domain.address import Address, Kind, Rank, Status, Surroundings
from geo_app.domain.errors import DomainError, NotFound
from geo_app.domain.message import Message, marked

PARENTS: Mapping[Kind, frozenset[Kind]] = {
    Kind.DOOR: frozenset(),
    Kind.BUILDING: frozenset({Kind.DOOR}),
    Kind.UNIT: frozenset({Kind.BUILDING, Kind.DOOR}),
    Kind.ROOM: frozenset({Kind.UNIT, Kind.BUILDING, Kind.DOOR}),
}
"""Under what each kind may hang; a building may also stand on its estate without a door."""


class ParentMissing(DomainError):
    """A unit or room is a unit or room of something."""

    pattern = "A {kind} needs the address it belongs to."


class ParentKindWrong(DomainError):
    """The levels go down: door, building, unit, room."""

    pattern = "A {kind} cannot belong to a {parent}."


class DoorHasNoParent(DomainError):
    """A door stands on its street, estate or village group."""

    pattern = "A door belongs to its street or estate, not to another address."


class ParentNotLiving(DomainError):
    """A child lives only while its parent does."""

    pattern = "The address above is {status}; nothing can live under it."


class ParentNotCurrent(DomainError):
    """A child becomes current after its parent."""

    pattern = "The address above is {status}; approve it first."


class ParentIsSecondary(DomainError):
    """Buildings, units and rooms hang on the primary address."""

    pattern = "The address above is a secondary one; choose its primary address."


class ParentInAnotherCounty(DomainError):
    """A building does not cross the county's border in the register."""

    pattern = "The address above lies in county {county}."


class PlaceComesFromParent(DomainError):
    """A child has its street from its parent; two places would contradict each other."""

    pattern = "The street of a {kind} comes from the address above and is not stated again."


class HasLivingChildren(DomainError):
    """A parent ends after its children, never before."""

    pattern = "{count} addresses under this one are still in force; end them first."


class HasCurrentChildren(DomainError):
    """A parent cannot fall back to proposed while children are current."""

    pattern = "{count} addresses under this one are current; take their approval back first."


class ParentUnchanged(DomainError):
    """A corrected parent is another one."""

    pattern = "The address belongs there already."


class OnlyDoorsAreSecondary(DomainError):
    """A second door is a secondary address; buildings, units and rooms have aliases instead."""

    pattern = "Only a door can be a secondary address; give a {kind} an alias."


class PrimaryMissing(DomainError):
    """A second door says to which first door it belongs."""

    pattern = "Choose the primary address of this door."


class PrimaryIsItself(DomainError):
    """An address is not its own second one."""

    pattern = "An address cannot be secondary to itself."


class PrimaryIsSecondary(DomainError):
    """Secondaries point to a primary, never to each other."""

    pattern = "The chosen primary address is itself a secondary one."


class PrimaryNotADoor(DomainError):
    """A second door belongs to a first door."""

    pattern = "A secondary door needs a door as its primary, not a {kind}."


class PrimaryNotLiving(DomainError):
    """A second door lives only while the first one does."""

    pattern = "The primary address is {status}."


class PrimaryNotCurrent(DomainError):
    """A second door becomes current after the first one."""

    pattern = "The primary address is {status}; approve it first."


class HasLivingSecondaries(DomainError):
    """A primary ends after its secondaries, or hands them over first."""

    pattern = "{count} secondary addresses depend on this one; end them or give them another primary first."


class HasCurrentSecondaries(DomainError):
    """A primary cannot fall back to proposed while secondaries are current."""

    pattern = "{count} secondary addresses of this one are current; take their approval back first."


class AlreadyPrimary(DomainError):
    """Only a secondary address becomes primary."""

    pattern = "The address is primary already."


class AlreadySecondary(DomainError):
    """An address has one primary."""

    pattern = "The address is secondary to this one already."


def require_kin(address: Address, around: Surroundings) -> None:
    """Check parent and primary of an address that is to live.

    Raises the refusals of this module about parents and primaries, and NotFound when the parent is not the one named.
    """
    if address.parent_id != (around.parent.id if around.parent else None):
        raise NotFound(what=Message(marked("address")), key=address.parent_id)
    _require_parent_fits_kind(address, around.parent)
    if around.parent is not None:
        _require_parent(address, around.parent)
    if address.rank is Rank.SECONDARY:
        require_primary(address, around.primary)


def require_kin_current(around: Surroundings) -> None:
    """Check that the parent is current, before an address becomes so; `require_primary` sees to the primary.

    Raises ParentNotCurrent.
    """
    if around.parent is not None and around.parent.status is not Status.CURRENT:
        raise ParentNotCurrent(status=around.parent.status.word)


def require_primary(address: Address, primary: Address | None) -> Address:
    """Return `primary` if it may be the primary address of the door `address`.

    Raises OnlyDoorsAreSecondary, PrimaryMissing, PrimaryIsItself, PrimaryNotADoor, PrimaryIsSecondary,
    PrimaryNotLiving, PrimaryNotCurrent (a current door cannot depend on a proposed one).
    """
    if address.kind is not Kind.DOOR:
        raise OnlyDoorsAreSecondary(kind=address.kind.word)
    if primary is None:
        raise PrimaryMissing
    if primary.id == address.id:
        raise PrimaryIsItself
    if primary.kind is not Kind.DOOR:
        raise PrimaryNotADoor(kind=primary.kind.word)
    if primary.rank is Rank.SECONDARY:
        raise PrimaryIsSecondary
    if not primary.living:
        raise PrimaryNotLiving(status=primary.status.word)
    if address.status is Status.CURRENT and primary.status is not Status.CURRENT:
        raise PrimaryNotCurrent(status=primary.status.word)
    return primary


def require_nothing_living_below(around: Surroundings) -> None:
    """Check that no child and no secondary would outlive the address.

    Raises HasLivingChildren, HasLivingSecondaries.
    """
    children = sum(child.living for child in around.children)
    if children:
        raise HasLivingChildren(count=children)
    secondaries = sum(other.living for other in around.secondaries)
    if secondaries:
        raise HasLivingSecondaries(count=secondaries)


def require_nothing_current_below(around: Surroundings) -> None:
    """Check that no child and no secondary is current.

    Raises HasCurrentChildren, HasCurrentSecondaries.
    """
    children = sum(child.status is Status.CURRENT for child in around.children)
    if children:
        raise HasCurrentChildren(count=children)
    secondaries = sum(other.status is Status.CURRENT for other in around.secondaries)
    if secondaries:
        raise HasCurrentSecondaries(count=secondaries)


def _require_parent_fits_kind(address: Address, parent: Address | None) -> None:
    if parent is None:
        if address.kind in {Kind.UNIT, Kind.ROOM}:
            raise ParentMissing(kind=address.kind.word)
        return
    if address.kind is Kind.DOOR:
        raise DoorHasNoParent
    if parent.kind not in PARENTS[address.kind]:
        raise ParentKindWrong(kind=address.kind.word, parent=parent.kind.word)
    if address.place_id is not None:
        raise PlaceComesFromParent(kind=address.kind.word)


def _require_parent(address: Address, parent: Address) -> None:
    if not parent.living:
        raise ParentNotLiving(status=parent.status.word)
    if parent.rank is Rank.SECONDARY:
        raise ParentIsSecondary
    if parent.county_code != address.county_code:
        raise ParentInAnotherCounty(county=parent.county_code)
