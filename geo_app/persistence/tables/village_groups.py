"""Village groups: the ground on which a village's houses are numbered."""

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from geo_app.domain.position import SRID
from geo_app.persistence.tables.base import Base, Dated, Key, Sourced


class VillageGroup(Dated, Sourced, Base):
    """A group of a village (3组, 六社); `mouth` is where one comes in to its lanes, None until somebody set it."""

    __tablename__ = "village_group"
    __table_args__ = (
        Index("uq_village_group_name", "division_id", "name", unique=True, postgresql_where=text("upper_inf(valid)")),
    )

    id: Mapped[Key]
    county_code: Mapped[str]
    division_id: Mapped[int] = mapped_column(ForeignKey("division.id"))
    name: Mapped[str]
    mouth: Mapped[WKBElement | None] = mapped_column(Geometry("POINT", srid=SRID, spatial_index=False))
    made_up: Mapped[bool] = mapped_column(server_default=text("false"))
    note: Mapped[str] = mapped_column(server_default="")
