"""Changes of streets in the demonstration: one renamed street, one whose renaming waits for a second person."""

from dataclasses import replace
from datetime import date

from geo_app.domain.address import Decision
from geo_app.domain.street_change import ChangeVerb
from geo_app.domain.street_request import ChangeRequest, NewName, Notice
from geo_app.persistence.register import Register
from geo_app.services import street_changes
from geo_app.services.demo_plans import DemoPeople

NAMES = ("桂香路", "听涛路", "望江路", "迎春路")
"""Made up; the first two that no street of the county has are given."""
REASON = "演示：道路更名"
APPROVED = "演示：同意"
NOTICE = Notice("演示：起止位置以备案材料为准", "演示：沙湾区人民政府", "演示：沙府函〔2024〕8号")


def change_demo_streets(register: Register, people: DemoPeople, day: date) -> int:
    """Rename one made-up street with addresses, hand in the renaming of another, and return how many there were."""
    streets = register.demo.streets_to_rename(len(NAMES))
    made = 0
    for street_id, name in zip(streets[:2], _free(register, streets), strict=False):
        planner = replace(people.planner, reason=REASON)
        asked = ChangeRequest(ChangeVerb.RENAME, street_id, day, NewName(name), notice=NOTICE)
        change_id = street_changes.submit_change(register, asked, Decision(planner, day, 0))
        if made == 0:
            reviewer = replace(people.reviewer, reason=APPROVED)
            street_changes.approve_change(register, change_id, Decision(reviewer, day, 1))
        made += 1
    return made


def _free(register: Register, streets: list[int]) -> list[str]:
    if not streets:
        return []
    known = {one.name for one in register.street_names.all_of(register.streets.get(streets[0]).county_code)}
    return [name for name in NAMES if name not in known]
