from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.history import (
    InstantNotAware,
    NothingToEnd,
    PeriodEmpty,
    RecordedBackwards,
    Version,
    VersionsOverlap,
    as_of,
    believed,
    end,
    local_day,
    periods_overlap,
    record,
    require_no_overlap,
)

DAY = date(2026, 1, 1)
NOW = datetime(2026, 1, 1, 8, tzinfo=UTC)
DAYS = st.integers(0, 40).map(lambda n: DAY + timedelta(days=n))


@st.composite
def periods(draw):
    start = draw(DAYS)
    stop = draw(st.none() | st.integers(1, 20).map(lambda n: start + timedelta(days=n)))
    return start, stop


def told(*entries):
    versions = ()
    for hour, (value, days) in enumerate(entries):
        versions = record(versions, value, days, NOW + timedelta(hours=hour))
    return versions


@given(st.lists(periods(), max_size=6), periods(), DAYS)
def test_a_new_entry_holds_in_its_days_and_changes_no_others(entries, days, day):
    before = told(*enumerate(entries))
    now = NOW + timedelta(days=1)
    after = record(before, "new", days, now)
    inside = days[0] <= day and (days[1] is None or day < days[1])
    assert as_of(after, day, now) == ("new" if inside else as_of(before, day, now))


@given(st.lists(periods(), max_size=6), periods(), DAYS, st.integers(0, 6))
def test_what_was_believed_before_stays_answerable(entries, days, day, hour):
    before = told(*enumerate(entries))
    after = record(before, "new", days, NOW + timedelta(days=1))
    then = NOW + timedelta(hours=hour)
    assert as_of(after, day, then) == as_of(before, day, then)


@given(st.lists(periods(), max_size=8))
def test_no_day_ever_has_two_values(entries):
    require_no_overlap(told(*enumerate(entries)))


@given(st.lists(periods(), min_size=1, max_size=5))
def test_entries_of_one_instant_leave_no_empty_belief(entries):
    versions = ()
    for value, days in enumerate(entries):
        versions = record(versions, value, days, NOW)
    require_no_overlap(versions)
    assert all(version.recorded_to is None for version in versions)


@given(st.lists(periods(), min_size=1, max_size=5), DAYS)
def test_after_an_end_nothing_holds_and_before_it_all_as_it_was(entries, day):
    before, now = told(*enumerate(entries)), NOW + timedelta(days=1)
    if all(v.valid_to is not None and v.valid_to <= day for v in believed(before)):
        with pytest.raises(NothingToEnd):
            end(before, day, now)
        return
    after = end(before, day, now)
    assert as_of(after, day, now) is None
    assert as_of(after, day - timedelta(days=1), now) == as_of(before, day - timedelta(days=1), now)


def test_what_was_this_door_in_march_and_what_did_we_believe_then():
    march, april, june = date(2026, 3, 1), datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    versions = record((), "12号", (DAY, None), NOW)
    versions = record(versions, "14号", (march, None), june)
    assert as_of(versions, march, april) == "12号"
    assert as_of(versions, march, june) == "14号"
    assert [version.value for version in believed(versions)] == ["12号", "14号"]


def test_an_instant_in_the_evening_of_london_is_tomorrow_in_leshan():
    assert local_day(datetime(2026, 3, 1, 17, tzinfo=UTC)) == date(2026, 3, 2)


@pytest.mark.parametrize("stop", [DAY, DAY - timedelta(days=1)])
def test_a_period_must_not_be_empty(stop):
    with pytest.raises(PeriodEmpty):
        Version("x", DAY, stop, NOW)
    with pytest.raises(PeriodEmpty):
        Version("x", DAY, None, NOW, NOW - timedelta(seconds=1))


def test_an_instant_needs_a_time_zone():
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(InstantNotAware):
        Version("x", DAY, None, naive)
    with pytest.raises(InstantNotAware):
        local_day(naive)


def test_nothing_is_recorded_in_the_past():
    with pytest.raises(RecordedBackwards):
        record(told(("a", (DAY, None))), "b", (DAY, None), NOW - timedelta(seconds=1))


def test_two_beliefs_about_one_day_are_noticed():
    with pytest.raises(VersionsOverlap):
        require_no_overlap((Version("a", DAY, None, NOW), Version("b", DAY, None, NOW)))


@given(periods(), periods(), DAYS)
def test_periods_overlap_when_they_share_a_day(one, other, day):
    def holds(period):
        return period[0] <= day and (period[1] is None or day < period[1])

    if holds(one) and holds(other):
        assert periods_overlap(one, other)
    assert periods_overlap(one, other) == periods_overlap(other, one)
