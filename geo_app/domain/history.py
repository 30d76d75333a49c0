"""One pattern of history for every register: what was true when, and what was believed when.

`valid` is a range of days (Asia/Shanghai) in which the value holds in the world; `recorded` a range of instants in
which the register believed it. Both are half-open: the end is not in them, and None means open. Nothing is ever
overwritten: a belief is closed and another one opened.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from itertools import combinations
from typing import Generic, TypeVar

from geo_app.domain.errors import DomainError

Value = TypeVar("Value")

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China keeps UTC+8 all year since 1992, and no instant here is older than this system."""


class PeriodEmpty(DomainError):
    """A period ends after it begins."""

    pattern = "The period from {start} to {end} is empty: the end must lie after the beginning."


class VersionsOverlap(DomainError):
    """At one moment of knowing, a day has one value."""

    pattern = "Two versions hold for {day} at the same time."


class InstantNotAware(DomainError):
    """An instant carries its time zone, or nobody knows when it was."""

    pattern = "The time {instant} has no time zone."


class RecordedBackwards(DomainError):
    """What is recorded now cannot come before what was recorded already."""

    pattern = "The register already holds an entry of {latest}; nothing can be entered as of {instant}."


class NothingToEnd(DomainError):
    """Only what holds on a day can end on it."""

    pattern = "Nothing holds on {day} that could end."


@dataclass(frozen=True, slots=True)
class Version(Generic[Value]):
    """A value with the days it holds and the instants it was believed.

    Raises PeriodEmpty, InstantNotAware when made.
    """

    value: Value
    valid_from: date
    valid_to: date | None
    recorded_from: datetime
    recorded_to: datetime | None = None

    def __post_init__(self) -> None:
        require_period(self.valid_from, self.valid_to)
        require_aware(self.recorded_from)
        if self.recorded_to is not None:
            require_aware(self.recorded_to)
            if self.recorded_to < self.recorded_from:
                raise PeriodEmpty(start=self.recorded_from, end=self.recorded_to)

    def holds_on(self, day: date) -> bool:
        """Tell whether the value holds on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def known_at(self, instant: datetime) -> bool:
        """Tell whether the register believed it at `instant`."""
        return self.recorded_from <= instant and (self.recorded_to is None or instant < self.recorded_to)


def local_day(instant: datetime) -> date:
    """Return the day on the wall calendar of the district.

    Raises InstantNotAware.
    """
    return require_aware(instant).astimezone(SHANGHAI).date()


def as_of(versions: Iterable[Version[Value]], day: date, known_at: datetime) -> Value | None:
    """Return what held on `day` as believed at `known_at`; None where nothing did."""
    return next((v.value for v in versions if v.known_at(known_at) and v.holds_on(day)), None)


def believed(versions: Iterable[Version[Value]]) -> tuple[Version[Value], ...]:
    """Return the versions believed now, the earliest day first."""
    return tuple(sorted((v for v in versions if v.recorded_to is None), key=lambda v: v.valid_from))


def record(
    versions: Sequence[Version[Value]], value: Value, days: tuple[date, date | None], now: datetime
) -> tuple[Version[Value], ...]:
    """Return the versions after learning at `now` that `value` holds in `days` (from, to).

    Beliefs about these days are closed; what they said about other days is opened again unchanged.
    Raises PeriodEmpty, InstantNotAware, RecordedBackwards.
    """
    _require_forwards(versions, now)
    learned = Version(value, *days, recorded_from=now)
    return (*_cut_out(versions, days, now), learned)


def end(versions: Sequence[Version[Value]], day: date, now: datetime) -> tuple[Version[Value], ...]:
    """Return the versions after learning at `now` that nothing holds from `day` on.

    Raises NothingToEnd, InstantNotAware, RecordedBackwards.
    """
    _require_forwards(versions, now)
    if not any(v.valid_to is None or v.valid_to > day for v in believed(versions)):
        raise NothingToEnd(day=day)
    return _cut_out(versions, (day, None), now)


def require_no_overlap(versions: Sequence[Version[Value]]) -> None:
    """Check that at each moment of knowing each day has at most one value.

    Raises VersionsOverlap.
    """
    for one, other in combinations(versions, 2):
        day, instant = max(one.valid_from, other.valid_from), max(one.recorded_from, other.recorded_from)
        if all(v.holds_on(day) and v.known_at(instant) for v in (one, other)):
            raise VersionsOverlap(day=day)


def require_period(start: date, end: date | None) -> None:
    """Check that a period of days is not empty.

    Raises PeriodEmpty.
    """
    if end is not None and end <= start:
        raise PeriodEmpty(start=start, end=end)


def require_aware(instant: datetime) -> datetime:
    """Return `instant` if it carries a time zone.

    Raises InstantNotAware.
    """
    if instant.utcoffset() is None:
        raise InstantNotAware(instant=instant)
    return instant


def periods_overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Tell whether two half-open periods of days share a day."""
    return (one[1] is None or other[0] < one[1]) and (other[1] is None or one[0] < other[1])


def _require_forwards(versions: Sequence[Version[Value]], now: datetime) -> None:
    require_aware(now)
    latest = max((v.recorded_from for v in versions), default=now)
    if now < latest:
        raise RecordedBackwards(latest=latest, instant=now)


def _cut_out(
    versions: Sequence[Version[Value]], days: tuple[date, date | None], now: datetime
) -> tuple[Version[Value], ...]:
    result: list[Version[Value]] = []
    for version in versions:
        if version.recorded_to is not None or not periods_overlap((version.valid_from, version.valid_to), days):
            result.append(version)
            continue
        # A belief opened and closed in one instant was never anybody's: it leaves no trace.
        if version.recorded_from < now:
            result.append(replace(version, recorded_to=now))
        result.extend(_remainders(version, days, now))
    return tuple(result)


def _remainders(version: Version[Value], days: tuple[date, date | None], now: datetime) -> list[Version[Value]]:
    start, stop = days
    rest = []
    if version.valid_from < start:
        rest.append(replace(version, valid_to=start, recorded_from=now))
    if stop is not None and (version.valid_to is None or stop < version.valid_to):
        rest.append(replace(version, valid_from=stop, recorded_from=now))
    return rest
