"""A table of text with its row numbers, and what is done to its columns' names."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo_app.domain.message import Message
from geo_app.exchange.refusals import ColumnMissing, FileIsEmpty
from geo_app.exchange.report import RowProblem
from geo_app.exchange.source import SourceFile


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of strings.

    `columns` is a frame of n rows whose values are all `str` ("" where the file has nothing); `rows` are the n row
    numbers as a spreadsheet shows them (the heading is row 1); `problems` tell rows left out or doubtful; `notices`
    are sentences about the file as a whole.
    """

    columns: pd.DataFrame
    rows: NDArray[np.int64]
    source: SourceFile
    problems: tuple[RowProblem, ...] = ()
    notices: tuple[Message, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)


def renamed(columns: pd.DataFrame, fields: Mapping[str, str], name: str) -> pd.DataFrame:
    """Return the frame with the columns of `fields` (ours → the file's) under our names; raises ColumnMissing.

    Another column of the file that already has our name is kept as `<name>_in_file`.
    """
    for theirs in fields.values():
        if theirs not in columns.columns:
            raise ColumnMissing(name=name, column=theirs, columns=", ".join(columns.columns) or "-")
    taken = {ours: columns[theirs] for ours, theirs in fields.items()}
    rest = columns.drop(columns=list(set(fields.values())))
    rest = rest.rename(columns={ours: f"{ours}_in_file" for ours in fields})
    return rest.assign(**taken)


def joined(tables: list[Table]) -> Table:
    """Return chunks of one file as one table."""
    first = tables[0]
    if len(tables) == 1:
        return first
    return replace(
        first,
        columns=pd.concat([table.columns for table in tables], ignore_index=True),
        rows=np.concatenate([table.rows for table in tables]),
        problems=tuple(problem for table in tables for problem in table.problems),
        notices=tuple(notice for table in tables for notice in table.notices),
    )


def header_names(cells: list[str], name: str) -> list[str]:
    """Return unique column names for a heading: blanks trimmed, empty ones "column_3", repeated ones "name_2".

    Raises FileIsEmpty where the heading has no text at all.
    """
    if not any(cell.strip() for cell in cells):
        raise FileIsEmpty(name=name)
    names: dict[str, None] = {}
    for place, cell in enumerate(cells, start=1):
        wanted = cell.strip().lstrip("\ufeff") or f"column_{place}"
        count, candidate = 1, wanted
        while candidate in names:
            count += 1
            candidate = f"{wanted}_{count}"
        names[candidate] = None
    return list(names)
