"""The register's streets, estates and divisions kept in mind by a process, and kept fresh."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from geo_app.domain.matching_names import road_as_written
from geo_app.domain.matching_places import Places
from geo_app.domain.matching_suggest import Spellings
from geo_app.domain.parsing import Gazetteer
from geo_app.persistence.queries.search import divisions_in_use, horizon, places_since
from geo_app.persistence.register import Register

FRESH_SECONDS = 0.5
"""A street that got its first address is found after this; addresses on known streets are found at once."""
NAMES_SECONDS = 30.0
"""Names of divisions are read anew after this."""


@dataclass(slots=True)
class KnownPlaces:
    """One process's memory of the register; threads share it, the first that finds it stale asks the database."""

    places: Places = field(default_factory=Places)
    gazetteer: Gazetteer = field(default_factory=Gazetteer.of)
    spellings: Spellings = field(default_factory=Spellings)
    clock: Callable[[], float] = monotonic
    _since: int = 0
    _asked_at: float = float("-inf")
    _named_at: float = float("-inf")
    _lock: Lock = field(default_factory=Lock)

    def fresh(self, register: Register) -> Places:
        """Return the places, asked for anew where they are stale."""
        if self.clock() - self._asked_at > FRESH_SECONDS:
            with self._lock:
                self._refresh(register)
        return self.places

    def spelled(self, register: Register) -> Spellings:
        """Return the names to suggest, followed up to now; the first call spells them all."""
        places = self.fresh(register)
        with self._lock:
            self.spellings.follow(places)
        return self.spellings

    def _refresh(self, register: Register) -> None:
        now = self.clock()
        session = register.session
        # First the horizon, then the rows: what commits in between is read twice, never missed.
        since = horizon(session)
        new = [one for one in places_since(session, self._since) if one not in self.places.known]
        strangers = any(one.division_id and one.division_id not in self.places.divisions for one in new)
        if strangers or now - self._named_at > NAMES_SECONDS:
            self.places.add_divisions(divisions_in_use(session))
            self._named_at = now
        if new:
            self.places.add(new)
            self.gazetteer = gazetteer_of(self.places)
        self._since, self._asked_at = since, now


def gazetteer_of(places: Places) -> Gazetteer:
    """Return the names by which the parser knows the register."""
    roads = {road_as_written(place.street) for place in places.known if place.street}
    return Gazetteer.of(places.known_divisions(), roads, {place.estate for place in places.known if place.estate})
