"""Names of divisions made comparable: one place is written with four official endings in four lists."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

COMMITTEE_ENDINGS = ("居民委员会", "村民委员会", "居委会", "村委会", "居委", "村委", "委员会")
"""Endings that name the committee, longest first; 碧山社区居委is how the 2018 list writes one of them."""

TOWNSHIP_ENDINGS = ("街道办事处", "民族乡", "办事处", "街道", "镇", "乡")
"""Endings of townships, longest first."""


class NameClass(StrEnum):
    """Whether a village-level name means townspeople or villagers; 余溪社区 and 余溪村 are two places."""

    COMMUNITY = "community"
    VILLAGE = "village"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NameKey:
    """A comparable name: its stem (余溪) and its class."""

    stem: str
    name_class: NameClass


@lru_cache(maxsize=100_000)
def village_key(name: str) -> NameKey:
    """Return the key of a village-level name: 罗一村委会, 罗一村村民委员会 and 罗一村 have one key."""
    bare = name.strip()
    ending = next((end for end in COMMITTEE_ENDINGS if bare.endswith(end)), "")
    bare = bare.removesuffix(ending)
    if bare.endswith("社区"):
        return NameKey(bare.removesuffix("社区"), NameClass.COMMUNITY)
    if bare.endswith("村") and len(bare) > 1:
        return NameKey(bare.removesuffix("村"), NameClass.VILLAGE)
    # 孙坝村委会: the ending swallowed the 村; 王坝居委会: no 社区 was written.
    return NameKey(bare, _class_of_ending(ending))


def _class_of_ending(ending: str) -> NameClass:
    if ending.startswith("村"):
        return NameClass.VILLAGE
    return NameClass.COMMUNITY if ending.startswith("居") else NameClass.OTHER


def township_stem(name: str) -> str:
    """Return a township's name without its kind: 轸溪乡 and 轸溪镇 give 轸溪."""
    bare = name.strip()
    ending = next((end for end in TOWNSHIP_ENDINGS if bare.endswith(end) and len(bare) > len(end)), "")
    return bare.removesuffix(ending)


def short_name(name: str) -> str:
    """Return a village-level name as addresses write it: 盐溪口村, 铜茨社区."""
    key = village_key(name)
    return key.stem + {NameClass.COMMUNITY: "社区", NameClass.VILLAGE: "村", NameClass.OTHER: ""}[key.name_class]


def look_alike(one: str, other: str) -> bool:
    """Tell whether two stems differ by one character, put in, left out or replaced (三峨 and 三峨山, 先峰 and 先锋)."""
    short, long = sorted((one, other), key=len)
    if len(short) < 2 or short == long or len(long) - len(short) > 1:
        return False
    if len(short) == len(long):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
