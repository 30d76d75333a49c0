"""The table of old and new numbers of a plan, before and after it is published, and the notices that come of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo_app.domain.address_text import TextStyle, number_text
from geo_app.domain.adoption_mapping import Fate, Held, MappedDoor, fate_of
from geo_app.domain.numbering_plan import PlanStatus
from geo_app.domain.planned_door import PlannedDoor
from geo_app.persistence.entrances import house_number
from geo_app.persistence.plans import PlanRecord
from geo_app.persistence.queries.plan_mapping import FormerDoor, former_doors
from geo_app.persistence.register import Register
from geo_app.services.numbering_addresses import (
    Chains,
    StreetHasNoTownship,
    alias_source,
    chains_of,
    style_of_plan,
    text_at,
)
from geo_app.services.numbering_places import PlanPlace, in_walking_order, name_of, place_of


@dataclass(frozen=True, slots=True)
class NumberMapping:
    """A plan and what becomes of each of its doors, as one walks."""

    plan: PlanRecord
    doors: tuple[MappedDoor, ...]

    @property
    def notices(self) -> tuple[MappedDoor, ...]:
        """Return the doors whose people get a notice: those with a new or another number."""
        return tuple(door for door in self.doors if door.fate.is_told)

    def count(self, fate: Fate) -> int:
        """Return how many doors share a fate."""
        return sum(door.fate is fate for door in self.doors)


def number_mapping(register: Register, plan_id: int) -> NumberMapping:
    """Return the table of old and new numbers of a plan. Raises NotFound."""
    plan = register.plans.get(plan_id)
    place = place_of(register, plan.life)
    doors = in_walking_order(place, register.plans.doors(plan_id))
    former = former_doors(register.session, plan_id, alias_source(plan_id))
    chains = _chains(register, place, doors)
    about = (plan, place, chains)
    return NumberMapping(plan, tuple(_mapped(about, planned, former[planned.door.entrance_id]) for planned in doors))


def _chains(register: Register, place: PlanPlace, doors: Sequence[PlannedDoor]) -> Chains:
    """Return the divisions of each door, none where the street's township is not known yet."""
    try:
        return chains_of(register, place, [door for door in doors if door.number])
    except StreetHasNoTownship:
        return {}


def _mapped(about: tuple[PlanRecord, PlanPlace, Chains], planned: PlannedDoor, former: FormerDoor) -> MappedDoor:
    plan, place, chains = about
    published, style = plan.life.status is PlanStatus.PUBLISHED, style_of_plan(plan)
    before = house_number(**former.before) if former.before else None
    held = Held(before if published else planned.door.number, planned.door.wall_number or "")
    fate, entrance = fate_of(held, planned.number), planned.door.entrance_id
    new_text = ""
    if planned.number and entrance in chains:
        new_text = text_at(place, planned.number, chains[entrance], style)
    return MappedDoor(
        entrance_id=entrance,
        fate=fate,
        old=held.text(style),
        new=number_text(planned.number, style) if planned.number else "",
        old_text=_old_text(former, fate, published=published) or _on_wall(place, held, fate, style),
        new_text=new_text,
        address_id=former.address_id or None,
        side=planned.side,
        metres=planned.metres,
        below=former.below,
        valid_from=former.since if published and planned.number else None,
        reason=planned.reason,
    )


def _old_text(former: FormerDoor, fate: Fate, *, published: bool) -> str:
    if published and fate is Fate.RENUMBERED:
        return former.old_text
    return "" if fate in {Fate.NEW, Fate.REGISTERED} or former.since is None else former.text


def _on_wall(place: PlanPlace, held: Held, fate: Fate, style: TextStyle) -> str:
    """Return what people called a door that had no address but a number on its wall, if it changes."""
    return name_of(place) + held.text(style) if fate is Fate.RENUMBERED and held.number is None else ""
