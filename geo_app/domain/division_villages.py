"""What became of each village and community, given what became of the townships."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from geo_app.domain.division import Division, DivisionCode, Level
from geo_app.domain.division_changes import ABOLISHED, PlaceName, RecordedChange
from geo_app.domain.division_links import CONTINUES, JOIN, Evidence, Links, names
from geo_app.domain.division_names import look_alike, village_key
from geo_app.domain.division_report import Certainty, PartMove, SuccessionKind
from geo_app.domain.division_townships import RECORDED, TownshipLinks
from geo_app.domain.message import Message, marked

SAME_PLACE = marked("Same name after normalisation in the same township, and only once there.")
SAME_COUNTY = marked("The name of {village} stands once in the county in both lists.")
TOWNSHIP_JOINED = marked("The township of {village}, {old}, became part of {new}.")
TOWNSHIP_DIFFERS = marked("The township of {village}, {old}, did not as a whole become part of {new}.")
CLASS_CHANGED = marked("Same stem, but village and community: {old}, {new}.")
SAME_CODE = marked("{old} and {new} have the same code {code}; the office may have given a free code again.")
LOOK_ALIKE = marked("The names differ by one character: {old}, {new}.")
LAST_LEFT = marked("{old} and {new} are the only ones without counterpart in {township}.")
STEM_WITHIN = marked("The names of the new ones contain {old}.")
NO_SUCCESSOR = marked("The new list has no counterpart of {old}, and nothing is recorded.")
GONE = marked("The new list does not name {old} there.")
PARTS_LEFT = marked("{parts} is recorded as moved to {new}; where the rest went is not.")
KEEP = marked("Keep {old} as it is.")
CONTINUE = marked("Record that {old} continues as {new}.")
DIVIDE = marked("Record that {old} was divided into {new}.")
CHOOSE = marked("Choose what {old} became part of; candidates, the likelier first: {candidates}.")
ABOLISH = marked("Record {old} as abolished, or choose what it became part of.")


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the steps know besides the links."""

    townships: TownshipLinks
    changes: Sequence[RecordedChange]
    parts: Sequence[PartMove]

    def township_of(self, village: Division) -> DivisionCode | None:
        """Return the new township an old village should be found in."""
        return self.townships.follows(village.parent_code) if village.parent_code else None

    def new_township(self, name: str) -> DivisionCode | None:
        """Return the code of the township of the new list with this name."""
        return next((code for code, d in self.townships.links.new.items() if d.name == name), None)

    def township_name(self, code: DivisionCode | None) -> str:
        """Return the name of a township of either list, or its code."""
        known = self.townships.links.old | self.townships.links.new
        return known[code].name if code in known else str(code)


def link_villages(
    lists: tuple[Sequence[Division], Sequence[Division]],
    townships: TownshipLinks,
    changes: Sequence[RecordedChange],
    parts: Sequence[PartMove],
) -> Links:
    """Return what became of the villages of the old list (first of `lists`) in the new one."""
    links = Links.between(*([d for d in side if d.level is Level.VILLAGE] for side in lists))
    ground = _Ground(townships, changes, parts)
    for step in STEPS:
        step(links, ground)
    return links


def moved_parts(old: Sequence[Division], changes: Sequence[RecordedChange]) -> tuple[PartMove, ...]:
    """Return the recorded moves of single groups of a village."""
    return tuple(
        PartMove(village, place, change.target, change)
        for change in changes
        for place in change.sources
        if place.groups and change.verb != ABOLISHED
        for village in _named(old, place)
    )


def _named(villages: Iterable[Division], place: PlaceName) -> list[Division]:
    """Return the one village that `place` can mean, or none; 孙坝 for 孙坝村 is allowed when single."""
    found = [v for v in villages if v.level is Level.VILLAGE and village_key(v.name) == village_key(place.name)]
    found = found or [v for v in villages if v.level is Level.VILLAGE and village_key(v.name).stem == place.name]
    return found if len(found) == 1 else []


def _by_record(links: Links, ground: _Ground) -> None:
    """Mergers that name both sides; the village that gave its name to the merged one goes with it."""
    for change in ground.changes:
        targets = [v for v in links.new.values() if _is(v, change.target, ground)]
        sources = [v for place in change.sources if not place.groups for v in _named(links.old.values(), place)]
        if len(targets) != 1 or not sources:
            continue
        for source in sources:
            values = {"old": names([source]), "new": targets[0].name, "day": change.day, "citation": change.citation}
            reasons = (Message(RECORDED, values),)
            verdict = Evidence(SuccessionKind.MERGE, Certainty.CERTAIN, reasons, Message(JOIN, values), day=change.day)
            links.add(source, tuple(targets), verdict)


def _is(village: Division, place: PlaceName, ground: _Ground) -> bool:
    same_township = not place.township or ground.township_name(village.parent_code) == place.township
    return same_township and village_key(village.name) == village_key(place.name)


def _pair(
    links: Links,
    keys: tuple[Callable[[Division], Hashable], Callable[[Division], Hashable]],
    judge: Callable[[Division, Division], Evidence],
    *,
    among_all: bool = False,
) -> None:
    """Link old and new divisions whose keys agree and are single on both sides."""
    before, after = (
        _by_key(links.free_old(), keys[0]),
        _by_key(links.new.values() if among_all else links.free_new(), keys[1]),
    )
    for key, old in before.items():
        new = after.get(key, [])
        if len(old) == len(new) == 1:
            links.add(old[0], (new[0],), judge(old[0], new[0]))


def _by_key(divisions: Iterable[Division], key: Callable[[Division], Hashable]) -> dict[Hashable, list[Division]]:
    groups: dict[Hashable, list[Division]] = defaultdict(list)
    for division in divisions:
        groups[key(division)].append(division)
    return groups


def _by_name_in_township(links: Links, ground: _Ground) -> None:
    keys = (
        lambda v: (ground.township_of(v), village_key(v.name)),
        lambda v: (v.parent_code, village_key(v.name)),
    )
    # Among all: a recorded merger may keep the name of one of its villages.
    _pair(links, keys, lambda old, new: _same_name(old, new, ground), among_all=True)


def _same_name(old: Division, new: Division, ground: _Ground) -> Evidence:
    values = {"old": old.name, "new": new.name}
    if old.code == new.code:
        reasons = (Message(SAME_PLACE),)
        return Evidence(SuccessionKind.UNCHANGED, Certainty.CERTAIN, reasons, Message(KEEP, values))
    if _township_continues(old, new, ground):
        reasons = (Message(SAME_PLACE),)
        return Evidence(SuccessionKind.RECODE, Certainty.CERTAIN, reasons, Message(CONTINUE, values))
    return _moved(old, new, ground)


def _township_continues(old: Division, new: Division, ground: _Ground) -> bool:
    link = ground.townships.links.found.get(old.parent_code) if old.parent_code else None
    return link is not None and link.evidence.kind in CONTINUES and link.successors[0].code == new.parent_code


def _by_name_in_county(links: Links, ground: _Ground) -> None:
    def key(village: Division) -> Hashable:
        return village.code.at(Level.COUNTY), village_key(village.name)

    _pair(links, (key, key), lambda old, new: _moved(old, new, ground))


def _moved(old: Division, new: Division, ground: _Ground) -> Evidence:
    """A village found again in another township: certain when that is where its township went, or a record says so."""
    before, after = ground.township_name(old.parent_code), ground.township_name(new.parent_code)
    values = {"village": old.name, "old": before, "new": after}
    joined = ground.township_of(old) == new.parent_code
    record = _record_of_move(old, new, ground)
    certain = record is not None or (
        joined and old.parent_code is not None and ground.townships.proven(old.parent_code)
    )
    reasons = [
        Message(SAME_COUNTY, {"village": old.name}),
        Message(TOWNSHIP_JOINED if joined else TOWNSHIP_DIFFERS, values),
    ]
    if record:
        reasons.append(_as_recorded(old, record, ground))
    return Evidence(
        SuccessionKind.TRANSFER,
        Certainty.CERTAIN if certain else Certainty.TO_DECIDE,
        tuple(reasons),
        Message(CONTINUE, {"old": old.name, "new": new.name}),
        day=record.day if record else "",
    )


def _as_recorded(old: Division, record: RecordedChange, ground: _Ground) -> Message:
    """Return the sentence of a record as it names things: the village, or the township as a whole."""
    before = ground.township_name(old.parent_code)
    whole = any(place.name == before for place in record.sources)
    values = {"old": before if whole else old.name, "new": record.target.name}
    return Message(RECORDED, {**values, "day": record.day, "citation": record.citation})


def _record_of_move(old: Division, new: Division, ground: _Ground) -> RecordedChange | None:
    """Return the record that names `old` itself, or its whole township, as moved to the new township."""
    target, before = ground.township_name(new.parent_code), ground.township_name(old.parent_code)
    for change in ground.changes:
        named = any(_names_move(place, old, before) for place in change.sources if not place.groups)
        if named and change.target.name == target:
            return change
    return None


def _names_move(place: PlaceName, old: Division, township: str) -> bool:
    if place.name == township:
        return True
    return place.township in {"", township} and village_key(place.name) == village_key(old.name)


def _by_stem_in_township(links: Links, ground: _Ground) -> None:
    """A village that became a community, or the other way round (农场村, 农场社区)."""

    def key(village: Division) -> Hashable:
        return village.code.at(Level.COUNTY), village_key(village.name).stem

    def judge(old: Division, new: Division) -> Evidence:
        record = _record_of_move(old, new, ground)
        moved = _moved(old, new, ground) if record or not _township_continues(old, new, ground) else None
        reason = Message(CLASS_CHANGED, {"old": old.name, "new": new.name})
        return Evidence(
            moved.kind if moved else SuccessionKind.RECODE,
            Certainty.CERTAIN if record else Certainty.TO_DECIDE,
            (reason, *(moved.reasons[1:] if moved else ())),
            Message(CONTINUE, {"old": old.name, "new": new.name}),
            day=record.day if record else "",
        )

    _pair(links, (key, key), judge)


def _by_code(links: Links, _ground: _Ground) -> None:
    def judge(old: Division, new: Division) -> Evidence:
        reason = Message(SAME_CODE, {"code": old.code, "old": old.name, "new": new.name})
        return _proposal(old, new, SuccessionKind.RENAME, reason)

    _pair(links, (lambda v: v.code, lambda v: v.code), judge)


def _proposal(old: Division, new: Division, kind: SuccessionKind, reason: Message) -> Evidence:
    values = {"old": old.name, "new": new.name}
    return Evidence(kind, Certainty.TO_DECIDE, (reason,), Message(CONTINUE, values), (new,))


def _by_look(links: Links, ground: _Ground) -> None:
    for old in links.free_old():
        alike = [new for new in links.free_new() if _alike(old, new, ground)]
        if len(alike) == 1:
            reason = Message(LOOK_ALIKE, {"old": old.name, "new": alike[0].name})
            links.add(old, tuple(alike), _proposal(old, alike[0], _kind_of_move(old, alike[0], ground), reason))


def _alike(old: Division, new: Division, ground: _Ground) -> bool:
    one, other = village_key(old.name), village_key(new.name)
    same_class = one.name_class is other.name_class
    return same_class and ground.township_of(old) == new.parent_code and look_alike(one.stem, other.stem)


def _kind_of_move(old: Division, new: Division, ground: _Ground) -> SuccessionKind:
    return SuccessionKind.RENAME if _township_continues(old, new, ground) else SuccessionKind.TRANSFER


def _by_division(links: Links, ground: _Ground) -> None:
    """A vanished village whose name two or more new ones of its township contain was perhaps divided."""
    for old in links.free_old():
        stem = village_key(old.name).stem
        heirs = tuple(
            new for new in links.free_new() if ground.township_of(old) == new.parent_code and stem in new.name
        )
        if len(heirs) > 1 and len(stem) > 1:
            values = {"old": old.name, "new": names(heirs)}
            verdict = Evidence(
                SuccessionKind.SPLIT,
                Certainty.TO_DECIDE,
                (Message(STEM_WITHIN, values),),
                Message(DIVIDE, values),
                heirs,
            )
            links.add(old, heirs, verdict)


def _by_last_left(links: Links, ground: _Ground) -> None:
    def keyed(township: DivisionCode | None, village: Division) -> Hashable:
        return township, village_key(village.name).name_class

    def judge(old: Division, new: Division) -> Evidence:
        township = ground.township_name(new.parent_code)
        reason = Message(LAST_LEFT, {"township": township, "old": old.name, "new": new.name})
        return _proposal(old, new, _kind_of_move(old, new, ground), reason)

    _pair(links, (lambda v: keyed(ground.township_of(v), v), lambda v: keyed(v.parent_code, v)), judge)


def _end_the_rest(links: Links, ground: _Ground) -> None:
    """What is left ended; the new villages of its township are the candidates, those without predecessor first."""
    free = {d.code for d in links.free_new()}
    for old in links.free_old():
        record = _record_of_ending(old, ground)
        township = ground.new_township(record.target.name) if record else ground.township_of(old)
        near = sorted((d for d in links.new.values() if d.parent_code == township), key=lambda d: d.code not in free)
        links.add(old, (), _ending(old, tuple(near), record, ground))


def _ending(old: Division, near: tuple[Division, ...], record: RecordedChange | None, ground: _Ground) -> Evidence:
    parts = tuple(_part_reason(part) for part in ground.parts if part.predecessor.code == old.code)
    reasons = parts or (Message(NO_SUCCESSOR, {"old": old.name}),)
    if record:
        reasons = (*parts, _as_recorded(old, record, ground), Message(GONE, {"old": old.name}))
    values = {"old": old.name, "candidates": names(near)}
    proposal = Message(CHOOSE, values) if near else Message(ABOLISH, values)
    kind = SuccessionKind.SPLIT if parts else SuccessionKind.ABOLISH
    return Evidence(kind, Certainty.TO_DECIDE, reasons, proposal, near, record.day if record else "")


def _record_of_ending(old: Division, ground: _Ground) -> RecordedChange | None:
    """Return the record that moves `old` itself, or its whole township, to a township of the new list."""
    before = ground.township_name(old.parent_code)
    for change in ground.changes:
        named = any(_names_move(place, old, before) for place in change.sources if not place.groups)
        if named and ground.new_township(change.target.name):
            return change
    return None


def _part_reason(part: PartMove) -> Message:
    values = {"parts": part.place.name + part.place.groups, "new": part.target.township + part.target.name}
    return Message(PARTS_LEFT, values)


def _date_by_township(links: Links, ground: _Ground) -> None:
    """What is not dated itself changed when its township did: no village stays in a township that is gone."""
    for code, link in links.found.items():
        day = ground.townships.day_of_move(code.at(Level.TOWNSHIP))
        if day and not link.evidence.day:
            links.found[code] = replace(link, evidence=replace(link.evidence, day=day))


STEPS = (
    _by_record,
    _by_name_in_township,
    _by_name_in_county,
    _by_stem_in_township,
    _by_code,
    _by_look,
    _by_division,
    _by_last_left,
    _end_the_rest,
    _date_by_township,
)
"""The evidence in order of weight; an earlier step's link stands."""
