"""Is it alive, and can it work? For whoever watches the server."""

from apiflask import APIBlueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from geo_app.web.context import transaction
from geo_app.web.permission import public

bp = APIBlueprint("health", __name__, enable_openapi=False)


@bp.get("/live")
@public
def live() -> ResponseReturnValue:
    """The process answers."""
    return {"alive": True}


@bp.get("/ready")
@public
def ready() -> ResponseReturnValue:
    """The database answers as well."""
    with transaction() as register:
        register.session.execute(text("select 1"))
    return {"ready": True}
