from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

from argon2 import PasswordHasher, Type, extract_parameters

from geo_app.exchange import password_hash
from geo_app.exchange.password_hash import HASHES_AT_ONCE

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


class Crowded:
    """Hashes nothing, and counts how many do so at once."""

    def __init__(self):
        self.inside, self.most, self.lock = 0, 0, Lock()
        self.full = Event()

    def hash(self, _password):
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
            if self.inside == HASHES_AT_ONCE:
                self.full.set()
        self.full.wait()
        with self.lock:
            self.inside -= 1
        return "hash"


def test_many_passwords_are_hashed_few_at_a_time(monkeypatch):
    crowded = Crowded()
    monkeypatch.setattr(password_hash, "HASHER", crowded)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(password_hash.hash_password, ["x"] * 64))
    assert crowded.most == HASHES_AT_ONCE
