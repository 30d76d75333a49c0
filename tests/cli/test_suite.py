"""`geo-app suite run`: any command against the suite."""

import sys

from click.testing import CliRunner

from geo_app.cli import main

ONE_FOR_ALL = """
import json, sys
doors, out = sys.argv[1:]
ids = [feature["properties"]["id"] for feature in json.load(open(doors, encoding="utf-8"))["features"]]
open(out, "w").write("entrance_id,number,sub_number\\n" + "".join(f"{door},1,\\n" for door in ids))
"""


def run(*words):
    return CliRunner().invoke(main, ["suite", "run", "--lang", "en", *words])


def test_our_own_engine_is_tried_where_no_command_is_given():
    done = run("--only", "recessed-front", "--only", "skipping-without-reason")
    assert done.exit_code == 0, done.output
    assert done.output.endswith("2 of 2 cases passed.\n")


def test_another_engine_fails_where_its_numbers_differ():
    command = ["--", sys.executable, "-c", ONE_FOR_ALL, "{entrances}", "{out}"]
    done = run("--only", "recessed-front", "--only", "corner-second-plate", *command)
    assert done.exit_code == 1
    assert "entrance b: 3 expected, 1 given" in done.output
    assert "0 of 2 cases passed." in done.output


def test_a_command_that_writes_nothing_refused_the_case():
    command = ["--", sys.executable, "-c", "raise SystemExit(2)"]
    assert run("--only", "skipping-without-reason", *command).exit_code == 0
    assert run("--only", "ring", *command).exit_code == 1


def test_an_unknown_case_and_a_folder_without_cases_are_refused(tmp_path):
    assert "no case moon" in run("--only", "moon").output
    assert run("--cases", str(tmp_path)).exit_code == 2
    (tmp_path / "x.json").write_text("{}")
    assert "no case of the numbering suite" in run("--cases", str(tmp_path)).output
