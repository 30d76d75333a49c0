import pytest
from werkzeug.datastructures import MultiDict

from geo_app.web.listing import PageOutOfRange, UnknownSortKey, listing_url, parse_listing


def parsed(**arguments):
    return parse_listing(MultiDict(arguments), sorts=("name", "doors"), filters=("name",))


def test_a_bare_list_starts_at_its_first_page_by_its_first_column():
    listing = parsed()
    assert (listing.page, listing.size, listing.sort, listing.descending, listing.start) == (1, 50, "name", False, 0)


def test_page_size_sort_and_filters_are_read_and_unknown_filters_are_not():
    listing = parsed(page="3", size="20", sort="-doors", name=" 铜河 ", other="x")
    assert (listing.start, listing.sort, listing.descending) == (40, "doors", True)
    assert listing.filters == {"name": "铜河"}


def test_a_column_that_the_list_has_not_is_refused():
    with pytest.raises(UnknownSortKey, match="password"):
        parsed(sort="password")


@pytest.mark.parametrize("arguments", [{"page": "0"}, {"page": "-1"}, {"page": "٣"}, {"size": "201"}, {"size": "all"}])
def test_a_page_out_of_range_is_refused(arguments):
    with pytest.raises(PageOutOfRange):
        parsed(**arguments)


def test_the_address_of_the_next_page_keeps_filters_and_order(app):
    with app.test_request_context("/streets?name=铜河"):
        assert (
            listing_url(parsed(name="铜河", sort="-doors"), page=2)
            == "/streets?name=%E9%93%9C%E6%B2%B3&sort=-doors&page=2"
        )
