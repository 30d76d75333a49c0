import numpy as np
import pytest
import shapely

from geo_app.domain.demo import CountyTooSmall, NothingToSettle, generate
from geo_app.domain.demo_values import CountyInputs, DemoBuildingKind, DemoStreetKind, RoadFact
from geo_app.domain.division import Division, Level, Outline, parse_code
from geo_app.domain.local_plane import LocalPlane
from geo_app.domain.position import SRID, Position


def county(villages=3, **more):
    towns = [("511111002", "铜河街道"), ("511111100", "沙湾镇"), ("511111101", "嘉农镇"), ("511111102", "太平镇")]
    divisions = [Division(parse_code(code), name) for code, name in towns]
    divisions += [
        Division(parse_code(f"{code}{start + i:03}"), f"{name[:2]}{i}{ending}")
        for code, name in towns
        for start, ending in ((1, "社区居委会"), (200, "村村委会"))
        for i in range(1, villages + 1)
    ]
    return CountyInputs(Division(parse_code("511111"), "沙湾区"), tuple(divisions), **more)


ROADS = (
    RoadFact("沫若大道(北段/南段)", "道路"),
    RoadFact("铜河路(北段/南段)", "道路"),
    RoadFact("凤翔路", "道路", "西起沫若大道北段丁字路口", "东止铜河路北段十字路口"),
    RoadFact("正街", "街", source="s"),
    RoadFact("彩虹大桥", "桥梁"),
    RoadFact("嘉农老街", "街", township=parse_code("511111101")),
)


@pytest.fixture(scope="module")
def made():
    return generate(county(roads=ROADS), addresses=3000, seed=5)


@pytest.fixture(scope="module")
def plane(made):
    return LocalPlane.around(made.outline.shape)


@pytest.fixture(scope="module")
def walls(made, plane):
    return np.array([plane.shape_to_metres(shape) for shape in made.buildings.shapes()])


@pytest.fixture(scope="module")
def lines(made, plane):
    return np.array([plane.shape_to_metres(street.line) for street in made.streets])


@pytest.fixture(scope="module")
def doors(made, plane):
    return shapely.points(plane.to_metres(np.column_stack([made.entrances.lon, made.entrances.lat])))


def test_there_are_exactly_as_many_doors_as_asked_for(made):
    assert len(made.entrances) == 3000


@pytest.mark.parametrize("addresses", [1, 100, 777])
def test_a_county_of_any_small_size_is_made(addresses):
    assert len(generate(county(), addresses=addresses, seed=1).entrances) == addresses


def test_the_same_seed_makes_the_same_county_and_another_seed_another(made):
    again = generate(county(roads=ROADS), addresses=3000, seed=5)
    assert again.streets == made.streets
    for name in ("lon", "lat", "street", "building", "village", "number", "side", "secondary"):
        assert np.array_equal(getattr(again.entrances, name), getattr(made.entrances, name))
    assert np.array_equal(again.buildings.corners, made.buildings.corners)
    other = generate(county(roads=ROADS), addresses=3000, seed=6)
    assert not np.array_equal(other.entrances.lon, made.entrances.lon)


def test_a_generator_given_takes_the_place_of_the_seed():
    one = generate(county(), addresses=60, seed=1, random=np.random.default_rng(9))
    other = generate(county(), addresses=60, seed=2, random=np.random.default_rng(9))
    assert np.array_equal(one.entrances.lon, other.entrances.lon)


def test_villages_tile_the_county_and_townships_are_the_sum_of_their_villages(made):
    villages = [o for o in made.outlines if o.code.level is Level.VILLAGE]
    assert {o.code for o in villages} == {v.code for v in made.villages}
    union = shapely.union_all([o.shape for o in villages])
    assert union.symmetric_difference(made.outline.shape).area < 1e-6 * made.outline.shape.area
    assert sum(o.shape.area for o in villages) == pytest.approx(made.outline.shape.area, rel=1e-4)
    for township in (o for o in made.outlines if o.code.level is Level.TOWNSHIP):
        parts = shapely.union_all([o.shape for o in villages if o.code.lies_in(township.code)])
        assert parts.symmetric_difference(township.shape).area < 1e-6 * township.shape.area


def test_every_outline_says_that_it_is_derived(made):
    assert made.outline.derived
    assert all(outline.derived and outline.shape.is_valid for outline in made.outlines)


def test_an_outline_given_is_kept_and_says_nothing_of_being_derived():
    given = Outline(parse_code("511111"), shapely.box(103.5, 29.2, 103.7, 29.4), derived=False)
    county_made = generate(county(outline=given), addresses=100, seed=1)
    assert county_made.outline is given
    assert all(outline.shape.within(given.shape.buffer(1e-6)) for outline in county_made.outlines)


def test_every_door_stands_within_60_metres_of_its_street(made, lines, doors):
    assert shapely.distance(doors, lines[made.entrances.street]).max() < 60


def test_every_door_is_in_the_wall_of_its_building(made, walls, doors):
    assert shapely.distance(doors, walls[made.entrances.building]).max() < 1


def test_main_doors_open_towards_their_street(made, walls, lines, doors):
    columns = made.entrances
    main = ~columns.secondary
    to_middle = shapely.distance(shapely.centroid(walls[columns.building]), lines[columns.street])
    to_door = shapely.distance(doors, lines[columns.street])
    assert (to_door < to_middle)[main].mean() > 0.999


def test_no_two_buildings_overlap(walls):
    assert shapely.is_valid(walls).all()
    one, other = shapely.STRtree(walls).query(walls, predicate="overlaps")
    shared = shapely.area(shapely.intersection(walls[one], walls[other]))
    assert shared.max(initial=0) < 0.1


def test_no_building_stands_on_a_street(walls, lines):
    street, _ = shapely.STRtree(walls).query(lines, predicate="dwithin", distance=1.5)
    assert len(street) == 0


def test_no_building_stands_in_the_river(made, walls, plane):
    assert not shapely.intersects(plane.shape_to_metres(made.river), walls).any()


def test_left_and_right_doors_lie_on_their_side_of_the_street_as_drawn(made, lines, doors):
    columns = made.entrances
    street = lines[columns.street]
    foot = shapely.line_locate_point(street, doors)
    before = shapely.get_coordinates(shapely.line_interpolate_point(street, np.maximum(foot - 1, 0)))
    after = shapely.get_coordinates(
        shapely.line_interpolate_point(street, np.minimum(foot + 1, shapely.length(street)))
    )
    along, out = after - before, shapely.get_coordinates(doors) - (before + after) / 2
    cross = along[:, 0] * out[:, 1] - along[:, 1] * out[:, 0]
    assert (np.sign(cross) == columns.side).mean() > 0.995


def test_some_streets_carry_numbers_with_mistakes_and_some_none(made):
    columns = made.entrances
    numbered = columns.number != ""
    assert 0.2 < numbered.mean() < 0.9
    by_street = {s: numbered[columns.street == s] for s in np.unique(columns.street)}
    assert any(not has.any() for has in by_street.values())
    texts = columns.number[numbered]
    assert any("附" in text for text in texts)
    leading = np.array([int(text.split("附")[0]) for text in texts])
    odd = leading % 2 == 1
    left = columns.side[numbered] > 0
    assert 0.97 < (odd == left).mean() < 1


def test_real_names_are_used_and_everything_else_says_that_it_is_made_up(made):
    real = {street.name for street in made.streets if not street.made_up}
    assert {"沫若大道南段", "沫若大道北段", "凤翔路", "正街", "彩虹大桥"} <= real
    assert {name for name in real if not any(name[:2] == road.name[:2] for road in ROADS)} == set()
    assert all(s.source == "made up by the demo generator" for s in made.streets if s.made_up)


def test_a_road_known_to_lie_in_a_township_is_put_there(made):
    streets = [street for street in made.streets if street.name == "嘉农老街"]
    assert {str(street.division_code) for street in streets} == {"511111101"}


def test_a_crossing_meets_both_roads_it_is_gazetted_to_end_at(made, lines):
    by_name = {street.name: line for street, line in zip(made.streets, lines, strict=True)}
    for road in ("沫若大道北段", "铜河路北段"):
        assert by_name["凤翔路"].distance(by_name[road]) < 1


def test_made_up_names_of_a_town_are_not_given_twice(made):
    town = [s for s in made.streets if s.division_code.level is Level.TOWNSHIP and s.kind is not DemoStreetKind.HIGHWAY]
    keys = [(s.division_code, s.name) for s in town if s.made_up and s.kind is not DemoStreetKind.BRIDGE]
    assert len(keys) == len(set(keys))


def test_village_doors_lie_in_the_village_their_group_is_named_after(made):
    for street, village in zip(made.entrances.street, made.entrances.village, strict=True):
        code = made.streets[street].division_code
        assert code.level is not Level.VILLAGE or code == made.villages[village].code


def test_buildings_and_doors_can_be_read_one_by_one(made):
    building = next(made.building_values())
    entrance = next(made.entrance_values())
    assert building.kind in set(DemoBuildingKind)
    assert 1 <= building.floors <= 8
    assert entrance.street_name == made.streets[entrance.street].name
    assert isinstance(entrance.position, Position)
    assert entrance.number is None or entrance.number
    assert sum(1 for _ in made.building_values()) == len(made.buildings)


def test_roads_lead_from_the_hamlets_to_the_valleys(made):
    assert any(street.kind is DemoStreetKind.HIGHWAY for street in made.streets)


@pytest.fixture(scope="module")
def crowded():
    """Some 600 doors per km²: settlements come into each other's way and fronts are narrow."""
    outline = Outline(parse_code("511111"), shapely.box(103.5, 29.2, 103.57, 29.26), derived=False)
    return generate(county(outline=outline), addresses=27_000, seed=4)


def test_a_crowded_county_holds_what_is_asked_for(crowded):
    assert len(crowded.entrances) == 27_000
    inside = shapely.contains_xy(crowded.outline.shape, crowded.entrances.lon, crowded.entrances.lat)
    assert inside.all()


def test_settlements_in_each_others_way_do_not_overlap(crowded):
    local = LocalPlane.around(crowded.outline.shape)
    crowded_walls = np.array([local.shape_to_metres(shape) for shape in crowded.buildings.shapes()])
    one, other = shapely.STRtree(crowded_walls).query(crowded_walls, predicate="overlaps")
    shared = shapely.area(shapely.intersection(crowded_walls[one], crowded_walls[other]))
    assert shared.max(initial=0) < 0.1


@pytest.mark.parametrize("addresses", [9000, 60_000])
def test_too_many_addresses_for_the_ground_are_refused(addresses):
    tiny = Outline(parse_code("511111"), shapely.box(103.5, 29.2, 103.51, 29.21), derived=False)
    with pytest.raises(CountyTooSmall):
        generate(county(outline=tiny), addresses=addresses, seed=1)


@pytest.mark.parametrize("addresses", [0, -5])
def test_a_county_without_addresses_is_refused(addresses):
    with pytest.raises(NothingToSettle):
        generate(county(), addresses=addresses, seed=1)


def test_a_county_without_villages_is_refused():
    with pytest.raises(NothingToSettle):
        generate(county(villages=0), addresses=10, seed=1)


def test_the_plane_keeps_metres_and_returns_where_it_came_from():
    degrees = np.array([[103.5, 29.2], [103.6, 29.3]])
    local = LocalPlane(103.55, 29.25)
    assert np.allclose(local.to_degrees(local.to_metres(degrees)), degrees, atol=1e-9)
    assert SRID == 4490
