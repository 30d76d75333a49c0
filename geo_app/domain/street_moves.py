"""What a change of streets does to addresses: for each its old and its new street, number, division, text; and clashes.

One rule for renaming, splitting, merging and changes of division: a door gets an *aim* (street, name, number,
division), and what hangs under it follows. Nothing is lost: every address that stood on the streets is told once.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from geo_app.domain.address import Kind
from geo_app.domain.address_elements import HouseNumber
from geo_app.domain.address_text import match_key, number_text, style_like
from geo_app.domain.position import Position

NEW_STREET = 0
"""The street that a split is about to make; it has no id yet."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A living address of a street, or below a door of it: what the register says today.

    `top_id` is the address on the street that it hangs under, its own id for that; `above` the text of the divisions
    that its text begins with.
    """

    id: str
    top_id: str
    kind: Kind
    street_id: int
    street_name: str
    number: HouseNumber | None
    number_text: str
    text: str
    above: str
    division_id: int | None = None
    code: str | None = None
    entrance_id: int | None = None
    position: Position | None = None

    @property
    def local(self) -> str:
        """Return the text without the divisions above: what neighbours say."""
        return self.text.removeprefix(self.above)


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a door goes: street and its name, the number if it is another one, the division if it is another one."""

    street_id: int
    street_name: str
    number: HouseNumber | None = None
    division_id: int | None = None
    above: str | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """An address before and after."""

    before: Standing
    after: Standing

    @property
    def changed(self) -> bool:
        """Tell whether anything that a person reads or a map shows is another one."""
        return self.before != self.after

    @property
    def reads_otherwise(self) -> bool:
        """Tell whether the text is another one: then the old one becomes an alias, and a plate is needed."""
        return self.before.text != self.after.text


@dataclass(frozen=True, slots=True)
class Clash:
    """A number or a text that several addresses would have at once, by their ids."""

    text: str
    addresses: tuple[str, ...]


def move(standing: Sequence[Standing], aims: Mapping[str, Aim]) -> list[Moved]:
    """Return every address after the change, in the given order; `aims` by the door's id, doors without one stay."""
    tops = {one.id: Moved(one, _aimed(one, aims.get(one.id))) for one in standing if one.id == one.top_id}
    return [tops[one.id] if one.id in tops else Moved(one, _below(one, tops.get(one.top_id))) for one in standing]


def number_clashes(moved: Sequence[Moved]) -> list[Clash]:
    """Return the numbers that two doors of one street would have after the change."""
    doors: dict[tuple[int, HouseNumber], list[Standing]] = defaultdict(list)
    for one in moved:
        if one.after.kind is Kind.DOOR and one.after.number is not None:
            doors[one.after.street_id, one.after.number].append(one.after)
    return [
        Clash(held[0].street_name + held[0].number_text, tuple(door.id for door in held))
        for (_, _), held in sorted(doors.items())
        if len(held) > 1
    ]


def text_clashes(moved: Sequence[Moved], others: Mapping[str, str]) -> list[Clash]:
    """Return the texts that two addresses would have; `others` are match keys of addresses beyond → their ids."""
    texts: dict[str, list[Standing]] = defaultdict(list)
    for one in moved:
        texts[match_key(one.after.text)].append(one.after)
    return [
        Clash(held[0].text, (*(one.id for one in held), *([others[key]] if key in others else [])))
        for key, held in texts.items()
        if len(held) > 1 or key in others
    ]


def retell(text: str, old: tuple[str, str], new: tuple[str, str]) -> str:
    """Return a text with other divisions above and another street and number; `old`, `new` are (above, local).

    What stands behind the number (an estate, a building) stays. A text that does not name them is written anew.
    """
    at = text.find(old[1]) if old[1] else -1
    if at < 0:
        return new[0] + new[1]
    head = text[:at]
    return (new[0] + head.removeprefix(old[0]) if head.startswith(old[0]) else head) + new[1] + text[at + len(old[1]) :]


def _aimed(door: Standing, aim: Aim | None) -> Standing:
    if aim is None:
        return door
    written = door.number_text
    if aim.number is not None and aim.number != door.number:
        written = number_text(aim.number, style_like(door.number_text))
    above = door.above if aim.above is None else aim.above
    text = retell(door.text, (door.above, door.street_name + door.number_text), (above, aim.street_name + written))
    return replace(
        door,
        street_id=aim.street_id,
        street_name=aim.street_name,
        number=aim.number or door.number,
        number_text=written,
        text=text,
        above=above,
        division_id=door.division_id if aim.division_id is None else aim.division_id,
    )


def _below(one: Standing, top: Moved | None) -> Standing:
    """Return what hangs under a door after the door has moved: its text goes on from the door's."""
    if top is None or not top.changed:
        return one
    before, after = top.before, top.after
    if one.text.startswith(before.text):
        text = after.text + one.text[len(before.text) :]
    else:
        old, new = (
            (before.above, before.street_name + before.number_text),
            (after.above, after.street_name + after.number_text),
        )
        text = retell(one.text, old, new)
    return replace(
        one,
        street_id=after.street_id,
        street_name=after.street_name,
        number=after.number if one.number == before.number else one.number,
        number_text=after.number_text if one.number_text == before.number_text else one.number_text,
        text=text,
        above=after.above,
        division_id=after.division_id if one.division_id == before.division_id else one.division_id,
    )
