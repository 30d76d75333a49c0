"""What became of each division between two lists: the derivation, in order of evidence."""

from collections.abc import Sequence

from geo_app.domain.division import Division
from geo_app.domain.division_changes import RecordedChange
from geo_app.domain.division_report import SuccessionReport
from geo_app.domain.division_townships import link_townships
from geo_app.domain.division_villages import link_villages, moved_parts


def derive_succession(
    old: Sequence[Division], new: Sequence[Division], changes: Sequence[RecordedChange] = ()
) -> SuccessionReport:
    """Return what became of the townships and villages of `old` in `new`; other levels are left aside.

    `changes` must lie between the days of the two lists (see RecordedChange.between). Evidence is taken in this
    order: records, same name in the same township, same name once in the county, same code, look-alike names, the
    only ones left.
    """
    townships = link_townships(old, new, changes)
    parts = moved_parts(old, changes)
    villages = link_villages((old, new), townships, changes, parts)
    return SuccessionReport((*townships.links.items(), *villages.items()), parts)
