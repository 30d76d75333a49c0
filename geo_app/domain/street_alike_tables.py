"""What is confused in Sichuan: sounds that the ear does not keep apart, characters that the eye does not.

Data, not rules: a district with other ears adds its own pairs.
"""

from collections.abc import Mapping

INITIALS: Mapping[str, str] = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "h": "f"}
"""Initials that Sichuan speech takes for one another (卷舌 and 平舌, n and l, h and f before u)."""

FINALS: Mapping[str, str] = {"ing": "in", "eng": "en", "uang": "uan", "iang": "ian", "ang": "an", "ueng": "un"}
"""Finals that Sichuan speech takes for one another (前鼻音 and 后鼻音)."""

_SHAPES = (
    "未末 己已巳 土士 人入八 大太犬 日曰目 田由甲申电 午牛 千干于 天夫无 工土 木本 王玉主 右石 石古 白百 自白 水永冰 "
    "东车 西酉 贝见 见兄 风凤 凤冈 北比 九丸 力刀 刀刁 万方 今令 仓仑 免兔 乌鸟 鸟岛 马鸟 师帅 找我 享亨 侯候 官宫 "
    "宜宣 宦官 晴睛 情清 清青 阳阴 陈阵 柏拍 桃挑 杨扬 场扬 折拆 拨拔 坡披 坝坎 坪坛 岭岑 苏芬 荷何 茶荼 菜莱 兰三 "
    "关美 美羊 羊半 半丰 丰非 中申 史吏 更便 束柬 柬東 戊戌戍 卯卵 "
    "即既 爪瓜 治冶 洽恰 洒酒 没设 汇汇 汉叹 江红 河何 湖胡 "
    "溪滨 滨宾 龙尤 龙成 成戍 城诚 远运 运远 进近 建健 康庚 庆厌 厂广 广庄 庄压 尺尽 长木 升开 开井 井并 冈网 内肉 "
    "云去 去丢 去云 公分 分兮 盆盒 盘盆 金全 全余 合命 会合 含舍 号另 吉告 古右 只兄 台合 各名 名多 后石 向响 善普 "
)

SHAPES: Mapping[str, frozenset[str]] = {
    character: frozenset(
        other for group in _SHAPES.split() if character in group for other in group if other != character
    )
    for character in set(_SHAPES) - {" "}
}
"""Character → those that a reader in a hurry takes for it."""
