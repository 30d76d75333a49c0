"""Made-up names of streets, from a seeded list; lanes are counted off the street they leave."""

from collections.abc import Iterator, Sequence

from numpy.random import Generator

from geo_app.domain.demo_values import DemoStreetKind

FIRST = "新文建人和平富康安永长兴德仁义明清云龙凤金银玉石青翠锦绣春华秋江河湖溪山林竹柏松桂梅兰桃杏东西南北中上下古老红"
SECOND = (
    "华民主设宁乐泰昌盛旺达祥瑞福禄寿康庄园坪坝湾滩沟桥井塘堰岭坡崖洞街市场学府仓库坊巷门楼阁台亭苑景阳光明月星辰风雨"
)
ENDING = {
    DemoStreetKind.ROAD: "路",
    DemoStreetKind.RIVERSIDE: "滨河路",
    DemoStreetKind.STREET: "街",
    DemoStreetKind.LANE: "巷",
}
HAN = "一二三四五六七八九十"


class NameList:
    """Made-up street names, none twice in one list."""

    def __init__(self, random: Generator, taken: Sequence[str] = ()) -> None:
        self.random = random
        self.taken = set(taken)

    def street(self, kind: DemoStreetKind) -> str:
        """Return a new name for a street of `kind`."""
        while True:
            # Longer names once the short ones run out.
            stem = self._pick(FIRST) + self._pick(SECOND) + ("" if len(self.taken) < 900 else self._pick(SECOND))
            name = stem + ENDING.get(kind, "路")
            if name not in self.taken and stem[0] != stem[1]:
                self.taken.add(name)
                return name

    def _pick(self, characters: str) -> str:
        return characters[int(self.random.integers(len(characters)))]


def lane_names(parent: str) -> Iterator[str]:
    """Yield names of the lanes off a street: 茶溪路一巷, 茶溪路二巷, ..."""
    for number in range(1, 1000):
        yield f"{parent}{han_number(number)}巷"


def han_number(number: int) -> str:
    """Return a number up to 999 in Chinese characters: 一, 十二, 三十, 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = HAN[hundreds - 1] + "百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else HAN[tens - 1]) + "十"
    elif ones and hundreds:
        text += "零"
    return text + (HAN[ones - 1] if ones else "")
