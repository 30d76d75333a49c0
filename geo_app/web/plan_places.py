"""Where the place of a plan is shown: the board of its street, or of its village group."""

from flask import url_for

from geo_app.domain.address import PlaceKind
from geo_app.domain.numbering_plan import PlanLife


def board_of(life: PlanLife) -> str:
    """Return the address of the board that shows a plan of a street or a village group."""
    if life.place_kind is PlaceKind.VILLAGE_GROUP:
        return url_for("village_groups.board", group_id=life.place_id, plan=life.plan_id)
    return url_for("board.board", street_id=life.place_id, plan=life.plan_id)
