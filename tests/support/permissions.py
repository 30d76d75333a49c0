"""An account with given permissions, for tests of pages that do not test signing in."""

from flask import Flask, g

from geo_app.web.gate import pass_gate

PLANNER = frozenset(
    {
        *("division.read", "street.read", "street.edit", "address.read", "map.read", "rule.read", "plan.read"),
        *("plan.draft", "plan.submit", "plan.approve", "plan.publish", "plan.undo", "entrance.edit", "job.read"),
    }
)


def hold(app: Flask, permissions: frozenset[str] = PLANNER) -> None:
    """Let every request of `app` hold `permissions`, past the gate."""
    app.before_request_funcs[None].remove(pass_gate)

    @app.before_request
    def _hold() -> None:
        g.permissions = permissions
