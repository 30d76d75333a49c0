"""Readings 读音 of characters in place names: what usual dictionaries read wrongly, what a clerk may have to choose.

`POLYPHONES` are the characters of more than one modern standard reading (审音表) that stand in names of streets and
villages; rare and old readings are left out, or every second character would be marked. `PLACE_READINGS` overrule the
dictionary of words, the longest first: names of places keep readings of their own (乐山 Lèshān, 六合 Lùhé).
"""

from collections.abc import Mapping
from functools import lru_cache

from pypinyin import Style, pinyin

from geo_app.domain.address_text import match_key

_POLYPHONES = """
乐 lè yuè|长 cháng zhǎng|重 chóng zhòng|朝 cháo zhāo|行 xíng háng|都 dū dōu|曾 zēng céng|单 dān shàn chán|解 jiě xiè
会 huì kuài|大 dà dài|中 zhōng zhòng|正 zhèng zhēng|兴 xīng xìng|相 xiāng xiàng|盛 shèng chéng|石 shí dàn
种 zhǒng zhòng chóng|调 diào tiáo|传 chuán zhuàn|弹 tán dàn
藏 cáng zàng|参 cān shēn|差 chà chā chāi|处 chù chǔ|畜 chù xù
创 chuàng chuāng|答 dá dā|地 dì de|发 fā fà|分 fēn fèn|坊 fāng fáng|干 gān gàn|葛 gě gé|更 gēng gèng|观 guān guàn
冠 guān guàn|还 huán hái|汗 hàn hán|好 hǎo hào|号 hào háo|合 hé gě|和 hé hè huò|荷 hé hè|华 huá huà|间 jiān jiàn
将 jiāng jiàng|降 jiàng xiáng|教 jiào jiāo|校 xiào jiào|角 jiǎo jué|结 jié jiē|尽 jìn jǐn|劲 jìn jìng|禁 jìn jīn
卷 juǎn juàn|觉 jué jiào|卡 kǎ qiǎ|看 kàn kān|空 kōng kòng|勒 lè lēi|累 lěi lèi|量 liàng liáng|六 liù lù|笼 lóng lǒng
露 lù lòu|绿 lǜ lù|落 luò là|蒙 méng měng mēng|磨 mó mò
难 nán nàn|宁 níng nìng|炮 pào páo|铺 pù pū|朴 pǔ piáo pō|柏 bǎi bó
便 biàn pián|薄 bó báo|堡 bǎo pù bǔ|奇 qí jī|强 qiáng qiǎng|圈 quān juàn|任 rèn rén|厦 xià shà|扇 shàn shān|少 shǎo shào
舍 shè shě|省 shěng xǐng|宿 sù xiǔ xiù|台 tái tāi|吐 tǔ tù|为 wéi wèi|尾 wěi yǐ|蔚 wèi yù|尉 wèi yù|鲜 xiān xiǎn
巷 xiàng hàng|血 xuè xiě|旋 xuán xuàn|燕 yān yàn|应 yīng yìng
载 zài zǎi|扎 zhā zhá|翟 zhái dí|占 zhàn zhān|涨 zhǎng zhàng
折 zhé shé|转 zhuǎn zhuàn|子 zǐ zi|钻 zuān zuàn|作 zuò zuō|几 jǐ jī|系 xì jì|车 chē jū|盖 gài gě|贾 jiǎ gǔ|祭 jì zhài
洞 dòng tóng|冲 chōng chòng|塞 sài sāi sè|济 jì jǐ|挑 tiāo tiǎo|拓 tuò tà|万 wàn mò|峒 dòng tóng|枞 cōng zōng|泊 bó pō
浒 hǔ xǔ|渑 miǎn shéng|番 fān pān|率 lǜ shuài|秘 mì bì|筠 yún jūn|约 yuē yāo|纶 lún guān|缪 móu miào|臭 chòu xiù
莘 shēn xīn|蕃 fān fán|莞 guān wǎn|见 jiàn xiàn|识 shí zhì|读 dú dòu|谷 gǔ yù|邪 xié yá|郇 xún huán|阿 ā ē|陂 bēi pí pō
隗 wěi kuí|颤 chàn zhàn|龟 guī jūn qiū|犍 qián jiān|涌 yǒng chōng
仇 qiú chóu|区 qū ōu|查 zhā chá|员 yuán yùn|召 zhào shào
褚 chǔ zhǔ|纪 jǐ jì|那 nà nā|宓 mì fú|晟 shèng chéng
斗 dòu dǒu|钉 dīng dìng|夹 jiā jiá|背 bèi bēi|称 chēng chèn|倒 dǎo dào
度 dù duó|佛 fó fú|给 gěi jǐ|供 gōng gòng|横 héng hèng|化 huà huā|晃 huàng huǎng|混 hùn hún|监 jiān jiàn|渐 jiàn jiān
咀 jǔ zuǐ|可 kě kè|令 lìng líng|溜 liū liù|搂 lǒu lōu|埋 mái mán|脉 mài mò|泥 ní nì|曲 qū qǔ|散 sàn sǎn|丧 sāng sàng
什 shí shén|数 shù shǔ|似 sì shì|踏 tà tā|咽 yān yàn
要 yào yāo|饮 yǐn yìn|晕 yūn yùn|炸 zhà zhá|挣 zhēng zhèng|只 zhī zhǐ
着 zhe zháo zhuó|综 zōng zèng|岗 gǎng gāng|杆 gān gǎn|丽 lì lí|瓦 wǎ wà|扁 biǎn piān|缝 féng fèng|蛤 há gé|红 hóng gōng
吓 xià hè|弄 lòng nòng
"""

POLYPHONES: Mapping[str, tuple[str, ...]] = {
    character: tuple(readings)
    for character, *readings in (entry.split() for entry in _POLYPHONES.replace("\n", "|").split("|") if entry)
}
"""Character → its usual readings, the one most usual in place names first."""

PLACE_READINGS: Mapping[str, str] = {
    "乐山": "lè shān", "乐都": "lè dū", "乐清": "yuè qīng", "音乐": "yīn yuè", "重庆": "chóng qìng",
    "朝阳": "cháo yáng", "朝天": "cháo tiān", "朝山": "cháo shān", "朝晖": "zhāo huī", "朝霞": "zhāo xiá",
    "长征": "cháng zhēng", "成长": "chéng zhǎng", "六合": "lù hé", "六安": "lù ān", "曾家": "zēng jiā",
    "单家": "shàn jiā", "解家": "xiè jiā", "盛家": "shèng jiā", "任家": "rén jiā", "燕家": "yān jiā", "燕子": "yàn zi",
    "燕山": "yān shān", "翟家": "zhái jiā", "华家": "huà jiā", "华山": "huà shān", "华蓥": "huá yíng", "葛家": "gě jiā",
    "仇家": "qiú jiā", "查家": "zhā jiā", "纪家": "jǐ jiā", "区家": "ōu jiā", "应家": "yīng jiā", "宁家": "nìng jiā",
    "柏林": "bǎi lín", "银行": "yín háng", "商行": "shāng háng", "行政": "xíng zhèng", "都江": "dū jiāng",
    "犍为": "qián wéi", "筠连": "jūn lián", "珙县": "gǒng xiàn",
    "郫都": "pí dū", "邛崃": "qióng lái", "什邡": "shí fāng",
    "荥经": "yíng jīng", "阆中": "làng zhōng", "射洪": "shè hóng",
    "大邑": "dà yì", "新都": "xīn dū", "成都": "chéng dū",
    "大渡": "dà dù", "青衣": "qīng yī", "沫若": "mò ruò", "轸溪": "zhěn xī", "台州": "tāi zhōu", "厦门": "xià mén",
    "大厦": "dà shà", "观音": "guān yīn", "道观": "dào guàn", "寺观": "sì guàn", "白塔": "bái tǎ", "宿州": "sù zhōu",
    "中兴": "zhōng xīng", "复兴": "fù xīng", "新兴": "xīn xīng", "兴旺": "xīng wàng", "振兴": "zhèn xīng",
    "兴业": "xīng yè", "创业": "chuàng yè", "会展": "huì zhǎn", "会计": "kuài jì", "绿林": "lù lín", "尉犁": "yù lí",
    "蔚县": "yù xiàn", "巷道": "hàng dào", "铁佛": "tiě fó", "佛山": "fó shān", "石柱": "shí zhù", "仪陇": "yí lǒng",
    "丽水": "lí shuǐ", "济南": "jǐ nán", "济宁": "jǐ níng", "番禺": "pān yú", "东莞": "dōng guǎn", "歙县": "shè xiàn",
    "黄陂": "huáng pí", "洪洞": "hóng tóng", "瓦窑": "wǎ yáo", "大夫": "dà fū", "三都": "sān dū", "长岭": "cháng lǐng",
    "正月": "zhēng yuè", "校场": "jiào chǎng", "较场": "jiào chǎng", "教场": "jiào chǎng", "教育": "jiào yù",
    "斗山": "dǒu shān", "北斗": "běi dǒu", "车站": "chē zhàn", "重阳": "chóng yáng", "长寿": "cháng shòu",
    "街子": "jiē zi", "坝子": "bà zi", "湾子": "wān zi",
    "坡子": "pō zi", "滩子": "tān zi", "垭子": "yā zi", "亭子": "tíng zi",
    "房子": "fáng zi", "院子": "yuàn zi", "铺子": "pù zi", "林子": "lín zi", "岗子": "gǎng zi",
}  # fmt: skip
"""Words of place names → their readings, syllables apart."""

_LONGEST = max(map(len, PLACE_READINGS))


@lru_cache(maxsize=20_000)
def usual_readings(text: str) -> tuple[str, ...]:
    """Return one reading (tone marks, lower case) for each character; a character without a reading stays itself."""
    readings: list[str] = []
    while len(readings) < len(text):
        start = len(readings)
        word = next((w for n in range(_LONGEST, 1, -1) if (w := text[start : start + n]) in PLACE_READINGS), "")
        readings += PLACE_READINGS[word].split() if word else [_dictionary(text)[start]]
    return tuple(readings)


def readings_of(character: str) -> tuple[str, ...]:
    """Return every reading that any dictionary gives a character, neutral tones among them; empty: it has none."""
    found = pinyin(character, style=Style.TONE, heteronym=True)[0]
    readings = tuple(reading for reading in found if reading != character)
    return tuple(dict.fromkeys((*POLYPHONES.get(character, ()), *readings)))


def choices_of(character: str, usual: str) -> tuple[str, ...]:
    """Return the readings that a clerk may mean in a place name, the usual one first."""
    return tuple(dict.fromkeys((usual, *POLYPHONES.get(character, ()))))


@lru_cache(maxsize=2_000)
def _dictionary(text: str) -> tuple[str, ...]:
    """Return the readings by the dictionary of words; for a character of several, in no word, the usual in places."""
    alone = {character: _syllables(character)[0] for character in set(text) & POLYPHONES.keys()}
    return tuple(
        POLYPHONES[character][0] if read == alone.get(character) else read
        for character, read in zip(text, _syllables(text), strict=True)
    )


def _syllables(text: str) -> list[str]:
    """Return one reading a character; what has none stands for itself."""
    found: list[str] = []
    for syllable, *_ in pinyin(text, style=Style.TONE):
        # The dictionary keeps a run of letters and digits together.
        found += list(syllable) if text.startswith(syllable, len(found)) else [syllable]
    return found


def numeral_value(numeral: str) -> str | None:
    """Return Chinese or other digits as Arabic ones (十二 → 12, 五九0 → 590), None for what is no numeral."""
    key = match_key(numeral.replace("两", "二"))
    return key if key.isascii() and key.isdigit() else None
