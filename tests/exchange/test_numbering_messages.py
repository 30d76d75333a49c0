"""Every sentence of the engine has its Chinese, and none is left over."""

import ast
import re
from pathlib import Path

import pytest

import geo_app
from geo_app.domain.message import Message
from geo_app.exchange.language import render, translations

ROOT = Path(geo_app.__file__).parent
SOURCES = [*ROOT.glob("domain/numbering*.py"), *ROOT.glob("domain/street*.py"), *ROOT.glob("exchange/numbering*.py")]
SOURCES.append(ROOT / "cli" / "numbering.py")


def patterns() -> set[str]:
    found = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "marked":
                found.add(ast.literal_eval(node.args[0]))
            named = isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "pattern"
            if named and isinstance(node.value, ast.Constant):
                found.add(node.value.value)
    return found


@pytest.mark.parametrize("pattern", sorted(patterns()))
def test_every_sentence_has_a_chinese_one_with_the_same_fields(pattern):
    chinese = translations("zh").gettext(pattern)
    assert re.search("[一-鿿]", chinese)
    assert set(re.findall(r"{\w+}", chinese)) == set(re.findall(r"{\w+}", pattern))


def test_a_sentence_within_a_sentence_is_translated_too():
    inner = Message("there is no such file")
    assert render(Message("{name} cannot be read: {problem}", {"name": "a.shp", "problem": inner}), "zh") == (
        "无法读取a.shp：没有这个文件"
    )
