"""One's own account over the API: who a token belongs to, and what it may do today."""

from apiflask import APIBlueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from geo_app.domain.access import holds
from geo_app.domain.access_roles import Permission
from geo_app.web.api import READING, iso
from geo_app.web.context import signed_in_identity, today
from geo_app.web.permission import signed_in

bp = APIBlueprint("my_account_api", __name__, url_prefix="/api/v1", tag="Account")


class GrantShown(BaseModel):
    """A role in an area, from a day to a day that is not included."""

    role: str
    area: str = Field(description="Code of a division; empty: the whole register.")
    valid_from: str
    valid_to: str | None


class AccountShown(BaseModel):
    """An account, and what it may do today."""

    name: str
    display_name: str
    grants: list[GrantShown]
    may: list[str] = Field(description="Permissions; where each reaches is said in the manual's page on access.")


@bp.get("/account")
@signed_in
@bp.output(AccountShown)
@bp.doc(summary="Show one's own account", responses=READING)
def show_account() -> ResponseReturnValue:
    """Tell a program who it is and what it may do today."""
    found = signed_in_identity()
    grants = [
        {"role": one.role, "area": one.area_code, "valid_from": iso(one.valid_from), "valid_to": iso(one.valid_to)}
        for one in found.actor.grants
    ]
    may = sorted(permission for permission in Permission if holds(found.actor, permission, today()))
    return {"name": found.account.name, "display_name": found.account.display_name, "grants": grants, "may": may}
