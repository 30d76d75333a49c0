"""Divisions that lie in an area, for the rows of the access table with a relation."""

from itertools import count

from geo_app.domain.division import parse_code
from geo_app.persistence.bulk_divisions import BulkDivisions
from geo_app.persistence.divisions import NewSuccession
from geo_app.persistence.register import Register
from tests.access.asked import Asked, Target
from tests.support.accounts import LONG_AGO, moment

CODES = count(200)
DATED = {"reason": "测试", "day": moment().day.isoformat()}
SQUARE = {"type": "Polygon", "coordinates": [[[103.5, 29.4], [103.51, 29.4], [103.51, 29.41], [103.5, 29.4]]]}


def free_code(area: str) -> str:
    return f"{area}{next(CODES)}"


def _begin(register: Register, area: str) -> tuple[int, str]:
    above = register.streets.division_of(area)
    assert above is not None
    code = free_code(area)
    row = BulkDivisions(register.session).add(parse_code(code), f"测试{code}", above[0], (LONG_AGO, None))
    return row.id, code


def form(**fields: str) -> Target:
    """Return the maker of a form about a new division; `{free}` becomes a code nobody has, `{area}` the area's."""

    def make(register: Register, area: str) -> Asked:
        written = {
            name: text.format(free=free_code(area), other=free_code(area), area=area) for name, text in fields.items()
        }
        return Asked({"division_id": _begin(register, area)[0]}, DATED | written)

    return make


def merging(register: Register, area: str) -> Asked:
    _, part = _begin(register, area)
    return Asked({"division_id": _begin(register, area)[0]}, DATED | {"parts": part})


def question(register: Register, area: str) -> Asked:
    division_id, _ = _begin(register, area)
    asked = register.divisions.link(NewSuccession("abolish", LONG_AGO, "proposed", division_id, None))
    return Asked({"succession_id": asked}, DATED)


def outline(register: Register, area: str) -> Asked:
    body = {"geometry": SQUARE, "since": moment().day.isoformat(), "source": "测试", "reason": "测试"}
    return Asked({"division_id": _begin(register, area)[0]}, json=body)


DIVISION_TARGETS: dict[tuple[str, str], Target] = {
    ("/divisions/<int:division_id>/renaming", "POST"): form(name="测试新名"),
    ("/divisions/<int:division_id>/recoding", "POST"): form(code="{free}"),
    ("/divisions/<int:division_id>/transfer", "POST"): form(parent="{area}", code="{free}"),
    ("/divisions/<int:division_id>/merging", "POST"): merging,
    ("/divisions/<int:division_id>/splitting", "POST"): form(parts="{free} 甲测试\n{other} 乙测试"),
    ("/divisions/questions/<int:succession_id>", "POST"): question,
    ("/api/v1/divisions/<int:division_id>/outlines", "POST"): outline,
}
