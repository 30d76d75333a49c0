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
NUMBERED_BUILDING = re.compile(rf"第?{NUMERAL}号大楼|{NUMERAL}号门(?=[0-9]{{2,}})")
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
    text = scan.take(K.BUILDING, found.end())
    if scan.last is K.BUILDING and re.fullmatch(r"[0-9]+#", text):
        scan.found[-1] = (K.UNIT, *scan.found[-1][1:])
        scan.say(unit=text[:-1])
        return True
    if scan.last in {K.ROAD, K.SUBROAD} and re.fullmatch(r"[0-9]+#", text):
        scan.found[-1] = (K.DOOR, *scan.found[-1][1:])
        scan.say(number=int(text[:-1]))
        return True
    label = re.fullmatch(
        rf"第?({LETTERED}(?:-{LETTERED})?|[甲乙丙丁戊东南西北中前后])(?:号楼|[栋幢座#]楼?|楼栋|#楼)", text
    )
    scan.say(building=digits(label[1]) if label else text)
    return True


def _unit(scan: Scan, found: re.Match[str]) -> bool:
    gate = re.fullmatch(rf"(?:[东南西北中]|{NUMERAL}号)门", found.group())
    if gate and scan.last in ESTATES and not scan.text[found.end() : found.end() + 1].isdecimal():
        scan.say(subestate=scan.take(K.SUBESTATE, found.end()))
        return True
    if found.group().endswith("梯") and scan.last in {K.ROAD, K.SUBROAD}:
        return False
    flat = re.match(r"[0-9]{3,}单元", found.group())
    if flat:
        scan.say(room=bare(scan.take(K.ROOM, found.end())))
        return True
    text = scan.take(K.UNIT, found.end())
    scan.say(unit=digits(re.sub(r"^第|号?单元$|号?门$|梯$", "", text)))
    return True


def _floor(scan: Scan, found: re.Match[str]) -> bool:
    scan.say(floor=floor_of(scan.take(K.FLOOR, found.end())))
    scan.touching and (zhi := ZHI.match(scan.text, scan.at)) and _zhi_room(scan, zhi)
    return True


def _zhi_room(scan: Scan, found: re.Match[str]) -> None:
    scan.say(room=bare(scan.take(K.ROOM, found.end())))


def _room(scan: Scan, found: re.Match[str]) -> bool:
    composed = COMPOSED.match(scan.text, scan.at)
    if (
        composed
        and composed[3] in {"室", "房"}
        and composed.end() == found.end()
        and not ROOMS.fullmatch(found.group())
    ):
        return False
    if scan.last in {K.ROAD, K.SUBROAD} and "号" in found.group():
        return False
    if (
        found.group()[0] in "左右中东西" or (found.group()[0].isalpha() and "-" in found.group()[:3])
    ) and scan.last not in {K.BUILDING, K.UNIT, K.FLOOR}:
        return False
    text = scan.take(K.ROOM, found.end())
    scan.say(room=digits(re.sub(r"号?(?:室|房间|房|户)$", "", text)))
    return True


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
_SEQUENCE = (K.BUILDING, K.UNIT, K.FLOOR, K.ROOM)


def _kinds_of(scan: Scan, numbers: list[str], generic: str) -> list[ElementKind] | None:
    last, count = scan.last, len(numbers)
    if count == 2 and len(re.sub("[A-Z]", "", numbers[0])) >= 3 and last in {*DOORS, K.BUILDING, K.FLOOR}:
        return [K.ROOM]
    short = count == 2 and len(numbers[1]) < 3
    if last is K.UNIT:
        return [K.FLOOR, K.ROOM] if count == 2 else None
    if last is K.BUILDING:
        return (
            [K.FLOOR if short else K.UNIT, K.ROOM] if count == 2 else [K.UNIT, K.FLOOR, K.ROOM] if count == 3 else None
        )
    if short and (last in DOORS or TOWER.search(scan.text, 0, scan.at)) and generic != "号":
        return [K.FLOOR, K.ROOM]
    at_door = last in DOORS or last in ESTATES or last is K.FLOOR or (last is None and count > 2)
    if last is K.ROAD and generic != "号" and count > 2:
        at_door = True
    if not at_door or (generic == "号" and last not in DOORS and last not in ESTATES):
        return None
    return {2: [K.BUILDING, K.ROOM], 3: [K.BUILDING, K.UNIT, K.ROOM], 4: list(_SEQUENCE)}[count]


def _door(scan: Scan, found: re.Match[str]) -> bool:
    start, end = found.span()
    if scan.last in {K.BUILDING, K.UNIT, K.FLOOR}:
        scan.say(room=bare(scan.take(K.ROOM, end)))
    elif scan.last in DOORS and scan.touching and scan.text.endswith(found.group(), 0, start):
        scan.take(K.REDUNDANT, end)
    elif scan.last in ESTATES and scan.on_a_lane and K.SUBDOOR not in scan.seen and not scan.taiwan:
        _say_door(scan, found, K.SUBDOOR)
    elif scan.last in DOORS and scan.text[start - 1] == ",":
        scan.take(K.DOOR, end)
    elif (scan.last in DOORS or scan.last in ESTATES) and not found["yard"] and not found.group().startswith("附"):
        scan.say(building=bare(scan.take(K.BUILDING, end)))
    elif scan.on_a_lane and not scan.taiwan and K.SUBDOOR not in scan.seen:
        _say_door(scan, found, K.SUBDOOR)
    else:
        _say_door(scan, found, K.DOOR)
    return True


def _say_door(scan: Scan, found: re.Match[str], kind: ElementKind) -> None:
    scan.take(kind, found.end())
    number = "" if found.group().startswith("附") else digits(found["number"])
    sub = digits(found["number"]) if not number else found["after"] or found["bare_sub"] or found["sub"] or ""
    suffix = found["suffix"] or found["stem"] or ""
    value = int(number) if number.isdecimal() else None
    last = digits(sub) if found["dash"] == "-" and found["sub"] else ""
    ranged = value is not None and last.isdecimal() and int(last) > value and (int(last) - value) % 2 == 0
    if value is not None and "number" in scan.values:
        return
    scan.say(number=value, suffix=suffix, sub_number="" if ranged else digits(sub))
    if ranged:
        scan.say(number_last=int(last))


def _bare(scan: Scan, found: re.Match[str]) -> bool:
    """Take a number without a word by what comes before it."""
    text, last = found.group(), scan.last
    if last in DOORS and scan.text[scan.at - 1] == ",":
        scan.take(last or K.DOOR, found.end())
        return True
    long = len(re.sub("[A-Z甲乙丙丁]", "", text)) >= 3
    if last in {K.UNIT, K.FLOOR, K.BUILDING} or ((last in DOORS or last in ESTATES) and long):
        scan.say(room=scan.take(K.ROOM, found.end()))
    elif (last in {K.ROAD, K.SUBROAD} and not long) or last in {K.ROAD, K.SUBROAD}:
        number = DIGITS.match(text)
        if not number:
            return False
        dashed = re.compile(r"[0-9]{1,5}[A-Z甲乙丙丁]?(?:-[0-9]{1,5})?").match(scan.text, scan.at)
        end = dashed.end() if dashed else found.end()
        kind = K.SUBDOOR if last is K.SUBROAD and not scan.taiwan else K.DOOR
        written = scan.take(kind, end)
        head, _, sub = written.partition("-")
        scan.say(number=int(number.group()), suffix=head[number.end() :], sub_number=sub)
    elif last in DOORS or last in ESTATES:
        scan.say(building=scan.take(K.BUILDING, found.end()))
    else:
        return False
    return True


DIGITS = re.compile(r"[0-9]+")

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
