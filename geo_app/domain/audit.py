"""The audit of existing walls: streets and numbered points in; each street's scheme, and what breaks it, out.

Pure and deterministic: the order of the rows never matters, and a street drawn the other way gives the mirrored result.
Work is done on columns; values for single streets and findings are made when somebody asks for them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan

from geo_app.domain.audit_doors import AuditedDoors, NumberedPoints, audited_doors, numbered_points
from geo_app.domain.audit_faults import audit_faults
from geo_app.domain.audit_findings import AuditFinding, AuditFound
from geo_app.domain.audit_method import methods
from geo_app.domain.audit_neighbours import neighbours_in_order
from geo_app.domain.audit_range import NumberRanges
from geo_app.domain.audit_scheme import FEWEST_DOORS, Schemes, SideDoors, read_schemes
from geo_app.domain.audit_wording import worded
from geo_app.domain.bulk import collector_paused
from geo_app.domain.numbering import FAR_METRES
from geo_app.domain.numbering_entrance import Entrances, KeptNumbers, read_kept
from geo_app.domain.numbering_place import Places, place_doors
from geo_app.domain.numbering_position import walk_streets
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.domain.numbering_standing import Standing
from geo_app.domain.position import Position
from geo_app.domain.street import Streets
from geo_app.domain.street_start import ends

AS_DRAWN = NumberingRule(start=("first",))


@dataclass(frozen=True, slots=True)
class StreetScheme:
    """How a street is numbered, as its walls show it.

    `addresses`: points on the street, numbered or not; `doors`: numbered ones, points of one number together as one;
    `start`: "first" or "last" end as drawn, None where no direction can be told (then `start_position` is the first);
    `odd_side`: "left", "right", "mixed", "unknown", as seen walking from the start; `method`: None with too few doors;
    `metres_per_number`: metres of street in which the numbers rise by one; `explained`: share of the doors.
    """

    street: int
    street_id: str
    street_name: str
    addresses: int
    doors: int
    start: str | None
    start_position: Position
    odd_side: str
    method: str | None
    metres_per_number: float | None
    explained: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Audit:
    """The audit: columns by row of the addresses and by street, and the findings."""

    streets: Streets
    addresses: Entrances
    places: Places
    kept: KeptNumbers
    points: NumberedPoints
    doors: AuditedDoors
    schemes: Schemes
    sides: SideDoors
    methods: Sequence[str | None]
    ranges: NumberRanges | None
    found: Sequence[AuditFound]
    far: float

    def street_schemes(self) -> Iterator[StreetScheme]:
        """Yield the scheme of every street that has an address, in the order of the streets."""
        counts = self.address_counts()
        return (self._scheme(street, counts[street]) for street in range(len(self.streets)) if counts[street])

    def address_counts(self) -> list[int]:
        """Return how many addresses stand on each street, numbered or not."""
        counts = [0] * len(self.streets)
        for street in self.places.feet.street.tolist():
            if street >= 0:
                counts[street] += 1
        return counts

    def findings(self) -> Iterator[AuditFinding]:
        """Yield the findings, in the order of the addresses."""
        return (worded(self, found) for found in self.found)

    def street_name_at(self, row: int) -> str:
        """Return the name of the address's street, or of the one it claims."""
        street = int(self.places.feet.street[row])
        if street >= 0:
            return self.streets.names[street]
        return self.addresses.street_names[row] if self.addresses.street_names is not None else ""

    def position_at(self, row: int) -> Position:
        """Return where an address stands; NaN where it has no position."""
        return Position(float(self.addresses.lon[row]), float(self.addresses.lat[row]))

    def wall(self, row: int) -> str:
        """Return the number of an address as it is written."""
        return self.addresses.wall(row).strip()

    @property
    def explained(self) -> float | None:
        """Return the share of all doors that the schemes explain, None without any door."""
        doors = int(self.schemes.doors.sum())
        return int(self.schemes.in_order.sum()) / doors if doors else None

    def _scheme(self, street: int, addresses: int) -> StreetScheme:
        schemes = self.schemes
        direction = int(schemes.direction[street])
        first, last = ends(self.streets, street)
        explained, metres = float(schemes.explained[street]), float(schemes.metres_per_number[street])
        return StreetScheme(
            street=street,
            street_id=self.streets.ids[street],
            street_name=self.streets.names[street],
            addresses=addresses,
            doors=int(schemes.doors[street]),
            start={1: "first", -1: "last"}.get(direction),
            start_position=last if direction < 0 else first,
            odd_side=self._odd_side(street),
            method=self.methods[street],
            metres_per_number=None if isnan(metres) else metres,
            explained=None if isnan(explained) else explained,
        )

    def _odd_side(self, street: int) -> str:
        if self.schemes.doors[street] < FEWEST_DOORS:
            return "unknown"
        if not self.schemes.known[street]:
            return "mixed"
        return "left" if self.schemes.odd_left[street] else "right"


@collector_paused()
def audit_streets(
    streets: Streets, addresses: Entrances, ranges: NumberRanges | None = None, far: float = FAR_METRES
) -> Audit:
    """Return the audit of all addresses; `walls` of the addresses are the numbers, `far` metres to a street.

    An address that names a street is audited on the nearest one of that name, a nameless one on the nearest of all;
    rule fields on the streets are not looked at: the walls alone speak.
    """
    walks = walk_streets(streets, [AS_DRAWN] * len(streets))
    places = place_doors(streets, walks, Standing(addresses), far)
    kept = read_kept(addresses)
    points = numbered_points(addresses, places, kept)
    doors = audited_doors(addresses, points, places.feet.distance)
    schemes, sides = read_schemes(points, doors.row, len(streets))
    found = audit_faults(streets, addresses, (places, kept, points, doors), (schemes, sides), ranges)
    how = methods(streets, points, doors.row, schemes, neighbours_in_order(kept, sides))
    return Audit(streets, addresses, places, kept, points, doors, schemes, sides, how, ranges, found, far)
