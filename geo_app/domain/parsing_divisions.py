"""Divisions at the place a reading has come to: by the list, by short name in context, or by form."""

import re

from geo_app.domain.parsing_elements import ElementKind
from geo_app.domain.parsing_endings import Name, first_name
from geo_app.domain.parsing_gazetteer import KnownDivision, NamedDivision
from geo_app.domain.parsing_scan import DIVISIONS, Scan
from geo_app.domain.parsing_words import CONTACT, ENDINGS, HAN, LABEL, NUMERAL, STREET_TAIL, Ending, words

COUNTRY = re.compile(r"中华人民共和国|中国|CHINA(?![A-Z])")
AFTER_COUNTRY = re.compile(r"[^\u3400-\u9fffA-Z]|$")
OFFICE = re.compile(r"办事处|办(?=[\u3400-\u9fff]{2,8}?(?:社区|村|路|街))")
PROVINCE = re.compile(rf"{HAN}{{2,3}}省|{HAN}{{2,7}}?自治区|(?:香港|澳门)特别行政区")
CITY = re.compile(rf"{HAN}{{1,8}}?(?:自治州|市(?![场政民委府集郊容]|区)|地区|盟(?=[\u3400-\u9fff]))")
COUNTY = re.compile(rf"{HAN}{{1,8}}?(?:自治县|县|区|自治旗|旗)")
NO_NAME = re.compile(rf"[路街巷道号栋幢楼村镇乡弄厦]|公司|学校|花园|{HAN}[城院店]|超市|门市|城市$|都市$|夜市")
NO_COUNTY = re.compile(
    r"(?:小|社|园|校|厂|景|片|街|院|库|业|工|开发|高新|新|经济|技术|住宅|生活|家属|别墅|宿舍|服务|保税|度假|"
    r"示范|管理|试验|[A-Z一二三四五六七八九十期])区$"
    r"|^[东南西北中前后]区$|知县$|红旗$|国旗$"
)
"""小区, 园区, 东区 are no counties; those that are stand in the list."""
INSTITUTION = re.compile(
    rf"(?:{HAN}{{0,4}}(?:大学|学院|大厦|宾馆|酒店|饭店|大酒店|商场|百货|银行|公司|集团|广场|花园|小区|公寓|"
    rf"火锅|烤鸭|拉面|小吃|菜馆|餐厅|新城|商城|小镇|人家|饭庄|会馆|名城|明珠|风情))"
)
TWICE = re.compile("(北京|天津|上海|重庆)市?[ ,/-]?\\1市")
FILLER = re.compile(rf"(?:市辖区|(?:省|自治区)直辖(?:县级行政区划|县级行政单位|县(?!级))?|县(?={HAN}{{1,7}}县)|市辖县)")
ZONE_OF_THE_COUNTRY = re.compile(rf"\({HAN}{{2,4}}\)(?:自由贸易|自贸)")
REGIMENT = re.compile(r"[0-9一二三四五六七八九十]{1,4}团(?![购队圆])")
STREET_ITSELF = re.compile(r"大道|大街|路(?![东南西北]?[\u3400-\u9fff]{0,3}(?:社区|村))|街(?!道|上|村)|巷")
LONGER_STILL = re.compile(rf"{HAN}{{1,4}}族[镇乡]|{NUMERAL}村")
ZONE_AT_END = re.compile(rf"(?:{words(ENDINGS[Ending.ZONE])})$")
ZONE_ITSELF = re.compile(words(ENDINGS[Ending.ZONE]))
"""大庆高新区: a zone named by its city."""
LONGER = ("省", "市", "县", "区", "镇", "乡", "街道", "旗", "州", "村", "社区")
"""What makes a short name another, longer name."""
AFTER_ALL = re.compile(r"[^\u3400-\u9fffA-Z0-9]|$")
TAIWAN_CITY = re.compile(
    "(?:台北|新北|桃园|台中|台南|高雄|基隆|新竹|嘉义)市|(?:新竹|苗栗|彰化|南投|云林|嘉义|屏东|宜兰|花莲|台东|澎湖|金门|连江|台北|台中|台南|高雄|桃园)县"
)
TOWN_OF_TAIWAN = re.compile(rf"{HAN}{{1,3}}?(?:[镇市]区|[区乡镇]|市(?!场))")
VILLAGE_BELOW = re.compile(rf"(?:(?![路街段巷]{HAN}{{2,6}}?[里村]){HAN}){{1,6}}?[里村](?!里)(?={NUMERAL}邻)")
"""Below a town any name may end in 里 and 村: 左镇里."""
VILLAGE_BEHIND = re.compile(rf"{HAN}{{1,5}}?[里村](?={NUMERAL}邻)")
STREET_VILLAGE = re.compile(rf"{HAN}{{0,3}}?[路街巷][里村](?={NUMERAL}邻|{HAN})")
VILLAGE_OF_TAIWAN = re.compile(
    rf"{HAN}(?:(?![区镇乡]|[路街段巷]{HAN}{{2,6}}?[里村]){HAN}){{0,5}}?[里村](?!里)(?={NUMERAL}邻|"
    rf"{HAN}{{1,8}}[路街道]|[0-9]|{HAN}{{1,5}}[0-9])"
)


def read_division(scan: Scan) -> bool:
    """Take the division that begins here, if one does."""
    return _country(scan) or _filler(scan) or _of_taiwan(scan) or _listed(scan) or _formed(scan)


def _country(scan: Scan) -> bool:
    found = COUNTRY.match(scan.text, scan.at) if not scan.placed else None
    if not found or not (
        AFTER_COUNTRY.match(scan.text, found.end()) or any(scan.gazetteer.named_at(scan.text, found.end()))
    ):
        return False
    if ZONE_OF_THE_COUNTRY.match(scan.text, found.end()):
        return False
    scan.take(ElementKind.REDUNDANT if ElementKind.COUNTRY in scan.seen else ElementKind.COUNTRY, found.end())
    return True


def _of_taiwan(scan: Scan) -> bool:
    """Take a city or county of Taiwan, whose divisions no list here has: what follows is read by its form."""
    found = TAIWAN_CITY.match(scan.text, scan.at) if scan.level < 2 and not scan.placed else None
    if not found:
        return False
    _take_level(scan, 2 if found.group()[-1] == "市" else 3, found.end())
    scan.level, scan.codes, scan.taiwan = 2, ("71",), True
    return True


def _listed(scan: Scan) -> bool:
    return any(
        _by_full_name(scan, named, end) or _by_short_name(scan, named, end)
        for end, named in scan.gazetteer.named_at(scan.text, scan.at)
    )


def _by_full_name(scan: Scan, named: tuple[NamedDivision, ...], end: int) -> bool:
    divisions = [one.division for one in named if not one.short]
    if not divisions or _goes_on(scan, divisions, end):
        return False
    lower = [one for one in divisions if one.level > scan.level]
    inside = _within(lower, scan.codes)
    if scan.placed and not _stands_alone(scan, end):
        return False
    if inside:
        _take(scan, inside, end)
        return True
    if _above(scan, divisions, end) or _repeats(scan, divisions, end):
        return True
    if lower and not scan.placed:
        level = min(one.level for one in lower)
        _take_level(scan, level, end)
        return True
    return False


def _goes_on(scan: Scan, divisions: list[KnownDivision], end: int) -> bool:
    """Tell whether a full name is but the beginning of another: 乐山｜市中区, 河南｜省直辖; not 唐山市｜路北区."""
    text, below = scan.text, tuple(one.code for one in divisions)
    if STREET_ITSELF.match(text, end):
        return _listed_below(scan, end, below) is None
    if text.startswith("省直辖", end - 1):
        return True
    inner = text.startswith(("市中区", "市南区", "市北区"), end - 1)
    return inner and _listed_below(scan, end - 1, below) is not None


def _above(scan: Scan, divisions: list[KnownDivision], end: int) -> bool:
    """Take a division that holds those named before it: 沙湾区乐山市四川省."""
    holding = [one for one in divisions if scan.codes and one.level not in scan.names]
    holding = [one for one in holding if all(code.startswith(one.code) for code in scan.codes)]
    if not holding:
        return False
    kind = DIVISIONS[holding[0].level - 1]
    scan.names[holding[0].level] = scan.text[scan.at : end]
    scan.say(**{kind.value: scan.take(kind, end)})
    return True


def _within(divisions: list[KnownDivision], codes: tuple[str, ...]) -> list[KnownDivision]:
    """Return those of the highest level that lie in one of `codes`; all of them where nothing is known yet."""
    inside = [one for one in divisions if not codes or one.code.startswith(codes)]
    level = min((one.level for one in inside), default=0)
    return [one for one in inside if one.level == level]


def _stands_alone(scan: Scan, end: int) -> bool:
    """Tell whether a division named behind a street or an estate is one: 12号(乐山市), not 12号乐山市商业银行."""
    return bool(AFTER_ALL.match(scan.text, end)) or _listed_below(scan, end, ()) is not None


def _repeats(scan: Scan, divisions: list[KnownDivision], end: int) -> bool:
    """Take a division that was named already as redundant; 上海上海市: the second is the city."""
    text = scan.text[scan.at : end]
    known = [level for level, name in scan.names.items() if name == text or _same(name, text)]
    if not known:
        return False
    first = divisions[0]
    if first.level == 1 and scan.level == 1 and text.endswith("市") and 2 not in scan.names:
        scan.level, scan.names[2] = 2, scan.take(ElementKind.CITY, end)
        return True
    scan.take(ElementKind.REDUNDANT, end)
    return True


def _filler(scan: Scan) -> bool:
    """Take what forms fill in where a level has no division: 市辖区, 县."""
    found = FILLER.match(scan.text, scan.at) if scan.level and not scan.placed else None
    if found:
        scan.take(ElementKind.REDUNDANT, found.end())
    return bool(found)


def _same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and long.startswith(short) and len(long) - len(short) == 1


def _take(scan: Scan, divisions: list[KnownDivision], end: int) -> None:
    scan.codes = tuple(sorted({one.code for one in divisions}))
    if divisions[0].level == 1 and divisions[0].name.endswith("市"):
        _as_municipality(scan, end)
        return
    _take_level(scan, divisions[0].level, end)


def _take_level(scan: Scan, level: int, end: int) -> None:
    if level == 4 and (office := OFFICE.match(scan.text, end)):
        end = office.end()
    kind = DIVISIONS[level - 1]
    text = scan.take(kind, end)
    scan.level = level
    scan.names[level] = text
    scan.say(**{kind.value: text})


def _as_municipality(scan: Scan, end: int) -> None:
    """Take 上海市 as a city; where it stands twice the first is the province. It is one division."""
    twice = TWICE.match(scan.text, scan.at)
    text = scan.take(ElementKind.PROVINCE if twice else ElementKind.CITY, end)
    scan.level = 1 if twice else 2
    scan.names[scan.level] = text
    scan.say(province=text)


def _by_short_name(scan: Scan, named: tuple[NamedDivision, ...], end: int) -> bool:
    divisions = [one.division for one in named if one.short and one.division.level > scan.level]
    inside = _within(divisions, scan.codes)
    if (not inside and _repeated_shortly(scan, end)) or (inside and inside[0].level == 4 and _is_the_seat(scan, end)):
        scan.take(ElementKind.REDUNDANT, end)
        return True
    if not inside and AFTER_ALL.match(scan.text, end) and not scan.placed:
        return _above(scan, [one.division for one in named if one.short], end)
    if scan.placed or not inside or inside[0].level == 5 or _is_of_a_street(scan.text, end):
        return False
    if _in_context(scan, inside, end):
        _take(scan, inside, end)
        return True
    return False


def _is_of_a_street(text: str, end: int) -> bool:
    """Tell whether a short name that ends here is a street's: 北京｜路, 花园路."""
    return text[end - 1] in "路街巷道" or STREET_TAIL.match(text, end) is not None


def _is_the_seat(scan: Scan, end: int) -> bool:
    """Tell whether a short name repeats its county (沙湾区沙湾铜河路): its seat has the same name."""
    county = scan.names.get(3, "")
    name = first_name(scan.text, end, len(scan.text), scan) if county.startswith(scan.text[scan.at : end]) else None
    return name is not None and name.ending is Ending.ROAD and name.start_of_ending - end >= 2 and not scan.placed


def _repeated_shortly(scan: Scan, end: int) -> bool:
    """Tell whether a short name repeats divisions: 四川省乐山市沙湾区｜乐山沙湾, not 沙湾区沙湾小学."""
    text = scan.text[scan.at : end]
    known = not scan.placed and any(name.startswith(text) for name in scan.names.values())
    if not known or STREET_TAIL.match(scan.text, end) or scan.text.startswith(LONGER, end):
        return False
    following = any(scan.text.startswith(name[:2], end) and name[:2] != text[:2] for name in scan.names.values())
    following = following or _listed_below(scan, end, scan.codes) is not None
    behind = scan.touching and bool(scan.found) and scan.found[-1][0] is ElementKind.REDUNDANT
    return following or (behind and not INSTITUTION.match(scan.text, end))


def _in_context(scan: Scan, divisions: list[KnownDivision], end: int) -> bool:
    """Tell whether what goes on makes the short name a division: 乐山｜铜河路, not 乐山师范学院."""
    level = divisions[0].level
    below = _listed_below(scan, end, tuple(one.code for one in divisions))
    if below is not None and level < 4:
        return True
    if scan.text.startswith(LONGER, end) or LONGER_STILL.match(scan.text, end):
        return False
    anchored = bool(scan.codes) and scan.last in DIVISIONS and not scan.text[scan.found[-1][2] : scan.at].strip()
    if AFTER_ALL.match(scan.text, end):
        return anchored or level < 4
    if ZONE_ITSELF.match(scan.text, end):
        return level == 2
    if level == 4:
        return anchored and scan.level == 3 and _stands_before_its_own(scan, end)
    return _stands_before_a_name(scan, anchored=anchored, end=end)


def _stands_before_its_own(scan: Scan, end: int) -> bool:
    """Tell whether a township's short name stands before a village, or a street that the register knows.

    上地信息路 is as likely one name.
    """
    name = first_name(scan.text, end, len(scan.text), scan)
    if name is None or name.ending is not Ending.VILLAGE:
        return scan.gazetteer.streets.end_at(scan.text, end) > end
    return name.start_of_ending - end >= 2


def _stands_before_a_name(scan: Scan, *, anchored: bool, end: int) -> bool:
    """Tell whether what follows a short name has a name of its own: 乐山｜铜河路, not 北京｜路 or 乐山师范学院."""
    if INSTITUTION.match(scan.text, end):
        return False
    name = first_name(scan.text, end, len(scan.text), scan)
    if name is None or name.ending in {Ending.PLACE, Ending.WEAK, Ending.BUILDING}:
        return anchored
    return name.start_of_ending - end >= 2


def _listed_below(scan: Scan, start: int, codes: tuple[str, ...]) -> int | None:
    """Return where a listed division ends that begins at `start` and lies in one of `codes`, None for none."""
    for end, named in scan.gazetteer.named_at(scan.text, start):
        for one in named:
            deeper = one.division.code.startswith(codes) and one.division.code not in codes if codes else not one.short
            if deeper and one.division.level < 5 and (not one.short or one.division.level < 4):
                return None if STREET_ITSELF.match(scan.text, end) else end
    return None


def _in_taiwan(scan: Scan) -> bool:
    """Take 區 (as a county's), 鄉 鎮 市 (as townships), 里 and 村 (as villages) by their form."""
    if scan.placed:
        return _village_behind(scan)
    town = TOWN_OF_TAIWAN.match(scan.text, scan.at) if scan.level == 2 else None
    if town and (not STREET_TAIL.match(scan.text, town.end()) or STREET_VILLAGE.match(scan.text, town.end())):
        _take_level(scan, 3 if town.group().endswith("区") else 4, town.end())
        return True
    village = VILLAGE_OF_TAIWAN.match(scan.text, scan.at) if scan.level < 5 else None
    if not village and scan.level in {3, 4}:
        village = VILLAGE_BELOW.match(scan.text, scan.at)
    if village:
        _take_level(scan, 5, village.end())
    return bool(village)


def _village_behind(scan: Scan) -> bool:
    """Take 里 and 村 behind a street, where the neighbourhood follows: 中山路一段新街里4鄰8號."""
    village = VILLAGE_BEHIND.match(scan.text, scan.at) if 5 not in scan.names else None
    if village:
        _take_level(scan, 5, village.end())
    return bool(village)


def _formed(scan: Scan) -> bool:
    if scan.taiwan and _in_taiwan(scan):
        return True
    if scan.placed or scan.level >= 3:
        return False
    for level, form in ((1, PROVINCE), (2, CITY), (3, COUNTY)):
        if level > scan.level and _by_form(scan, level, form):
            return True
    return False


def _by_form(scan: Scan, level: int, form: re.Pattern[str]) -> bool:
    found = form.match(scan.text, scan.at)
    if not found or STREET_TAIL.match(scan.text, found.end()) or CONTACT.match(scan.text, scan.at):
        return False
    name = found.group()
    if LABEL.match(scan.text, scan.at) or NO_NAME.search(name, 0, len(name) - 1):
        return False
    if NO_COUNTY.search(name) or (level == 3 and ZONE_AT_END.search(name)) or _holds_a_listed(scan, found.end()):
        return False
    _take_level(scan, level, found.end())
    return True


def _holds_a_listed(scan: Scan, end: int) -> bool:
    """Tell whether a listed division stands at the end of what has a division's form: 南京玄武区."""
    inside = (place for place in range(scan.at + 1, end - 1))
    return any(
        there == end and not named[0].short
        for place in inside
        for there, named in scan.gazetteer.named_at(scan.text, place)
    )


def division_ahead(scan: Scan) -> int | None:
    """Return where a listed province, city or county begins before any number: what stands before it is none of it."""
    for place in range(scan.at + 1, min(scan.at + 12, len(scan.text))):
        if not scan.text[place - 1].isalpha():
            return None
        for _, named in scan.gazetteer.named_at(scan.text, place):
            full = [one.division for one in named if not one.short and one.division.level < 4]
            if full and _within(full, scan.codes):
                return place
    return None


def named_township(scan: Scan, name: Name) -> bool:
    """Take a township that only its form shows; one level is named once."""
    if scan.level >= 4 or scan.street or scan.placed:
        return False
    _take_level(scan, 4, name.end)
    return True
