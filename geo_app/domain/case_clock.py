"""The clock of a case 办理时限: working days, pauses while papers are missing, and how near the last day is.

As in administrative procedure the day of receipt does not count; while papers are missing no day counts, and the day on
which they come does not count either, like a receipt.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from geo_app.domain.errors import DomainError
from geo_app.domain.message import Message, marked

ONE_DAY = timedelta(days=1)
FARTHEST = timedelta(days=3660)
"""Ten years: a calendar without a working day in them is a mistake."""


class DayIsBoth(DomainError):
    """A day is worked or free."""

    pattern = "{day} stands among the holidays and among the working days."


class NoWorkingDays(DomainError):
    """A calendar in which nobody ever works gives no last day."""

    pattern = "The calendar has no working day after {day}."


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Weekdays are worked and weekends free, but for the `holidays` and the weekend days worked instead (调休).

    Raises DayIsBoth when made.
    """

    holidays: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        both = min(self.holidays & self.worked, default=None)
        if both is not None:
            raise DayIsBoth(day=both)

    def works_on(self, day: date) -> bool:
        """Tell whether the office works on `day`."""
        return day in self.worked or (day.weekday() < 5 and day not in self.holidays)

    def knows(self, year: int) -> bool:
        """Tell whether somebody entered a day of this year."""
        return any(day.year == year for day in (*self.holidays, *self.worked))


@dataclass(frozen=True, slots=True)
class Pause:
    """Papers were asked for on one day and came on another; None: they have not come yet."""

    asked_on: date
    supplied_on: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether `day` does not count because of this pause."""
        return self.asked_on < day and (self.supplied_on is None or day <= self.supplied_on)


@dataclass(frozen=True, slots=True)
class CaseClock:
    """What a case's last day follows from: the day of receipt, the days it may take, its pauses."""

    received_on: date
    limit_days: int
    pauses: tuple[Pause, ...] = ()

    @property
    def paused(self) -> bool:
        """Tell whether papers are missing now."""
        return any(pause.supplied_on is None for pause in self.pauses)


class Standing(StrEnum):
    """How a case stands with time."""

    IN_TIME = "in_time"
    NEAR = "near"
    OVERDUE = "overdue"
    PAUSED = "paused"
    STOPPED = "stopped"

    @property
    def word(self) -> Message:
        """Return the standing for a reader."""
        return Message(_WORDS[self])


_WORDS = {
    Standing.IN_TIME: marked("in time"),
    Standing.NEAR: marked("nearly due"),
    Standing.OVERDUE: marked("overdue"),
    Standing.PAUSED: marked("clock paused"),
    Standing.STOPPED: marked("clock stopped"),
}


def due_day(clock: CaseClock, calendar: WorkCalendar) -> date | None:
    """Return the last day on which the office is in time; None while papers are missing.

    Raises NoWorkingDays.
    """
    if clock.paused:
        return None
    counted = 0
    for day in _days_after(clock.received_on):
        counted += _counts(day, clock.pauses, calendar)
        if counted >= clock.limit_days:
            return day
    raise NoWorkingDays(day=clock.received_on)


def days_left(due: date, today: date, calendar: WorkCalendar) -> int:
    """Return the working days from `today` to the last day: 0 on the last day, negative when it is over."""
    first, last = sorted((today, due))
    between = sum(calendar.works_on(first + ONE_DAY * step) for step in range(1, (last - first).days + 1))
    return between if today <= due else -between


def standing(due: date | None, today: date, calendar: WorkCalendar, near_days: int) -> Standing:
    """Return how an undecided case stands with time; without a last day it is paused."""
    if due is None:
        return Standing.PAUSED
    if today > due:
        return Standing.OVERDUE
    return Standing.NEAR if days_left(due, today, calendar) <= near_days else Standing.IN_TIME


def _days_after(day: date) -> Iterator[date]:
    return (day + ONE_DAY * step for step in range(1, FARTHEST.days))


def _counts(day: date, pauses: Sequence[Pause], calendar: WorkCalendar) -> bool:
    return calendar.works_on(day) and not any(pause.covers(day) for pause in pauses)
