"""What the life of a street refuses, one class per rule."""

from geo_app.domain.errors import Conflict, DomainError


class StreetVersionStale(Conflict):
    """Somebody changed the street after this page was loaded."""

    pattern = "The street was changed in the meantime (version {current}, yours was {given}); load it again."


class ApproveStreetNeedsProposed(DomainError):
    """Approval answers a proposal."""

    pattern = "Only a proposed street name can be approved; “{name}” is {status}."


class RejectStreetNeedsProposed(DomainError):
    """A current name is changed, or its approval is corrected."""

    pattern = "Only a proposed street name can be rejected; “{name}” is {status}."


class RenameStreetNeedsCurrent(DomainError):
    """A proposed name is corrected, not changed."""

    pattern = "Only a current street can be renamed; “{name}” is {status}."


class RetireStreetNeedsCurrent(DomainError):
    """Only what counts can stop counting."""

    pattern = "Only a current street can be retired; “{name}” is {status}."


class CorrectStreetApprovalNeedsCurrent(DomainError):
    """Only an approval that stands can be taken back."""

    pattern = "Only the approval of a current street can be taken back; “{name}” is {status}."


class CorrectStreetRejectionNeedsRejected(DomainError):
    """Only a rejection that stands can be taken back."""

    pattern = "Only the rejection of a rejected street can be taken back; “{name}” is {status}."


class CorrectStreetNameNeedsLiving(DomainError):
    """The name of an ended street is history."""

    pattern = "The name of “{name}” cannot be corrected: it is {status}."


class CorrectStreetRetirementNeedsRetired(DomainError):
    """Only a retirement that stands can be taken back."""

    pattern = "Only the retirement of a retired street can be taken back; “{name}” is {status}."


class StreetApproverIsProposer(DomainError):
    """Two pairs of eyes: a second person approves."""

    pattern = "You proposed this street name; another person has to approve it."


class StreetNameMalformed(DomainError):
    """A name is words of at most forty characters, and not only a number."""

    pattern = "“{name}” cannot be a street's name."


class StreetNameTaken(Conflict):
    """One name, in any spelling, for one street of a county (regulations on place names)."""

    pattern = "Another street is called “{name}”, or so in another spelling."


class StreetNameUnchanged(DomainError):
    """A new name differs from the old one."""

    pattern = "The street is called “{name}” already."


class StreetNameIsOnTheWall(DomainError):
    """A name on plates is changed, which keeps the old one findable; it is not corrected away."""

    pattern = "“{name}” stands on {count} plates: rename the street, so that the old name stays findable."


class StreetHasLivingAddresses(DomainError):
    """A street does not end under its doors."""

    pattern = "{count} addresses on this street are still in force; retire them or move them first."


class StreetHasOpenPlans(DomainError):
    """A plan on its way would number a street that is gone."""

    pattern = "{count} numbering plans of this street are under way; withdraw or publish them first."


class StreetEndsBeforeBeginning(DomainError):
    """A street counts for at least one day; one that never was is corrected, not retired."""

    pattern = "The street begins on {start} and cannot end on {day}; if it never existed, take its approval back."
