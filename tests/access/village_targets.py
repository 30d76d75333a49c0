"""Village groups that lie in an area, for the rows of the access table with a relation."""

from itertools import count

from geo_app.domain.division import parse_code
from geo_app.persistence.bulk_divisions import BulkDivisions
from geo_app.persistence.register import Register
from tests.access.asked import Asked, Target
from tests.support.accounts import LONG_AGO
from tests.support.example_register import COUNTY, SOUTH, WEST

CODES = count(500)
NAMES = count(1)
VILLAGE_DIGITS = 12
PLACE = {"lon": WEST, "lat": SOUTH}
DRAFT = {"rule": {"preset": "sichuan"}}


def _village(register: Register, area: str) -> tuple[int, str]:
    """Return a village that is the area or lies in it."""
    if len(area) == VILLAGE_DIGITS:
        found = register.village_groups.village(area)
        assert found is not None
        return found[0], area
    above = register.village_groups.village(area)
    assert above is not None
    code = f"{area}{next(CODES)}"
    row = BulkDivisions(register.session).add(parse_code(code), f"测试{code}村", above[0], (LONG_AGO, None))
    return row.id, code


def _group(register: Register, area: str) -> int:
    division, code = _village(register, area)
    return register.village_groups.add(code[:6], division, f"{next(NAMES)}组", LONG_AGO)


def entered(register: Register, area: str) -> Asked:
    return Asked({}, json={"name": f"{next(NAMES)}组", "village_code": _village(register, area)[1]})


def entered_by_form(register: Register, area: str) -> Asked:
    return Asked({}, form={"name": f"{next(NAMES)}组", "village": _village(register, area)[1]})


def group(**json: object) -> Target:
    """Return the maker of a group of which something is asked."""

    def make(register: Register, area: str) -> Asked:
        return Asked({"group_id": _group(register, area)}, json=json, headers={"If-Match": '"1"'})

    return make


def removed(register: Register, area: str) -> Asked:
    return Asked({"group_id": _group(register, area)}, form={"version": "1"})


def house(register: Register, area: str) -> Asked:
    key = _group(register, area)
    register.session.connection().exec_driver_sql(
        "insert into entrance (county_code, village_group_id, position, valid)"
        " values (%s, %s, st_setsrid(st_makepoint(%s, %s), 4490), '[2018-01-01,)')",
        (COUNTY, key, WEST, SOUTH),
    )
    door = register.entrances.of_group(key)[0]
    return Asked({"group_id": key, "entrance_id": door.entrance_id}, headers={"If-Match": f'"{door.version}"'})


_ONE = "/api/v1/village-groups/<int:group_id>"
VILLAGE_TARGETS: dict[tuple[str, str], Target] = {
    ("/api/v1/village-groups", "POST"): entered,
    (_ONE, "GET"): group(),
    (_ONE, "PATCH"): group(**PLACE),
    (_ONE, "DELETE"): group(),
    (f"{_ONE}/houses", "POST"): group(**PLACE),
    (f"{_ONE}/houses-around", "POST"): group(),
    (f"{_ONE}/houses/<int:entrance_id>", "DELETE"): house,
    (f"{_ONE}/preview", "POST"): group(**DRAFT),
    (f"{_ONE}/plans", "POST"): group(**DRAFT),
    ("/village-groups", "POST"): entered_by_form,
    ("/village-groups/<int:group_id>/board", "GET"): group(),
    ("/village-groups/<int:group_id>/removal", "POST"): removed,
}
