"""Accounts of the demonstration: one for each role, with names nobody bears and one password that is printed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from geo_app.domain.access import EVERYWHERE, Grant
from geo_app.domain.access_account import Moment
from geo_app.domain.access_policy import SECOND_FACTOR_ROLES
from geo_app.domain.access_roles import Role
from geo_app.domain.errors import NotFound
from geo_app.exchange.password_hash import hash_password
from geo_app.persistence.register import Register
from geo_app.services.accounts import local_operator

DEMO_PASSWORD = "Yanshi-Menpai-2017"  # noqa: S105  printed for everybody; only made-up accounts have it

BEGUN = timedelta(days=120)
"""So long before the demonstration is loaded its people began to work: earlier months have plans and audits."""

TOWNSHIP_DIGITS = 9
VILLAGE_DIGITS = 12


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account of the demonstration, as it is printed."""

    name: str
    display_name: str
    role: Role
    area_code: str
    password: str = DEMO_PASSWORD


_CAST = (
    ("planner1", "规划员甲（演示）", Role.PLANNER),
    ("planner2", "规划员乙（演示）", Role.PLANNER),
    ("reviewer1", "审核员甲（演示）", Role.REVIEWER),
    ("developer1", "开发商甲（演示）", Role.DEVELOPER),
    ("maker1", "制牌厂甲（演示）", Role.MAKER),
    ("fitter1", "安装员甲（演示）", Role.FITTER),
    ("township1", "乡镇干部甲（演示）", Role.TOWNSHIP),
    ("village1", "村社区干部甲（演示）", Role.VILLAGE),
    ("grid1", "网格员甲（演示）", Role.GRID_MEMBER),
    ("police1", "民警甲（演示）", Role.POLICE),
    ("bureau1", "部门数据员甲（演示）", Role.BUREAU),
    ("supervisor1", "督查员甲（演示）", Role.SUPERVISOR),
    ("accounts1", "账号管理员甲（演示）", Role.ACCOUNT_ADMIN),
    ("policy1", "策略管理员甲（演示）", Role.POLICY_ADMIN),
    ("auditor1", "审计员甲（演示）", Role.AUDITOR),
)

_LOCAL = {Role.TOWNSHIP: TOWNSHIP_DIGITS, Role.VILLAGE: VILLAGE_DIGITS, Role.GRID_MEMBER: VILLAGE_DIGITS}
"""Roles that work in one township or village; the first one of the register, once divisions are loaded."""


def make_demo_accounts(register: Register, today: date) -> list[DemoAccount]:
    """Make the accounts that are not there yet and return all of them.

    No role needs a second factor in the demonstration, unless the policy was set; every account may set one up.
    """
    at = Moment(datetime.combine(today, time(), UTC), today)
    operator = local_operator(register, at, "demonstration")
    if SECOND_FACTOR_ROLES not in register.policy.all():
        register.policy.set(SECOND_FACTOR_ROLES, [], 0, operator.account_id)
        register.journal.write(
            operator.account_id, operator.reason, "set_policy", ("policy", SECOND_FACTOR_ROLES), {"value": []}
        )
    cast = [DemoAccount(name, display, role, _area(register, role)) for name, display, role in _CAST]
    password_hash = hash_password(DEMO_PASSWORD)
    for account in cast:
        _make(register, account, (operator.account_id, password_hash), at)
    return cast


def _make(register: Register, demo: DemoAccount, by: tuple[int, str], at: Moment) -> None:
    operator_id, password_hash = by
    try:
        register.accounts.by_name(demo.name)
    except NotFound:
        account = register.accounts.add(demo.name, demo.display_name, "演示单位", made_up=True)
        register.accounts.set_password(account.id, password_hash, at.instant, must_change=False)
        register.accounts.add_grant(account.id, Grant(demo.role, demo.area_code, at.day - BEGUN), operator_id)
        register.journal.write(operator_id, "demonstration", "create_account", ("account", account.id))


def _area(register: Register, role: Role) -> str:
    digits = _LOCAL.get(role)
    return register.accounts.first_area(digits) if digits else EVERYWHERE
