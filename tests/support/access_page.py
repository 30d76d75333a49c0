"""Write the page of roles and permissions: `python -m tests.support.access_page`."""

from pathlib import Path

import geo_app.domain
from geo_app.domain.access_policy import SETTINGS
from geo_app.domain.access_roles import PERMISSIONS, TABLE_VERSION, Permission, Reach, Role
from geo_app.exchange.language import translations

PAGE = Path(geo_app.domain.__file__).parent.parent / "docs" / "reference" / "access.md"

GENERATED = "## Policy\n"
"""From this heading on the page is made from the code; what stands before it is written by hand."""


def written():
    """Return the part of the page that a person wrote."""
    return PAGE.read_text(encoding="utf-8").partition(GENERATED)[0]


def page():
    """Return the page as Markdown."""
    return f"{written()}{settings()}\n\n{table()}\n"


def settings():
    lines = [GENERATED, "| setting | meaning | from | to | default |", "| --- | --- | --- | --- | --- |"]
    lines += [f"| `{s.name}` | {s.meaning} | {s.lowest} | {s.highest} | {s.default} |" for s in SETTINGS]
    return "\n".join([*lines, "| `second_factor_roles` | roles that need a second factor | | | the three powers |"])


def table():
    chinese = translations("zh")
    lines = [f"## Roles and permissions (table version {TABLE_VERSION})", ""]
    lines += ["| permission | " + " | ".join(chinese.gettext(role.word.pattern) for role in Role) + " |"]
    lines += ["| --- " * (len(Role) + 1) + "|"]
    lines += [
        f"| `{permission.value}` | " + " | ".join(_reach(role, permission) for role in Role) + " |"
        for permission in Permission
    ]
    return "\n".join(lines)


def _reach(role, permission):
    reach = PERMISSIONS[role].get(permission)
    return {None: "", Reach.WITHIN: "W", Reach.NEIGHBOUR: "N", Reach.ANYWHERE: "A"}[reach]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
