"""What the life of a numbering plan refuses, one class per rule."""

from geo_app.domain.errors import Conflict, DomainError


class EditNeedsDraft(DomainError):
    """Numbers change only in a draft."""

    pattern = "Only a draft can be edited; this plan is {status}. Send it back first."


class SubmitNeedsDraft(DomainError):
    """A plan is submitted once."""

    pattern = "Only a draft can be submitted; this plan is {status}."


class SendBackNeedsSubmitted(DomainError):
    """Only a plan under review goes back to its planner."""

    pattern = "Only a submitted plan can be sent back; this plan is {status}."


class ApprovePlanNeedsSubmitted(DomainError):
    """Approval answers a submission."""

    pattern = "Only a submitted plan can be approved; this plan is {status}."


class CorrectPlanApprovalNeedsApproved(DomainError):
    """A mistaken approval is taken back before publishing."""

    pattern = "Only the approval of an approved plan can be taken back; this plan is {status}."


class PublishNeedsApproved(DomainError):
    """What nobody approved does not become official."""

    pattern = "Only an approved plan can be published; this plan is {status}."


class WithdrawNeedsUnpublished(DomainError):
    """A published plan is undone by a correcting plan, not withdrawn."""

    pattern = "A plan that is {status} cannot be withdrawn; a published one is undone by a correcting plan."


class CorrectWithdrawalNeedsWithdrawn(DomainError):
    """Only a withdrawn plan comes back."""

    pattern = "Only a withdrawn plan can be taken up again; this plan is {status}."


class UndoNeedsPublished(DomainError):
    """Only what is official needs undoing."""

    pattern = "Only a published plan can be undone; this plan is {status}."


class PlanVersionStale(Conflict):
    """Somebody changed the plan after this page was loaded."""

    pattern = "The plan was changed in the meantime (version {current}, yours was {given}); load it again."


class PlanApproverIsSubmitter(DomainError):
    """Two pairs of eyes: a second person approves."""

    pattern = "You submitted this plan; another person has to approve it."


class PlanIsEmpty(DomainError):
    """A plan without doors asks for nothing."""

    pattern = "The plan numbers no door yet."


class PlanHasErrors(DomainError):
    """Findings of severity error are solved before others spend time on the plan."""

    pattern = "The plan still has {count} errors; solve them first."


class PlanOutdated(DomainError):
    """The street or its doors moved under the plan."""

    pattern = "The street was changed after this plan was computed; compute the numbers again."


class PlanStreetNotApproved(DomainError):
    """No number without an approved name."""

    pattern = "The street has no approved name yet, so its doors cannot be numbered."


class PlanNumbersTaken(Conflict):
    """Another plan or address was faster."""

    pattern = "These numbers are taken in the meantime: {numbers}."


class PlanLosesPlates(DomainError):
    """A door that has a plate is renumbered only with a recorded old-to-new mapping."""

    pattern = "These doors have a plate and would be renumbered without a mapping from old to new: {doors}."


class PlanAlreadyUndone(DomainError):
    """A plan is undone once; what follows is a plan of its own."""

    pattern = "Plan {plan} was already undone by plan {by}."


class PlanHasSuccessor(DomainError):
    """A later plan built on this one is undone before it."""

    pattern = "Plan {later} was published on top of this one; undo that first."


class PlanAlreadyBeingUndone(DomainError):
    """One correcting plan at a time."""

    pattern = "Plan {by} already prepares to undo this one."
