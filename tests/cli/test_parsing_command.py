"""`geo-app parse`: lines in, JSON lines out, as the file contract says."""

import gzip
import json

from click.testing import CliRunner

from geo_app.cli.parsing import parse

LINE = "乐山沙湾茶溪路126号附2号"


def run(*arguments, given=None):
    return CliRunner().invoke(parse, [str(argument) for argument in arguments], input=given)


def test_one_object_a_line_with_the_keys_of_the_contract():
    answer = run(given=f"{LINE}\n\n")
    one, blank = map(json.loads, answer.output.splitlines())
    assert list(one) == ["text", "elements", "parts", "standard_text", "rest"]
    assert one["elements"][-1] == {"kind": "door", "text": "126号附2号", "start": 7, "end": 14}
    assert one["parts"]["number"] == 126
    assert one["standard_text"] == "四川省乐山市沙湾区茶溪路126号附2号"
    assert blank == {"text": "", "elements": [], "parts": {}, "standard_text": "", "rest": ""}


def test_packed_files_marks_and_other_encodings_are_read(tmp_path):
    for name, content in (
        ("plain.txt", LINE.encode()),
        ("marked", LINE.encode("utf-8-sig")),
        ("wide.txt", LINE.encode("utf-16")),
        ("gb.lst", f"{LINE}\r\n".encode("gb18030")),
        ("packed.txt.gz", gzip.compress(LINE.encode())),
    ):
        (tmp_path / name).write_bytes(content)
        answer = run(tmp_path / name)
        assert answer.exit_code == 0
        assert json.loads(answer.output)["text"] == LINE


def test_a_line_ends_at_a_line_feed_and_nowhere_else():
    answer = run(given="铜河路\u2028\x0b\x0012号\n")
    assert len(answer.output.splitlines(keepends=False)[0]) > 0
    assert json.loads(answer.output)["text"] == "铜河路\u2028\x0b\x0012号"


def test_the_answer_goes_to_a_file_whole(tmp_path):
    out = tmp_path / "parsed.jsonl"
    answer = run("--out", out, given=LINE)
    assert (answer.exit_code, answer.output) == (0, "")
    assert json.loads(out.read_text(encoding="utf-8"))["rest"] == ""


def test_what_cannot_be_read_is_refused_in_one_line(tmp_path):
    (tmp_path / "noise").write_bytes(b"\xff\xff\xff\x80")
    (tmp_path / "broken.gz").write_bytes(b"no gzip")
    for path in (tmp_path / "nothing.txt", tmp_path / "noise", tmp_path / "broken.gz"):
        answer = run(path)
        assert answer.exit_code == 2
        assert len(answer.stderr.strip().splitlines()) == 1
        assert answer.stdout == ""
