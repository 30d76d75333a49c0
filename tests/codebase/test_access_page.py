from tests.support.access_page import PAGE, page


def test_the_manuals_page_on_access_is_made_from_the_table():
    assert PAGE.read_text(encoding="utf-8") == page()
