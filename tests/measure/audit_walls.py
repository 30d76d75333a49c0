"""The audit against the walls of real towns: schemes beside a plain audit, and errors planted on their streets.

Nothing of the towns is written anywhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from geo_app.domain.audit import Audit, audit_streets
from geo_app.domain.audit_findings import AuditKind
from geo_app.domain.numbering_entrance import Entrances
from geo_app.domain.street import Streets, build_streets
from geo_app.exchange.audit_files import audited_addresses, audited_streets
from geo_app.exchange.numbering_table import read_every_row
from geo_app.exchange.vector_options import ReadOptions, Shape
from tests.measure import Figure
from tests.support.plain_audit import PlainStreet, plain_audit
from tests.support.planted_errors import Planted, plant
from tests.support.real_data import FOLDER

TOWNS = ("helsinki", "liechtenstein", "baltimore_city")
ERRORS = (AuditKind.WRONG_SIDE, AuditKind.OUT_OF_ORDER, AuditKind.DUPLICATE)
FEWEST = 6
NOISY_FEWEST = 12
SEEDS = range(10)


@dataclass(frozen=True, eq=False)
class Town:
    """A real town, audited by the application and plainly."""

    name: str
    streets: Streets
    addresses: Entrances
    audit: Audit
    plain: dict[int, PlainStreet]


@dataclass
class Score:
    """What was planted, what was reported of it, and what else was reported."""

    right: int = 0
    missed: int = 0
    alarms: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.missed + self.alarms)

    def __str__(self) -> str:
        precision, recall = self.right / (self.right + self.alarms), self.right / (self.right + self.missed)
        return f"F1 {self.f1:.3f} (precision {precision:.3f}, recall {recall:.3f})"


@dataclass
class Scores:
    """Scores over all kinds and for doors out of order."""

    overall: Score = field(default_factory=Score)
    order: Score = field(default_factory=Score)


def figures() -> Iterator[Figure]:
    towns = [read_town(name) for name in TOWNS]
    yield from scheme_figures(towns)
    yield from explained_figures(towns)
    yield from planted_figures(towns, SEEDS)
    yield untouched_figure(towns)


def read_town(name: str) -> Town:
    options = ReadOptions(fields={"id": "osm_id", "number": "housenumber"})
    folder = FOLDER / "osm"
    rows = read_every_row(folder / f"{name}_addresses.csv.gz", Shape.POINTS, options)
    lines = read_every_row(folder / f"{name}_streets.geojson.gz", Shape.LINES, options)
    streets, addresses = build_streets(audited_streets(lines).pieces), audited_addresses(rows).entrances
    return Town(name, streets, addresses, audit_streets(streets, addresses), plain_audit(streets, addresses))


def scheme_figures(towns: Sequence[Town]) -> Iterator[Figure]:
    """Yield how often odd side, start and `mixed` are those of the plain audit, all towns pooled."""
    seen: dict[str, list[bool]] = {"odd side": [], "start": [], "mixed": []}
    for town in towns:
        for scheme in town.audit.street_schemes():
            plain = town.plain.get(scheme.street)
            if plain is None or len(plain.doors) < FEWEST:
                continue
            backwards = plain.tau < 0
            if plain.agreeing >= 0.9:
                expected = "left" if (plain.odd_left_share >= 0.5) != (scheme.start == "last") else "right"
                seen["odd side"].append(scheme.odd_side == expected)
            if abs(plain.tau) >= 0.5:
                seen["start"].append(scheme.start == ("last" if backwards else "first"))
            if not 0.72 <= plain.agreeing <= 0.78:
                seen["mixed"].append((scheme.odd_side == "mixed") == (plain.agreeing < 0.75))
    for what, goal in (("odd side", 0.995), ("start", 0.995), ("mixed", 1.0)):
        share = float(np.mean(seen[what]))
        figure = f"{share:.2%} of {len(seen[what])} streets"
        yield Figure(f"{what}, all towns", figure, "plain audit with shapely", f"≥ {goal:.1%}", share >= goal)


def explained_figures(towns: Sequence[Town]) -> Iterator[Figure]:
    """Yield the share of doors explained beside an independent count."""
    for town in towns:
        chains = sum(len(street.chains()) for street in town.plain.values())
        plain = chains / sum(len(street.doors) for street in town.plain.values())
        ours = town.audit.explained or 0.0
        close = [
            abs((scheme.explained or 0.0) - len(street.chains()) / len(street.doors)) <= 0.03
            for scheme in town.audit.street_schemes()
            if (street := town.plain.get(scheme.street)) and len(street.doors) >= FEWEST
        ]
        name, reference = f"{town.name}: explained", f"{plain:.4f} by a quadratic count"
        figure = f"{ours:.4f}; within 0.03 on {np.mean(close):.1%} of {len(close)} streets"
        yield Figure(name, figure, reference, "within 0.03", abs(ours - plain) <= 0.03)


def planted_figures(towns: Sequence[Town], seeds: Sequence[int]) -> Iterator[Figure]:
    """Yield how well planted errors are found, beside the plain audit on the same walls."""
    ours, plainly = Scores(), Scores()
    for town in towns:
        for seed in seeds:
            _score_planted(town, seed, (ours, plainly))
    for what, mine, other, goal in (
        ("planted errors, all kinds", ours.overall, plainly.overall, 0.95),
        ("planted errors, out of order", ours.order, plainly.order, 0.92),
    ):
        yield Figure(f"{what}, all towns", str(mine), f"plain audit: {other}", f"F1 ≥ {goal}", mine.f1 >= goal)


def untouched_figure(towns: Sequence[Town]) -> Figure:
    """Return the false alarms on streets where the plain audit finds nothing."""
    doors = alarms = 0
    for town in towns:
        found = {one.row for one in town.audit.found if one.kind in ERRORS}
        clean = [street for street in town.plain.values() if not _plain_errors(street)]
        doors += sum(len(street.doors) for street in clean)
        alarms += sum(door.row in found for street in clean for door in street.doors)
    rate = 1000 * alarms / doors
    return Figure("false alarms on untouched streets", f"{rate:.1f} per 1,000 of {doors} doors", "", "≤ 2", rate <= 2)


def _score_planted(town: Town, seed: int, scores: tuple[Scores, Scores]) -> None:
    noisy = {i: s for i, s in town.plain.items() if len(s.doors) >= NOISY_FEWEST and s.agreeing >= 0.75}
    rows = {door.row for street in town.plain.values() for door in street.doors}
    misfits = {row for street in town.plain.values() for row in _plain_errors(street)}
    single = town.addresses.only(np.array(sorted(rows)))
    place = {row: at for at, row in enumerate(sorted(rows))}
    streets = [_renumbered(street, place) for street in noisy.values()]
    good = {place[row] for row in rows - misfits}
    planted = plant(single, streets, good, seed)
    audit, plain = audit_streets(town.streets, planted.addresses), plain_audit(town.streets, planted.addresses)
    ours: dict[AuditKind, set[int]] = {kind: {f.row for f in audit.found if f.kind is kind} for kind in ERRORS}
    plainly = {kind: {r for s in plain.values() for r in _plain_errors(s, kind)} for kind in ERRORS}
    judged = {door.row for street in streets for door in street.doors} | set(range(len(rows), len(planted.addresses)))
    left_out = {place[row] for row in misfits} | {r for r in judged if planted.addresses.ids[r] in planted.shared}
    for reported, score in zip((ours, plainly), scores, strict=True):
        _count(planted, reported, judged - left_out, score)


def _count(planted: Planted, reported: dict[AuditKind, set[int]], judged: set[int], scores: Scores) -> None:
    truth = {row: planted.truth.get(planted.addresses.ids[row]) for row in judged}
    _add(scores.overall, {row for row in judged if truth[row]}, set().union(*reported.values()) & judged)
    moved = {row for row in judged if truth[row] is AuditKind.OUT_OF_ORDER}
    _add(scores.order, moved, reported[AuditKind.OUT_OF_ORDER] & judged)


def _add(score: Score, wanted: set[int], reported: set[int]) -> None:
    score.right += len(wanted & reported)
    score.missed += len(wanted - reported)
    score.alarms += len(reported - wanted)


def _plain_errors(street: PlainStreet, kind: AuditKind | None = None) -> set[int]:
    by_kind = {
        AuditKind.WRONG_SIDE: street.wrong_side,
        AuditKind.OUT_OF_ORDER: street.out_of_order,
        AuditKind.DUPLICATE: street.duplicates,
    }
    return by_kind[kind]() if kind else set().union(*(errors() for errors in by_kind.values()))


def _renumbered(street: PlainStreet, place: dict[int, int]) -> PlainStreet:
    return PlainStreet([replace(door, row=place[door.row]) for door in street.doors], [])
