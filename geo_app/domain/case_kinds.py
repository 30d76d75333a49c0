"""Kinds of counter cases 业务类型 and their subjects 申请主体, with the table of what each kind needs and does.

The kinds are those of Guangzhou Baiyun and Jiaxing (standards.md §4), the subjects those of Jiaxing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from geo_app.domain.message import Message, marked


class Effect(StrEnum):
    """What approval does to the register."""

    MAKE = "make"
    MAKE_TEMPORARY = "make_temporary"
    FORMALISE = "formalise"
    RENUMBER = "renumber"
    RETIRE = "retire"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Needs:
    """What a kind of case asks for, and what it does in the end."""

    site_check: bool
    number: bool
    address: bool
    effect: Effect


class CaseKind(StrEnum):
    """What somebody comes to the counter for."""

    NEW = "new"
    TEMPORARY = "temporary"
    FORMALISE = "formalise"
    CHANGE = "change"
    REISSUE = "reissue"
    CANCEL = "cancel"
    PROOF = "proof"

    @property
    def word(self) -> Message:
        """Return the kind for a reader."""
        return Message(_KIND_WORDS[self])

    @property
    def needs_site_check(self) -> bool:
        """Tell whether somebody has to see the place before the case is submitted."""
        return NEEDS[self].site_check

    @property
    def needs_number(self) -> bool:
        """Tell whether the case proposes a number."""
        return NEEDS[self].number

    @property
    def needs_address(self) -> bool:
        """Tell whether the case is about an address that is current already; it is locked meanwhile."""
        return NEEDS[self].address

    @property
    def effect(self) -> Effect:
        """Return what approval does to the register."""
        return NEEDS[self].effect


class Subject(StrEnum):
    """For whom, or for what, the case is opened."""

    HOUSEHOLD = "household"
    SHOP = "shop"
    SPLIT_HOUSEHOLD = "split_household"
    SPLIT_SHOP = "split_shop"

    @property
    def word(self) -> Message:
        """Return the subject for a reader."""
        return Message(_SUBJECT_WORDS[self])

    @property
    def divided(self) -> bool:
        """Tell whether the door was part of another one; only a new number makes sense then."""
        return self in {Subject.SPLIT_HOUSEHOLD, Subject.SPLIT_SHOP}


NEEDS: Mapping[CaseKind, Needs] = {
    CaseKind.NEW: Needs(site_check=True, number=True, address=False, effect=Effect.MAKE),
    CaseKind.TEMPORARY: Needs(site_check=True, number=True, address=False, effect=Effect.MAKE_TEMPORARY),
    CaseKind.FORMALISE: Needs(site_check=True, number=False, address=True, effect=Effect.FORMALISE),
    CaseKind.CHANGE: Needs(site_check=True, number=True, address=True, effect=Effect.RENUMBER),
    CaseKind.REISSUE: Needs(site_check=False, number=False, address=True, effect=Effect.NOTHING),
    CaseKind.CANCEL: Needs(site_check=True, number=False, address=True, effect=Effect.RETIRE),
    CaseKind.PROOF: Needs(site_check=False, number=False, address=True, effect=Effect.NOTHING),
}
"""The kind × step table."""

_KIND_WORDS: Mapping[CaseKind, str] = {
    CaseKind.NEW: marked("new number"),
    CaseKind.TEMPORARY: marked("temporary number"),
    CaseKind.FORMALISE: marked("temporary number made formal"),
    CaseKind.CHANGE: marked("change of number"),
    CaseKind.REISSUE: marked("reissue of plate and notice"),
    CaseKind.CANCEL: marked("cancellation"),
    CaseKind.PROOF: marked("proof of address"),
}
_SUBJECT_WORDS: Mapping[Subject, str] = {
    Subject.HOUSEHOLD: marked("household"),
    Subject.SHOP: marked("shop"),
    Subject.SPLIT_HOUSEHOLD: marked("divided rural household"),
    Subject.SPLIT_SHOP: marked("divided shop"),
}
