"""Village groups over the API: entered, given mouth and houses, numbered."""

from typing import Any

from apiflask import APIBlueprint
from flask.typing import ResponseReturnValue

from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message
from geo_app.domain.position import Position
from geo_app.persistence.queries.listing import Listing
from geo_app.persistence.queries.village_group_list import GroupListing, group_listing, group_page
from geo_app.persistence.register import Register
from geo_app.persistence.village_groups import GROUP
from geo_app.services import village_groups
from geo_app.services.village_groups import GroupEntry
from geo_app.web.api import IF_MATCH, READING, STEPPING, WRITING, decided, expected_version, page_of, tagged
from geo_app.web.context import transaction
from geo_app.web.numbering_api import plan_answer, plan_request
from geo_app.web.numbering_models import Numbering, PlanAsked, PlanShown, PreviewShown
from geo_app.web.numbering_shown import shown_content
from geo_app.web.permission import needs
from geo_app.web.streets_api import entrance_answer
from geo_app.web.streets_models import EntranceShown
from geo_app.web.village_groups_models import (
    GroupEntered,
    GroupPage,
    GroupsAsked,
    GroupShown,
    HouseAdded,
    HousesTaken,
    MouthSet,
    coordinate,
    group_item,
    shown_lanes,
)

bp = APIBlueprint("village_groups_api", __name__, url_prefix="/api/v1", tag="Village groups")


@bp.get("/village-groups")
@needs("street.read")
@bp.input(GroupsAsked, location="query", arg_name="asked")
@bp.output(GroupPage)
@bp.doc(summary="List village groups by village", responses=READING)
def list_groups(asked: GroupsAsked) -> ResponseReturnValue:
    """Answer one page of the groups."""
    wanted = {"name": asked.name.strip(), "division": asked.division, "state": asked.state}
    filters = {name: value for name, value in wanted.items() if value}
    with transaction() as register:
        page = group_page(register.session, Listing(asked.page, asked.size, sort="division", filters=filters))
    return page_of(page, [group_item(group) for group in page.items])


@bp.get("/village-groups/<int:group_id>")
@needs("street.read")
@bp.output(GroupShown)
@bp.doc(summary="Show a village group with its lanes", responses=READING)
def show_group(group_id: int) -> ResponseReturnValue:
    """Answer a group."""
    with transaction() as register:
        return _group(register, group_id, 200)


@bp.post("/village-groups")
@needs("street.edit")
@bp.input(GroupEntered, arg_name="body")
@bp.output(GroupShown, status_code=201)
@bp.doc(summary="Enter a group of a village", responses=WRITING)
def enter_group(body: GroupEntered) -> ResponseReturnValue:
    """Write a group."""
    mouth = Position(*body.mouth) if body.mouth else None
    with transaction() as register:
        entered = village_groups.enter_group(register, GroupEntry(body.name, body.village_code, mouth), decided())
        return _group(register, entered, 201)


@bp.patch("/village-groups/<int:group_id>")
@needs("entrance.edit")
@bp.input(MouthSet, arg_name="body")
@bp.output(GroupShown)
@bp.doc(summary="Set the mouth of a village group", responses=STEPPING, extensions=IF_MATCH)
def set_mouth(group_id: int, body: MouthSet) -> ResponseReturnValue:
    """Write where one comes in to the lanes."""
    decision = decided(version=expected_version())
    with transaction() as register:
        village_groups.set_mouth(register, group_id, Position(body.lon, body.lat), decision)
        return _group(register, group_id, 200)


@bp.delete("/village-groups/<int:group_id>")
@needs("street.edit")
@bp.output({}, status_code=204)
@bp.doc(summary="End a village group without houses", responses=STEPPING, extensions=IF_MATCH)
def remove_group(group_id: int) -> ResponseReturnValue:
    """End the group."""
    decision = decided(version=expected_version())
    with transaction() as register:
        village_groups.remove_group(register, group_id, decision)
    return "", 204


@bp.post("/village-groups/<int:group_id>/houses")
@needs("entrance.edit")
@bp.input(HouseAdded, arg_name="body")
@bp.output(EntranceShown, status_code=201)
@bp.doc(summary="Add a house to a village group", responses=WRITING)
def add_house(group_id: int, body: HouseAdded) -> ResponseReturnValue:
    """Write a house."""
    with transaction() as register:
        added = village_groups.add_house(register, group_id, Position(body.lon, body.lat), decided())
        return entrance_answer(register, added, 201)


@bp.post("/village-groups/<int:group_id>/houses-around")
@needs("entrance.edit")
@bp.output(HousesTaken)
@bp.doc(summary="Take in the houses around that are numbered nowhere", responses=WRITING)
def take_in_houses(group_id: int) -> ResponseReturnValue:
    """Let houses that belong nowhere belong to the group."""
    with transaction() as register:
        return {"taken_in": village_groups.take_in_houses(register, group_id, decided())}


@bp.delete("/village-groups/<int:group_id>/houses/<int:entrance_id>")
@needs("entrance.edit")
@bp.output({}, status_code=204)
@bp.doc(summary="Release a house without a number from a group", responses=STEPPING, extensions=IF_MATCH)
def release_house(group_id: int, entrance_id: int) -> ResponseReturnValue:
    """Let a house no longer belong to the group."""
    decision = decided(version=expected_version())
    with transaction() as register:
        village_groups.release_house(register, group_id, entrance_id, decision)
    return "", 204


@bp.post("/village-groups/<int:group_id>/preview")
@needs("plan.read")
@bp.input(Numbering, arg_name="body")
@bp.output(PreviewShown)
@bp.doc(summary="Compute the numbers of a village group", description="Nothing is written.", responses=WRITING)
def preview(group_id: int, body: Numbering) -> ResponseReturnValue:
    """Answer the numbers that a rule would give."""
    with transaction() as register:
        view = village_groups.preview(register, group_id, plan_request(body))
        return shown_content(_listing(register, group_id), view.content)


@bp.post("/village-groups/<int:group_id>/plans")
@needs("plan.draft")
@bp.input(PlanAsked, arg_name="body")
@bp.output(PlanShown, status_code=201)
@bp.doc(summary="Draft a plan for a village group", responses=WRITING)
def draft_plan(group_id: int, body: PlanAsked) -> ResponseReturnValue:
    """Write the numbers that a rule gives as a draft."""
    with transaction() as register:
        request = plan_request(body, body.title)
        return plan_answer(register, village_groups.draft_plan(register, group_id, request, decided()), 201)


def _group(register: Register, group_id: int, status: int) -> ResponseReturnValue:
    listed = _listing(register, group_id)
    shown: dict[str, Any] = group_item(listed)
    shown["lanes"] = shown_lanes(register.village_groups.lanes(group_id))
    shown["suggested_mouth"] = coordinate(register.village_groups.suggested_mouth(group_id))
    shown["houses_around"] = len(register.village_groups.houses_around(register.village_groups.get(group_id)))
    return shown, status, tagged(listed.version)


def _listing(register: Register, group_id: int) -> GroupListing:
    found = group_listing(register.session, group_id)
    if found is None:
        raise NotFound(what=Message(GROUP), key=group_id)
    return found
