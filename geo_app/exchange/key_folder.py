"""Keys in the data folder, apart from the database: made once, readable by their owner only."""

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from geo_app.domain.errors import DomainError

NONCE_BYTES = 12
FIRST_VERSION = b"\x01"


class SealBroken(DomainError):
    """What was sealed is damaged, belongs elsewhere, or was sealed with another key."""

    pattern = "A stored secret cannot be opened with the key in the data folder."


def key_of(home: Path, name: str) -> bytes:
    """Return the 32 bytes of the key `name` in `home`/keys; it is made at the first call."""
    folder = home / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    path = folder / name
    if not path.exists():
        _make(path)
    return path.read_bytes()


def _make(path: Path) -> None:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(32))
    try:
        # A link and not a renaming: of two processes that start at once, the second one keeps the first one's key.
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


class SecretBox:
    """Seals short secrets with AES-256-GCM; what was sealed for one owner does not open for another."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, secret: str, owner: str) -> bytes:
        """Return version, nonce and ciphertext."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return FIRST_VERSION + nonce + self._cipher.encrypt(nonce, secret.encode(), owner.encode())

    def open(self, sealed: bytes, owner: str) -> str:
        """Return the secret.

        Raises SealBroken.
        """
        nonce, ciphertext = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        if sealed[:1] != FIRST_VERSION or len(ciphertext) == 0:
            raise SealBroken
        try:
            return self._cipher.decrypt(nonce, ciphertext, owner.encode()).decode()
        except InvalidTag as fault:
            raise SealBroken from fault
