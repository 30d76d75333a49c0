"""What the life of a counter case refuses, one class per rule."""

from geo_app.domain.errors import Conflict, DomainError


class CaseVersionStale(Conflict):
    """Somebody changed the case after this page was loaded."""

    pattern = "The case was changed in the meantime (version {current}, yours was {given}); load it again."


class RequestPapersAtCounter(DomainError):
    """Papers are asked for while the counter works on the case."""

    pattern = "Papers can be asked for only while the counter works on the case; this one is {status}."


class NoPaperNamed(DomainError):
    """A written list names what is missing."""

    pattern = "Name at least one missing paper; the applicant gets the list in writing."


class SupplementNeedsIncomplete(DomainError):
    """Only what was asked for is supplied afterwards."""

    pattern = "Only a case that waits for papers can take them; this one is {status}."


class CheckAtCounter(DomainError):
    """The site is checked before the case is submitted."""

    pattern = "The site check is recorded before the case is submitted; this one is {status}."


class KindNeedsNoCheck(DomainError):
    """Nothing changes on the ground."""

    pattern = "A case of the kind {kind} needs no site check."


class NumberAtCounter(DomainError):
    """A number is proposed before the case is submitted."""

    pattern = "The number is proposed before the case is submitted; this one is {status}. Have it sent back first."


class KindNeedsNoNumber(DomainError):
    """The address keeps the number it has."""

    pattern = "A case of the kind {kind} gives no number."


class SiteCheckMissing(DomainError):
    """No number for a door that nobody has seen."""

    pattern = "Record the site check first."


class ProposedNumberMissing(DomainError):
    """What is approved is a number."""

    pattern = "Propose a number first."


class SubmitAtCounter(DomainError):
    """A case is submitted once its papers are complete."""

    pattern = "Only a case at the counter with complete papers can be submitted; this one is {status}."


class SendBackNeedsSubmittedCase(DomainError):
    """Only a case under review goes back to the counter."""

    pattern = "Only a submitted case can be sent back; this one is {status}."


class ApproveNeedsSubmittedCase(DomainError):
    """Approval answers a submission."""

    pattern = "Only a submitted case can be approved; this one is {status}."


class RejectNeedsUndecided(DomainError):
    """What is decided is not decided again."""

    pattern = "A case that is {status} cannot be refused any more."


class WithdrawNeedsUndecided(DomainError):
    """What is decided is not withdrawn; a change or a cancellation is a case of its own."""

    pattern = "A case that is {status} cannot be withdrawn any more; open a change or a cancellation instead."


class CorrectEndNeedsBrokenOff(DomainError):
    """Only a refused or withdrawn case is taken up again."""

    pattern = "Only a refused or withdrawn case can be taken up again; this one is {status}."


class NoticeNeedsApproval(DomainError):
    """The notice tells what was approved, and is issued once."""

    pattern = "A notice is issued once, after approval; this case is {status}."


class FinishNeedsNotice(DomainError):
    """A case ends when the notice is handed over."""

    pattern = "A case is closed when its notice has been issued; this one is {status}."


class DeciderIsClerk(DomainError):
    """Two pairs of eyes: a second person decides."""

    pattern = "You opened or submitted this case; another person has to decide it."


class KindNeedsAddress(DomainError):
    """Change, reissue and cancellation are about an address that is current."""

    pattern = "A case of the kind {kind} needs an address that is current; choose one."


class CaseInVillageGroup(DomainError):
    """A household of a village group gets its number from the group's plan, along the walk."""

    pattern = (
        "“{address}” is numbered in a village group; cases are for doors of streets. "
        "Change its number on the group's board."
    )


class KindNeedsDoor(DomainError):
    """A new number is for a door or a point on a street."""

    pattern = "A case of the kind {kind} needs a street and a door, or a point on the map."


class SplitNeedsNewNumber(DomainError):
    """A split makes a second door, so it asks for a new number."""

    pattern = "A divided household or shop asks for a new or temporary number, not for: {kind}."


class SplitNeedsOrigin(DomainError):
    """A split says which address it was part of."""

    pattern = "Choose the address from which the household or shop is divided."


class CaseAddressNotCurrent(DomainError):
    """What ended, or is only proposed, is no subject of a case."""

    pattern = "The address {address} is {status}; only a current address can be the subject of a case."


class AddressNotTemporary(DomainError):
    """Only a temporary number is made formal."""

    pattern = "The address {address} is formal already."


class AddressHasOpenCase(Conflict):
    """One case at a time on one address."""

    pattern = "Case {case} is open for this address; finish or withdraw that one first."


class DoorHasOpenCase(Conflict):
    """One case at a time on one door."""

    pattern = "Case {case} is open for this door; finish or withdraw that one first."


class DoorHasNumber(DomainError):
    """A numbered door is changed, not numbered again."""

    pattern = "The door has the address {address} already; open a change instead."


class DoorOnOtherStreet(DomainError):
    """A door is numbered on the street it opens to."""

    pattern = "This door does not stand on the chosen street; choose it on its own street."


class CaseStreetNotApproved(DomainError):
    """No number without an approved name."""

    pattern = "“{street}” has no approved name yet, so its doors cannot be numbered."


class DoorGetsNoNumber(DomainError):
    """The engine says why no number is free, and the clerk may choose one by hand."""

    pattern = "No number can be proposed for this door: {reason} Choose one by hand, or move the door."


class NumberUnchangedInCase(DomainError):
    """A change changes something."""

    pattern = "The door has the number {number} already; choose another one."


class HandNumberNeedsReason(DomainError):
    """Whoever departs from the rule says why."""

    pattern = "Say why {number} is right although the rule proposes {proposed}."
