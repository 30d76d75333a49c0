"""Village groups on lanes and houses that no one of this project made (see the data folder's README)."""

import pytest

from tests.measure.village_walks import numbered, read_clusters, violations

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def clusters(real_data):
    return list(read_clusters(real_data / "osm"))


def test_real_hamlets_are_numbered_whole_and_no_promise_is_broken(clusters):
    assert len(clusters) > 50
    for cluster in clusters[::3]:
        group = numbered(cluster)
        assert violations(cluster, group) == 0
        assert all(house.number for house in group)
