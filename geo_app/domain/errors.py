"""What a rule says when it refuses: one class per rule, one sentence a clerk understands."""

from typing import ClassVar

from geo_app.domain.message import Message


class DomainError(Exception):
    """A rule of the field refused; subclasses name the rule and carry its sentence.

    `pattern` is the English sentence with `{name}` fields (the Chinese one stands in the catalogue), filled by
    the keyword arguments.
    """

    pattern: ClassVar[str] = "The request breaks a rule."

    def __init__(self, **values: object) -> None:
        self.message = Message(self.pattern, values)
        super().__init__(str(self.message))


class NotFound(DomainError):
    """There is no such thing in the register, or the actor may not know of it."""

    pattern = "There is no {what} {key}."


class Conflict(DomainError):
    """Somebody else was faster, or the thing already exists."""

    pattern = "This was changed by someone else in the meantime; load it again."


class NotPermitted(DomainError):
    """The actor has no right to do this here."""

    pattern = "You have no permission for this."


class UnreadableInput(DomainError):
    """A file or a field cannot be read as what it claims to be."""

    pattern = "{name} cannot be read: {problem}"
