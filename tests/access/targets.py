"""Things that lie in an area, for the rows of the access table with a relation.

A target is made for (route, method) by a function (register, area code) → (path arguments, form).
"""

from collections.abc import Callable

from geo_app.domain.access_roles import Role
from geo_app.persistence.register import Register
from tests.support.accounts import make_account

Target = Callable[[Register, str], tuple[dict[str, object], dict[str, str]]]

NEW_PASSWORD = "Wu-Tong-Shu-Xia-66"
REASON = {"reason": "测试"}


def _account(register: Register, area: str) -> int:
    name = f"target.{register.accounts.first_area(6)}.{len(_made)}"
    _made.append(name)
    return make_account(register, name, Role.TOWNSHIP, area=area).id


_made: list[str] = []


def account(**form: str) -> Target:
    return lambda register, area: ({"account_id": _account(register, area)}, {**REASON, **form})


def grant_in(register: Register, area: str) -> tuple[dict[str, object], dict[str, str]]:
    return {"account_id": _account(register, "")}, {**REASON, "role": "village", "area": area}


def held_grant(register: Register, area: str) -> tuple[dict[str, object], dict[str, str]]:
    account_id = _account(register, area)
    grant_id = register.accounts.grants(account_id)[0].id
    return {"account_id": account_id, "grant_id": grant_id}, REASON


TARGETS: dict[tuple[str, str], Target] = {
    ("/accounts/<int:account_id>", "GET"): account(),
    ("/accounts/<int:account_id>/password", "POST"): account(password=NEW_PASSWORD),
    ("/accounts/<int:account_id>/closing", "POST"): account(),
    ("/accounts/<int:account_id>/opening", "POST"): account(),
    ("/accounts/<int:account_id>/second-factor-reset", "POST"): account(),
    ("/accounts/<int:account_id>/grants", "POST"): grant_in,
    ("/accounts/<int:account_id>/grants/<int:grant_id>/revocation", "POST"): held_grant,
}
