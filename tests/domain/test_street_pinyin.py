"""Spellings checked by hand against the rules of 1984 (the rule's own examples first) and the signs of the places."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.street_name_parts import name_parts
from geo_app.domain.street_pinyin import (
    PinyinDiffers,
    PinyinMissesTones,
    PinyinTooLong,
    check_spelling,
    plain_form,
    spell,
)

FACTS = Path(__file__).parents[2] / "gis_data" / "shawan_roads_facts.csv"
SPELLINGS = {
    # the rule's own examples
    "景山后街": "Jǐngshān Hòujiē",
    "造币左路": "Zàobì Zuǒlù",
    "朝阳门内大街": "Cháoyángménnèi Dàjiē",
    "后赵家楼胡同": "Hòuzhàojiālóu Hútòng",
    "三眼井胡同": "Sānyǎnjǐng Hútòng",
    "八角场东街": "Bājiǎochǎng Dōngjiē",
    "三八路": "Sānbā Lù",
    "五一广场": "Wǔyī Guǎngchǎng",
    "二马路": "2 Mǎlù",
    "经五路": "Jīng 5 Lù",
    "三环路": "3 Huánlù",
    "大川淀一巷": "Dàchuāndiàn 1 Xiàng",
    "第九弄": "Dì-9 Lòng",
    "解放桥路": "Jiěfàngqiáo Lù",
    "铁路街": "Tiělù Jiē",
    # polyphones
    "乐山路": "Lèshān Lù",
    "乐山大道": "Lèshān Dàdào",
    "音乐街": "Yīnyuè Jiē",
    "重庆路": "Chóngqìng Lù",
    "长征路": "Chángzhēng Lù",
    "长寿巷": "Chángshòu Xiàng",
    "朝阳街": "Cháoyáng Jiē",
    "朝山街": "Cháoshān Jiē",
    "朝霞路": "Zhāoxiá Lù",
    "曾家巷": "Zēngjiā Xiàng",
    "解家湾路": "Xièjiāwān Lù",
    "单家巷": "Shànjiā Xiàng",
    "柏杨路": "Bǎiyáng Lù",
    "银行街": "Yínháng Jiē",
    "行政路": "Xíngzhèng Lù",
    "都江路": "Dūjiāng Lù",
    "成都路": "Chéngdū Lù",
    "犍为路": "Qiánwéi Lù",
    "六合路": "Lùhé Lù",
    "会展路": "Huìzhǎn Lù",
    "校场坝街": "Jiàochǎngbà Jiē",
    "道观街": "Dàoguàn Jiē",
    "观音阁街": "Guānyīngé Jiē",
    "中兴街": "Zhōngxīng Jiē",
    "正街": "Zhèng Jiē",
    "丽水路": "Líshuǐ Lù",
    "石柱路": "Shízhù Lù",
    # apostrophes
    "大西安路": "Dàxī'ān Lù",
    "西安路": "Xī'ān Lù",
    "平安街": "Píng'ān Jiē",
    "东安路": "Dōng'ān Lù",
    "天鹅路": "Tiān'é Lù",
    "海鸥街": "Hǎi'ōu Jiē",
    "安居路": "Ānjū Lù",
    "吉安街": "Jí'ān Jiē",
    # modifiers: one syllable joined, longer ones apart
    "人民路": "Rénmín Lù",
    "人民南路": "Rénmín Nánlù",
    "人民东南路": "Rénmín Dōngnán Lù",
    "春福滨河路": "Chūnfú Bīnhé Lù",
    "滨河路": "Bīnhé Lù",
    "建新路": "Jiànxīn Lù",
    "河东路": "Hédōng Lù",
    "红星中路二段": "Hóngxīng Zhōnglù 2 Duàn",
    "沫若大道南段": "Mòruò Dàdào Nánduàn",
    "兴业路北段": "Xīngyè Lù Běiduàn",
    "铜河路北段": "Tónghé Lù Běiduàn",
    "新华大街": "Xīnhuá Dàjiē",
    "东大街": "Dōng Dàjiē",
    # numerals and lanes
    "文豪路一巷": "Wénháo Lù 1 Xiàng",
    "文豪路十二巷": "Wénháo Lù 12 Xiàng",
    "一环路东三段": "1 Huánlù Dōng 3 Duàn",
    "五九0街": "590 Jiē",
    "建设一路": "Jiànshè 1 Lù",
    "统一路": "Tǒngyī Lù",
    "五四路": "Wǔsì Lù",
    "十字街": "Shízì Jiē",
    "南三路": "Nán 3 Lù",
    # villages in one word, their groups counted
    "王家村": "Wángjiācūn",
    "安池村村道": "Ānchícūn Cūndào",
    "铜街子村3组": "Tóngjiēzicūn 3 Zǔ",
    # Shawan's own
    "苏沙公路": "Sūshā Gōnglù",
    "彩虹大桥": "Cǎihóng Dàqiáo",
    "龚嘴大桥": "Gōngzuǐ Dàqiáo",
    "灰石盆路": "Huīshípén Lù",
    "绿园路": "Lǜyuán Lù",
    "嘉农大道": "Jiānóng Dàdào",
    "轸溪路": "Zhěnxī Lù",
}


@pytest.mark.parametrize(("name", "spelling"), SPELLINGS.items())
def test_a_name_is_spelled_by_the_rules(name, spelling):
    assert spell(name).text == spelling


@pytest.mark.parametrize(("name", "spelling"), SPELLINGS.items())
def test_a_spelling_that_the_rules_give_is_accepted_when_typed(name, spelling):
    assert check_spelling(name, spelling).text == spelling


def test_every_gazetted_road_has_a_spelling_of_letters_and_digits_alone():
    with FACTS.open(encoding="utf-8") as file:
        names = [part for row in csv.DictReader(file) for part in row["name"].split("(")[0].split("/")]
    assert len(names) > 15
    for name in names:
        assert spell(name).plain.replace(" ", "").isascii(), name


def test_a_polyphone_shows_its_other_readings():
    syllable = spell("长征路").syllables[0]
    assert syllable.polyphone
    assert syllable.choices == ("cháng", "zhǎng")
    assert not spell("人民路").doubtful


def test_a_chosen_reading_goes_into_the_spelling():
    assert spell("朝阳街", {0: "zhāo"}).text == "Zhāoyáng Jiē"


def test_a_reading_of_another_character_is_refused():
    with pytest.raises(PinyinDiffers, match="朝"):
        spell("朝阳街", {0: "rì"})


def test_a_typed_spelling_of_another_character_is_refused_at_its_place():
    with pytest.raises(PinyinDiffers, match="“山”"):
        check_spelling("乐山路", "Lèshuǐ Lù")


def test_a_typed_spelling_that_goes_on_is_refused():
    with pytest.raises(PinyinTooLong, match="jiē"):
        check_spelling("乐山路", "Lèshān Lùjiē")


def test_a_spelling_without_tones_is_refused_with_the_proposal():
    with pytest.raises(PinyinMissesTones, match="Rénmín Lù"):
        check_spelling("人民路", "Renmin Lu")


def test_a_clerk_may_set_the_words_apart_otherwise():
    assert check_spelling("人民南路", "Rénmín Nán Lù").text == "Rénmín Nán Lù"


def test_where_the_rules_cannot_know_which_numerals_count_the_clerk_says_so():
    assert spell("东四十二条").text == "Dōng 42 Tiáo"
    assert check_spelling("东四十二条", "Dōngsì 12 Tiáo").text == "Dōngsì 12 Tiáo"


def test_a_typed_reading_is_kept_as_the_choice():
    assert check_spelling("朝阳街", "Zhāoyáng Jiē").syllables[0].reading == "zhāo"


def test_the_plain_form_has_no_tones_and_no_apostrophes():
    assert plain_form("Dàxī'ān Lù") == "daxian lu"
    assert plain_form("Lǜyuán Lù") == "lvyuan lu"


@given(st.text("人民大东西南北一二十三安长乐路街巷段道桥村组环马0", min_size=1, max_size=9))
def test_the_parts_of_any_name_are_the_whole_name(name):
    assert "".join(part.text for part in name_parts(name)) == name
    assert check_spelling(name, spell(name).text).text == spell(name).text
