"""Divisions at the place a reading has come to: by the list, by short name in context, or by form."""

import re

from geo_app.domain.parsing_elements import ElementKind
from geo_app.domain.parsing_endings import Name, first_name
from geo_app.domain.parsing_gazetteer import KnownDivision, NamedDivision
from geo_app.domain.parsing_scan import DIVISIONS, Scan
from geo_app.domain.parsing_words import CONTACT, HAN, LABEL, STREET_TAIL, Ending

COUNTRY = re.compile(r"中华人民共和国|中国(?=[\u3400-\u9fff]{2,}?[省市区])|中国(?=[ ,.]|$)")
OFFICE = re.compile(r"办事处|办(?=[\u3400-\u9fff]{2,8}?(?:社区|村|路|街))")
PROVINCE = re.compile(rf"{HAN}{{2,3}}省|{HAN}{{2,7}}?自治区|(?:香港|澳门)特别行政区")
CITY = re.compile(rf"{HAN}{{1,8}}?(?:自治州|市(?![场政民委府集郊容]|区)|地区|盟(?=[\u3400-\u9fff]))")
COUNTY = re.compile(rf"{HAN}{{1,8}}?(?:自治县|县|区|自治旗|旗)")
NO_NAME = re.compile(rf"[路街巷道号栋幢楼村镇乡弄厦]|公司|学校|花园|{HAN}[城院店]|超市|门市|城市$|都市$|夜市")
NO_COUNTY = re.compile(r"(?:小|社|园|校|厂|景|片|街|院|库|业|工|开发|高新|经济|新|住宅|生活|家属|别墅|宿舍|城|学|矿|林|湖|灾|服务|[东南西北中前后ABCDE一二三四五六七八九十期])区$|知县$|红旗$|国旗$")
"""小区, 园区, 东区 are no counties; those that are stand in the list."""
INSTITUTION = re.compile(
    rf"(?:{HAN}{{0,4}}(?:大学|学院|大厦|宾馆|酒店|饭店|大酒店|商场|百货|银行|公司|集团|广场|花园|小区|公寓|火锅|烤鸭|拉面|小吃|菜馆|餐厅|新城|商城|小镇|人家|饭庄|会馆|名城|明珠|风情))"
)
AFTER_ALL = re.compile(r"[ ,.;:()/|]|$")
TAIWAN = frozenset(
    "台北市 新北市 桃园市 台中市 台南市 高雄市 基隆市 新竹市 嘉义市 新竹县 苗栗县 彰化县 南投县 云林县 嘉义县 屏东县 宜兰县 花莲县 台东县"
    " 澎湖县 金门县 连江县 台湾省 台湾".split()
)


def read_division(scan: Scan) -> bool:
    """Take the division that begins here, if one does."""
    return _country(scan) or _listed(scan) or _formed(scan)


def _country(scan: Scan) -> bool:
    found = None if scan.found and scan.last is not ElementKind.OTHER else COUNTRY.match(scan.text, scan.at)
    if found:
        scan.take(ElementKind.COUNTRY, found.end())
    return bool(found)


def _listed(scan: Scan) -> bool:
    gazetteer, text, at = scan.gazetteer, scan.text, scan.at
    for length in gazetteer.lengths.get(text[at : at + 2], ()):
        named = gazetteer.spellings.get(text[at : at + length])
        if named and (_by_full_name(scan, named, at + length) or _by_short_name(scan, named, at + length)):
            return True
    return False


def _by_full_name(scan: Scan, named: tuple[NamedDivision, ...], end: int) -> bool:
    divisions = [one.division for one in named if not one.short]
    if not divisions or STREET_TAIL.match(scan.text, end):
        return False
    lower = [one for one in divisions if one.level > scan.level]
    inside = _within(lower, scan.codes)
    if scan.placed and not _stands_alone(scan, end):
        return False
    if inside:
        _take(scan, inside, end)
        return True
    if _repeats(scan, divisions, end):
        return True
    if lower and not scan.placed:
        level = min(one.level for one in lower)
        _take_level(scan, level, end)
        return True
    return False


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
        _take_level(scan, 2, end)
        return True
    scan.take(ElementKind.REDUNDANT, end)
    return True


def _same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and long.startswith(short) and len(long) - len(short) == 1


def _take(scan: Scan, divisions: list[KnownDivision], end: int) -> None:
    scan.codes = tuple(sorted({one.code for one in divisions}))
    _take_level(scan, divisions[0].level, end)


def _take_level(scan: Scan, level: int, end: int) -> None:
    if level == 4 and (office := OFFICE.match(scan.text, end)):
        end = office.end()
    kind = DIVISIONS[level - 1]
    text = scan.take(kind, end)
    scan.taiwan = scan.taiwan or text in TAIWAN
    scan.level = level
    scan.names[level] = text
    scan.say(**{kind.value: text})


def _by_short_name(scan: Scan, named: tuple[NamedDivision, ...], end: int) -> bool:
    divisions = [one.division for one in named if one.short and one.division.level > scan.level]
    inside = _within(divisions, scan.codes)
    if scan.placed or not inside or inside[0].level == 5 or STREET_TAIL.match(scan.text, end):
        return False
    if not _in_context(scan, inside, end):
        return False
    _take(scan, inside, end)
    return True


def _in_context(scan: Scan, divisions: list[KnownDivision], end: int) -> bool:
    """Tell whether what goes on makes the short name a division: 乐山｜铜河路, not 乐山师范学院."""
    level = divisions[0].level
    below = _listed_below(scan, end, tuple(one.code for one in divisions))
    if below is not None and level < 4:
        return True
    anchored = bool(scan.codes) and scan.touching and scan.last in DIVISIONS
    if AFTER_ALL.match(scan.text, end):
        return anchored or level < 4
    if level == 4 and not (anchored and scan.level == 3):
        return False
    name = first_name(scan.text, end, len(scan.text), scan)
    long = name is not None and name.start_of_ending - end >= 2
    if name is None or name.ending in {Ending.PLACE, Ending.WEAK, Ending.BUILDING}:
        return anchored and level < 4 and not INSTITUTION.match(scan.text, end)
    return long and (anchored or level < 3) and not INSTITUTION.match(scan.text, end)


def _listed_below(scan: Scan, start: int, codes: tuple[str, ...]) -> int | None:
    """Return where a listed division ends that begins at `start` and lies in one of `codes`, None for none."""
    gazetteer, text = scan.gazetteer, scan.text
    for length in gazetteer.lengths.get(text[start : start + 2], ()):
        for one in gazetteer.spellings.get(text[start : start + length], ()):
            deeper = one.division.code.startswith(codes) and one.division.code not in codes if codes else not one.short
            if deeper and one.division.level < 5 and (not one.short or one.division.level < 4):
                end = start + length
                return None if STREET_TAIL.match(text, end) else end
    return None


def _formed(scan: Scan) -> bool:
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
    if NO_COUNTY.search(name) and not (scan.taiwan and scan.level == 2):
        return False
    _take_level(scan, level, found.end())
    return True


def named_township(scan: Scan, name: Name) -> bool:
    """Take a township that only its form shows; one level is named once."""
    if scan.level >= 4 or scan.street or scan.placed:
        return False
    _take_level(scan, 4, name.end)
    return True
