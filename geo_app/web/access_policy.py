"""The policy administrator's page: the office's own numbers for access."""

from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from geo_app.domain.access_policy import SECOND_FACTOR_ROLES, SETTINGS
from geo_app.domain.access_roles import Role
from geo_app.domain.errors import UnreadableInput
from geo_app.domain.message import Message, marked
from geo_app.services import access_policy as service
from geo_app.web.context import actor, moment, transaction
from geo_app.web.notices import tell
from geo_app.web.permission import needs

bp = APIBlueprint("access_policy", __name__, enable_openapi=False)


@bp.get("/access-policy")
@needs("policy.read")
def access_policy() -> ResponseReturnValue:
    """Show every setting with its bounds and what it is now."""
    with transaction() as register:
        made, policy = register.policy.all(), register.policy.in_force()
    rows = [(setting, *made.get(setting.name, (setting.default, 0))) for setting in SETTINGS]
    _, version = made.get(SECOND_FACTOR_ROLES, (None, 0))
    return render_template(
        "accounts/policy.html", rows=rows, roles=list(Role), chosen=policy.second_factor.roles, version=version
    )


@bp.post("/access-policy/<name>")
@needs("policy.manage")
def set_policy(name: str) -> ResponseReturnValue:
    """Set one number, or the roles that need a second factor."""
    by = actor(request.form.get("reason", ""))
    version = _number("version")
    with transaction() as register:
        if name == SECOND_FACTOR_ROLES:
            chosen = [Role(role) for role in request.form.getlist("role") if role in set(Role)]
            service.set_second_factor_roles(register, by, chosen, version, moment())
        else:
            service.set_number(register, by, (name, _number("value")), version, moment())
    tell(Message(marked("The setting is kept; it counts from the next click.")), "ok")
    return redirect(url_for("access_policy.access_policy"))


def _number(field: str) -> int:
    text = request.form.get(field, "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise UnreadableInput(name=Message(marked("number")), problem=text)
    return int(text)
