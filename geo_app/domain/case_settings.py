"""An office's own settings for counter cases: papers, time limits, working days, what its notices say.

No Sichuan figure for time limits was found (standards.md §4): the defaults are this system's own, not the law's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from geo_app.domain.case_clock import WorkCalendar
from geo_app.domain.case_kinds import CaseKind
from geo_app.domain.case_papers import PaperRules
from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked

LONGEST_LIMIT = 120
LARGEST_NEAR = 30
LONGEST_TEXT = 200

DEFAULT_LIMITS: Mapping[CaseKind, int] = {
    CaseKind.NEW: 15,
    CaseKind.TEMPORARY: 10,
    CaseKind.FORMALISE: 10,
    CaseKind.CHANGE: 15,
    CaseKind.REISSUE: 5,
    CaseKind.CANCEL: 10,
    CaseKind.PROOF: 3,
}
"""Working days from receipt to decision."""

DEFAULT_BASIS = "《地名管理条例》（国务院令第753号）"


class CaseSection(StrEnum):
    """A part of the settings that is read and changed as a whole."""

    PAPERS = "papers"
    LIMITS = "limits"
    CALENDAR = "calendar"
    OFFICE = "office"

    @property
    def word(self) -> Message:
        """Return the section for a reader."""
        return Message(_SECTION_WORDS[self])


_SECTION_WORDS: Mapping[CaseSection, str] = {
    CaseSection.PAPERS: marked("papers asked for"),
    CaseSection.LIMITS: marked("time limits"),
    CaseSection.CALENDAR: marked("working days"),
    CaseSection.OFFICE: marked("what notices say"),
}


class LimitOutOfRange(DomainError):
    """A limit is a promise of some working days."""

    pattern = "{kind}: the time limit must be 1 to 120 working days."


class NearDaysOutOfRange(DomainError):
    """A case is marked some days before its last one."""

    pattern = "A case is marked 0 to 30 working days before its last day."


class OfficeTextTooLong(DomainError):
    """A notice is one page."""

    pattern = "{what} has more than 200 characters; a notice has no room for it."


@dataclass(frozen=True, slots=True)
class CaseLimits:
    """Working days by kind, and how many of them before the last day a case is marked.

    Raises LimitOutOfRange, NearDaysOutOfRange when made.
    """

    days: Mapping[CaseKind, int] = field(default_factory=lambda: DEFAULT_LIMITS)
    near_days: int = 2

    def __post_init__(self) -> None:
        for kind in CaseKind:
            if not 1 <= self.of(kind) <= LONGEST_LIMIT:
                raise LimitOutOfRange(kind=kind.word)
        if not 0 <= self.near_days <= LARGEST_NEAR:
            raise NearDaysOutOfRange

    def of(self, kind: CaseKind) -> int:
        """Return the working days that a case of this kind may take."""
        return self.days.get(kind, DEFAULT_LIMITS[kind])


@dataclass(frozen=True, slots=True)
class Office:
    """What the papers say: who issues them, the word before their numbers, their legal basis, where the counter is.

    Without a name it is the county's civil affairs bureau.
    Raises OfficeTextTooLong when made.
    """

    name: str = ""
    notice_word: str = "门牌通"
    legal_basis: str = DEFAULT_BASIS
    counter: str = ""

    def __post_init__(self) -> None:
        for what, text in _OFFICE_WORDS.items():
            if len(getattr(self, what)) > LONGEST_TEXT:
                raise OfficeTextTooLong(what=Message(text))

    def name_in(self, county: str) -> str:
        """Return the issuing office; `county` is the county's name."""
        return self.name or f"{county}民政局"


_OFFICE_WORDS: Mapping[str, str] = {
    "name": marked("issuing office"),
    "notice_word": marked("word before notice numbers"),
    "legal_basis": marked("legal basis"),
    "counter": marked("place and hours of the counter"),
}


@dataclass(frozen=True, slots=True)
class CaseSettings:
    """All that an office decided about its cases, defaults where it did not."""

    papers: PaperRules = field(default_factory=PaperRules)
    limits: CaseLimits = field(default_factory=CaseLimits)
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    office: Office = field(default_factory=Office)


def receipt_number(county_code: str, year: int, serial: int) -> str:
    """Return the number that the citizen keeps: 511111-2026-00017, gapless within county and year."""
    return f"{county_code}-{year}-{serial:05d}"


def notice_number(word: str, year: int, serial: int) -> str:
    """Return the number of a notice as official papers write it: 门牌通〔2026〕17号."""
    return f"{word}〔{year}〕{serial}号"
