"""The parser on 1.2 million real doorplates: rows found whole, and speed, beside one plain regular expression."""

import os
import re
from collections.abc import Callable, Iterator
from itertools import islice
from time import process_time

from geo_app.domain.parsing import Gazetteer, parse
from tests.measure import Figure
from tests.support.real_data import FOLDER
from tests.support.real_plates import COUNTIES, RealPlate, is_whole, real_plates

ROWS = int(os.environ.get("GEO_APP_MEASURE_ROWS", "2000000"))
GOAL = 0.999
SPEED_GOAL = 20_000
PLAIN = re.compile(
    r".*?[縣市].*?[鄉鎮市區].*?[里村](?P<neighbourhood>[0-9]+鄰)?(?P<road>[^0-9]*?[路街])?(?P<section>[一二三四五六七八九十]段)?"
    r"(?P<lane>[0-9]+巷)?(?P<alley>[0-9]+弄)?(?P<sub_alley>[0-9]+衖)?(?P<number>[0-9]+(?:之[0-9]+)?號.*)"
)


def figures() -> Iterator[Figure]:
    """Yield the share of rows found whole, county by county and over all, then addresses a second of one process."""
    plates = {county: list(islice(real_plates(FOLDER, county), ROWS)) for county in COUNTIES}
    gazetteer = Gazetteer.of()
    for county, rows in plates.items():
        share = _share(rows, lambda plate: is_whole(plate, parse(plate.text, gazetteer)))
        plain = f"{_share(rows, _plainly_whole):.2%}"
        yield Figure(f"rows whole, {county}, {len(rows):,}", f"{share:.3%}", plain, f"≥ {GOAL:.1%}", share >= GOAL)
    texts = [plate.text for rows in plates.values() for plate in rows]
    speed = _speed(texts, lambda text: parse(text, gazetteer))
    plain_speed = f"{_speed(texts, PLAIN.match):,.0f}/s"
    met = speed >= SPEED_GOAL
    yield Figure(f"addresses a second, {len(texts):,}", f"{speed:,.0f}/s", plain_speed, f"≥ {SPEED_GOAL:,}/s", met)


def _share(plates: list[RealPlate], right: Callable[[RealPlate], bool]) -> float:
    return sum(map(right, plates)) / len(plates)


def _plainly_whole(plate: RealPlate) -> bool:
    found = PLAIN.fullmatch(plate.text)
    if found is None:
        return False
    groups = {name: value or "" for name, value in found.groupdict().items()}
    lanes = groups["lane"] + groups["alley"] + groups["sub_alley"]
    got = (groups["neighbourhood"], groups["road"], groups["section"], lanes, groups["number"])
    return got == (plate.neighbourhood, plate.road, plate.section, plate.lanes, plate.number)


def _speed(texts: list[str], work: Callable[[str], object]) -> float:
    begin = process_time()
    for text in texts:
        work(text)
    return len(texts) / (process_time() - begin)
