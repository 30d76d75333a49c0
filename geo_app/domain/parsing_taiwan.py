"""The form of Taiwan's doorplates, read in one go: 鄰, road and section, 巷, 弄, 衖, number, floor, 之.

Their registers hold a named lane off a 路 as one road name (桃鶯路南僑巷), and so whatever else stands between road and
number (光峯路千禧新城); off a 街 and behind a section it is a lane (聯福街聯福巷, 海山路二段海寧巷).
"""

import re

from geo_app.domain.parsing_elements import ElementKind
from geo_app.domain.parsing_numerals import bare, digits, floor_of
from geo_app.domain.parsing_scan import Scan
from geo_app.domain.parsing_words import HAN

_TEN = "[一二三四五六七八九十]"
_NUMBER = "[0-9]{1,5}"
_COUNT = rf"(?:{_NUMBER}(?:[之-]{_NUMBER})?)"
FORM = re.compile(
    rf"(?P<hood>(?:[0-9]{{1,3}}|{_TEN}{{1,3}})邻)?"
    rf"(?P<road>[\u3400-\u9fff?\ue000-\uf8ff]{{0,16}}?)"
    rf"(?P<section>(?:{_TEN}{{1,2}}|[0-9])段(?P<tail>{HAN}{{2,6}}(?<![巷弄])(?=[0-9]))?)?"
    rf"(?P<lane>{_COUNT}巷|(?<=[段街]){HAN}{{1,5}}巷)?"
    rf"(?P<alley>{_COUNT}弄|(?<=巷){HAN}{{1,4}}弄)?"
    rf"(?P<sub_alley>{_COUNT}衖)?"
    rf"(?P<door>(?:临|附|新)?(?P<number>{_NUMBER})(?P<suffix>[A-Z甲乙丙丁戊]?)(?P<subs>(?:[之-](?:{_NUMBER}|"
    rf"[甲乙丙丁A-Z]))*)"
    rf"号(?:[之-](?P<after>(?:{_NUMBER}|{_TEN}{{1,2}})(?!楼|层|F)|{_TEN}{{1,2}}(?={_TEN}{{1,3}}[楼层])|"
    rf"{_NUMBER}(?={_TEN})))?)"
    rf"(?P<floor>(?:地下|底|B|-|负)?(?:[0-9]{{1,3}}|{_TEN}{{1,3}})(?:[楼层]|F(?![A-Z]))|B[0-9](?![0-9])|"
    rf"地下[室层楼]|[底顶]层)?"
    rf"(?P<room>[之-](?:{_NUMBER}|{_TEN}{{1,2}}))?"
    r"(?=$|[ (,]|[0-9]|[\u3400-\u9fff])"
)
_BEFORE_LANE = re.compile(r"[路街道段]")
_LANES = ("lane", "alley", "sub_alley")


def read_taiwan_form(scan: Scan) -> bool:
    """Take what follows the divisions, where the line is in Taiwan's way and ends as its plates do."""
    if not scan.taiwan or scan.placed:
        return False
    found = FORM.match(scan.text, scan.at)
    if found is None or (found["road"] and not _is_road(found)):
        return False
    _take(scan, found)
    return True


def _is_road(found: re.Match[str]) -> bool:
    """Tell whether the name may be one: 鄰 or 里 before it, or a word for streets in it."""
    return bool(found["hood"] or _BEFORE_LANE.search(found["road"]) or found["section"])


def _take(scan: Scan, found: re.Match[str]) -> None:
    hood, road, section = found.span("hood"), found.span("road"), found.span("section")
    values = scan.values
    street = road[1] > road[0] or section[0] >= 0
    laned = found.start("lane") >= 0 or found.start("alley") >= 0
    if hood[0] >= 0:
        values["neighbourhood"] = digits(found["hood"][:-1])
        scan.take(ElementKind.OTHER if street or laned else ElementKind.ROAD, hood[1])
    if street:
        _take_road(scan, found, section)
    for name in _LANES:
        if found.start(name) >= 0:
            text = scan.take(ElementKind.SUBROAD, found.end(name))
            values[name] = digits(text[:-1]) if text[0].isdecimal() else text
    _take_door(scan, found)


def _take_road(scan: Scan, found: re.Match[str], section: tuple[int, int]) -> None:
    values, end = scan.values, max(found.end("road"), section[1])
    scan.street = True
    text = scan.take(ElementKind.ROAD, end)
    if section[0] >= 0 and found["tail"] is None:
        values["road"] = found["road"]
        values["section"] = digits(found["section"][:-1])
    else:
        values["road"] = text


def _take_door(scan: Scan, found: re.Match[str]) -> None:
    values = scan.values
    scan.take(ElementKind.DOOR, found.end("door"))
    values["number"] = int(found["number"])
    values["suffix"] = found["suffix"]
    subs = found["subs"][1:] or found["after"] or ""
    values["sub_number"] = digits(subs.replace("之", "-")) if subs else ""
    if found.start("floor") >= 0:
        values["floor"] = floor_of(scan.take(ElementKind.FLOOR, found.end("floor")))
    if found.start("room") >= 0:
        values["room"] = bare(scan.take(ElementKind.ROOM, found.end("room"))[1:])
