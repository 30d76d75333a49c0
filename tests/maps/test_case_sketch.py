from xml.etree import ElementTree as ET

import shapely

from geo_app.domain.position import Position
from geo_app.maps.case_sketch import Sketch, SketchDoor, SketchLine, case_sketch

HERE = Position(103.55, 29.41)


def street(name, *points, own=True):
    return SketchLine(name, shapely.LineString(points), own)


def texts(sketch):
    return [one.text for one in ET.fromstring(case_sketch(sketch)).iter("{http://www.w3.org/2000/svg}text")]


def test_the_door_its_street_and_its_neighbours_are_named():
    along = street("铜河路", (103.549, 29.4099), (103.551, 29.4099))
    beside = SketchDoor(Position(103.5502, 29.41), "14号")
    assert {"铜河路", "14号", "12号附1号", "北"} <= set(texts(Sketch(HERE, "12号附1号", [along], [], [beside])))


def test_what_lies_outside_the_frame_is_not_drawn():
    far = SketchDoor(Position(103.56, 29.41), "99号")
    away = street("远街", (103.56, 29.42), (103.57, 29.42))
    assert not {"99号", "远街"} & set(texts(Sketch(HERE, "1号", [away], [], [far])))


def test_names_are_text_whatever_they_hold():
    along = street("<b>&路", (103.549, 29.4099), (103.551, 29.4099))
    assert "<b>&路" in texts(Sketch(HERE, "<1号>", [along]))


def test_the_same_place_gives_the_same_sketch():
    sketch = Sketch(HERE, "1号", [street("铜河路", (103.549, 29.41), (103.551, 29.41))])
    assert case_sketch(sketch) == case_sketch(sketch)
