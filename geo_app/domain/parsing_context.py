"""What stands around an address: labels, telephone numbers, people, words of place, marks."""

import re

from geo_app.domain.parsing_elements import ElementKind
from geo_app.domain.parsing_scan import Scan
from geo_app.domain.parsing_words import (
    ASSIST,
    ASSIST_ALONE,
    CONTACT,
    HAN,
    KILOMETRES,
    LABEL,
    NOTE,
    NUMERAL,
    POSTCODE,
    SURNAMES,
    TITLES,
)

MARKS = frozenset(",.;:()/|\\+&*_\"'!?$%=·^`@#-→")
JOIN = re.compile(
    rf"(?:与|和(?![平谐睦兴顺美畅风])|跟|及|至|到|、|靠近|靠|近|邻近|临近|紧邻)(?=[GSX][0-9]+|"
    rf"{HAN}{{2,8}}?(?:路|街|大道|巷|道)|{NUMERAL}号)|(?<=[路街道])与(?={HAN}{{1,8}}?[路街])"
)
FAR = re.compile(KILOMETRES)
FROM = re.compile(rf"(?:距离?|靠近|紧邻|毗邻)(?={HAN}{{2}})")
CROSSING = re.compile(
    r"(?:的)?(?:交叉路?口|交口|交汇[处口]?|交界[处口]?|交会[处口]?|路口|十字路口|"
    r"丁字路口)(?:处)?(?:[东南西北]{1,2}[侧角面边]?)?(?:[0-9]+米)?"
)
NAME_ENDS = re.compile(
    rf"(?:{TITLES})|(?:收件|亲启|收|转)(?=$|[ ,.;:()0-9])|等人$|收货|收件|地址|电话|手机|$|[ ,.;:()/|0-9+]"
)
PEOPLE = re.compile(
    rf"(?:[{''.join(sorted(SURNAMES))}某甲乙丙丁戊己庚辛壬癸]{HAN}{{0,2}}?(?:{TITLES})|"
    rf"[{''.join(sorted(SURNAMES))}甲乙丙丁戊己庚辛壬癸]某{{1,2}}|{HAN}{{2,3}}某{{1,2}}|"
    rf"[老小阿][{''.join(sorted(SURNAMES))}](?=$|[ ,0-9])|{HAN}{{2}}(?:妈妈|爸爸|妈|爸|奶奶|爷爷))"
    rf"(?:等人)?(?=$|[ ,.;:()/|0-9]|收|代|转)"
)
TITLE = re.compile(TITLES)
BEHIND_A_NAME = re.compile(rf" ?{TITLES}")
COMPOUND = re.compile(r"(?:欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯)[\u3400-\u9fff]{1,2}")
NO_GIVEN_NAME = frozenset("路街巷道号栋幢楼室层村镇乡县市区省组社店厂院园城苑站局所处")
RECEIVES = re.compile(rf"(?:收件|亲启|收启|亲收|收|转|启)(?=$|[^\u3400-\u9fff]|{HAN}{{1,3}}(?:收|某)|省|市)")
COUNTED_LINE = re.compile(r"[0-9]{1,2}[.,)] ?(?=[\u3400-\u9fff])")
LINE_NUMBER = re.compile(r"[0-9]{3,4}(?= )")
ENDS_A_LINE = re.compile(r"[)]*$|[ ,.;:()0-9]")


def read_mark(scan: Scan) -> bool:
    """Take separators and brackets as redundant; a blank belongs to nothing."""
    if scan.text[scan.at] == " ":
        scan.at += 1
        return True
    if scan.text[scan.at] not in MARKS or CONTACT.match(scan.text, scan.at):
        return False
    scan.take(ElementKind.REDUNDANT, scan.at + 1)
    return True


def read_label(scan: Scan) -> bool:
    """Take 收货地址: and its like as redundant."""
    found = COUNTED_LINE.match(scan.text) if scan.at == 0 else None
    found = found or LABEL.match(scan.text, scan.at)
    if found and PEOPLE.match(scan.text, scan.at):
        return False
    if not found and scan.last is ElementKind.PERSON:
        found = RECEIVES.match(scan.text, scan.at)
    if found:
        scan.take(ElementKind.REDUNDANT, found.end())
    return bool(found)


def read_contact(scan: Scan) -> bool:
    """Take telephone numbers, numbers of identity and postcodes as no address."""
    found = CONTACT.match(scan.text, scan.at) or POSTCODE.fullmatch(scan.text, scan.at)
    if not found and (not scan.placed or scan.last in {ElementKind.PERSON, ElementKind.OTHER}):
        found = POSTCODE.match(scan.text, scan.at)
    if not found and scan.at == 0:
        found = LINE_NUMBER.match(scan.text)
    if found:
        scan.take(ElementKind.OTHER, found.end())
    return bool(found)


def read_note(scan: Scan) -> bool:
    """Pass over what the messenger is asked: 请放门卫."""
    found = NOTE.match(scan.text, scan.at) if scan.placed else None
    if found:
        scan.at = found.end()
    return bool(found)


def read_distance(scan: Scan) -> bool:
    """Take the kilometres of a main road: 1568公里加200米处."""
    found = FAR.match(scan.text, scan.at) if scan.found else None
    if found:
        scan.say(direction=scan.take(ElementKind.ASSIST, found.end()))
    return bool(found)


def read_assist(scan: Scan) -> bool:
    """Take words of place: 旁边, 对面50米, the 与 and the 交叉口 of two roads."""
    text, at = scan.text, scan.at
    found = None
    if scan.last in {ElementKind.ROAD, ElementKind.SUBROAD, ElementKind.DOOR, ElementKind.SUBDOOR}:
        found = JOIN.match(text, at) or CROSSING.match(text, at)
    if not found and not scan.placed:
        found = FROM.match(text, at)
    if not found and scan.found:
        found = ASSIST.match(text, at)
        if found and found.group() in ASSIST_ALONE and not ENDS_A_LINE.match(text, found.end()):
            found = None
    if found:
        scan.say(direction=scan.take(ElementKind.ASSIST, found.end()))
    return bool(found)


def read_person(scan: Scan) -> bool:
    """Take a person's name: a surname, one or two characters more, and then nothing that a place would go on with."""
    text, at = scan.text, scan.at
    named = PEOPLE.match(text, at)
    if named and (scan.found or at == 0):
        scan.take(ElementKind.PERSON, named.end())
        return True
    apart = (
        at == 0
        or not scan.touching
        or scan.last in {ElementKind.ROOM, ElementKind.OTHER, None}
        or text[at - 1] in "(,;:./|"
    )
    if not apart:
        return False
    end = _end_of_name(text, at)
    if end == at:
        return False
    title = BEHIND_A_NAME.match(text, end)
    scan.take(ElementKind.PERSON, title.end() if title else end)
    return True


def _end_of_name(text: str, at: int) -> int:
    found = COMPOUND.match(text, at)
    if found and NAME_ENDS.match(text, found.end()):
        return found.end()
    if text[at] not in SURNAMES:
        return at
    for length in (3, 2, 1):
        end = at + length
        given = text[at + 1 : end]
        titled = TITLE.match(text, end)
        ends = titled if length == 1 else NAME_ENDS.match(text, end)
        whole = end <= len(text) and re.fullmatch(rf"{HAN}*", given) and not set(given) & NO_GIVEN_NAME
        # A name alone before a number could be a place (王坝12号): a telephone number must follow.
        follows = end < len(text) and text[end].isdecimal() and not CONTACT.match(text, end)
        if ends and whole and not follows:
            return end
    return at
