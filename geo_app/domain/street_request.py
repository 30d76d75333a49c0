"""What is asked of a street: one frozen value for all verbs, kept with the change as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import shapely

from geo_app.domain.message import Message, marked
from geo_app.domain.position import Position
from geo_app.domain.street_change import ChangeVerb, StreetPart
from geo_app.domain.street_change_refusals import ChangeLacksField

NAME = marked("a new name")
SECOND_NAME = marked("a name for either part")
OTHER = marked("the other street")
POINT = marked("a point on the street")
DIVISION = marked("the township or village")
LINE = marked("the new line")


@dataclass(frozen=True, slots=True)
class NewName:
    """A name with its roman spelling; an empty spelling is proposed by the rules."""

    text: str = ""
    pinyin: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What the public notice tells beside the name: where the street runs, who approves, on what ground."""

    location: str = ""
    approving_body: str = ""
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """A change as it is asked for, from `day` on.

    `name` is the street's name afterwards (of a split street: of its first part, `second_name` that of the other);
    `other_id` the street that becomes part of it; `at` where it is cut, in degrees; `part` and `division_code` what
    goes to which division; `line` an extension in degrees; `renumber` new numbers, as a plate reads, by address id.
    """

    verb: ChangeVerb
    street_id: int
    day: date
    name: NewName = NewName()
    second_name: NewName = NewName()
    other_id: int | None = None
    at: Position | None = None
    part: StreetPart = StreetPart.WHOLE
    division_code: str = ""
    line: shapely.LineString | None = None
    renumber: Mapping[str, str] = field(default_factory=dict)
    notice: Notice = Notice()

    def to_mapping(self) -> dict[str, Any]:
        """Return the request as JSON keeps it."""
        return {
            "verb": self.verb.value,
            "street_id": self.street_id,
            "day": self.day.isoformat(),
            "name": [self.name.text, self.name.pinyin],
            "second_name": [self.second_name.text, self.second_name.pinyin],
            "other_id": self.other_id,
            "at": [self.at.lon, self.at.lat] if self.at else None,
            "part": self.part.value,
            "division_code": self.division_code,
            "line": [list(point) for point in self.line.coords] if self.line else None,
            "renumber": dict(self.renumber),
            "notice": [self.notice.location, self.notice.approving_body, self.notice.legal_basis],
        }

    @classmethod
    def from_mapping(cls, kept: Mapping[str, Any]) -> "ChangeRequest":
        """Return the request that `to_mapping` wrote."""
        return cls(
            ChangeVerb(kept["verb"]),
            kept["street_id"],
            date.fromisoformat(kept["day"]),
            NewName(*kept["name"]),
            NewName(*kept["second_name"]),
            kept["other_id"],
            Position(*kept["at"]) if kept["at"] else None,
            StreetPart(kept["part"]),
            kept["division_code"],
            shapely.LineString(kept["line"]) if kept["line"] else None,
            kept["renumber"],
            Notice(*kept["notice"]),
        )


def require_complete(request: ChangeRequest) -> None:
    """Refuse a request that lacks what its verb needs. Raises ChangeLacksField."""
    for lacking, what in _NEEDS.get(request.verb, ()):
        if lacking(request):
            raise ChangeLacksField(field=Message(what))


def _in_parts(request: ChangeRequest) -> bool:
    return request.part is not StreetPart.WHOLE and request.at is None


_NEEDS = {
    ChangeVerb.RENAME: ((lambda r: not r.name.text, NAME),),
    ChangeVerb.CORRECT_NAME: ((lambda r: not r.name.text, NAME),),
    ChangeVerb.SPLIT: ((lambda r: r.at is None, POINT), (lambda r: not r.second_name.text, SECOND_NAME)),
    ChangeVerb.MERGE: ((lambda r: r.other_id is None, OTHER),),
    ChangeVerb.TRANSFER: ((lambda r: not r.division_code, DIVISION), (_in_parts, POINT)),
    ChangeVerb.EXTEND: ((lambda r: r.line is None, LINE),),
}
