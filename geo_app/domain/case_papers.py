"""The papers a case needs 申请材料: requirements as an office writes them, and what is still missing.

A requirement is one line; papers that can stand for each other are divided by a slash: 不动产权证书/房屋所有权证.
Papers are named as the office names them; copies and applicants' data are not kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from geo_app.domain.case_kinds import CaseKind, Subject
from geo_app.domain.errors import DomainError

DIVIDER = "/"
LONGEST = 60
MOST = 20


class PaperNameMalformed(DomainError):
    """A paper has a name that fits on a line of the list."""

    pattern = "“{text}” cannot be a paper's name: 1 to 60 characters, alternatives divided by a slash."


class TooManyPapers(DomainError):
    """Nobody brings more than twenty papers for a house number."""

    pattern = "{count} papers are asked for; at most 20 can be."


class PaperNotAsked(DomainError):
    """What is ticked at the counter is on the list of the case."""

    pattern = "“{paper}” is not among the papers of this case."


_TITLE = "不动产权证书/房屋所有权证/土地使用权证"
_FORM = "门牌号申请表"

# Kinds of papers: standards.md §4 (Guangzhou, Jiaxing, Shenzhen); which kind needs which is this office's own.
DEFAULT_BY_KIND: Mapping[CaseKind, tuple[str, ...]] = {
    CaseKind.NEW: (_FORM, f"{_TITLE}/建设工程规划许可证/宅基地批准书"),
    CaseKind.TEMPORARY: (_FORM, "临时建设工程规划许可证/房屋使用证明/租赁合同"),
    CaseKind.FORMALISE: (_FORM, "临时门牌号通知书", f"{_TITLE}/建设工程规划许可证"),
    CaseKind.CHANGE: (_FORM, f"原门牌号通知书/{_TITLE}"),
    CaseKind.REISSUE: (_FORM, f"原门牌号通知书/{_TITLE}"),
    CaseKind.CANCEL: (_FORM, "房屋拆除证明/征收补偿协议/注销登记证明"),
    CaseKind.PROOF: (_FORM, f"{_TITLE}/户口簿/营业执照"),
}
DEFAULT_BY_SUBJECT: Mapping[Subject, tuple[str, ...]] = {
    Subject.HOUSEHOLD: ("户口簿",),
    Subject.SHOP: ("营业执照/名称登记告知书",),
    Subject.SPLIT_HOUSEHOLD: ("户口簿", "分户表"),
    Subject.SPLIT_SHOP: ("营业执照/名称登记告知书", "店铺分割证明"),
}


@dataclass(frozen=True, slots=True)
class PaperRules:
    """What an office asks for: by kind, and in addition by subject."""

    by_kind: Mapping[CaseKind, tuple[str, ...]] = field(default_factory=lambda: DEFAULT_BY_KIND)
    by_subject: Mapping[Subject, tuple[str, ...]] = field(default_factory=lambda: DEFAULT_BY_SUBJECT)

    def required(self, kind: CaseKind, subject: Subject) -> tuple[str, ...]:
        """Return the requirements of a case, each once, in the office's order."""
        return tuple(dict.fromkeys((*self.by_kind.get(kind, ()), *self.by_subject.get(subject, ()))))


def alternatives(requirement: str) -> tuple[str, ...]:
    """Return the papers of which one is enough."""
    return tuple(part.strip() for part in requirement.split(DIVIDER))


def missing_papers(required: Sequence[str], seen: Iterable[str]) -> tuple[str, ...]:
    """Return the requirements for which no paper was seen."""
    shown = set(seen)
    return tuple(one for one in required if not shown.intersection(alternatives(one)))


def require_known(required: Sequence[str], seen: Iterable[str]) -> tuple[str, ...]:
    """Return the papers seen, each once, in the order of the list.

    Raises PaperNotAsked.
    """
    known = [paper for requirement in required for paper in alternatives(requirement)]
    given = list(seen)
    strange = next((paper for paper in given if paper not in known), None)
    if strange is not None:
        raise PaperNotAsked(paper=strange)
    return tuple(dict.fromkeys(paper for paper in known if paper in given))


def read_requirements(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the requirements that an office wrote, one a line; blank lines do not count.

    Raises PaperNameMalformed, TooManyPapers.
    """
    written = tuple(dict.fromkeys(_requirement(line) for line in lines if line.strip()))
    if len(written) > MOST:
        raise TooManyPapers(count=len(written))
    return written


def _requirement(line: str) -> str:
    papers = alternatives(line.replace("／", DIVIDER))
    if not all(0 < len(paper) <= LONGEST for paper in papers):
        raise PaperNameMalformed(text=line.strip())
    return DIVIDER.join(papers)
