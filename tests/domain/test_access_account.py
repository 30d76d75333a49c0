import pytest

from geo_app.domain.access_account import AccountNameMalformed, DisplayNameMissing, require_display_name, require_name


@pytest.mark.parametrize("name", ["zhang", "zhang.san", "z3", "a_b-c.d"])
def test_a_name_is_kept_in_small_letters(name):
    assert require_name(f" {name.upper()} ") == name


@pytest.mark.parametrize("name", ["", "z", "3zhang", "张三", "zhang san", "a" * 33, "a;b", "zhang\n1"])
def test_a_name_that_cannot_be_typed_everywhere_is_refused(name):
    with pytest.raises(AccountNameMalformed):
        require_name(name)


def test_an_account_names_its_person():
    assert require_display_name(" 张三 ") == "张三"
    with pytest.raises(DisplayNameMissing):
        require_display_name("  ")
