"""Measures of address quality: what share of the doors conforms, by the names of FGDC-STD-016 and in Chinese.

FGDC-STD-016-2011 (United States Thoroughfare, Landmark, and Postal Address Data Standard), part 3, names each measure;
NG9-1-1 (NENA-STA-015) asks for the same of the address points of an emergency call centre.
"""

from collections.abc import Mapping
from enum import StrEnum

import numpy as np

from geo_app.domain.audit import Audit
from geo_app.domain.audit_findings import AuditKind
from geo_app.domain.audit_scheme import FEWEST_DOORS
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_position import Booleans


class Measure(StrEnum):
    """A measure, by its name in FGDC-STD-016 part 3."""

    COMPLETENESS = "AddressCompletenessMeasure"
    PATTERN = "PatternSequenceMeasure"
    UNIQUENESS = "UniquenessMeasure"
    PARITY = "AddressNumberParityMeasure"
    SEQUENCE = "LowHighAddressSequenceMeasure"
    FISHBONES = "AddressNumberFishbonesMeasure"
    POSITION = "XYCoordinateSpatialMeasure"

    @property
    def word(self) -> Message:
        """Return what conforms, for a reader."""
        return Message(_WORDS[self])

    @property
    def kinds(self) -> frozenset[AuditKind]:
        """Return the findings that break the measure."""
        return frozenset(kind for kind, measure in BROKEN_BY.items() if measure is self)


_WORDS = {
    Measure.COMPLETENESS: marked("has a number"),
    Measure.PATTERN: marked("number readable"),
    Measure.UNIQUENESS: marked("number once on its street"),
    Measure.PARITY: marked("odd and even on their sides"),
    Measure.SEQUENCE: marked("numbers in order"),
    Measure.FISHBONES: marked("door near its own street"),
    Measure.POSITION: marked("one door on one spot"),
}

BROKEN_BY: Mapping[AuditKind, Measure] = {
    AuditKind.MISSING: Measure.COMPLETENESS,
    AuditKind.BAD_NUMBER: Measure.PATTERN,
    AuditKind.DUPLICATE: Measure.UNIQUENESS,
    AuditKind.WRONG_SIDE: Measure.PARITY,
    AuditKind.OUT_OF_ORDER: Measure.SEQUENCE,
    AuditKind.FAR_FROM_STREET: Measure.FISHBONES,
    AuditKind.OTHER_STREET_NEARER: Measure.FISHBONES,
    AuditKind.STACKED: Measure.POSITION,
}
"""Which measure a finding breaks; skipped numbers break none, they are a hint."""


def checked_doors(audit: Audit, measure: Measure) -> Booleans:
    """Return the doors, by row, about which the measure can say something at all: nothing is not zero."""
    numbered = audit.kept.kept
    if measure is Measure.COMPLETENESS or measure is Measure.FISHBONES:
        return np.ones(len(audit.addresses), dtype=bool)
    if measure is Measure.PARITY:
        return numbered & _on_street(audit, audit.schemes.known)
    if measure is Measure.SEQUENCE:
        return numbered & _on_street(audit, audit.schemes.doors >= FEWEST_DOORS)
    return np.asarray(numbered)


def _on_street(audit: Audit, streets: Booleans) -> Booleans:
    street = audit.places.feet.street
    return np.asarray((street >= 0) & streets[street])
