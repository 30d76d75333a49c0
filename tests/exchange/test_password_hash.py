from argon2 import PasswordHasher, Type, extract_parameters

from geo_app.exchange import password_hash

REAL = password_hash.HASHER
"""Taken when this module is read, before the tests' cheap parameters."""


def test_the_parameters_are_those_of_the_standard():
    parameters = extract_parameters(REAL.hash("x"))
    assert (parameters.type, parameters.time_cost, parameters.memory_cost) == (Type.ID, 3, 65536)


def test_a_password_fits_its_own_hash_only():
    kept = password_hash.hash_password("Kuai-Ma-1")
    assert password_hash.matches(kept, "Kuai-Ma-1")
    assert not password_hash.matches(kept, "kuai-Ma-1")
    assert not password_hash.matches(None, "nobody's password")
    assert not password_hash.matches("no hash at all", "x")


def test_a_hash_with_other_parameters_is_outdated():
    assert not password_hash.is_outdated(password_hash.hash_password("x"))
    assert password_hash.is_outdated(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash("x"))
