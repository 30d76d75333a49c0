"""Where a name ends that stands in no list: at the first generic word after which something else begins."""

import re
from dataclasses import dataclass

from geo_app.domain.parsing_scan import Scan
from geo_app.domain.parsing_words import (
    AROUND,
    BRANCH,
    DISTANCE,
    ENDING,
    ENDING_OF,
    HAN,
    INNER,
    NUMERAL,
    SECTION,
    STREET_TAIL,
    STREET_WORD,
    SURNAMES,
    Ending,
)

LONGEST_NAME = 30

_COUNTED = "号|栋|幢|座|单元|层|楼|室|组|社(?!区|会|保)|队|期|邻|弄|段|#|小组|大队|区(?![域])|排|户|米|公里"
SURNAME = "".join(SURNAMES)
STOP = re.compile(
    rf"[ ,.;:()/|+&*_\"'!?$%=]|[0-9]|-|(?<![A-Z])[A-Z]{{1,2}}-?(?={NUMERAL}|座|栋|幢|区|馆|号|单元)|"
    rf"第?{NUMERAL}(?:{_COUNTED})"
    rf"|[负底顶](?:{NUMERAL})?[层楼]|地下(?:室|{NUMERAL}?[层楼])|附{NUMERAL}号|"
    rf"[甲乙丙丁戊东西南北中][座栋幢](?!{HAN}*?[路街])|[东西中]单元"
    rf"|(?:{DISTANCE})|(?:与|和|跟|及)(?={HAN}{{1,8}}?(?:路|街|大道|巷)(?:交|的|路口|口|$))|交(?:叉|汇|会|"
    rf"界)[口处]?|交口|\\"
    rf"|[内外旁边前后下](?=$|[ ,.;()])|NO\.(?=[0-9])|[甲乙丙丁增](?={NUMERAL}号)|"
    rf"(?<={HAN})[{SURNAME}](?:某{{1,2}}|先生|女士|小姐|大爷|阿姨|同学|老师|师傅)|"
    rf"(?<={HAN}{{2}})[东南西北中]{NUMERAL}区|(?<=[A-Z])[东南西北]区|[往向][东南西北里前]|(?:旁边|对面|斜对面|"
    rf"附近|隔壁|十字路口|丁字路口|三岔路口|[东南西北]{{2}}[角侧]|[东南西北]{{2}}方向|背后|门口|转角|拐角|楼下|"
    rf"楼上|以东|以西|以南|以北|东侧|西侧|南侧|北侧)"
)
"""Where a name cannot go on."""
BEGINS = re.compile(
    rf"[0-9A-Z\-#]|[ ,.;:()/|]|$|第?{NUMERAL}(?:{_COUNTED})|(?:{AROUND})(?:{DISTANCE})?(?:[ ,.;:()0-9]|$)|"
    rf"[甲乙丙丁东西南北中][座栋幢区院门]"
    rf"|[负底顶][一二三]?[层楼]|地下|{DISTANCE}|(?:{INNER})"
)
"""What begins something else behind a weak generic word."""
AFTER_VILLAGE = re.compile(
    rf"{STREET_WORD}|口(?:路|街)|(?:小区|花园|酒店|大厦|广场|新城|公寓)|[上下前后]?(?:大桥|立交)|大队|镇|"
    rf"乡(?!{HAN}*[路街组])|(?:服务中心|卫生)"
)
NAMED_AFTER_A_ROAD = re.compile(
    rf"坊|街道(?![0-9口])|(?:[东南西北中]段)?(?:社区|居委会|居民委员会|村(?!{NUMERAL}?号)|小学|中学|幼儿园|"
    rf"派出所|校区|分店|店(?![子铺])|支行|菜市场|农贸市场|市场|小区|新村)"
)
"""碧山路社区, 人民路小学, 解放路店 are named after a road, which is not named itself."""
SEATED_IN_A_ZONE = re.compile("管委会|管理委员会|派出所|医院|小学|中学|大厦")
BRANCHED = frozenset(["公司", "银行", "集团", "超市", "药店", "药房", "大药房", "电信", "酒店"])
NUMBERED_LANE = re.compile(rf"{NUMERAL}巷")
COUNTED = re.compile("[0-9]+号")
SHORT_WORDS = frozenset("区点台都社队场处里部行所")
LINES = frozenset(["东线", "西线", "南线", "北线", "高速", "环线", "复线"])
NO_ROAD = ("灯", "桥", "政", "面", "边店", "虎")
AFTER_A_LINE = re.compile(r"[ ,.;:()/|\-+0-9]|$")
AFTER_AN_AVENUE = re.compile(rf"[0-9]|{NUMERAL}[段号]|$|[东南西北中]段|[ ,(]")
ON_A_HIGHWAY = re.compile(rf"K[0-9]|{HAN}{{2,5}}(?:收费站|服务区|出口|匝道|互通)")
SIDE = re.compile(r"(?<=大道)[东南西北]$|[东南西北](?=[0-9]+号|[与和]|[0-9]+$)")
"""黄埔大道西."""
AFTER_TOWNSHIP = re.compile(r"[村江海](?![\u3400-\u9fff]{0,6}(?:村|社区))|家[桥坝]|企业|巴佬")
COUNTED_VILLAGE = re.compile(rf"新村$|(?<={HAN}{{2}})[一二三四五六七八九十]村$")
BLOCKS = re.compile(rf"{NUMERAL}[栋幢座期]")
HOUSED = re.compile(rf"(?:{NUMERAL}|[A-Z])(?:号楼|栋|幢|座|号[0-9]|期|区|弄|#|-[0-9])")
FOLLOWS_SECTION = re.compile(rf"[0-9]|{NUMERAL}[号巷弄栋幢]|[附新]?{NUMERAL}|$|[ ,.;()]|{HAN}")
OTHER_ESTATE = re.compile(rf"(?:{INNER})(?:[ ,.;()0-9]|$)")
COMPANY = re.compile(rf"(?:{HAN}{{0,12}}?(?:股份|责任|有限))+公司")
WHOLE_ROADS = re.compile(r"(?:铁|公|马|高速公|道|网|线|电|水|气|油|出|岔|半|中|顺|思|同|一)$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name that ends in a generic word, which begins at `start_of_ending`; `end` takes in a road's section."""

    ending: Ending
    start_of_ending: int
    end: int
    section: str = ""


def first_name(text: str, start: int, limit: int, scan: Scan) -> Name | None:
    """Return the first name that begins at `start` and ends before `limit`, None where there is none."""
    limit = min(limit, start + LONGEST_NAME)
    stop = STOP.search(text, start + 1, limit)
    limit = stop.start() if stop else limit
    if bare := _bare_ending(text, start, scan):
        return bare
    at = start + 1
    while found := ENDING.search(text, at, limit):
        if name := _name(text, start, found, scan):
            return name
        at = found.start() + 1
    return None


def _bare_ending(text: str, start: int, scan: Scan) -> Name | None:
    """Return a generic word that is a whole name: 综合楼, and 高新区 behind its city."""
    found = ENDING.match(text, start)
    ending = ENDING_OF[found.group()] if found else None
    if found and (ending is Ending.BUILDING or (ending is Ending.ZONE and scan.level and not scan.placed)):
        return Name(ending, start, found.end())
    return None


def _name(text: str, start: int, found: re.Match[str], scan: Scan) -> Name | None:
    ending = ENDING_OF[found.group()]
    read = _READERS.get(ending)
    end = read(text, start, found, scan) if read else found.end()
    if not end:
        return None
    if ending is Ending.ROAD:
        return _with_section(text, found.start(), end)
    return Name(_true_kind(text, start, end, ending), found.start(), end)


def _with_section(text: str, start_of_ending: int, end: int) -> Name:
    """Return a road with its section; one section, or a whole road's name, goes on as far as it can."""
    while tail := STREET_TAIL.match(text, end):
        end = tail.end()
    named = ""
    if side := SIDE.match(text, end):
        end = side.end()
    while section := SECTION.match(text, end):
        end, named = section.end(), section["named"] or ""
    return Name(Ending.ROAD, start_of_ending, end, named)


def _road(text: str, start: int, found: re.Match[str], scan: Scan) -> int:
    """Return where a road's generic word ends: 道 alone and 线 end a name only before a number or nothing."""
    del scan
    word, end = found.group(), found.end()
    if NAMED_AFTER_A_ROAD.match(text, end):
        return 0
    if word == "道":
        return end if _is_an_avenue(text, start, end) else 0
    if word in LINES and not (AFTER_A_LINE.match(text, end) or (word == "高速" and ON_A_HIGHWAY.match(text, end))):
        return 0
    return 0 if word in {"路", "街"} and text.startswith(NO_ROAD, end) else end


def _is_an_avenue(text: str, start: int, end: int) -> bool:
    """Tell whether 道 ends a road's name: 鞍山西道, and 大理道 before a number."""
    sided = text[end - 2] in "东南西北中" and end - start > 3 and not text.startswith(("口", "办"), end)
    return sided or (end - start > 2 and AFTER_AN_AVENUE.match(text, end) is not None)


def _lane(text: str, start: int, found: re.Match[str], scan: Scan) -> int:
    del start, scan
    if text.startswith("堂", found.end()):
        return 0
    return 0 if text.startswith(("口", "尾"), found.end()) and STREET_TAIL.match(text, found.end() + 1) else found.end()


def _village(text: str, start: int, found: re.Match[str], scan: Scan) -> int:
    """Return where a village's name ends: not in 中关村街道, 杨家村镇."""
    del start, scan
    end = found.end()
    return 0 if AFTER_VILLAGE.match(text, end) or STREET_TAIL.match(text, end) else end


def _township(text: str, start: int, found: re.Match[str], scan: Scan) -> int:
    word, end = found.group(), found.end()
    if scan.level >= 4 or scan.street or STREET_TAIL.match(text, end) or AFTER_TOWNSHIP.match(text, end):
        return 0
    if text.endswith("小镇", 0, end):
        return 0
    counted = word == "街道" and COUNTED.match(text, end)
    return 0 if counted or (end - start < 3 and scan.level < 3) or end - start > 9 else end


def _zone(text: str, start: int, found: re.Match[str], scan: Scan) -> int:
    del start, scan
    end = found.end()
    return 0 if STREET_TAIL.match(text, end) or SEATED_IN_A_ZONE.match(text, end) else end


def _place(text: str, start: int, found: re.Match[str], scan: Scan) -> int:
    """Return where an estate's name ends: 花园小区, …公司乐山分公司 go on, 公园路 is a road's."""
    del start
    end = found.end()
    if STREET_TAIL.match(text, end):
        return 0
    if found.group() in BRANCHED and (branch := BRANCH.match(text, end)):
        return branch.end()
    if OTHER_ESTATE.match(text, end):
        return end
    a_lanes = NUMBERED_LANE.match(text, end) and not scan.street
    return 0 if a_lanes or COMPANY.match(text, end) or _goes_on(text, end) else end


def _goes_on(text: str, end: int) -> bool:
    """Tell whether another generic word for places follows at once, or after one character: 花园｜小区."""
    longer = ENDING.match(text, end) or ENDING.match(text, end + 1)
    if longer is None or ENDING_OF[longer.group()] is not Ending.PLACE:
        return False
    return STOP.search(text, end, longer.end()) is None


def _weak(text: str, start: int, found: re.Match[str], scan: Scan) -> int:
    """Return where a weak generic word ends a name: 翡翠城3栋, not 城北路; 里 in Taiwan's way is a village."""
    del scan
    end = found.end()
    shortest = 3 if found.group() in SHORT_WORDS else 2
    return end if end - start >= shortest and BEGINS.match(text, end) else 0


def _building(_text: str, start: int, found: re.Match[str], scan: Scan) -> int:
    del start, scan
    return found.end()


_READERS = {
    Ending.ROAD: _road,
    Ending.LANE: _lane,
    Ending.VILLAGE: _village,
    Ending.TOWNSHIP: _township,
    Ending.ZONE: _zone,
    Ending.PLACE: _place,
    Ending.WEAK: _weak,
    Ending.BUILDING: _building,
}


def _true_kind(text: str, start: int, end: int, ending: Ending) -> Ending:
    """Return what a name is after all: 曹杨新村3幢 and 芳草八村 are estates, not villages."""
    name = text[start:end]
    if ending is Ending.VILLAGE and name.endswith("村") and BLOCKS.match(text, end):
        return Ending.PLACE
    if ending is Ending.VILLAGE and COUNTED_VILLAGE.search(name) and (HOUSED.match(text, end) or name[-2] != "新"):
        return Ending.PLACE
    return ending
