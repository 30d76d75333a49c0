"""Names of streets: spelled by the rules, compared with all others of the county, and what their notice tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from geo_app.domain.access import require
from geo_app.domain.access_roles import Permission
from geo_app.domain.address import Decision
from geo_app.domain.street_alike import AlikePair, Likeness, alike_keys, alike_pairs, alike_to
from geo_app.domain.street_pinyin import Spelling, check_spelling, plain_form, spell
from geo_app.domain.street_refusals import StreetVersionStale
from geo_app.domain.street_request import Notice
from geo_app.persistence.register import Register
from geo_app.persistence.street_names import NamedStreet, NameIndexed

AT_A_TIME = 20_000
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class AlikeName:
    """A street of the county whose name may be taken for another, and why."""

    street: NamedStreet
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class AlikeStreets:
    """Two streets whose names may be taken for one another, and why."""

    one: NamedStreet
    other: NamedStreet
    likeness: Likeness


def alike_names(
    register: Register, county_code: str, name: str, *, but: frozenset[int] = frozenset()
) -> list[AlikeName]:
    """Return the streets of a county that sound or look like `name`, the gravest first; `but` these streets."""
    if not name.strip():
        return []
    found = register.street_names.candidates(county_code, alike_keys(name.strip()))
    streets: dict[str, list[NamedStreet]] = {}
    for street in found:
        if street.id not in but:
            streets.setdefault(street.name, []).append(street)
    alike = alike_to(name.strip(), streets)
    return [AlikeName(street, why) for other, why in alike for street in streets[other]][:MOST_SHOWN]


def alike_streets(register: Register, county_code: str) -> list[AlikeStreets]:
    """Return all pairs of a county's streets whose names are alike, the gravest first."""
    streets = register.street_names.all_of(county_code)
    pairs = _pairs(tuple(street.name for street in streets))
    return [AlikeStreets(streets[pair.one], streets[pair.other], pair.likeness) for pair in pairs]


@lru_cache(maxsize=4)
def _pairs(names: tuple[str, ...]) -> list[AlikePair]:
    return alike_pairs(names)


def set_spelling(register: Register, street_id: int, choice: str | Mapping[int, str], decision: Decision) -> Spelling:
    """Write how a street's name is spelled: as typed, or by the readings chosen for its characters (by place, from 0).

    Raises NotFound, NotGranted, StreetVersionStale, PinyinDiffers, PinyinTooLong, PinyinMissesTones.
    """
    street = register.streets.lock(street_id)
    require(decision.actor, Permission.STREET_EDIT, street.area, decision.day)
    if decision.version != street.version:
        raise StreetVersionStale(current=street.version, given=decision.version)
    spelling = check_spelling(street.name, choice) if isinstance(choice, str) else spell(street.name, choice)
    register.street_names.spell([(street_id, spelling.text)])
    index_names(register, street.county_code)
    actor = decision.actor
    register.journal.write(
        actor.account_id, actor.reason, "spell", ("street", street_id), {"from": street.pinyin, "to": spelling.text}
    )
    return spelling


def set_notice(register: Register, street_id: int, notice: Notice, decision: Decision) -> None:
    """Write what the public notice of a street's name tells; on which day it was approved stays.

    Raises NotFound, NotGranted, StreetVersionStale.
    """
    street = register.streets.lock(street_id)
    require(decision.actor, Permission.STREET_EDIT, street.area, decision.day)
    if decision.version != street.version:
        raise StreetVersionStale(current=street.version, given=decision.version)
    register.street_writes.tell(street_id, notice, None)
    register.journal.write(decision.actor.account_id, decision.actor.reason, "notice", ("street", street_id))


def spell_streets(register: Register, county_code: str) -> int:
    """Give the streets of a county that have none the spelling of the rules, and return how many."""
    unspelled = register.street_names.unspelled(county_code)
    register.street_names.spell([(key, spell(name).text) for key, name in unspelled])
    index_names(register, county_code)
    return len(unspelled)


def index_names(register: Register, county_code: str) -> None:
    """Bring the index of alike names up to date with the register."""
    while stale := register.street_names.unindexed(county_code, AT_A_TIME):
        register.street_names.index(
            [NameIndexed(key, name, pinyin, plain_form(pinyin), tuple(alike_keys(name))) for key, name, pinyin in stale]
        )
