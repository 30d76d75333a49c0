"""The main navigation: one table of entries, each shown to those who may use it."""

from dataclasses import dataclass

from flask import current_app, g, request, url_for

from geo_app.domain.message import marked


@dataclass(frozen=True, slots=True)
class Entry:
    """A place to go: its title (English pattern), endpoint, needed permission (none: everybody), and paths below it."""

    title: str
    endpoint: str
    permission: str | None = None
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as the template shows it."""

    title: str
    url: str
    current: bool


ENTRIES = (
    Entry(marked("Home"), "home.home"),
    Entry(marked("Planning board"), "board.picker", "plan.read", ("/board",)),
    Entry(marked("Streets"), "streets.streets", "street.read", ("/streets", "/street-changes")),
    Entry(marked("Village groups"), "village_groups.groups", "street.read", ("/village-groups",)),
    Entry(marked("Estates"), "estates.estates", "plan.read", ("/estates",)),
    Entry(marked("Plans"), "plans.plans", "plan.read", ("/plans",)),
    Entry(marked("Audit"), "audit.county", "audit.read", ("/audit",)),
    Entry(marked("Addresses"), "addresses.addresses", "address.read", ("/addresses",)),
    Entry(marked("Counter cases"), "cases.work_list", "case.read", ("/cases", "/case-settings")),
    Entry(marked("Divisions"), "divisions.divisions", "division.read", ("/divisions",)),
    Entry(marked("Import and export"), "imports.imports", "import.run", ("/imports",)),
    Entry(marked("Jobs"), "jobs.jobs", "job.read", ("/jobs",)),
    Entry(marked("Accounts"), "accounts.accounts", "account.read", ("/accounts",)),
    Entry(marked("Access policy"), "access_policy.access_policy", "policy.read", ("/access-policy",)),
    Entry(marked("Access log"), "access_log.access_log", "log.read", ("/access-log",)),
    Entry(marked("Manual"), "manual.index", None, ("/docs",)),
)
"""In the order of a working day; an entry whose page the application does not have is left out."""


PAGES_OF_STREETS = {"/board": "board.picker", "/audit": "audit.county", "/plans/compare": "plans.plans"}
"""Pages of one street that belong to another entry than the streets, by the end of their path."""


def permissions() -> frozenset[str]:
    """Return the permissions of the request's account, put into `g.permissions` by the gate; nobody has none."""
    held: frozenset[str] = g.get("permissions", frozenset())
    return held


def may(permission: str) -> bool:
    """Tell whether to show what needs `permission`; the route and the service decide, this only tidies the page."""
    return permission in permissions()


def navigation() -> list[Shown]:
    """Return the entries that the account may use, the one of this page marked."""
    return [
        Shown(entry.title, url_for(entry.endpoint), _current(entry))
        for entry in ENTRIES
        if entry.endpoint in current_app.view_functions and (entry.permission is None or may(entry.permission))
    ]


def _current(entry: Entry) -> bool:
    if not entry.below:
        return request.endpoint == entry.endpoint
    if request.path.startswith("/streets/"):
        own = next((endpoint for end, endpoint in PAGES_OF_STREETS.items() if request.path.endswith(end)), None)
        if own is not None:
            return entry.endpoint == own
    return any(request.path == path or request.path.startswith(f"{path}/") for path in entry.below)
