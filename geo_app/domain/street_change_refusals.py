"""What a change of a street refuses, one class per rule."""

from geo_app.domain.errors import Conflict, DomainError


class StreetChangeVersionStale(Conflict):
    """Somebody decided on the change after this page was loaded."""

    pattern = "The change was decided on in the meantime (version {current}, yours was {given}); load it again."


class ApproveChangeNeedsSubmitted(DomainError):
    """Approval answers a submission."""

    pattern = "Only a submitted change can be approved; this one is {status}."


class RejectChangeNeedsSubmitted(DomainError):
    """What was approved is withdrawn or carried out."""

    pattern = "Only a submitted change can be rejected; this one is {status}."


class WithdrawChangeNeedsOpen(DomainError):
    """A change that was carried out is undone by another one."""

    pattern = (
        "A change that is {status} cannot be withdrawn; one that was carried out is undone by a correcting change."
    )


class CarryOutNeedsApproved(DomainError):
    """What nobody approved does not happen."""

    pattern = "Only an approved change can be carried out; this one is {status}."


class UndoChangeNeedsCarriedOut(DomainError):
    """Only what happened needs undoing."""

    pattern = "Only a change that was carried out can be undone; this one is {status}."


class ChangeApproverIsSubmitter(DomainError):
    """Two pairs of eyes: a second person approves."""

    pattern = "You submitted this change; another person has to decide on it."


class ChangeNotYetDue(DomainError):
    """Names count from their day on."""

    pattern = "The change takes effect on {day}; carry it out from that day on."


class ChangeOutdated(Conflict):
    """What was approved is what happens: its list of addresses must still hold."""

    pattern = "The street, its doors or its addresses changed since this was submitted; withdraw it and submit it anew."


class ChangeAlreadyUndone(Conflict):
    """A change is undone once."""

    pattern = "This change was undone already, or is about to be, by change {change}."


class ChangeHasSuccessor(Conflict):
    """The latest change is undone first."""

    pattern = "Change {change} of the same street came later; undo that first."


class StreetChangePending(Conflict):
    """Two changes of one street would each be judged on what the other one changes."""

    pattern = "Change {change} of “{name}” is under way; decide on it first."


class StreetNumbersClash(Conflict):
    """One number, one door on a street; a person decides which door is renumbered."""

    pattern = "After the change several doors would read {texts}; choose which of them get other numbers."


class StreetTextsClash(Conflict):
    """One text finds one address in a county."""

    pattern = "After the change several addresses would read {texts}."


class StreetMergesWithItself(DomainError):
    """A merger joins two streets."""

    pattern = "Choose another street to be merged with “{name}”."


class StreetMergeLeavesCounty(DomainError):
    """Addresses of one street lie in one county."""

    pattern = "“{name}” lies in another county; streets are merged within one."


class SplitNamesAlike(DomainError):
    """After a split there are two names."""

    pattern = "Both parts would be called “{name}”; the parts of a split street need names of their own."


class ChangeNeedsApprovedName(DomainError):
    """A name that is not approved yet is no name to be changed; it is rejected, or proposed otherwise."""

    pattern = "“{name}” is {status}; only a street with an approved name can be changed."


class StreetChangesBeforeBeginning(DomainError):
    """Nothing happens to a street before it begins."""

    pattern = "“{name}” begins on {start}; nothing can happen to it on {day}."


class ChangeLacksField(DomainError):
    """Each change names what it needs: a name, a point, another street, a division, a line."""

    pattern = "Say what the change leads to: {field}."


class TransferWithinDivision(DomainError):
    """A change of division leads to another one."""

    pattern = "“{name}” lies in {division} already."


class DivisionTooHigh(DomainError):
    """Addresses name the divisions down to the township at least (police practice)."""

    pattern = "{division} is no township and no village; choose one of those."


class RenumberedDoorUnknown(DomainError):
    """A new number is for a door that the change concerns."""

    pattern = "Address {address} stands on none of these streets; it cannot be renumbered here."


class StreetChangeHasOpenPlans(DomainError):
    """A plan on its way would write addresses with the old name."""

    pattern = "{count} numbering plans of these streets are under way; withdraw or publish them first."


class StreetChangeMeetsLockedAddress(Conflict):
    """While a case is open its address stands still."""

    pattern = "{text} is locked by case {case}; close that first."
