"""Why a file as a whole is refused: one class per rule, each with the file's name in its sentence."""

from geo_app.domain.errors import DomainError, UnreadableInput


class FileMissing(UnreadableInput):
    """There is no file of that name, or it is a folder, or it may not be read."""

    pattern = "{name} does not exist or may not be read."


class FileIsEmpty(UnreadableInput):
    """Nothing is in the file, or nothing but a heading."""

    pattern = "{name} is empty."


class FileTooLarge(UnreadableInput):
    """The file itself is over the limit of bytes."""

    pattern = "{name} has {size} bytes; files of up to {limit} bytes are read."


class FormatUnknown(UnreadableInput):
    """The ending of the name is none that is read."""

    pattern = "{name} is of a kind this system does not read. It reads: {endings}."


class NotWhatItSays(UnreadableInput):
    """The first bytes belong to another format than the ending promises."""

    pattern = "{name} is not a {format} file, although its name says so."


class FileDamaged(UnreadableInput):
    """The format is right, but the content breaks off or contradicts itself."""

    pattern = "{name} is damaged: {detail}"


class UnpacksTooLarge(UnreadableInput):
    """The content unpacked is over the limit of bytes."""

    pattern = "{name} would unpack to more than {limit} bytes."


class UnpacksTooWell(UnreadableInput):
    """The content shrinks further than honest data does: a bomb."""

    pattern = "{name} unpacks to more than {ratio} times its size, which no honest file does."


class TooManyInside(UnreadableInput):
    """An archive holds more entries than the limit."""

    pattern = "{name} holds {count} files; archives of up to {limit} are read."


class UnsafeNameInside(UnreadableInput):
    """An entry's name leads out of the folder, or two entries have one name."""

    pattern = "{name} holds a file with an unsafe name: {entry}"


class LinkInside(UnreadableInput):
    """An entry is a link to somewhere else."""

    pattern = "{name} holds a link in place of a file: {entry}"


class LockedInside(UnreadableInput):
    """An entry, or the workbook, is protected by a password."""

    pattern = "{name} is protected by a password; save it without one."


class ArchiveInside(UnreadableInput):
    """An archive within an archive is not opened."""

    pattern = "{name} holds another archive: {entry}. Unpack it first."


class NothingUsefulInside(UnreadableInput):
    """An archive holds no file that is read."""

    pattern = "{name} holds no file that can be read. Expected one of: {endings}."


class SeveralInside(UnreadableInput):
    """An archive holds several files, and none was chosen."""

    pattern = "{name} holds several layers: {entries}. Say which one to read."


class ShapefileIncomplete(UnreadableInput):
    """A Shapefile came without a file it consists of."""

    pattern = "{name} lacks {missing}; a Shapefile is .shp, .shx and .dbf together."


class ForbiddenXml(UnreadableInput):
    """An XML part declares a document type or entities, the means of XML bombs."""

    pattern = "{name} declares XML entities, which are not accepted."


class SheetTooLarge(UnreadableInput):
    """A worksheet spans more cells than the limit, most of them empty."""

    pattern = "{name} has a worksheet that spans {cells} cells; up to {limit} are read."


class TextUnreadable(UnreadableInput):
    """The bytes are text in none of the known encodings."""

    pattern = "{name} is text neither in UTF-8 nor in GB18030 (GBK)."


class HeadingTooLong(UnreadableInput):
    """The first line of a table is no heading of any table."""

    pattern = "{name} has a first line of more than {limit} characters, which is no heading."


class QuoteNotClosed(UnreadableInput):
    """A quotation mark is opened and never closed, so that rows run together."""

    pattern = '{name}: a quotation mark (") opened in row {row} is never closed.'


class ColumnMissing(UnreadableInput):
    """A column that was asked for is not in the file."""

    pattern = "{name} has no column {column}. Its columns are: {columns}."


class PositionColumnsMissing(UnreadableInput):
    """A table of places has no columns for longitude and latitude."""

    pattern = (
        "{name} has no columns for longitude and latitude (lon, lat). Its columns are: {columns}. Say which they are."
    )


class LayerMissing(UnreadableInput):
    """A layer or worksheet that was asked for is not in the file."""

    pattern = "{name} has no layer {layer}. Its layers are: {layers}."


class LayerUnclear(UnreadableInput):
    """Several layers would fit, and none was chosen."""

    pattern = "{name} has several layers that fit: {layers}. Say which one to read."


class CrsUnclear(UnreadableInput):
    """The coordinates are no degrees, and no reference system that explains them is known."""

    pattern = "The coordinates of {name} are not degrees (for example {example}). Tell the CRS, for example EPSG:4544."


class CrsNotUnderstood(UnreadableInput):
    """The reference system named by a person or a file is not known."""

    pattern = "{crs} is not a known coordinate reference system (for {name})."


class ShiftOfMetres(UnreadableInput):
    """GCJ-02 or BD-09 was asked for, but the coordinates are metres of another system."""

    pattern = "{name}: {datum} can only be undone on degrees, but the coordinates are in {crs}."


class ReadingTookTooLong(UnreadableInput):
    """Reading passed the limit of time and was stopped."""

    pattern = "Reading {name} took longer than {seconds} seconds and was stopped."


class ReadingTookTooMuch(UnreadableInput):
    """Reading passed the limit of memory and was stopped."""

    pattern = "Reading {name} needed more than {megabytes} MB of memory and was stopped."


class ReadingBroke(UnreadableInput):
    """The reading process died; nothing else was touched. Libraries in C die like this for want of memory, too."""

    pattern = "Reading {name} failed: the file is damaged, or needs more than {megabytes} MB of memory."


class NotWritable(DomainError):
    """The target's ending is no format that is written, or its folder does not take files."""

    pattern = "{name} cannot be written: {problem}"


BY_NAME: dict[str, type[DomainError]] = {
    refusal.__name__: refusal for refusal in (*UnreadableInput.__subclasses__(), NotWritable)
}
"""Every refusal of this module by its class name, for the way back from the reading process."""
