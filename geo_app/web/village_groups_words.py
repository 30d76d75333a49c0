"""The village board's words: what a rule says about villages, and what its scripts say otherwise than a street's."""

from collections.abc import Mapping
from types import MappingProxyType

from geo_app.domain.message import marked
from geo_app.domain.numbering_circumstance import DoorKind
from geo_app.web import board_words

KINDS = tuple((kind.value, kind.word.pattern) for kind in (DoorKind.DOOR, DoorKind.LAND))
"""What a house may be; the other kinds of doors are a street's."""

FIELDS: tuple[tuple[str, str, str], ...] = (
    ("village", "choice", marked("Order of numbers")),
    ("village_added", "choice", marked("A house added later")),
    ("village_reserve", "number", marked("Numbers kept free each time")),
    ("village_every", "number", marked("after so many houses")),
    ("village_plot", "number", marked("One kept free per metres without a house")),
    ("sub_number", "choice", marked("Sub-number")),
    ("temporary", "choice", marked("Temporary buildings")),
)
"""Name, kind and title of the rule fields that the village board offers; the others are the preset's."""

CHOICES: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "village": (
            ("group_from_mouth", marked("one after the other, both sides together")),
            ("group_odd_even", marked("odd and even numbers by side")),
        ),
        "village_added": (
            ("between", marked("between its neighbours: a free number, else a sub-number")),
            ("last", marked("after the last number of the group")),
        ),
        "sub_number": board_words.CHOICES["sub_number"],
        "temporary": board_words.CHOICES["temporary"],
    }
)
"""Values of the fields that are chosen, with their words."""

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "start": marked("Mouth"),
        "walkRule": marked(
            "Numbers 1, 2, 3 … from the mouth along the lanes; each side lane is walked where it leaves."
        ),
        "noDoors": marked("This group has no house yet. Add houses on the map, or take in those around."),
        "addHint": marked("Click on the map where the house is. Esc ends."),
        "door": marked("House {text}"),
        "doorWithout": marked("House without a number"),
        "metresFromStart": marked("{metres} m of the walk"),
        "counts": marked(
            "{doors} houses: {numbered} numbered, {kept} kept, {renumbered} changed, {by_hand} by hand, "
            "{unnumbered} without"
        ),
        "stepAdd": marked("house added"),
        "stepMove": marked("house moved"),
        "stepMouth": marked("mouth set"),
        "stepRelease": marked("house released"),
        "mouthHint": marked(
            "Click where one comes in, or use the arrow keys (5 metres each). Enter keeps it, Esc leaves it."
        ),
        "mouthSet": marked("The mouth is set; the numbers were computed anew."),
        "takenIn": marked("{count} houses were taken in."),
    }
)
"""Sentences of the scripts by key, in place of those of a street's board."""
