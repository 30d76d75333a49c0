"""An account with given permissions, for tests of pages that do not test signing in."""

from flask import Flask, g

PLANNER = frozenset(
    {
        *("division.read", "street.read", "street.edit", "address.read", "map.read", "rule.read", "plan.read"),
        *("plan.draft", "plan.submit", "plan.approve", "plan.publish", "plan.undo", "entrance.edit", "job.read"),
    }
)


def hold(app: Flask, permissions: frozenset[str] = PLANNER) -> None:
    """Let every request of `app` hold `permissions`."""

    @app.before_request
    def _hold() -> None:
        g.permissions = permissions
