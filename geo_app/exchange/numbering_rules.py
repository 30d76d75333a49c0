"""Numbering rules in YAML: one file a practice, with the source it was taken from."""

from pathlib import Path

import yaml

from geo_app.domain.errors import UnreadableInput
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_rule import NumberingRule

FOLDER = Path(__file__).parent / "rules"
DEFAULT = "sichuan"

NOT_YAML = marked("it is not a YAML file")
NOT_A_RULE = marked("it is not a list of fields with values")
NO_SUCH_FILE = marked("there is neither a rule of this name ({names}) nor a file")


def rule_names() -> list[str]:
    """Return the names of the rules that come with the application, the default first."""
    names = sorted(path.stem for path in FOLDER.glob("*.yaml"))
    return [DEFAULT, *(name for name in names if name != DEFAULT)]


def load_rule(name: str) -> NumberingRule:
    """Return the rule of that name, or the one in the YAML file of that path.

    Raises UnreadableInput, RuleFieldUnknown, RuleValueNotAllowed, SkipNeedsReason.
    """
    path = FOLDER / f"{name}.yaml" if name in rule_names() else Path(name)
    if not path.is_file():
        raise UnreadableInput(name=name, problem=Message(NO_SUCH_FILE, {"names": ", ".join(rule_names())}))
    try:
        fields = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise UnreadableInput(name=name, problem=Message(NOT_YAML)) from fault
    if not isinstance(fields, dict):
        raise UnreadableInput(name=name, problem=Message(NOT_A_RULE))
    return NumberingRule.from_mapping({str(field): value for field, value in fields.items()})
