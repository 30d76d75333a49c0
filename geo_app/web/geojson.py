"""GeoJSON in the API: features in degrees of SRID 4490, longitude before latitude."""

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, Field

Properties = TypeVar("Properties")
Coordinate = tuple[float, float]


class PointGeometry(BaseModel):
    """A point."""

    type: Literal["Point"] = "Point"
    coordinates: Coordinate


class LineGeometry(BaseModel):
    """A line of two positions or more."""

    type: Literal["LineString"] = "LineString"
    coordinates: list[Coordinate] = Field(min_length=2, max_length=20_000)


class PointFeature(BaseModel, Generic[Properties]):
    """A point with what is known about it."""

    type: Literal["Feature"] = "Feature"
    geometry: PointGeometry
    properties: Properties


class LineFeature(BaseModel, Generic[Properties]):
    """A line with what is known about it."""

    type: Literal["Feature"] = "Feature"
    geometry: LineGeometry
    properties: Properties


class Points(BaseModel, Generic[Properties]):
    """A layer of points."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[PointFeature[Properties]]


class Lines(BaseModel, Generic[Properties]):
    """A layer of lines."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[LineFeature[Properties]]


Corner = tuple[
    Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)],
    Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)],
]
Ring = Annotated[list[Corner], Field(min_length=4, max_length=20_000)]


class PolygonGeometry(BaseModel):
    """One ring, and its holes after it."""

    type: Literal["Polygon"] = "Polygon"
    coordinates: list[Ring] = Field(min_length=1, max_length=500)


class MultiPolygonGeometry(BaseModel):
    """Several polygons that are one ground."""

    type: Literal["MultiPolygon"] = "MultiPolygon"
    coordinates: list[list[Ring]] = Field(min_length=1, max_length=500)


class GroundFeature(BaseModel, Generic[Properties]):
    """A ground with what is known about it."""

    type: Literal["Feature"] = "Feature"
    geometry: MultiPolygonGeometry
    properties: Properties
