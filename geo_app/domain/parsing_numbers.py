"""Numbers at the place a reading has come to: groups, lanes, doors, buildings, units, floors, rooms."""

import re
from collections.abc import Callable

from geo_app.domain.parsing_elements import ElementKind
from geo_app.domain.parsing_numerals import bare, digits, floor_of
from geo_app.domain.parsing_scan import Scan
from geo_app.domain.parsing_words import HAN, NUMERAL, SECTION, STREET_TAIL

Reader = Callable[[Scan, re.Match[str]], bool]
K = ElementKind

ESTATES = frozenset({K.ESTATE, K.SUBESTATE})
DOORS = frozenset({K.DOOR, K.SUBDOOR})
LANE_FIELDS = {"巷": "lane", "弄": "alley", "衖": "sub_alley"}
LETTERED = rf"(?:[A-Z]?{NUMERAL}[A-Z]?|[A-Z]{{1,2}})"
SUFFIX = r"[A-Z甲乙丙丁戊己庚辛壬癸]?"

NEIGHBOURHOOD = re.compile(rf"{NUMERAL}邻")
GROUP = re.compile(
    rf"第?{NUMERAL}(?:村民小组|村民组|居民小组|居民组|小组|组(?![团合织])|社(?![区会保])|生产队|大队|队(?!伍))"
)
BLOCK = re.compile(rf"{NUMERAL}号?(?:街坊|大院)")
ROW = re.compile(rf"[东南西北中前后]?{NUMERAL}排(?!水)")
HIGHWAY = re.compile(
    rf"(?:国道|省道|县道|乡道)[GSXY]?[0-9]{{1,4}}(?:线)?(?![0-9号])|[GSXYC][0-9]{{1,4}}(?:国道|省道|县道|乡道|"
    rf"高速公路|高速|线)|[GSX][0-9]{{3,4}}(?![0-9A-Z-])|{NUMERAL}(?:国道|省道|县道|乡道|线(?=[0-9]|$))"
)
COUNTED_ROAD = re.compile(
    rf"[0-9〇零一二三四五六七八九十百]{{1,6}}(?:号|纬|经|环|马|支|横|纵|道)?(?:大道|大街|马路|公路|路|街(?!道|"
    rf"坊)|干道|环路|支路|横路)"
    rf"|{NUMERAL}{HAN}{{0,3}}?[路街](?={NUMERAL}(?:号|段))"
    rf"|{HAN}{{1,3}}[一二三四五六七八九十]{{1,3}}条(?=[甲乙丙]?[0-9]|$|胡同)(?:胡同)?"
)
LANE = re.compile(
    rf"{NUMERAL}弄-{NUMERAL}弄|{NUMERAL}条胡同|{NUMERAL}(?:-{NUMERAL})?号?(?:巷|弄|胡同|衖|支弄|支巷|横巷|"
    rf"条(?![街路巷]))|{NUMERAL}里(?=[0-9])"
)
PHASE = re.compile(
    rf"第?{NUMERAL}(?:期(?!间)|区(?![域])|组团|片区|标段)|[A-Z][0-9]{{0,2}}组团|[A-Z]{{1,2}}[0-9]?区|"
    rf"[东南西北中]{NUMERAL}区|[东南西北中前后内外](?:区|苑|院)"
)
BUILDING = re.compile(
    rf"{NUMERAL}楼(?=(?:[0-9一二三四五六七八九十]+|[东南西北中])(?:单元|门))|[A-Z][0-9]{{0,2}}楼|"
    rf"T[0-9](?=[0-9]{{1,3}}(?:F|层|楼)|$)|(?:自编)?第?(?:{LETTERED}(?:-{LETTERED})?|"
    rf"[甲乙丙丁戊东南西北中前后])"
    rf"(?:号?(?:楼栋|(?:标准|一般|生产)?厂房|泵房|库房|机房|住宅楼|教学楼|综合楼|办公楼|宿舍楼|车间|仓库|库房|"
    rf"公寓楼|公寓|别墅|馆|展馆|商业楼|商住楼)|号楼(?![上下梯道])|#楼|[栋幢座]楼|[栋幢座](?!头)|#)"
)
LABELLED = re.compile(rf"第?({LETTERED}(?:-{LETTERED})?|[甲乙丙丁戊东南西北中前后])(?:号楼|[栋幢座#]楼?|楼栋|#楼)")
NUMBER_SIGN = re.compile("[0-9]{1,5}#")
NUMBERED_BUILDING = re.compile(rf"第?{NUMERAL}号大楼|{NUMERAL}号门(?=[0-9]{{2,}})")
GATE = re.compile(rf"(?:[东南西北中]|{NUMERAL}号)门")
FLAT = re.compile("[0-9]{3,}单元")
UNIT = re.compile(rf"第?(?:{LETTERED}|[东南西北中甲乙丙丁])(?:号?单元|号?门(?![面市口诊店前卫内外路街大巷])|梯(?!田))")
FLOOR = re.compile(
    rf"(?:地下|负|底|-|第|B|地上)?{NUMERAL}(?:(?:层|楼)(?![栋上下盘梯])|F(?:(?=[0-9]{{3,4}})|"
    rf"(?![A-Z0-9])))(?:半|整层|夹层)?"
    r"|B[1-9](?:[层楼F]|(?![0-9A-Z-]))|F[0-9]{1,2}(?![0-9])|地下(?:室|层|楼|车库)|[底首顶][层楼]|夹层|(?:LG|"
    r"[LGM])[0-9]?层|[0-9]{1,2}-[0-9]{1,2}[层楼]"
)
ROOM = re.compile(
    rf"(?:[东西南北]?{LETTERED}(?:-{LETTERED})*)(?:号?(?:室|房(?!地产|产|屋)|房间|铺面|商铺|门面|铺|档口|档|"
    rf"摊位|店面|门市|户|办公室|会议室|病房|教室|包间|车位|柜台|卡位|工位|仓)|"
    rf"号店)(?:[之-][0-9A-Z]{{1,5}}(?![0-9A-Z层楼单]))?|[左右中东西](?:户|边|室|门)?(?=$|[ ,.;()])|亭子间|"
    rf"自编[0-9]{{1,4}}(?![0-9号])|[A-Z]{{1,2}}-[0-9]{{1,4}}号"
)
ROOMS = re.compile(r"[A-Z]?[0-9]{3,4}-[A-Z]?[0-9]{3,4}室")
COMPOSED = re.compile(
    r"([A-Z]?[0-9]{1,5}[A-Z]?|[A-Z])((?:-[A-Z]?[0-9]{1,5}[A-Z]?){1,3})(室|房|号(?!楼|院))?(?![0-9])(?!单元|"
    r"[栋幢座层楼])"
)
DOOR = re.compile(
    rf"(?:新|旧|老|临|附|特|甲|乙|丙|增|副|NO\\.)?(?:新|临|附)?(?P<number>{NUMERAL})(?P<suffix>{SUFFIX})"
    rf"(?:(?P<dash>[-之])(?P<sub>{NUMERAL}|[甲乙丙丁A-Z])(?:[-之]{NUMERAL})?)?"
    rf"(?:号(?!楼(?![上下梯道])|[栋幢线巷]|馆|"
    rf"厂房)(?:[-至到]{NUMERAL}号)?(?P<yard>[大小]?院(?!{HAN}(?<![旁对])))?(?:[-之附](?P<after>{NUMERAL})(?:[-之]{NUMERAL})?(?:号(?!楼))?|"
    rf"附?(?P<stem>[甲乙丙丁])(?=$|[^座栋幢单]))?"
    rf"|附(?P<bare_sub>{NUMERAL})(?:号|(?![0-9栋幢])))"
)
BARE = re.compile(
    r"[A-Z]?[0-9]{1,5}[A-Z甲乙丙丁]?(?![0-9A-Z])|[一二三四五六七八九][〇零一二三四五六七八九]{2,3}(?=$|[ ,()])"
)
ZHI = re.compile(rf"之{NUMERAL}")


def read_number(scan: Scan) -> bool:
    """Take the numbered element that begins here, if one does."""
    return any((found := pattern.match(scan.text, scan.at)) and read(scan, found) for pattern, read in _READERS)


def _neighbourhood(scan: Scan, found: re.Match[str]) -> bool:
    scan.taiwan = True
    street = STREET_NEXT.match(scan.text, found.end())
    text = scan.take(K.OTHER if street else K.ROAD, found.end())
    scan.say(neighbourhood=bare(text))
    return True


STREET_NEXT = re.compile(rf"{HAN}|[0-9]+(?:巷|弄)")
"""Behind a 邻 in Taiwan's way a name is a road's; without one the 邻 carries the numbers itself."""


def _block(scan: Scan, found: re.Match[str]) -> bool:
    scan.say(estate=scan.take(K.ESTATE, found.end()))
    return True


def _row(scan: Scan, found: re.Match[str]) -> bool:
    """Take a row of houses: in a village as its lanes, in an estate or a market as a building."""
    in_an_estate = scan.last in ESTATES
    scan.take(K.BUILDING if in_an_estate else K.ROAD, found.end())
    scan.say(**{"building" if in_an_estate else "group": found.group()})
    return True


def _group(scan: Scan, found: re.Match[str]) -> bool:
    if scan.seen & {K.DOOR, K.BUILDING} and K.VILLAGE not in scan.seen:
        return False
    scan.say(group=bare(scan.take(K.ROAD, found.end())))
    return True


def _road(scan: Scan, found: re.Match[str]) -> bool:
    if scan.last in {K.BUILDING, K.UNIT, K.FLOOR}:
        return False
    end = found.end()
    while tail := STREET_TAIL.match(scan.text, end):
        end = tail.end()
    section = SECTION.match(scan.text, end)
    end = section.end() if section else end
    in_an_estate = scan.last in ESTATES and scan.touching and scan.text[end - 1] in "街巷"
    text = scan.take(K.SUBROAD if scan.street or in_an_estate else K.ROAD, end)
    number = section["named"] if section and section["named"] else ""
    if number and bare(number) and number[0] not in "东南西北中":
        scan.say(road=text[: -len(number) - 1], section=bare(number))
    scan.say(**{"lane" if scan.street else "road": text})
    scan.street = True
    return True


def _lane(scan: Scan, found: re.Match[str]) -> bool:
    text = found.group()
    if scan.street or scan.taiwan or scan.last in ESTATES:
        scan.take(K.SUBROAD, found.end())
        scan.say(**{_lane_field(scan, text): bare(text)})
        return True
    scan.say(road=scan.take(K.ROAD, found.end()))
    scan.street = True
    return True


def _lane_field(scan: Scan, text: str) -> str:
    """Return which part a lane is: 巷 lane, 弄 alley, 衖 below it."""
    if text[-1] in LANE_FIELDS:
        return LANE_FIELDS[text[-1]]
    return "alley" if scan.values.get("lane") else "lane"


def _phase(scan: Scan, found: re.Match[str]) -> bool:
    if not (scan.placed or scan.last is K.VILLAGE) or (
        found.group()[0] in "东南西北中前后内外" and scan.last not in ESTATES
    ):
        return False
    scan.say(subestate=scan.take(K.SUBESTATE, found.end()))
    return True


def _building(scan: Scan, found: re.Match[str]) -> bool:
    last, text = scan.last, found.group()
    if NUMBER_SIGN.fullmatch(text) and last in {K.BUILDING, K.ROAD, K.SUBROAD}:
        # 9#2#604: building, unit; 沙湾大道12#: door.
        scan.take(K.UNIT if last is K.BUILDING else K.DOOR, found.end())
        scan.say(**{"unit": text[:-1]} if last is K.BUILDING else {"number": int(text[:-1])})
        return True
    label = LABELLED.fullmatch(scan.take(K.BUILDING, found.end()))
    scan.say(building=digits(label[1]) if label else text)
    return True


def _unit(scan: Scan, found: re.Match[str]) -> bool:
    if (
        GATE.fullmatch(found.group())
        and scan.last in ESTATES
        and not scan.text[found.end() : found.end() + 1].isdecimal()
    ):
        scan.say(subestate=scan.take(K.SUBESTATE, found.end()))
        return True
    if found.group().endswith("梯") and scan.last in {K.ROAD, K.SUBROAD}:
        return False
    if FLAT.match(found.group()):
        scan.say(room=bare(scan.take(K.ROOM, found.end())))
        return True
    text = scan.take(K.UNIT, found.end())
    scan.say(unit=digits(re.sub(r"^第|号?单元$|号?门$|梯$", "", text)))
    return True


def _floor(scan: Scan, found: re.Match[str]) -> bool:
    scan.say(floor=floor_of(scan.take(K.FLOOR, found.end())))
    if behind := ZHI.match(scan.text, scan.at):
        scan.say(room=bare(scan.take(K.ROOM, behind.end())))
    return True


def _room(scan: Scan, found: re.Match[str]) -> bool:
    if not _is_a_room(scan, found):
        return False
    text = scan.take(K.ROOM, found.end())
    scan.say(room=digits(re.sub(r"号?(?:室|房间|房|户)$", "", text)))
    return True


def _is_a_room(scan: Scan, found: re.Match[str]) -> bool:
    """Tell rooms from 3-501室, which is composed, a road's 12号门市, and 东门 or A-3 outside of a building."""
    text = found.group()
    composed = COMPOSED.match(scan.text, scan.at)
    if composed and composed[3] in {"室", "房"} and composed.end() == found.end():
        return ROOMS.fullmatch(text) is not None
    if scan.last in {K.ROAD, K.SUBROAD}:
        return "号" not in text and text[0].isdecimal()
    bare_word = text[0] in "左右中东西" or (text[0].isalpha() and "-" in text[:3])
    return not bare_word or scan.last in {K.BUILDING, K.UNIT, K.FLOOR}


def _composed(scan: Scan, found: re.Match[str]) -> bool:
    """Take 3-2-501 apart, by what comes before it: building, unit, room; the hyphens are redundant."""
    numbers = [found[1], *found[2][1:].split("-")]
    kinds = _kinds_of(scan, numbers, found[3] or "")
    if kinds == [K.ROOM]:
        scan.say(room=scan.take(K.ROOM, found.end()))
        return True
    if kinds is None or (scan.last in DOORS and scan.text[scan.at - 1] == ","):
        return False
    for kind, number in zip(kinds, numbers, strict=True):
        if scan.text[scan.at] == "-":
            scan.take(K.REDUNDANT, scan.at + 1)
        end = scan.at + len(number)
        end = found.end() if found.end() - end == len(found[3] or "") and kind is kinds[-1] and found[3] else end
        scan.take(kind, end)
        scan.say(**{kind.value: floor_of(number) if kind is K.FLOOR else number})
    return True


TOWER = re.compile(r"(?:大厦|中心|大楼|商厦|写字楼)[ (]?$")
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SEQUENCE = (K.BUILDING, K.UNIT, K.FLOOR, K.ROOM)


def _kinds_of(scan: Scan, numbers: list[str], generic: str) -> list[ElementKind] | None:
    """Return what joined numbers are; [ROOM] is one room as a whole, None no such thing."""
    last, count = scan.last, len(numbers)
    if count == 2 and len(numbers[0].strip(LATIN)) >= 3 and last in {*DOORS, K.BUILDING, K.FLOOR}:
        return [K.ROOM]
    short = count == 2 and len(numbers[1]) < 3
    if last in {K.UNIT, K.BUILDING}:
        return _inside(K.FLOOR if last is K.UNIT or short else K.UNIT, count)
    if short and (last in DOORS or TOWER.search(scan.text, 0, scan.at)) and generic != "号":
        return [K.FLOOR, K.ROOM]
    at_door = last in DOORS or last in ESTATES
    if not at_door and (generic == "号" or not (last is K.FLOOR or (last in {None, K.ROAD} and count > 2))):
        return None
    return {2: [K.BUILDING, K.ROOM], 3: [K.BUILDING, K.UNIT, K.ROOM], 4: list(_SEQUENCE)}[count]


def _inside(first: ElementKind, count: int) -> list[ElementKind] | None:
    if count == 2:
        return [first, K.ROOM]
    return [K.UNIT, K.FLOOR, K.ROOM] if count == 3 and first is K.UNIT else None


def _door(scan: Scan, found: re.Match[str]) -> bool:
    """Take 12号 by what comes before it: behind a building a room, behind a door or an estate a building."""
    start, end = found.span()
    if scan.last in {K.BUILDING, K.UNIT, K.FLOOR}:
        scan.say(room=bare(scan.take(K.ROOM, end)))
    elif scan.last in DOORS and scan.touching and scan.text.endswith(found.group(), 0, start):
        scan.take(K.REDUNDANT, end)
    elif scan.last in DOORS and scan.text[start - 1] == ",":
        scan.take(K.DOOR, end)
    elif _is_a_building(scan, found):
        scan.say(building=bare(scan.take(K.BUILDING, end)))
    else:
        _say_door(scan, found, K.SUBDOOR if _in_a_lane(scan) else K.DOOR)
    return True


def _in_a_lane(scan: Scan) -> bool:
    return scan.on_a_lane and not scan.taiwan and K.SUBDOOR not in scan.seen


def _is_a_building(scan: Scan, found: re.Match[str]) -> bool:
    if found["yard"] or found.group().startswith("附"):
        return False
    return scan.last in DOORS or (scan.last in ESTATES and not _in_a_lane(scan))


def _say_door(scan: Scan, found: re.Match[str], kind: ElementKind) -> None:
    scan.take(kind, found.end())
    number = digits(found["number"])
    if found.group().startswith("附"):
        scan.say(sub_number=number)
        return
    if "number" in scan.values or not number.isdecimal():
        return
    sub = digits(found["after"] or found["bare_sub"] or found["sub"] or "")
    last = _end_of_range(int(number), sub) if found["dash"] == "-" and found["sub"] else None
    scan.say(number=int(number), number_last=last)
    scan.say(suffix=found["suffix"] or found["stem"] or "", sub_number="" if last else sub)


def _end_of_range(number: int, last: str) -> int | None:
    """Return the end of 12-16; 12-3 and 12-15 are sub-numbers (the end is larger and on the same side)."""
    fits = last.isdecimal() and int(last) > number and (int(last) - number) % 2 == 0
    return int(last) if fits else None


def _bare(scan: Scan, found: re.Match[str]) -> bool:
    """Take a number without a word by what comes before it."""
    last, above = scan.last, scan.last in DOORS or scan.last in ESTATES
    if last in DOORS and scan.text[scan.at - 1] == ",":
        scan.take(last or K.DOOR, found.end())
    elif last in {K.UNIT, K.FLOOR, K.BUILDING} or (above and len(found.group().strip(LATIN + "甲乙丙丁")) >= 3):
        scan.say(room=digits(scan.take(K.ROOM, found.end())))
    elif above:
        scan.say(building=scan.take(K.BUILDING, found.end()))
    else:
        return last in {K.ROAD, K.SUBROAD} and _bare_door(scan)
    return True


def _bare_door(scan: Scan) -> bool:
    """Take a door's number without 号, behind its road: 铜河路12-3."""
    found = BARE_DOOR.match(scan.text, scan.at)
    if found is None:
        return False
    scan.take(K.SUBDOOR if scan.last is K.SUBROAD and not scan.taiwan else K.DOOR, found.end())
    scan.say(number=int(found["number"]), suffix=found["suffix"], sub_number=found["sub"] or "")
    return True


BARE_DOOR = re.compile("(?P<number>[0-9]{1,5})(?P<suffix>[A-Z甲乙丙丁]?)(?:-(?P<sub>[0-9]{1,5}))?")

_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (NEIGHBOURHOOD, _neighbourhood),
    (GROUP, _group),
    (BLOCK, _block),
    (ROW, _row),
    (HIGHWAY, _road),
    (COUNTED_ROAD, _road),
    (LANE, _lane),
    (PHASE, _phase),
    (BUILDING, _building),
    (NUMBERED_BUILDING, _building),
    (UNIT, _unit),
    (FLOOR, _floor),
    (ROOM, _room),
    (COMPOSED, _composed),
    (DOOR, _door),
    (BARE, _bare),
)
