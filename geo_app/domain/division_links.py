"""Links from old divisions to new ones, each with its evidence, and the items they add up to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from geo_app.domain.division import Division, DivisionCode
from geo_app.domain.division_report import Certainty, SuccessionItem, SuccessionKind
from geo_app.domain.message import Message, marked

PROPOSE_MERGE = marked("Record that {old} merged into {new}.")
JOIN = marked("Record that {old} became part of {new}.")
PROPOSE_ESTABLISH = marked("Record {new} as newly established.")
CONTINUES = frozenset({SuccessionKind.UNCHANGED, SuccessionKind.RENAME, SuccessionKind.RECODE})
"""Kinds of a link whose two ends are one and the same division."""

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
        for group in self._groups().values():
            sure = [link for link in group if link.evidence.certainty is Certainty.CERTAIN]
            # What is proven of one is not put in question by what is proposed of another.
            lead = sure or group[:1]
            yield _event(lead)
            yield from (_joining(link) for link in group if link not in lead)

    def _groups(self) -> dict[object, list[Link]]:
        groups: dict[object, list[Link]] = defaultdict(list)
        for code, link in self.found.items():
            groups[link.successors[0].code if link.successors else ("ended", code)].append(link)
        return groups

    def day_of_move(self, code: DivisionCode) -> str:
        """Return the recorded day on which the old division `code` ceased to be what it was, empty where unknown."""
        link = self.found.get(code)
        if link is None or link.evidence.kind in {SuccessionKind.UNCHANGED, SuccessionKind.RENAME}:
            return ""
        together = [other for other in self.found.values() if other.successors[:1] == link.successors[:1] != ()]
        return max((other.evidence.day for other in (link, *together)), default="")


def _event(group: list[Link]) -> SuccessionItem:
    evidence = group[0].evidence if len(group) == 1 else _merger(group)
    item = _item(tuple(link.predecessor for link in group), group[0].successors, evidence)
    heirs = [link.predecessor for link in group if link.evidence.kind in CONTINUES]
    own = tuple(link.evidence.reasons for link in group)
    return replace(item, own=own, heir=heirs[0] if len(heirs) == 1 and len(group) > 1 else None)


def _joining(link: Link) -> SuccessionItem:
    joins = link.successors[0]
    proposal = Message(JOIN, {"old": link.predecessor.name, "new": joins.name})
    evidence = replace(link.evidence, kind=SuccessionKind.MERGE, proposal=proposal)
    return replace(_item((link.predecessor,), (), evidence), joins=joins)


def _merger(group: list[Link]) -> Evidence:
    evidences = [link.evidence for link in group]
    values = {"old": names(link.predecessor for link in group), "new": names(group[0].successors)}
    return Evidence(
        SuccessionKind.MERGE,
        Certainty.CERTAIN,
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
