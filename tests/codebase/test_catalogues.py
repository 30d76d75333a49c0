"""Every sentence a person reads has its Chinese."""

import ast
import re
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
TEMPLATE_SENTENCE = re.compile(r"""\b_\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")
MARKING = {"marked", "gettext", "lazy_gettext", "_"}


def constant(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def sentences_of(tree):
    for node in ast.walk(tree):
        called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None
        if called in MARKING | {"Message"} and node.args and (text := constant(node.args[0])):
            yield text
        if isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and target.id == "pattern" and (text := constant(node.value)):
                yield text


def used():
    for path in (ROOT / "geo_app").rglob("*.py"):
        for text in sentences_of(ast.parse(path.read_text(encoding="utf-8"))):
            yield text, path.name
    for path in (ROOT / "geo_app/web/templates").rglob("*.html"):
        for double, single in TEMPLATE_SENTENCE.findall(path.read_text(encoding="utf-8")):
            yield double or single, path.name


def catalogue():
    entries = {}
    for path in (ROOT / "geo_app/translations/zh").glob("*.po"):
        with path.open("rb") as file:
            entries |= {entry.id: entry.string for entry in read_po(file) if entry.id}
    return entries


def test_every_sentence_has_its_chinese():
    known = catalogue()
    assert not sorted({(text, name) for text, name in used() if not known.get(text)})


def test_a_translation_fills_the_same_fields():
    def fields(text):
        return set(re.findall(r"\{(\w+)[^}]*\}|%\((\w+)\)s", text))

    assert not [text for text, chinese in catalogue().items() if fields(text) != fields(chinese)]


def test_two_features_say_one_sentence_alike():
    told = {}
    for path in sorted((ROOT / "geo_app/translations/zh").glob("*.po")):
        with path.open("rb") as file:
            for entry in (entry for entry in read_po(file) if entry.id):
                told.setdefault(entry.id, {})[entry.string] = path.name
    assert not {text: chinese for text, chinese in told.items() if len(chinese) > 1}
