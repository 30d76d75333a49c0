"""Quality of addresses in measures, each a share of what it applies to, under the names of the American standard.

Names: FGDC-STD-016-2011, United States Thoroughfare, Landmark, and Postal Address Data Standard, part 4, section 4.5,
which NENA's NG9-1-1 data model takes its address elements from. The standard reports a measure as "Tested
UniquenessMeasure at 92 % conformance"; it sets no goals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geo_app.domain.audit import Audit
from geo_app.domain.audit_faults import wrong_side
from geo_app.domain.audit_findings import AuditFound, AuditKind
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_position import Booleans


@dataclass(frozen=True, slots=True)
class QualityMeasure:
    """A measure: `name` in the standard, what it is called, what conforms to it, which findings break it."""

    name: str
    title: Message
    conforms: Message
    broken_by: frozenset[AuditKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Conformance:
    """How many addresses a measure applies to, and how many of them conform."""

    measure: QualityMeasure
    conforming: int
    tested: int

    @property
    def share(self) -> float | None:
        """Return the share that conforms, None where there is nothing to test."""
        return self.conforming / self.tested if self.tested else None


POSITION = QualityMeasure(
    "XYCoordinateCompletenessMeasure",
    Message(marked("Position given")),
    Message(marked("The address has a usable position.")),
)
STREET_NAME = QualityMeasure(
    "TabularDomainMeasure",
    Message(marked("Street known")),
    Message(marked("The street that the address names is among the streets.")),
)
NEAR_STREET = QualityMeasure(
    "SpatialDomainMeasure",
    Message(marked("Near its street")),
    Message(marked("The address stands near the street it names, or near any where it names none.")),
    frozenset({AuditKind.FAR_FROM_STREET}),
)
NUMBERED = QualityMeasure(
    "AddressCompletenessMeasure",
    Message(marked("Number given")),
    Message(marked("The address has a number.")),
    frozenset({AuditKind.MISSING}),
)
READABLE = QualityMeasure(
    "PatternSequenceMeasure",
    Message(marked("Number readable")),
    Message(marked("The number reads as a number, with a sub-number, a suffix or as a range.")),
    frozenset({AuditKind.BAD_NUMBER}),
)
UNIQUE = QualityMeasure(
    "UniquenessMeasure",
    Message(marked("Number unique")),
    Message(marked("No other door of the street has the same number.")),
    frozenset({AuditKind.DUPLICATE}),
)
PARITY = QualityMeasure(
    "LeftRightOddEvenParityMeasure",
    Message(marked("Odd and even by side")),
    Message(marked("The number is odd on the odd side and even on the even side.")),
    frozenset({AuditKind.WRONG_SIDE}),
)
ORDER = QualityMeasure(
    "AddressNumberFishbonesMeasure",
    Message(marked("Order along the street")),
    Message(marked("The number stands in its place along its side: lines from numbers to doors do not cross.")),
    frozenset({AuditKind.OUT_OF_ORDER}),
)
RANGE = QualityMeasure(
    "RangeDomainMeasure",
    Message(marked("Within the street's range")),
    Message(marked("The number is within the range given for the street.")),
    frozenset({AuditKind.OUTSIDE_RANGE}),
)
QUALITY_MEASURES = (POSITION, STREET_NAME, NEAR_STREET, NUMBERED, READABLE, UNIQUE, PARITY, ORDER, RANGE)


BY_NAME: Mapping[str, QualityMeasure] = {measure.name: measure for measure in QUALITY_MEASURES}


def conformances(audit: Audit, rows: Booleans | None = None) -> Sequence[Conformance]:
    """Return all measures of an audit, or of some rows of its addresses, such as those of one village."""
    wanted = np.ones(len(audit.addresses), dtype=bool) if rows is None else rows
    applies = applicable(audit)
    broken = not_conforming(audit)
    return [
        Conformance(
            measure,
            conforming=int((wanted & applies[measure.name] & ~broken[measure.name]).sum()),
            tested=int((wanted & applies[measure.name]).sum()),
        )
        for measure in QUALITY_MEASURES
    ]


def breaks(found: AuditFound) -> Sequence[str]:
    """Return the names of the measures that a finding breaks."""
    return [m.name for m in QUALITY_MEASURES if found.kind in m.broken_by or (found.stray and m is ORDER)]


def applicable(audit: Audit) -> Mapping[str, Booleans]:
    """Return by measure the addresses that it applies to."""
    names = audit.addresses.street_names
    everywhere = np.ones(len(audit.addresses), dtype=bool)
    placeable = audit.addresses.on_earth & ~audit.places.unknown_name
    numbered, on_street = audit.kept.kept, audit.points.street >= 0
    # The entry added at the end stands for no street (-1).
    scheme = np.append(audit.schemes.known, False)[audit.points.street]
    ranged = ~everywhere if audit.ranges is None else audit.ranges.given(audit.points.street)
    return {
        POSITION.name: everywhere,
        STREET_NAME.name: np.array([bool(name) for name in names], dtype=bool) if names is not None else ~everywhere,
        NEAR_STREET.name: placeable,
        NUMBERED.name: everywhere,
        READABLE.name: numbered,
        UNIQUE.name: on_street,
        PARITY.name: scheme,
        ORDER.name: scheme & ~wrong_side(audit.points, audit.schemes),
        RANGE.name: ranged,
    }


def not_conforming(audit: Audit) -> Mapping[str, Booleans]:
    """Return by measure the addresses that do not conform."""
    found = {kind: np.zeros(len(audit.addresses), dtype=bool) for kind in AuditKind}
    for one in audit.found:
        found[one.kind][one.row] = True
        # A stray duplicate is not reported again as out of order, but its place in the row is not its own either.
        found[AuditKind.OUT_OF_ORDER][one.row] |= one.stray
    nothing = np.zeros(len(audit.addresses), dtype=bool)
    broken = {m.name: sum((found[kind] for kind in m.broken_by), nothing) for m in QUALITY_MEASURES}
    return {**broken, POSITION.name: ~audit.addresses.on_earth, STREET_NAME.name: audit.places.unknown_name}
