"""A page of plain regular expressions for address elements: what a parser of mainland texts has to beat.

Tried in this order at every place of a text, from left to right; the first that fits takes its characters.
"""

import re

from tests.support.annotated_text import Span

_NUMBER = r"[0-9０-９A-Za-z〇零一二三四五六七八九十百甲乙丙附之#-]+"
_NAME = r"[\u4e00-\u9fff]"

PATTERNS = (
    ("other", r"1\d{10}|\d{3,4}-\d{7,8}"),
    ("country", r"中国|中华人民共和国"),
    ("province", rf"{_NAME}{{2,3}}省|{_NAME}{{2,5}}自治区"),
    ("city", rf"{_NAME}{{2,4}}?市|{_NAME}{{2,9}}?自治州|{_NAME}{{2,4}}(?:地区|盟)"),
    ("devzone", rf"{_NAME}{{0,9}}?(?:开发区|高新区|工业园区?|工业区|产业园区|保税区)"),
    ("subestate", r"[一二三四五六七八九十0-9]+期|[东南西北A-Z]区"),
    ("unit", rf"{_NUMBER}(?:单元|门)"),
    ("building", rf"{_NUMBER}(?:号楼|栋|幢|座)"),
    ("floor", r"(?:地下|负|B)?[0-9一二三四五六七八九十]+(?:楼|层|F)"),
    ("road", rf"第?{_NUMBER}(?:组|社|队)"),
    ("room", rf"{_NUMBER}(?:室|房)|(?<![\d-])\d{{3,4}}(?![\d号-])"),
    ("door", rf"{_NUMBER}号(?:院|{_NUMBER}号?)?"),
    ("county", rf"{_NAME}{{1,5}}?区|{_NAME}{{1,10}}?[县旗]"),
    ("township", rf"{_NAME}{{1,6}}?(?:街道|镇|乡)"),
    ("village", rf"{_NAME}{{1,6}}?(?:村|社区|居委会)"),
    ("subroad", rf"(?<=[路街])(?:\d+|{_NAME}{{1,4}}?)(?:巷|弄|胡同|街|路)"),
    ("road", rf"{_NAME}{{1,8}}?(?:路|街|大道|巷)(?:[东西南北中一二三四五]段)?"),
    ("estate", rf"{_NAME}{{2,12}}?(?:小区|花园|大厦|广场|公司|学校|中学|医院|市场|超市)"),
    ("assist", r"附近|对面|旁边?|门口|交叉口|路口|与"),
    ("redundant", r"[,，、;；()（）/|-]+"),
)
_ANY = re.compile("|".join(f"(?P<k{at}>{pattern})" for at, (_, pattern) in enumerate(PATTERNS)))


def plain_spans(text: str) -> tuple[Span, ...]:
    """Return the elements that the patterns find."""
    return tuple(Span(*found.span(), _kind_of(found)) for found in _ANY.finditer(text))


def _kind_of(found: re.Match[str]) -> str:
    return PATTERNS[int((found.lastgroup or "k0")[1:])][0]
