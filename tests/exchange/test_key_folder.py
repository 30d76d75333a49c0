from concurrent.futures import ThreadPoolExecutor

import pytest

from geo_app.exchange.key_folder import SealBroken, SecretBox, key_of


def test_a_key_is_made_once_and_read_by_its_owner_only(tmp_path):
    key = key_of(tmp_path, "cookie")
    assert len(key) == 32
    assert key_of(tmp_path, "cookie") == key
    assert key_of(tmp_path, "other") != key
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "keys/cookie").stat().st_mode & 0o777 == 0o600


def test_those_who_start_at_once_get_one_key(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: key_of(tmp_path, "cookie"), range(64)))
    assert len(keys) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["cookie"]


def test_a_sealed_secret_opens_with_its_key_for_its_owner_only():
    box = SecretBox(b"k" * 32)
    sealed = box.seal("JBSWY3DPEHPK3PXP", "account 1")
    assert box.open(sealed, "account 1") == "JBSWY3DPEHPK3PXP"
    damaged = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for other, what, owner in [
        (box, sealed, "account 2"),
        (SecretBox(b"x" * 32), sealed, "account 1"),
        (box, damaged, "account 1"),
        (box, b"", "account 1"),
        (box, b"\x02" + sealed[1:], "account 1"),
    ]:
        with pytest.raises(SealBroken):
            other.open(what, owner)
