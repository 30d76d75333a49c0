"""Links from old divisions to new ones, each with its evidence, and the items they add up to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from geo_app.domain.division import Division, DivisionCode
from geo_app.domain.division_report import Certainty, SuccessionItem, SuccessionKind
from geo_app.domain.message import Message, marked

PROPOSE_MERGE = marked("Record that {old} merged into {new}.")
PROPOSE_ESTABLISH = marked("Record {new} as newly established.")
NO_PREDECESSOR = marked("Nothing in the old list or the records leads to {new}.")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a link says and how sure it is."""

    kind: SuccessionKind
    certainty: Certainty
    reasons: tuple[Message, ...]
    proposal: Message
    candidates: tuple[Division, ...] = ()
    day: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One old division and what it became; no successor: it ended."""

    predecessor: Division
    successors: tuple[Division, ...]
    evidence: Evidence


@dataclass
class Links:
    """Divisions of one level of two lists and the links found so far; the first link of a division stands."""

    old: dict[DivisionCode, Division]
    new: dict[DivisionCode, Division]
    found: dict[DivisionCode, Link] = field(default_factory=dict)
    foundings: dict[DivisionCode, Evidence] = field(default_factory=dict)

    @classmethod
    def between(cls, old: Iterable[Division], new: Iterable[Division]) -> "Links":
        """Return no links yet; a code given twice counts once, by its last row."""
        return cls({d.code: d for d in old}, {d.code: d for d in new})

    def add(self, predecessor: Division, successors: tuple[Division, ...], evidence: Evidence) -> None:
        """Link `predecessor` unless it is linked already."""
        self.found.setdefault(predecessor.code, Link(predecessor, successors, evidence))

    def free_old(self) -> list[Division]:
        """Return the old divisions without a link."""
        return [d for code, d in self.old.items() if code not in self.found]

    def free_new(self) -> list[Division]:
        """Return the new divisions no link leads to and no record founds."""
        reached = {d.code for link in self.found.values() for d in link.successors} | self.foundings.keys()
        return [d for code, d in self.new.items() if code not in reached]

    def items(self) -> tuple[SuccessionItem, ...]:
        """Return one item per event: every division of both lists in exactly one."""
        foundings = [_item((), (self.new[code],), evidence) for code, evidence in self.foundings.items()]
        orphans = [_item((), (division,), _unexplained(division)) for division in self.free_new()]
        return (*self._linked(), *foundings, *orphans)

    def _linked(self) -> Iterator[SuccessionItem]:
        groups: dict[object, list[Link]] = defaultdict(list)
        for code, link in self.found.items():
            groups[link.successors[0].code if link.successors else ("ended", code)].append(link)
        for group in groups.values():
            evidence = group[0].evidence if len(group) == 1 else _merger(group)
            yield _item(tuple(link.predecessor for link in group), group[0].successors, evidence)


def _merger(group: list[Link]) -> Evidence:
    evidences = [link.evidence for link in group]
    certain = all(evidence.certainty is Certainty.CERTAIN for evidence in evidences)
    values = {"old": names(link.predecessor for link in group), "new": names(group[0].successors)}
    return Evidence(
        SuccessionKind.MERGE,
        Certainty.CERTAIN if certain else Certainty.TO_DECIDE,
        tuple(reason for evidence in evidences for reason in evidence.reasons),
        Message(PROPOSE_MERGE, values),
        day=max(evidence.day for evidence in evidences),
    )


def _unexplained(division: Division) -> Evidence:
    values = {"new": division.name}
    reasons = (Message(NO_PREDECESSOR, values),)
    return Evidence(SuccessionKind.ESTABLISH, Certainty.TO_DECIDE, reasons, Message(PROPOSE_ESTABLISH, values))


def names(divisions: Iterable[Division]) -> str:
    """Return the names as a Chinese enumeration."""
    return "、".join(division.name for division in divisions)


def _item(old: tuple[Division, ...], new: tuple[Division, ...], evidence: Evidence) -> SuccessionItem:
    return SuccessionItem(
        evidence.kind,
        old,
        new,
        evidence.certainty,
        evidence.reasons,
        evidence.proposal,
        evidence.candidates,
        evidence.day,
    )
