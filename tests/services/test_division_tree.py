from datetime import date

import pytest

from geo_app.domain.imports import Layer
from geo_app.persistence.divisions import DivisionFilter
from geo_app.services import division_tree as module
from geo_app.services.division_tree import division_tree
from geo_app.services.imports_divisions import import_divisions
from tests.support.imports import DAY, no_one, order, table_file

ROWS = (
    *("51,四川省", "5111,乐山市", "511111,沙湾区", "511111100,沙湾镇", "511111101,嘉农镇", "511111100201,罗一村"),
    *("511111100202,踏水村", "511111101201,泉水村", "511111101201001,第一网格"),
)


@pytest.fixture
def listed(register, importer, tmp_path):
    path = table_file(tmp_path / "list.csv", "code,name", *ROWS)
    import_divisions(register, importer, order(Layer.DIVISIONS, path, day=date(2018, 1, 1)), no_one)


def shown(branch):
    return {branch.division.name: [shown(child) for child in branch.below]} if branch.below else branch.division.name


def test_the_tree_goes_from_the_province_down_to_the_grid_cells(register, listed):
    tree = division_tree(register, DAY, DivisionFilter())
    (bough,) = tree.boughs
    assert [one.name for one in bough.above] == ["四川省", "乐山市", "沙湾区"]
    assert [shown(one) for one in bough.branches] == [
        {"沙湾镇": ["罗一村", "踏水村"]},
        {"嘉农镇": [{"泉水村": ["第一网格"]}]},
    ]
    assert (tree.branches, tree.divisions) == (2, 9)


def test_what_fits_is_shown_with_what_it_lies_in(register, listed):
    tree = division_tree(register, DAY, DivisionFilter(name="水村", level="village", under="511111100"))
    (branch,) = tree.boughs[0].branches
    assert (shown(branch), branch.fits, branch.below[0].fits) == ({"沙湾镇": ["踏水村"]}, False, True)
    assert tree.divisions == 1


def test_a_county_alone_stands_as_a_branch(register, listed):
    tree = division_tree(register, DAY, DivisionFilter(level="county"))
    assert [shown(one) for one in tree.boughs[0].branches] == ["沙湾区"]


def test_a_page_holds_so_many_townships(register, listed, monkeypatch):
    monkeypatch.setattr(module, "BRANCHES_ON_A_PAGE", 1)
    tree = division_tree(register, DAY, DivisionFilter(), page=2)
    assert [one.division.name for one in tree.boughs[0].branches] == ["嘉农镇"]
    assert division_tree(register, DAY, DivisionFilter(), page=3).boughs == ()


def test_before_the_first_day_there_is_no_tree(register, listed):
    assert division_tree(register, date(2017, 1, 1), DivisionFilter()).boughs == ()
