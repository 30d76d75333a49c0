"""Names at the place a reading has come to: villages, roads, lanes, zones, estates, and what is no place."""

import re

from geo_app.domain.parsing_divisions import division_ahead, named_township
from geo_app.domain.parsing_elements import ElementKind
from geo_app.domain.parsing_endings import BEGINS, HOUSED, STOP, Name, first_name
from geo_app.domain.parsing_numerals import bare
from geo_app.domain.parsing_scan import DIVISIONS, INSIDE, Scan
from geo_app.domain.parsing_words import HAN, INNER, NUMERAL, SECTION, TALK, Ending

DOORS = frozenset({ElementKind.DOOR, ElementKind.SUBDOOR})
COMMITTEE = re.compile(r"村?(?=村委会$)")
AS_A_PLACE = re.compile(r"$|[往向]|[ ,.;()]|旁|对面|附近|门口|斜对面|隔壁|[东南西北]")
FARMS = ("农场", "林场", "牧场", "渔场", "茶场", "种畜场")
BELOW_A_FARM = re.compile(rf"{NUMERAL}(?:分?场|队|连|作业区|生产队)|[ ,]|$|{HAN}{{1,6}}(?:村|社区|队|连)")
ZONE_QUARTER = re.compile(rf"(?:[A-Z]|{NUMERAL})区")
NEW_TOWNS = ("新城", "园区", "产业新城")
SMALL_LANE = re.compile(rf"(?:{NUMERAL}|小|[东南西北])巷")
ESTATES = frozenset({ElementKind.ESTATE, ElementKind.SUBESTATE})
INNER_PLACE = re.compile(rf"(?:{INNER})")
DOOR_NEXT = re.compile(rf"(?:附|新|临)?{NUMERAL}[A-Z]?(?:[-之]{NUMERAL})?(?:附{NUMERAL})?号(?!楼|院|栋|幢)")
HOUSE_NEXT = re.compile(rf"(?:{NUMERAL}|[A-Z]|[甲乙丙丁])(?:号楼|号院|栋|幢|座|期|区|#|单元|[楼层]|-)|(?:[0-9]{{1,4}})")
HAMLET = re.compile(r"(?:[湾坝坪沟坡屯庄堡寨岩坳垭嘴塘冲岗埂营洼沱坎台畈圩垸店桥]|院子|[大小]院|老屋|新屋)$")
LEAD = re.compile(
    rf"[我你他她](?:家|们)?(?:住在|住|在|的)|有人在|住在?(?={HAN}+?[路街巷村号])|位于|家在|现在?改为|"
    rf"原(?={HAN}{{2,8}}?[路街巷村镇乡])"
)
LINK = re.compile(rf"的(?={HAN}{{2}})|现在?改为")
NO_NUMBER = re.compile(r"无号(?!码)|无门牌|无名$")
BEGINS_A_NAME = re.compile(rf"{HAN}|[A-Z]{{2,}}")
GROUP_NAME = re.compile(rf"{HAN}{{1,4}}?(?:村民小组|村民组|小组|组)(?![织团合])")


def read_name(scan: Scan) -> bool:
    """Take the name that begins here, if one does."""
    return _of_the_register(scan) or _named_group(scan) or _passed_over(scan) or _by_its_ending(scan)


def _passed_over(scan: Scan) -> bool:
    """Pass over 无号, words that lead to an address, and what stands before a division: 报警人称在｜沙湾区."""
    if passed := NO_NUMBER.match(scan.text, scan.at) or _lead(scan):
        scan.at = passed.end()
        return True
    division = None if scan.placed else division_ahead(scan)
    scan.at = scan.at if division is None else division
    return division is not None


def _by_its_ending(scan: Scan) -> bool:
    name = first_name(scan.text, scan.at, len(scan.text), scan)
    if name is None:
        return _read_run(scan)
    if TALK.search(scan.text, scan.at, name.end):
        return False
    return _TAKERS[name.ending](scan, name)


def _lead(scan: Scan) -> re.Match[str] | None:
    """Return words that lead to an address and are none of it: 我在…, 住…, …的, 原."""
    if scan.at == 0 or not scan.text[scan.at - 1].isalnum():
        return LEAD.match(scan.text, scan.at)
    return LINK.match(scan.text, scan.at)


def _of_the_register(scan: Scan) -> bool:
    """Take a street or an estate of the register itself, whatever its form."""
    end = scan.gazetteer.streets.end_at(scan.text, scan.at)
    if end > scan.at:
        section = SECTION.match(scan.text, end)
        _take_street(scan, section.end() if section else end, section["named"] or "" if section else "")
        return True
    end = scan.gazetteer.estates.end_at(scan.text, scan.at)
    if end > scan.at and BEGINS.match(scan.text, end):
        _take_estate(scan, end)
        return True
    return False


def _named_group(scan: Scan) -> bool:
    found = GROUP_NAME.match(scan.text, scan.at) if scan.last is ElementKind.VILLAGE else None
    if found:
        scan.say(group=scan.take(ElementKind.ROAD, found.end()))
    return bool(found)


def _take_street(scan: Scan, end: int, section: str = "") -> bool:
    """Take a road; a second one is a lane off the first, or begins another address behind a separator."""
    counted = section if section and bare(section) and section[0] not in "东南西北中" else ""
    behind_a_mark = not scan.touching or scan.found[-1][0] is ElementKind.REDUNDANT
    if scan.street and behind_a_mark and (scan.last in DOORS or scan.text[scan.at - 1] == "原"):
        scan.take(ElementKind.ROAD, end)
        return True
    if scan.street and scan.touching and scan.text.endswith(scan.text[scan.at : end], 0, scan.at):
        scan.take(ElementKind.REDUNDANT, end)
        return True
    in_an_estate = scan.last in ESTATES and scan.touching and scan.text[end - 1] in "街巷弄"
    if scan.street or in_an_estate:
        small = SMALL_LANE.match(scan.text, end)
        end = small.end() if small else end
        scan.street = True
        crossing = scan.last is ElementKind.ASSIST
        text = scan.take(ElementKind.SUBROAD, end)
        scan.say(lane="" if crossing else text)
        return True
    text = scan.take(ElementKind.ROAD, end)
    if counted:
        scan.say(road=text[: -len(counted) - 1], section=bare(counted))
    scan.say(road=text)
    scan.street = True
    return True


def _take_road(scan: Scan, name: Name) -> bool:
    return _take_street(scan, name.end, name.section)


def _take_lane(scan: Scan, name: Name) -> bool:
    return _take_street(scan, name.end)


def _take_village(scan: Scan, name: Name) -> bool:
    if ElementKind.DOOR in scan.seen or scan.last in ESTATES:
        return _take_estate(scan, name.end)
    committee = COMMITTEE.search(scan.text, scan.at, name.end)
    if scan.touching and scan.text.endswith(scan.text[scan.at : name.end], 0, scan.at):
        scan.take(ElementKind.REDUNDANT, name.end)
        return True
    if committee and AS_A_PLACE.match(scan.text, name.end):
        if committee.group():
            scan.say(village=scan.take(ElementKind.VILLAGE, committee.end()))
        return _take_estate(scan, name.end)
    text = scan.take(ElementKind.VILLAGE, name.end)
    scan.say(village=text)
    scan.level = max(scan.level, 5)
    return True


def _take_zone(scan: Scan, name: Name) -> bool:
    if scan.placed:
        return _take_estate(scan, name.end)
    quarter = ZONE_QUARTER.match(scan.text, name.end)
    scan.take(ElementKind.DEVZONE, quarter.end() if quarter else name.end)
    return True


def _take_township(scan: Scan, name: Name) -> bool:
    return named_township(scan, name) or _take_estate(scan, name.end)


def _take_estate(scan: Scan, end: int) -> bool:
    """Take a named place; one inside another (万达广场｜星巴克店) is a part of it."""
    inner = INNER_PLACE.fullmatch(scan.text, scan.at, end) is not None
    if scan.found and scan.found[-1][0] in INSIDE and not inner:
        scan.take(ElementKind.PERSON, end)
        return True
    nested = scan.last in ESTATES or (ElementKind.ESTATE in scan.seen and (inner or scan.last in INSIDE))
    if nested:
        scan.say(subestate=scan.take(ElementKind.SUBESTATE, end))
    else:
        scan.say(estate=scan.take(ElementKind.ESTATE, end))
    return True


def _take_place(scan: Scan, name: Name) -> bool:
    text = scan.text[scan.at : name.end]
    if scan.level == 3 and text.endswith(FARMS) and BELOW_A_FARM.match(scan.text, name.end):
        return named_township(scan, Name(Ending.TOWNSHIP, name.start_of_ending, name.end))
    if text.endswith(NEW_TOWNS) and not scan.placed and _a_road_follows(scan, name.end):
        scan.take(ElementKind.DEVZONE, name.end)
        return True
    if text.endswith("新村") and scan.level == 4 and not HOUSED.match(scan.text, name.end):
        return _take_village(scan, name)
    if (
        text.endswith("里")
        and scan.street
        and scan.last in {ElementKind.ROAD, ElementKind.SUBROAD}
        and DOOR_NEXT.match(scan.text, name.end)
    ):
        return _take_street(scan, name.end)
    return _take_estate(scan, name.end)


def _a_road_follows(scan: Scan, start: int) -> bool:
    name = first_name(scan.text, start, len(scan.text), scan)
    return name is not None and name.ending is Ending.ROAD


def _take_building(scan: Scan, name: Name) -> bool:
    """Take a building with a name: 综合楼; what stands before its name is the place it belongs to."""
    start = name.start_of_ending
    if start > scan.at:
        _take_estate(scan, start)
    scan.say(building=scan.take(ElementKind.BUILDING, name.end))
    return True


_TAKERS = {
    Ending.ROAD: _take_road,
    Ending.LANE: _take_lane,
    Ending.VILLAGE: _take_village,
    Ending.TOWNSHIP: _take_township,
    Ending.ZONE: _take_zone,
    Ending.PLACE: _take_place,
    Ending.WEAK: _take_place,
    Ending.BUILDING: _take_building,
}


def _natural_village(scan: Scan, end: int) -> bool:
    """Take a hamlet below a village or group (余溪村｜王家坝), which carries numbers or ends as hamlets do."""
    if scan.taiwan or scan.last not in {ElementKind.VILLAGE, ElementKind.ROAD} or ElementKind.VILLAGE not in scan.seen:
        return False
    if (
        scan.street
        or end - scan.at > 6
        or not (DOOR_NEXT.match(scan.text, end) or HAMLET.search(scan.text, scan.at, end))
    ):
        return False
    scan.say(group=scan.take(ElementKind.VILLAGE, end))
    return True


def _read_run(scan: Scan) -> bool:
    """Take a name without a generic word by what stands around it; False where nothing says what it is."""
    text, at = scan.text, scan.at
    stop = STOP.search(text, at + 1)
    end = stop.start() if stop else len(text)
    if end - at > 30 or TALK.search(text, at, end) or not BEGINS_A_NAME.match(text, at):
        return False
    if _natural_village(scan, end):
        return True
    if DOOR_NEXT.match(text, end) and not scan.street and (scan.level or scan.taiwan) and scan.last not in ESTATES:
        # A natural village or a spot that carries numbers, as a road does.
        text = scan.take(ElementKind.ROAD, end)
        scan.say(road=text)
        scan.street = True
        return True
    housed = HOUSE_NEXT.match(text, end) is not None and end - at > 1
    behind = scan.placed and scan.last is not ElementKind.ROOM
    if end - at > 1 and (housed or behind or (scan.last in DIVISIONS and scan.level >= 3)):
        return _take_estate(scan, end)
    return False
