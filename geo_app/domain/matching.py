"""The answer to a text: the address, a grade, the reasons in words; nothing rather than something wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo_app.domain.matching_asked import INNER, Asked, Way
from geo_app.domain.matching_candidate import Candidate, ends_alike
from geo_app.domain.matching_grade import DOUBTFUL, Grade, Penalty
from geo_app.domain.message import Message, marked

MOST_CANDIDATES = 5
ENOUGH_EVIDENCE = 2
"""What has to speak for a misspelt road before the answer counts as sure; measured, see reference/search.md."""

SEVERAL = marked("{count} addresses fit as well as each other")
MORE = marked("{count} more candidates are not listed")
LITTLE_EVIDENCE = marked("little else speaks for {known}")
TIME_UP = marked("the time for a search was up; not all was looked at")
ROOM_UNKNOWN = marked("the register has no {rest} in this building")
DOOR_UNKNOWN = marked("the register has rooms at this number, but not the one asked for")


@dataclass(frozen=True, slots=True)
class Answer:
    """What matching says of one text: best candidate (None: not found), grade, reasons, what is left over."""

    best: Candidate | None
    grade: Grade
    reasons: tuple[Message, ...]
    rest: str
    candidates: tuple[Candidate, ...] = ()

    @property
    def score(self) -> int:
        """Return how near the best candidate is to the text, 0 to 100."""
        return self.best.score if self.best else 0


@dataclass(frozen=True, slots=True)
class Inside:
    """What the register knows inside a door or on a street where the question found no row of its own.

    `rooms`: rows inside the door asked for, at most a handful, with their whole number in `more`.
    """

    rooms: tuple[Candidate, ...] = ()
    count: int = 0


def ranked(found: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates best first, each address once."""
    best: dict[str, Candidate] = {}
    for one in found:
        known = best.get(one.row.id)
        if known is None or one.points < known.points:
            best[one.row.id] = one
    return sorted(best.values(), key=lambda one: (one.points, one.row.text, one.row.id))


def answered(asked: Asked, found: Sequence[Candidate], inside: Inside | None) -> Answer:
    """Return the answer for candidates that were found; `inside` is known where a floor or room was over.

    The right room comes before the right building: whoever has the room has fewer points to lose.
    """
    order = ranked(found)
    rivals = _rivals(asked, order)
    best = rivals[0]
    reasons = [one.message for one in best.differences]
    rest = _rest(asked, best)
    if len(rivals) > 1:
        return Answer(best, Grade.DOUBTFUL, (*_several(len(rivals)), *reasons), rest, tuple(rivals[:MOST_CANDIDATES]))
    listed = tuple(order[:MOST_CANDIDATES])
    if best.missing and inside is not None and inside.count:
        told = Message(ROOM_UNKNOWN, {"rest": asked.text_of(best.missing)})
        kept = [one.message for one in best.differences if one.penalty is not Penalty.INNER_OVER]
        return Answer(best, Grade.DOUBTFUL, (told, *kept), rest, listed)
    doubt = _doubt(best)
    if doubt or any(one.penalty in DOUBTFUL for one in best.differences):
        return Answer(best, Grade.DOUBTFUL, (*reasons, *doubt), rest, listed)
    if not best.points:
        return Answer(best, Grade.EXACT, (), rest, (best,))
    return Answer(best, Grade.SURE, tuple(reasons), rest, listed)


def rooms_only(asked: Asked, inside: Inside) -> Answer:
    """Return the answer for a door that has no row of its own, only rooms in it."""
    listed = tuple(inside.rooms[:MOST_CANDIDATES])
    more = inside.count - len(listed)
    told = [Message(ROOM_UNKNOWN, {"rest": asked.text_of(INNER)}) if asked.inner else Message(DOOR_UNKNOWN)]
    told += [Message(MORE, {"count": more})] if more > 0 else []
    return Answer(listed[0] if listed else None, Grade.DOUBTFUL, tuple(told), asked.parsed.rest, listed)


def nothing(asked: Asked, *reasons: Message) -> Answer:
    """Return the answer for a text that fits no address, with what explains it."""
    return Answer(None, Grade.NONE, reasons, asked.parsed.rest)


def with_reason(answer: Answer, reason: Message) -> Answer:
    """Return an answer with one more reason."""
    return replace(answer, reasons=(*answer.reasons, reason))


def _rivals(asked: Asked, order: list[Candidate]) -> list[Candidate]:
    """Return the best candidate and those as good; of several those that are written as the text is, if any are."""
    rivals = [one for one in order if one.points == order[0].points]
    if len(rivals) == 1:
        return rivals
    return [one for one in rivals if ends_alike(asked, one.row)] or rivals


def _several(count: int) -> list[Message]:
    told = [Message(SEVERAL, {"count": count})]
    return told + ([Message(MORE, {"count": count - MOST_CANDIDATES})] if count > MOST_CANDIDATES else [])


def _doubt(best: Candidate) -> tuple[Message, ...]:
    if best.fit.way is not Way.NEAR or best.evidence >= ENOUGH_EVIDENCE:
        return ()
    return (Message(LITTLE_EVIDENCE, {"known": best.row.street}),)


def _rest(asked: Asked, best: Candidate) -> str:
    rest = asked.parsed.rest
    return f"{asked.text_of(best.missing)} {rest}".strip() if best.missing else rest
