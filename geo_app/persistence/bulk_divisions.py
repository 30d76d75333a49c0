"""The divisions of a county as imports need them: found by code, name or place, made where the register lacks them."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from geo_app.domain.division import DivisionCode, Level
from geo_app.persistence.bulk_staging import Texts
from geo_app.persistence.tables import Division, DivisionOutline


@dataclass(frozen=True, slots=True)
class DivisionRow:
    """A living division: key, code, level, name and the key of the one above."""

    id: int
    code: str
    level: Level
    name: str
    parent_id: int | None


class BulkDivisions:
    """Reads and makes divisions in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def around(self, county_code: str) -> list[DivisionRow]:
        """Return the living divisions of a county, and those above it, by code."""
        rows = self._session.execute(
            select(Division.id, Division.code, Division.level, Division.name, Division.parent_id)
            .where(
                func.upper_inf(Division.valid),
                Division.code.like(f"{county_code}%") | Division.code.in_((county_code[:2], county_code[:4])),
            )
            .order_by(Division.code)
        )
        return [DivisionRow(row.id, row.code, Level[row.level.upper()], row.name, row.parent_id) for row in rows]

    def outlines(self, county_code: str) -> tuple[list[int], Texts]:
        """Return division ids and outlines of the county's townships and villages, the lowest level first."""
        rows = self._session.execute(
            select(Division.id, func.st_asbinary(DivisionOutline.outline).label("outline"))
            .join(DivisionOutline, DivisionOutline.division_id == Division.id)
            .where(
                func.upper_inf(Division.valid),
                Division.code.like(f"{county_code}%"),
                Division.level.in_(("township", "village")),
            )
            .order_by(func.length(Division.code).desc(), Division.id)
        ).all()
        shapes = np.asarray(shapely.from_wkb([bytes(row.outline) for row in rows]), dtype=object)
        return [row.id for row in rows], shapes

    def add(self, code: DivisionCode, name: str, parent_id: int | None, since: tuple[date, int | None]) -> DivisionRow:
        """Write a division that an import needs; `since` is the day it holds from and the import, if any."""
        day, import_id = since
        values = {"code": code.text, "level": code.level.name.lower(), "name": name, "parent_id": parent_id}
        key = self._session.execute(
            insert(Division)
            .values(**values, valid=func.daterange(day, None), import_id=import_id, source_key=code.text)
            .returning(Division.id)
        ).scalar_one()
        return DivisionRow(int(key), code.text, code.level, name, parent_id)
