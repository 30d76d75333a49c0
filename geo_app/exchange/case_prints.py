"""What a counter case hands out, as PDF: receipt 受理回执, written list 一次性告知书, notice 门牌号通知书.

These are official documents of a Chinese office and have no second language; their texts stand in `papers/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from geo_app.domain.case_kinds import CaseKind, Effect
from geo_app.exchange.paper import print_paper, qr_picture

RECEIPT, MISSING, PROOF = "受理回执", "一次性告知书", "门牌号证明"


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What all papers of a case say; `office` issues them. Applicants are written in by pen."""

    office: str
    legal_basis: str
    counter: str
    receipt: str
    kind: str
    subject: str
    text: str
    shop_name: str = ""
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the citizen takes home; no last day while papers are missing."""

    head: CaseHead
    received_on: date
    limit_days: int
    due_on: date | None
    seen: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def received(self) -> str:
        """Return the day of receipt as documents write it."""
        return written_day(self.received_on)

    @property
    def due(self) -> str:
        """Return the last day as documents write it."""
        return written_day(self.due_on) if self.due_on else ""


@dataclass(frozen=True, slots=True)
class MissingPapers:
    """The written list of what is still wanted, as of the day it was asked for."""

    head: CaseHead
    missing: tuple[str, ...]
    asked_on: date

    @property
    def day(self) -> str:
        """Return the day of the list as documents write it."""
        return written_day(self.asked_on)


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice: the address, what it was before, since when, and the sketch of its place as SVG."""

    head: CaseHead
    kind: CaseKind
    number: str
    address_id: str
    standard_code: str
    old_text: str
    sketch: str
    decided_on: date
    notified_on: date

    @property
    def temporary(self) -> bool:
        """Tell whether the number is a temporary one."""
        return self.kind is CaseKind.TEMPORARY

    @property
    def title(self) -> str:
        """Return what the document is called."""
        return _TITLES.get(self.kind, "门牌号通知书")

    @property
    def sentence(self) -> str:
        """Return what the office tells."""
        return _SENTENCES[self.kind]

    @property
    def advice(self) -> str:
        """Return what the holder has to know beside."""
        return _ADVICE.get(self.kind.effect, "")

    @property
    def since_title(self) -> str:
        """Return what the day in the table means."""
        return "注销日期" if self.kind is CaseKind.CANCEL else "核准日期"

    @property
    def old_title(self) -> str:
        """Return what the other address in the table means."""
        return "原标准地址" if self.kind is CaseKind.CHANGE else "分出地址"

    @property
    def since(self) -> str:
        """Return the day of the decision as documents write it."""
        return written_day(self.decided_on)

    @property
    def day(self) -> str:
        """Return the day of the notice as documents write it."""
        return written_day(self.notified_on)


_TITLES: Mapping[CaseKind, str] = {
    CaseKind.TEMPORARY: "临时门牌号通知书",
    CaseKind.CANCEL: "门牌号注销通知书",
    CaseKind.PROOF: PROOF,
}
_SENTENCES: Mapping[CaseKind, str] = {
    CaseKind.NEW: "你（单位）申请编制门牌号，经现场核查和审核，同意编制下列门牌号，特此通知。",
    CaseKind.TEMPORARY: "你（单位）申请编制临时门牌号，经现场核查和审核，同意编制下列临时门牌号，特此通知。",
    CaseKind.FORMALISE: "你（单位）申请将临时门牌号转为正式门牌号，经现场核查和审核，同意转为正式门牌号，特此通知。",
    CaseKind.CHANGE: "你（单位）申请变更门牌号，经现场核查和审核，同意变更如下，原门牌号同时停止使用，特此通知。",
    CaseKind.REISSUE: "你（单位）申请补发（换发）门牌及门牌号通知书，经审核，同意补发（换发），门牌号不变，特此通知。",
    CaseKind.CANCEL: "你（单位）申请注销门牌号，经现场核查和审核，同意注销下列门牌号，注销后不再使用，特此通知。",
    CaseKind.PROOF: "经查，下列地址登记在本县（市、区）标准地址库中，现行有效，特此证明。",
}
_ADVICE: Mapping[Effect, str] = {
    Effect.MAKE_TEMPORARY: "临时门牌号在条件具备后应当申请转为正式门牌号。",
    Effect.RENUMBER: "原门牌号可在标准地址库中查到现门牌号，证照地址需要变更的，凭本通知书到发证部门办理。",
    Effect.RETIRE: "请将原门牌交回。",
}


def print_receipt(receipt: Receipt) -> bytes:
    """Return the receipt as PDF."""
    return print_paper("receipt.html", RECEIPT, head=receipt.head, paper=receipt, qr=qr_picture(receipt.head.receipt))


def print_missing_papers(listed: MissingPapers) -> bytes:
    """Return the written list of missing papers as PDF."""
    return print_paper("missing.html", MISSING, head=listed.head, paper=listed)


def print_notice(notice: Notice) -> bytes:
    """Return the notice as PDF; its QR holds the address id, as the plate's does."""
    qr = qr_picture(notice.address_id)
    return print_paper("notice.html", notice.title, head=notice.head, paper=notice, qr=qr, sketch=notice.sketch)


def written_day(day: date) -> str:
    """Return a day as documents write it: 2026年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"
