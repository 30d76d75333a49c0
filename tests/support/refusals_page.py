"""Write the page of all refusals: `python -m tests.support.refusals_page`."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import geo_app.domain
from geo_app.domain.errors import DomainError
from geo_app.exchange.language import translations

PAGE = Path(geo_app.domain.__file__).parent.parent / "docs" / "reference" / "refusals.md"

HEAD = """# Refusals

Each rule that refuses has one name, one sentence in Chinese and English, and one test. This page is made from the code
by `python -m tests.support.refusals_page`; a test fails while it is out of date.
"""


def refusals_by_module():
    """Return the refusals of each module of the domain, in the order of the code."""
    found = {}
    for module in sorted(info.name for info in iter_modules(geo_app.domain.__path__)):
        loaded = import_module(f"geo_app.domain.{module}")
        own = [thing for thing in vars(loaded).values() if _is_refusal(thing) and thing.__module__ == loaded.__name__]
        if own:
            found[module] = own
    return found


def page():
    """Return the page as Markdown."""
    chinese = translations("zh")
    lines = [HEAD]
    for module, refusals in refusals_by_module().items():
        lines += [f"## {module}", "", "| refusal | 中文 | English | why |", "| --- | --- | --- | --- |"]
        for refusal in refusals:
            why = " ".join(refusal.__doc__.split())
            lines.append(f"| `{refusal.__name__}` | {chinese.gettext(refusal.pattern)} | {refusal.pattern} | {why} |")
        lines.append("")
    return "\n".join(lines)


def _is_refusal(thing):
    return isinstance(thing, type) and issubclass(thing, DomainError)


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
