"""What became of each township: by name, by record, and by where its villages are found again."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo_app.domain.division import Division, DivisionCode, Level
from geo_app.domain.division_changes import ABOLISHED, RecordedChange
from geo_app.domain.division_links import CONTINUES, JOIN, Evidence, Links
from geo_app.domain.division_names import NameKey, township_stem, village_key
from geo_app.domain.division_report import Certainty, SuccessionKind
from geo_app.domain.message import Message, marked

MIN_WITNESSES = 3
"""So many villages found again in one township, and none elsewhere, prove where their township went."""

SAME_NAME = marked("Both lists name {old} in this county.")
RECORDED = marked("Recorded on {day}: {old} to {new} ({citation}).")
WITNESSES = marked("{count} villages of {old} are found again by name, {share} of them in {new}.")
RECORDED_END = marked("Recorded on {day}: {old} is abolished ({citation}).")
NOT_FOUND = marked("No village of {old} is found again by name, and nothing is recorded.")
KEEP = marked("Keep {old} as it is.")
CONTINUE = marked("Record that {old} continues as {new}.")
FOUNDED = marked("Record {new} as established on {day}.")
ABOLISH = marked("Record {old} as abolished, or choose what it became part of.")


@dataclass(frozen=True, slots=True)
class TownshipLinks:
    """The townships' links; `follows` gives for an old township's code the code of the new one it is part of."""

    links: Links

    def follows(self, code: DivisionCode) -> DivisionCode | None:
        """Return the new township of the old township `code`, proven or proposed."""
        link = self.links.found.get(code)
        return link.successors[0].code if link and link.successors else None

    def day_of_move(self, code: DivisionCode) -> str:
        """Return the recorded day on which the old township `code` ceased to be what it was, empty where unknown."""
        return self.links.day_of_move(code)

    def proven(self, code: DivisionCode) -> bool:
        """Tell whether `follows(code)` is certain."""
        link = self.links.found.get(code)
        return link is not None and bool(link.successors) and link.evidence.certainty is Certainty.CERTAIN


def link_townships(
    old: Sequence[Division], new: Sequence[Division], changes: Sequence[RecordedChange]
) -> TownshipLinks:
    """Return what became of the townships among `old`."""
    links = Links.between(*([d for d in side if d.level is Level.TOWNSHIP] for side in (old, new)))
    _link_by_name(links)
    _link_by_record(links, changes)
    votes = _votes(old, new)
    for township in links.free_old():
        _link_by_witnesses(links, township, votes[township.code])
    _found_by_record(links, changes)
    _end_by_record(links, changes)
    return TownshipLinks(links)


def _link_by_name(links: Links) -> None:
    """Same name, or same stem of another kind (轸溪乡, 轸溪镇), within one county; the stem must be single."""
    by_stem: dict[tuple[DivisionCode | None, str], list[Division]] = defaultdict(list)
    for township in links.new.values():
        by_stem[township.parent_code, township_stem(township.name)].append(township)
    for township in links.old.values():
        same = by_stem[township.parent_code, township_stem(township.name)]
        if len(same) == 1:
            links.add(township, tuple(same), _same_name(township, same[0]))


def _same_name(old: Division, new: Division) -> Evidence:
    values = {"old": old.name, "new": new.name}
    reasons = (Message(SAME_NAME, {"old": township_stem(old.name)}),)
    if old.code == new.code:
        kind = SuccessionKind.UNCHANGED if old.name == new.name else SuccessionKind.RENAME
        return Evidence(kind, Certainty.CERTAIN, reasons, Message(KEEP, values))
    return Evidence(SuccessionKind.RECODE, Certainty.CERTAIN, reasons, Message(CONTINUE, values))


def _link_by_record(links: Links, changes: Sequence[RecordedChange]) -> None:
    old = {township.name: township for township in links.free_old()}
    new = {township.name: township for township in links.new.values()}
    for change in changes:
        target = new.get(change.target.name)
        for place in change.sources:
            source = old.get(place.name)
            if source and target and not place.groups:
                links.add(source, (target,), _recorded(source, target, change))


def _recorded(old: Division, new: Division, change: RecordedChange) -> Evidence:
    values = {"old": old.name, "new": new.name, "day": change.day, "citation": change.citation}
    reasons = (Message(RECORDED, values),)
    return Evidence(SuccessionKind.MERGE, Certainty.CERTAIN, reasons, Message(JOIN, values), day=change.day)


Votes = Counter[DivisionCode | None]


def _votes(old: Sequence[Division], new: Sequence[Division]) -> dict[DivisionCode | None, Votes]:
    """Count, per old township, in which new townships its villages with a name single in the county are found."""
    before, after = _single_names(old), _single_names(new)
    votes: dict[DivisionCode | None, Votes] = defaultdict(Counter)
    for key, village in before.items():
        if key in after:
            votes[village.parent_code][after[key].parent_code] += 1
    return votes


def _single_names(divisions: Sequence[Division]) -> dict[tuple[DivisionCode, NameKey], Division]:
    villages = [d for d in divisions if d.level is Level.VILLAGE]
    keyed = [((d.code.at(Level.COUNTY), village_key(d.name)), d) for d in villages]
    times = Counter(key for key, _ in keyed)
    return {key: village for key, village in keyed if times[key] == 1}


def _link_by_witnesses(links: Links, township: Division, votes: Votes) -> None:
    votes = Counter({code: n for code, n in votes.items() if code in links.new})
    if not votes:
        return links.add(township, (), _vanished(township))
    code, most = votes.most_common(1)[0]
    target = links.new[code] if code else township
    certain = most == votes.total() >= MIN_WITNESSES
    values: dict[str, object] = {
        "old": township.name,
        "new": target.name,
        "count": votes.total(),
        "share": f"{most / votes.total():.0%}",
    }
    verdict = Evidence(
        SuccessionKind.MERGE,
        Certainty.CERTAIN if certain else Certainty.TO_DECIDE,
        (Message(WITNESSES, values),),
        Message(JOIN, values),
        tuple(links.new[c] for c in votes if c),
    )
    return links.add(township, (target,), verdict)


def _vanished(township: Division) -> Evidence:
    values = {"old": township.name}
    reasons = (Message(NOT_FOUND, values),)
    return Evidence(SuccessionKind.ABOLISH, Certainty.TO_DECIDE, reasons, Message(ABOLISH, values))


def _end_by_record(links: Links, changes: Sequence[RecordedChange]) -> None:
    """Give what is recorded as abolished its day, whoever followed."""
    ended = {place.name: change for change in changes if change.verb == ABOLISHED for place in change.sources}
    for code, link in links.found.items():
        change, evidence = ended.get(link.predecessor.name), link.evidence
        if change and not evidence.day and evidence.kind not in CONTINUES:
            values = {"old": link.predecessor.name, "day": change.day, "citation": change.citation}
            told = (*evidence.reasons, Message(RECORDED_END, values))
            links.found[code] = replace(link, evidence=replace(evidence, day=change.day, reasons=told))


def _found_by_record(links: Links, changes: Sequence[RecordedChange]) -> None:
    for township in links.free_new():
        for change in changes:
            if change.verb == "设立" and change.target.name == township.name:
                sources = "、".join(place.township + place.name + place.groups for place in change.sources)
                values = {"old": sources, "new": township.name, "day": change.day, "citation": change.citation}
                links.foundings[township.code] = Evidence(
                    SuccessionKind.ESTABLISH,
                    Certainty.CERTAIN,
                    (Message(RECORDED, values),),
                    Message(FOUNDED, values),
                    day=change.day,
                )
