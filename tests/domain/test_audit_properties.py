"""What holds for the audit of any street."""

from dataclasses import replace

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from geo_app.domain.audit import audit_streets
from geo_app.domain.numbering_entrance import Entrances
from tests.support.street_sketch import at, streets

LINE = [at(0, 0), at(20, 1), at(41, -1)]
DOORS = st.lists(
    st.tuples(
        st.integers(1, 40),
        st.sampled_from([-4.0, -3.0, 3.0, 4.0]),
        st.sampled_from(["1", "2", "3", "4", "5", "6", "7", "8", "9", "12", "12A", "15-19", "8 bis", ""]),
    ),
    max_size=14,
)


def places(doors):
    spots = [at(east, north) for east, north, _ in doors]
    lon, lat = np.array(spots, dtype=float).reshape(-1, 2).T
    return Entrances([f"d{i}" for i in range(len(doors))], lon, lat, walls=[wall for *_, wall in doors])


def result(line, addresses):
    """Schemes, and findings as address and kind; metres to the millimetre."""
    audit = audit_streets(line, addresses)
    schemes = [
        replace(s, street_id="", metres_per_number=s.metres_per_number and round(s.metres_per_number, 3))
        for s in audit.street_schemes()
    ]
    return schemes, sorted((f.address_id, f.kind.value, str(f.message)) for f in audit.findings())


@given(DOORS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_never_matters(doors, dice):
    addresses = places(doors)
    order = list(range(len(doors)))
    dice.shuffle(order)
    shuffled = Entrances(
        [addresses.ids[i] for i in order],
        addresses.lon[order],
        addresses.lat[order],
        walls=[addresses.walls[i] for i in order],
    )
    assert result(streets(LINE), addresses) == result(streets(LINE), shuffled)


@given(DOORS)
def test_a_street_drawn_the_other_way_has_the_same_walls(doors):
    addresses = places(doors)
    schemes, findings = result(streets(LINE), addresses)
    assume(schemes and schemes[0].start)
    turned, found_again = result(streets(LINE[::-1]), addresses)
    other = {"first": "last", "last": "first"}[schemes[0].start]
    assert turned == [replace(schemes[0], start=other)]
    assert found_again == findings


@given(DOORS)
def test_shares_are_shares_and_every_finding_names_an_address(doors):
    addresses = places(doors)
    audit = audit_streets(streets(LINE), addresses)
    assert all(0 <= s.explained <= 1 for s in audit.street_schemes() if s.explained is not None)
    assert {f.address_id for f in audit.findings()} <= set(addresses.ids)
    assert len({(f.address_id, f.kind) for f in audit.findings()}) == len(audit.found)


@given(DOORS)
def test_doors_are_out_of_order_or_explained_never_both(doors):
    audit = audit_streets(streets(LINE), places(doors))
    misfits = int(audit.sides.misfit.sum())
    assert int(audit.schemes.in_order.sum()) + misfits <= len(audit.sides.row) <= int(audit.schemes.doors.sum())
