import csv

import pytest

from geo_app.exchange.match_files import opened_texts
from geo_app.exchange.refusals import FileDamaged


def test_a_cell_larger_than_any_text_is_refused_and_no_other_reader_is_changed(tmp_path):
    path, limit = tmp_path / "名单.csv", csv.field_size_limit()
    path.write_text("序号,地址\n1,铜河路1号\n2," + "铜" * 200_000 + "\n", "utf-8")
    with pytest.raises(FileDamaged), opened_texts(path, "地址") as file:
        list(file.rows)
    assert csv.field_size_limit() == limit
