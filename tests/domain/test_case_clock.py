from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.case_clock import (
    CaseClock,
    DayIsBoth,
    NoWorkingDays,
    Pause,
    Standing,
    WorkCalendar,
    days_left,
    due_day,
    standing,
)

FRIDAY = date(2026, 3, 6)
WEEKDAYS = WorkCalendar()
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
calendars = st.builds(
    lambda free, worked: WorkCalendar(frozenset(free) - frozenset(worked), frozenset(worked)),
    st.sets(days, max_size=30),
    st.sets(days, max_size=30),
)
limits = st.integers(1, 60)


def a_pause(received, start, length):
    return Pause(received + timedelta(start), received + timedelta(start + length))


pauses = st.builds(a_pause, st.just(FRIDAY), st.integers(0, 40), st.integers(0, 20))


@pytest.mark.parametrize(
    ("limit", "pause", "due"),
    [
        (1, None, date(2026, 3, 9)),  # the day of receipt does not count, nor does the weekend
        (5, None, date(2026, 3, 13)),
        (5, Pause(date(2026, 3, 9), date(2026, 3, 11)), date(2026, 3, 17)),
        (5, Pause(FRIDAY, date(2026, 3, 8)), date(2026, 3, 13)),
        (5, Pause(date(2026, 3, 9), date(2026, 3, 9)), date(2026, 3, 13)),
    ],
)
def test_the_last_day_counts_working_days_without_pauses(limit, pause, due):
    assert due_day(CaseClock(FRIDAY, limit, (pause,) if pause else ()), WEEKDAYS) == due


def test_holidays_move_the_last_day_and_worked_weekends_bring_it_back():
    clock = CaseClock(date(2026, 9, 30), 3)
    holidays = frozenset(date(2026, 10, day) for day in range(1, 8))
    assert due_day(clock, WorkCalendar(holidays)) == date(2026, 10, 12)
    assert due_day(clock, WorkCalendar(holidays, frozenset({date(2026, 10, 10)}))) == date(2026, 10, 10)


@given(limits, st.lists(pauses, max_size=3), calendars)
def test_exactly_the_promised_days_lie_between_receipt_and_last_day(limit, breaks, calendar):
    clock = CaseClock(FRIDAY, limit, tuple(breaks))
    due = due_day(clock, calendar)
    counted = [
        day
        for day in (FRIDAY + timedelta(step) for step in range(1, (due - FRIDAY).days + 1))
        if calendar.works_on(day) and not any(pause.covers(day) for pause in breaks)
    ]
    assert len(counted) == limit
    assert counted[-1] == due


@given(limits, pauses, calendars)
def test_a_pause_never_brings_the_last_day_nearer(limit, pause, calendar):
    without = due_day(CaseClock(FRIDAY, limit), calendar)
    assert due_day(CaseClock(FRIDAY, limit, (pause,)), calendar) >= without


@given(limits, calendars)
def test_more_days_end_later(limit, calendar):
    shorter, longer = (due_day(CaseClock(FRIDAY, days), calendar) for days in (limit, limit + 1))
    assert shorter < longer


@given(days, days, calendars)
def test_a_case_is_overdue_from_the_day_after_its_last_one(due, today, calendar):
    found = standing(due, today, calendar, 2)
    assert (found is Standing.OVERDUE) == (today > due)
    assert (found is Standing.NEAR) == (today <= due and days_left(due, today, calendar) <= 2)


@given(days, days, calendars)
def test_days_left_and_days_over_mirror_each_other(due, today, calendar):
    assert days_left(due, today, calendar) == -days_left(today, due, calendar)


def test_while_papers_are_missing_there_is_no_last_day():
    clock = CaseClock(FRIDAY, 5, (Pause(FRIDAY),))
    assert clock.paused
    assert due_day(clock, WEEKDAYS) is None
    assert standing(None, FRIDAY, WEEKDAYS, 2) is Standing.PAUSED


def test_a_day_is_worked_or_free():
    with pytest.raises(DayIsBoth):
        WorkCalendar(frozenset({FRIDAY}), frozenset({FRIDAY}))


def test_a_calendar_without_working_days_is_refused():
    for_ever = frozenset(FRIDAY + timedelta(step) for step in range(3700))
    with pytest.raises(NoWorkingDays):
        due_day(CaseClock(FRIDAY, 1), WorkCalendar(for_ever))


def test_a_calendar_knows_the_years_somebody_entered():
    assert WorkCalendar(frozenset({FRIDAY})).knows(2026)
    assert not WEEKDAYS.knows(2026)
