"""How much a file may be and hold before it is refused."""

from dataclasses import dataclass

from geo_app.exchange.refusals import UnpacksTooWell


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes as given and unpacked, entries of an archive, times of its packed size, cells of one worksheet.

    The ratio counts only above `ratio_free` bytes: small files of repeated rows shrink well and are honest.
    """

    bytes_given: int = 2 << 30
    bytes_unpacked: int = 4 << 30
    entries: int = 1000
    ratio: int = 200
    ratio_free: int = 16 << 20
    cells: int = 64_000_000


LIMITS = Limits()


def check_ratio(unpacked: int, packed: int, name: str, limits: Limits) -> None:
    """Raise UnpacksTooWell where `unpacked` bytes come from too few `packed` ones."""
    if unpacked > limits.ratio_free and unpacked > limits.ratio * max(packed, 1):
        raise UnpacksTooWell(name=name, ratio=limits.ratio)
