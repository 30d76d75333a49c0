"""Sentences in the reader's language: catalogues per feature, compiled into one file per language."""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from geo_app.domain.message import Message

FOLDER = Path(__file__).parent.parent / "translations"
"""One folder per language; in it one `.po` file per feature, so that features do not get in each other's way."""

LANGUAGES = ("zh", "en")
"""Chinese first; English is the language of the patterns and needs no catalogue."""


def compile_catalogues() -> None:
    """Write `LC_MESSAGES/messages.mo` for each language whose `.po` files are newer than it."""
    for folder in (path for path in FOLDER.iterdir() if path.is_dir()):
        sources = sorted(folder.glob("*.po"))
        target = folder / "LC_MESSAGES" / "messages.mo"
        newest = max((source.stat().st_mtime for source in sources), default=0)
        if sources and (not target.exists() or target.stat().st_mtime < newest):
            _compile(sources, target)


def _compile(sources: list[Path], target: Path) -> None:
    merged = Catalog(locale=target.parent.parent.name, fuzzy=False)
    for source in sources:
        with source.open("rb") as file:
            for entry in read_po(file, locale=merged.locale):
                if entry.id:
                    merged[entry.id] = entry
    target.parent.mkdir(exist_ok=True)
    # Written beside and moved: a second process never reads half a catalogue.
    draft = target.with_suffix(".draft")
    with draft.open("wb") as file:
        write_mo(file, merged)
    draft.replace(target)


@lru_cache
def translations(language: str) -> NullTranslations:
    """Return the catalogue of `language`; English is its own catalogue."""
    target = FOLDER / language / "LC_MESSAGES" / "messages.mo"
    if language == "en":
        return NullTranslations()
    compile_catalogues()
    with target.open("rb") as file:
        return GNUTranslations(file)


def render(message: Message, language: str) -> str:
    """Return the sentence in `language` ("zh" or "en"); messages among the values are rendered as well."""
    pattern = translations(language).gettext(message.pattern)
    values = {k: render(v, language) if isinstance(v, Message) else v for k, v in message.values.items()}
    return pattern.format(**values)


if __name__ == "__main__":
    compile_catalogues()
