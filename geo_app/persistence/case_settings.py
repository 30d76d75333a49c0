"""An office's settings for counter cases, one JSON value a section."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_app.domain.case_clock import WorkCalendar
from geo_app.domain.case_kinds import CaseKind, Subject
from geo_app.domain.case_papers import PaperRules
from geo_app.domain.case_settings import CaseLimits, CaseSection, CaseSettings, Office
from geo_app.domain.errors import Conflict
from geo_app.persistence.tables import CaseSetting

Section = PaperRules | CaseLimits | WorkCalendar | Office


class CaseSettingChoices:
    """The sections that were set, each with its version (0: never)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def in_force(self, county_code: str) -> CaseSettings:
        """Return the settings of a county: what was set, and defaults for the rest."""
        query = select(CaseSetting.section, CaseSetting.value).where(CaseSetting.county_code == county_code)
        stored = {CaseSection(row.section): row.value for row in self._session.execute(query)}
        sections: dict[str, Any] = {section.value: _READERS[section](value) for section, value in stored.items()}
        return CaseSettings(**sections)

    def versions(self, county_code: str) -> Mapping[CaseSection, int]:
        """Return the version of each section of a county."""
        query = select(CaseSetting.section, CaseSetting.version).where(CaseSetting.county_code == county_code)
        known = {row.section: row.version for row in self._session.execute(query)}
        return {section: known.get(section.value, 0) for section in CaseSection}

    def set(self, key: tuple[str, CaseSection], value: Section, version: int, account_id: int) -> None:
        """Keep a section (county code, section) that was read at `version`.

        Raises:
            Conflict: somebody else set it meanwhile.
        """
        county_code, section = key
        row = {"value": _written(value), "set_by": account_id}
        if version == 0:
            self._add(key, row)
            return
        done = self._session.execute(
            update(CaseSetting)
            .where(
                CaseSetting.county_code == county_code,
                CaseSetting.section == section.value,
                CaseSetting.version == version,
            )
            .values(**row, version=version + 1)
            .returning(CaseSetting.section)
        )
        if done.first() is None:
            raise Conflict

    def _add(self, key: tuple[str, CaseSection], row: Mapping[str, object]) -> None:
        county_code, section = key
        try:
            with self._session.begin_nested():
                self._session.execute(insert(CaseSetting).values(county_code=county_code, section=section.value, **row))
        except IntegrityError as clash:
            raise Conflict from clash


def _papers(value: Mapping[str, Any]) -> PaperRules:
    return PaperRules(
        {kind: tuple(value["by_kind"].get(kind.value, ())) for kind in CaseKind},
        {subject: tuple(value["by_subject"].get(subject.value, ())) for subject in Subject},
    )


def _limits(value: Mapping[str, Any]) -> CaseLimits:
    days = {kind: int(value["days"][kind.value]) for kind in CaseKind if kind.value in value["days"]}
    return CaseLimits(days, int(value["near_days"]))


def _calendar(value: Mapping[str, Any]) -> WorkCalendar:
    holidays, worked = (frozenset(map(date.fromisoformat, value[name])) for name in ("holidays", "worked"))
    return WorkCalendar(holidays, worked)


def _office(value: Mapping[str, Any]) -> Office:
    return Office(**value)


_READERS = {
    CaseSection.PAPERS: _papers,
    CaseSection.LIMITS: _limits,
    CaseSection.CALENDAR: _calendar,
    CaseSection.OFFICE: _office,
}


def _written(value: Section) -> dict[str, Any]:
    match value:
        case PaperRules():
            return {
                "by_kind": {kind.value: list(lines) for kind, lines in value.by_kind.items()},
                "by_subject": {subject.value: list(lines) for subject, lines in value.by_subject.items()},
            }
        case CaseLimits():
            days = {kind.value: value.of(kind) for kind in CaseKind}
            return {"days": days, "near_days": value.near_days}
        case WorkCalendar():
            return {name: sorted(day.isoformat() for day in getattr(value, name)) for name in ("holidays", "worked")}
        case Office():
            names = ("name", "notice_word", "legal_basis", "counter")
            return {name: getattr(value, name) for name in names}
