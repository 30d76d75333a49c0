"""Names of streets over the API: spelled by the rules, compared with the county's others, their spelling written."""

from apiflask import APIBlueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from geo_app.domain.street_alike import Likeness
from geo_app.domain.street_pinyin import Spelling, spell
from geo_app.exchange.language import render
from geo_app.persistence.street_names import NamedStreet
from geo_app.services.street_names import AlikeName, alike_names, alike_streets, set_spelling
from geo_app.web.api import IF_MATCH, READING, STEPPING, Asked, Body, decided, expected_version, tagged
from geo_app.web.context import transaction
from geo_app.web.frame import district
from geo_app.web.language import language
from geo_app.web.permission import needs

bp = APIBlueprint("street_names_api", __name__, url_prefix="/api/v1", tag="Street names")


class NameAsked(Body):
    """A name that somebody thinks of."""

    name: str = Field(min_length=1, max_length=40)
    county: str = Field("", pattern=r"^(\d{6})?$", description="County; default: the register's own.")
    but: str = Field("", pattern=r"^\d{0,18}$", description="Id of the street that is to be called so.")


class SyllableShown(BaseModel):
    """A character and how it is read; several choices: a person should look."""

    character: str
    reading: str
    choices: list[str]


class SpellingShown(BaseModel):
    """A roman spelling by the place-name rules."""

    pinyin: str
    plain: str = Field(description="Without tones: to search and sort by.")
    syllables: list[SyllableShown]


class AlikeShown(BaseModel):
    """A street that may be taken for another."""

    id: int
    name: str
    pinyin: str
    division: str | None
    likeness: str = Field(description="same, same_sound, shape, generic, near_sound, order, one_character")
    severity: str = Field(description="error, warning, info")
    why: str = Field(description="The likeness for a person.")


class NameShown(BaseModel):
    """A name with its spelling and the streets called alike, the gravest first."""

    name: str
    spelling: SpellingShown
    alike: list[AlikeShown]


class PairsAsked(Asked):
    """Which pairs of alike names are asked for."""

    county: str = Field("", pattern=r"^(\d{6})?$")
    likeness: str = Field("", pattern="^(|same|same_sound|shape|generic|near_sound|order|one_character)$")


class PairShown(BaseModel):
    """Two streets whose names are alike."""

    one: AlikeShown
    other: AlikeShown


class PairPage(BaseModel):
    """One page of alike names."""

    items: list[PairShown]
    total: int
    page: int
    size: int


class SpellingChosen(Body):
    """A spelling as typed, or readings of single characters by their place (from 0)."""

    pinyin: str = Field("", max_length=120)
    readings: dict[int, str] = Field(default_factory=dict, max_length=40)
    reason: str = Field("", max_length=500)


@bp.get("/street-names")
@needs("street.read")
@bp.input(NameAsked, location="query", arg_name="asked")
@bp.output(NameShown)
@bp.doc(summary="Spell a name and find the streets called alike", responses=READING)
def show_name(asked: NameAsked) -> ResponseReturnValue:
    """Answer how a name is spelled, and who is called alike."""
    county = asked.county or district().code
    with transaction() as register:
        found = alike_names(register, county, asked.name, but=frozenset([int(asked.but)] if asked.but else []))
    return {"name": asked.name, "spelling": shown(spell(asked.name)), "alike": [alike_item(one) for one in found]}


@bp.get("/street-names/alike")
@needs("street.read")
@bp.input(PairsAsked, location="query", arg_name="asked")
@bp.output(PairPage)
@bp.doc(summary="List the streets of a county whose names are alike", responses=READING)
def list_alike(asked: PairsAsked) -> ResponseReturnValue:
    """Answer one page of pairs, the gravest first."""
    with transaction() as register:
        pairs = alike_streets(register, asked.county or district().code)
    wanted = [pair for pair in pairs if asked.likeness in {"", pair.likeness.value}]
    paging = asked.paging
    items = [
        {"one": _item(pair.one, pair.likeness), "other": _item(pair.other, pair.likeness)}
        for pair in wanted[paging.start : paging.start + paging.size]
    ]
    return {"items": items, "total": len(wanted), "page": paging.page, "size": paging.size}


@bp.put("/streets/<int:street_id>/spelling")
@needs("street.edit")
@bp.input(SpellingChosen, arg_name="body")
@bp.output(SpellingShown)
@bp.doc(summary="Write how a street's name is spelled", responses=STEPPING, extensions=IF_MATCH)
def write_spelling(street_id: int, body: SpellingChosen) -> ResponseReturnValue:
    """Write a spelling that fits the characters."""
    decision = decided(body.reason, expected_version())
    with transaction() as register:
        spelling = set_spelling(register, street_id, body.pinyin or body.readings, decision)
        version = register.streets.get(street_id).version
    return shown(spelling), 200, tagged(version)


def shown(spelling: Spelling) -> dict[str, object]:
    """Return a spelling as the API shows it."""
    syllables = [
        {"character": one.character, "reading": one.reading, "choices": list(one.choices)} for one in spelling.syllables
    ]
    return {"pinyin": spelling.text, "plain": spelling.plain, "syllables": syllables}


def alike_item(one: AlikeName) -> dict[str, object]:
    """Return a street that is called alike as the API shows it."""
    return _item(one.street, one.likeness)


def _item(street: NamedStreet, likeness: Likeness) -> dict[str, object]:
    return {
        "id": street.id,
        "name": street.name,
        "pinyin": street.pinyin,
        "division": street.division,
        "likeness": likeness.value,
        "severity": likeness.severity,
        "why": render(likeness.word, language()),
    }
