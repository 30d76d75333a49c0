"""Every case of the numbering suite: the data files, what our engine makes of them, and how an answer is judged."""

import pytest

from geo_app.domain.numbering_suite import Answer, judge
from geo_app.exchange.numbering_suite import FOLDER, read_case
from tests.support.suite_pages import made, numbered
from tests.support.suite_sketch import as_data, sketches

CASES = list(sketches())


def answer_of(data) -> Answer:
    if data["rule"].get("skip") and not data["rule"].get("skip_reason"):
        return Answer(refused=True, numbers={})
    plan, _ = numbered(data)
    numbers = {door.entrance_id: (door.number, door.sub_number) for door in plan}
    return Answer(False, numbers, frozenset((found.entrance_id, found.kind.value) for found in plan.findings()))


@pytest.mark.parametrize("name", CASES)
def test_the_engine_gives_the_numbers_that_the_suite_expects(name):
    case = read_case(FOLDER / f"{name}.json")
    verdict = judge(case, answer_of(as_data(name, sketches()[name])))
    assert (verdict.wrong, verdict.missing) == ((), ())


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_found_that_the_suite_does_not_expect(name):
    case, answer = read_case(FOLDER / f"{name}.json"), answer_of(as_data(name, sketches()[name]))
    assert (answer.findings or set()) - case.findings == set()


@pytest.mark.parametrize("name", CASES)
def test_every_door_of_a_case_has_an_expected_number(name):
    case = read_case(FOLDER / f"{name}.json")
    doors = {feature["properties"]["id"] for feature in case.entrances["features"]}
    assert case.refused or case.numbers.keys() == doors


@pytest.mark.parametrize("name", CASES)
def test_a_plan_of_the_suite_read_back_from_its_plates_is_the_same_plan(name):
    data = as_data(name, sketches()[name])
    before = answer_of(data)
    plates = {door: f"{n}附{sub}" if sub else str(n) for door, (n, sub) in before.numbers.items() if n}
    for feature in data["entrances"]["features"]:
        own = feature["properties"]
        own["number"] = plates.get(own["id"], own.get("number", ""))
    assert answer_of(data).numbers == before.numbers


def test_data_files_drawings_and_pages_are_made_from_the_sketches():
    """After a change of a sketch or the engine: python -m tests.support.suite_pages."""
    files = made()
    assert [str(path) for path, text in files.items() if path.read_text(encoding="utf-8") != text] == []
    for folder in {path.parent for path in files if path.suffix in {".json", ".svg"}}:
        assert {path for path in folder.iterdir() if path.suffix in {".json", ".svg"}} <= files.keys()


def test_a_wrong_number_a_missing_finding_and_a_wrong_acceptance_fail():
    case = read_case(FOLDER / "two-doors-on-one-spot.json")
    right = {"a": (1, ""), "b": (3, ""), "c": (7, ""), "d": (5, "")}
    assert judge(case, Answer(False, right)).passed
    assert judge(case, Answer(False, right | {"c": (9, "")})).wrong == (("c", "7", "9"),)
    assert judge(case, Answer(False, right, frozenset())).missing == (("b", "stacked"), ("d", "stacked"))
    assert not judge(case, Answer(True, {})).passed
    assert not judge(read_case(FOLDER / "skipping-without-reason.json"), Answer(False, right)).passed
