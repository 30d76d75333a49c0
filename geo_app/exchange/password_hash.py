"""Password hashes: argon2id, its parameters in this one place."""

from functools import lru_cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerifyMismatchError

HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4, type=Type.ID)
"""RFC 9106 §4, second recommended option: 3 passes, 64 MiB, 4 lanes."""

HASHES_AT_ONCE = 2
"""Each takes 64 MiB: with these a process never needs more than 128 MiB for passwords, and further sign-ins wait."""

AT_ONCE = BoundedSemaphore(HASHES_AT_ONCE)


def hash_password(password: str) -> str:
    """Return the hash with its parameters and a new salt."""
    with AT_ONCE:
        return HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Tell whether `password` has this hash; without a hash the same work is done, and the answer is no."""
    try:
        with AT_ONCE:
            HASHER.verify(password_hash or _nobodys(HASHER), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Tell whether the hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(password_hash)


@lru_cache
def _nobodys(hasher: PasswordHasher) -> str:
    """Return a hash that belongs to nobody, with the parameters of all others."""
    return hasher.hash("nobody's password")
