"""Roles 角色, permissions 权限 and the table between them: who may do what, and how far from home."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from geo_app.domain.message import Message, marked


class Role(StrEnum):
    """What a person is here for; an account may hold several, each with an area and dates."""

    PLANNER = "planner"
    REVIEWER = "reviewer"
    DEVELOPER = "developer"
    MAKER = "maker"
    FITTER = "fitter"
    TOWNSHIP = "township"
    VILLAGE = "village"
    GRID_MEMBER = "grid_member"
    POLICE = "police"
    BUREAU = "bureau"
    SUPERVISOR = "supervisor"
    ACCOUNT_ADMIN = "account_admin"
    POLICY_ADMIN = "policy_admin"
    AUDITOR = "auditor"

    @property
    def word(self) -> Message:
        """Return the role's name for a reader."""
        return Message(_ROLE_WORDS[self])


class Permission(StrEnum):
    """One thing an account may be allowed to do; routes and commands declare theirs."""

    DIVISION_READ = "division.read"
    DIVISION_EDIT = "division.edit"
    STREET_READ = "street.read"
    STREET_EDIT = "street.edit"
    STREET_APPROVE = "street.approve"
    ENTRANCE_EDIT = "entrance.edit"
    RULE_READ = "rule.read"
    RULE_EDIT = "rule.edit"
    PLAN_READ = "plan.read"
    PLAN_DRAFT = "plan.draft"
    PLAN_SUBMIT = "plan.submit"
    PLAN_APPROVE = "plan.approve"
    PLAN_PUBLISH = "plan.publish"
    PLAN_UNDO = "plan.undo"
    ADDRESS_READ = "address.read"
    ADDRESS_PROPOSE = "address.propose"
    ADDRESS_APPROVE = "address.approve"
    ADDRESS_CHANGE = "address.change"
    ADDRESS_CORRECT = "address.correct"
    ADDRESS_LOCK = "address.lock"
    ALIAS_EDIT = "alias.edit"
    MAP_READ = "map.read"
    STATISTICS_READ = "statistics.read"
    CASE_READ = "case.read"
    CASE_OPEN = "case.open"
    CASE_DECIDE = "case.decide"
    CASE_SETTINGS = "case.settings"
    AUDIT_READ = "audit.read"
    AUDIT_RUN = "audit.run"
    AUDIT_ACCEPT = "audit.accept"
    IMPORT_RUN = "import.run"
    IMPORT_UNDO = "import.undo"
    EXPORT_RUN = "export.run"
    MATCH_RUN = "match.run"
    MATCH_READ = "match.read"
    JOB_READ = "job.read"
    JOB_CANCEL = "job.cancel"
    TOKEN_OWN = "token.own"  # noqa: S105 - the name of a permission
    TOKEN_MANAGE = "token.manage"  # noqa: S105 - the name of a permission
    ACCOUNT_READ = "account.read"
    ACCOUNT_MANAGE = "account.manage"
    POLICY_READ = "policy.read"
    POLICY_MANAGE = "policy.manage"
    LOG_READ = "log.read"

    @property
    def word(self) -> Message:
        """Return the permission for a reader."""
        return Message(_PERMISSION_WORDS[self])


class Reach(StrEnum):
    """How far from the granted area a permission goes."""

    WITHIN = "within"
    NEIGHBOUR = "neighbour"
    ANYWHERE = "anywhere"


POWERS = frozenset({Role.ACCOUNT_ADMIN, Role.POLICY_ADMIN, Role.AUDITOR})
"""The three powers: accounts, policy, logs. No account combines two of them."""

TABLE_VERSION = 4
"""Raised whenever `PERMISSIONS` changes; decisions are recorded with it."""

_ROLE_WORDS: Mapping[Role, str] = {
    Role.PLANNER: marked("planner"),
    Role.REVIEWER: marked("reviewer"),
    Role.DEVELOPER: marked("developer"),
    Role.MAKER: marked("plate maker"),
    Role.FITTER: marked("plate fitter"),
    Role.TOWNSHIP: marked("township staff"),
    Role.VILLAGE: marked("village staff"),
    Role.GRID_MEMBER: marked("grid member"),
    Role.POLICE: marked("police"),
    Role.BUREAU: marked("bureau"),
    Role.SUPERVISOR: marked("supervisor"),
    Role.ACCOUNT_ADMIN: marked("account administrator"),
    Role.POLICY_ADMIN: marked("policy administrator"),
    Role.AUDITOR: marked("auditor"),
}

_PERMISSION_WORDS: Mapping[Permission, str] = {
    Permission.DIVISION_READ: marked("see divisions"),
    Permission.DIVISION_EDIT: marked("edit divisions"),
    Permission.STREET_READ: marked("see streets"),
    Permission.STREET_EDIT: marked("edit streets"),
    Permission.STREET_APPROVE: marked("approve street names"),
    Permission.ENTRANCE_EDIT: marked("edit doors on the map"),
    Permission.RULE_READ: marked("see numbering rules"),
    Permission.RULE_EDIT: marked("edit numbering rules"),
    Permission.PLAN_READ: marked("see numbering plans"),
    Permission.PLAN_DRAFT: marked("draft numbering plans"),
    Permission.PLAN_SUBMIT: marked("submit numbering plans"),
    Permission.PLAN_APPROVE: marked("approve numbering plans"),
    Permission.PLAN_PUBLISH: marked("publish numbering plans"),
    Permission.PLAN_UNDO: marked("undo numbering plans"),
    Permission.ADDRESS_READ: marked("see addresses"),
    Permission.ADDRESS_PROPOSE: marked("propose addresses"),
    Permission.ADDRESS_APPROVE: marked("approve addresses"),
    Permission.ADDRESS_CHANGE: marked("change addresses"),
    Permission.ADDRESS_CORRECT: marked("correct addresses"),
    Permission.ADDRESS_LOCK: marked("lock addresses"),
    Permission.ALIAS_EDIT: marked("edit aliases"),
    Permission.MAP_READ: marked("see the map"),
    Permission.STATISTICS_READ: marked("see statistics"),
    Permission.CASE_READ: marked("see counter cases"),
    Permission.CASE_OPEN: marked("work on counter cases"),
    Permission.CASE_DECIDE: marked("decide counter cases"),
    Permission.CASE_SETTINGS: marked("set papers and time limits of counter cases"),
    Permission.AUDIT_READ: marked("see audits of house numbers"),
    Permission.AUDIT_RUN: marked("audit house numbers"),
    Permission.AUDIT_ACCEPT: marked("accept findings as exceptions"),
    Permission.IMPORT_RUN: marked("import files"),
    Permission.IMPORT_UNDO: marked("undo imports"),
    Permission.EXPORT_RUN: marked("export files"),
    Permission.MATCH_RUN: marked("match files of addresses"),
    Permission.MATCH_READ: marked("see doubtful texts and the quality of matching"),
    Permission.JOB_READ: marked("see background jobs"),
    Permission.JOB_CANCEL: marked("cancel background jobs"),
    Permission.TOKEN_OWN: marked("use own access tokens"),
    Permission.TOKEN_MANAGE: marked("manage access tokens"),
    Permission.ACCOUNT_READ: marked("see accounts"),
    Permission.ACCOUNT_MANAGE: marked("manage accounts"),
    Permission.POLICY_READ: marked("see policy"),
    Permission.POLICY_MANAGE: marked("manage policy"),
    Permission.LOG_READ: marked("see the access log"),
}

_PUBLIC_FACTS = dict.fromkeys(
    (Permission.DIVISION_READ, Permission.STREET_READ, Permission.ADDRESS_READ, Permission.MAP_READ), Reach.ANYWHERE
)
_OFFICE = _PUBLIC_FACTS | {
    Permission.RULE_READ: Reach.ANYWHERE,
    Permission.STATISTICS_READ: Reach.NEIGHBOUR,
    Permission.PLAN_READ: Reach.ANYWHERE,
    Permission.CASE_READ: Reach.WITHIN,
    Permission.EXPORT_RUN: Reach.WITHIN,
    Permission.MATCH_RUN: Reach.ANYWHERE,
    Permission.MATCH_READ: Reach.ANYWHERE,
    Permission.JOB_READ: Reach.WITHIN,
    Permission.JOB_CANCEL: Reach.WITHIN,
    Permission.TOKEN_OWN: Reach.WITHIN,
}


def _within(*permissions: Permission) -> dict[Permission, Reach]:
    return dict.fromkeys(permissions, Reach.WITHIN)


_TABLE: Mapping[Role, Mapping[Permission, Reach]] = {
    Role.PLANNER: _OFFICE
    | _within(
        *(Permission.DIVISION_EDIT, Permission.STREET_EDIT, Permission.ENTRANCE_EDIT, Permission.RULE_EDIT),
        *(Permission.PLAN_DRAFT, Permission.PLAN_SUBMIT, Permission.PLAN_APPROVE, Permission.PLAN_PUBLISH),
        *(Permission.PLAN_UNDO, Permission.ADDRESS_PROPOSE, Permission.ADDRESS_APPROVE, Permission.ADDRESS_CHANGE),
        *(Permission.ADDRESS_CORRECT, Permission.ADDRESS_LOCK, Permission.ALIAS_EDIT, Permission.IMPORT_RUN),
        *(Permission.IMPORT_UNDO, Permission.CASE_OPEN),
        *(Permission.AUDIT_READ, Permission.AUDIT_RUN, Permission.AUDIT_ACCEPT),
    ),
    Role.REVIEWER: _OFFICE
    | _within(
        *(Permission.STREET_APPROVE, Permission.PLAN_APPROVE, Permission.PLAN_PUBLISH, Permission.ADDRESS_APPROVE),
        *(Permission.ADDRESS_LOCK, Permission.CASE_DECIDE, Permission.CASE_SETTINGS),
        *(Permission.AUDIT_READ, Permission.AUDIT_RUN, Permission.AUDIT_ACCEPT),
    ),
    Role.DEVELOPER: _PUBLIC_FACTS,
    Role.MAKER: _PUBLIC_FACTS,
    Role.FITTER: _PUBLIC_FACTS,
    Role.TOWNSHIP: _OFFICE
    | _within(Permission.ENTRANCE_EDIT, Permission.ADDRESS_PROPOSE, Permission.ALIAS_EDIT, Permission.CASE_OPEN)
    | _within(Permission.AUDIT_READ),
    Role.VILLAGE: _PUBLIC_FACTS
    | {Permission.MATCH_READ: Reach.ANYWHERE}
    | _within(Permission.STATISTICS_READ, Permission.ALIAS_EDIT, Permission.AUDIT_READ),
    Role.GRID_MEMBER: _PUBLIC_FACTS | _within(Permission.STATISTICS_READ, Permission.TOKEN_OWN),
    Role.POLICE: _OFFICE | _within(Permission.ADDRESS_LOCK),
    Role.BUREAU: _PUBLIC_FACTS
    | {Permission.MATCH_RUN: Reach.ANYWHERE}
    | _within(Permission.STATISTICS_READ, Permission.TOKEN_OWN, Permission.JOB_READ, Permission.JOB_CANCEL),
    Role.SUPERVISOR: _OFFICE | _within(Permission.STATISTICS_READ, Permission.AUDIT_READ),
    Role.ACCOUNT_ADMIN: _within(Permission.ACCOUNT_READ, Permission.ACCOUNT_MANAGE, Permission.TOKEN_MANAGE),
    Role.POLICY_ADMIN: {Permission.RULE_READ: Reach.ANYWHERE}
    | _within(Permission.POLICY_READ, Permission.POLICY_MANAGE, Permission.JOB_READ, Permission.JOB_CANCEL),
    Role.AUDITOR: _within(Permission.LOG_READ, Permission.ACCOUNT_READ, Permission.POLICY_READ),
}

PERMISSIONS: Mapping[Role, Mapping[Permission, Reach]] = MappingProxyType(
    {role: MappingProxyType(dict(granted)) for role, granted in _TABLE.items()}
)
"""Role → permission → reach; later issues add rows, and raise `TABLE_VERSION`."""
