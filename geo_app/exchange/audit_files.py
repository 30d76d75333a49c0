"""Streets and addresses from files, in the file contract of `geo-app audit`."""

from geo_app.domain.audit_range import RANGE_FIELDS
from geo_app.domain.errors import DomainError
from geo_app.domain.message import marked
from geo_app.domain.numbering_wall import read_wall
from geo_app.exchange.numbering_files import EntranceFile, PieceFields, StreetFile, entrance_file, street_file
from geo_app.exchange.numbering_table import FileTable

RANGE_LEFT_OUT = marked("Correct the value; the line was audited without it.")


class NotANumber(DomainError):
    """The end of a number range is a number as it stands on a plate."""

    pattern = "{value} is not a number."


def audited_streets(table: FileTable) -> StreetFile:
    """Return the streets of a table with `name` and, if it has them, `id`, `area`, `from` and `to`.

    Columns with rule fields are not looked at: an audit asks the walls. Raises ColumnMissing, UnreadableInput.
    """
    return street_file(table, PieceFields(dict.fromkeys(RANGE_FIELDS, _number), RANGE_LEFT_OUT))


def audited_addresses(table: FileTable) -> EntranceFile:
    """Return the addresses of a table with `id`, `number` and, if it has it, `street`.

    Raises ColumnMissing, UnreadableInput.
    """
    table.needed("number")
    return entrance_file(table)


def _number(value: str) -> str:
    # Spreadsheets write whole numbers as 101.0.
    wall = read_wall(value.removesuffix(".0"))
    if wall.number is None or wall.bad:
        raise NotANumber(value=value)
    return str(wall.number)
