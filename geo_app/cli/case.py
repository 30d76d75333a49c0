"""Counter cases from the command line: the same steps as at the counter, the same refusals."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import click

from geo_app.cli.acting import deciding
from geo_app.cli.database import as_option, lang_option, refusals_in_one_line
from geo_app.domain.access import reachable_areas
from geo_app.domain.access_roles import Permission
from geo_app.domain.address import Decision
from geo_app.domain.case import DECISIONS, CaseStatus, CaseVerb
from geo_app.domain.case_kinds import CaseKind, Subject
from geo_app.domain.message import Message, marked
from geo_app.domain.position import Position
from geo_app.exchange.language import render
from geo_app.exchange.whole import written_whole
from geo_app.persistence.cases import CaseRecord
from geo_app.persistence.paging import Paging
from geo_app.persistence.queries.case_list import CaseFilter
from geo_app.persistence.register import Register
from geo_app.services import case_opening, case_prints, case_steps, cases
from geo_app.services.case_opening import CaseRequest
from geo_app.services.case_steps import StepAsked

LARGEST_LIST = 100_000
NOW = marked("Case {case} is {status} now.")
PRINTED = marked("Written: {file}")
PRINTS: Mapping[str, Callable[[Register, int, Decision], bytes]] = {
    "receipt": case_prints.case_receipt,
    "missing": case_prints.case_missing_papers,
    "notice": case_prints.case_notice,
}
reason_option = click.option("--reason", default="", help="Why, or what was seen on site; it stands in the journal.")
paper_option = click.option("--paper", "papers", multiple=True, help="A paper that was shown, or is asked for.")


@click.group()
def case() -> None:
    """Receive, show, decide and print counter cases; a case is named by its receipt number.

    \b
    Example:
      geo-app case list
      geo-app case step 511111-2026-00001 submit --as planner1
      geo-app case decide 511111-2026-00001 approve --as reviewer1
      geo-app case notice 511111-2026-00001 --out notice.pdf
    """  # noqa: D301  click's own mark keeps the lines


@case.command("list")
@click.option("--status", type=click.Choice([status.value for status in CaseStatus]), default=None)
@click.option("--kind", type=click.Choice([kind.value for kind in CaseKind]), default=None)
@click.option("--overdue", is_flag=True, help="Only undecided cases whose last day is over.")
@click.option("--all", "ended", is_flag=True, help="With those that have ended.")
@as_option
@lang_option
@refusals_in_one_line
def list_cases(*, status: str | None, kind: str | None, overdue: bool, ended: bool, acting: str, lang: str) -> None:  # noqa: ARG001  for refusals; click gives flags so
    """Print cases, those first whose last day is next: receipt, status, last day, kind, subject, address; tabs between.

    Example: geo-app case list --overdue
    """
    with deciding(acting, "") as (register, decision):
        areas = tuple(sorted(reachable_areas(decision.actor.grants, Permission.CASE_READ, decision.day)))
        wanted = CaseFilter(
            areas, status or "", kind or "", open=not (ended or status), overdue_on=decision.day if overdue else None
        )
        for record in register.cases.page(wanted, Paging(size=LARGEST_LIST)).items:
            click.echo(_line(record))


@case.command("show")
@click.argument("receipt")
@as_option
@lang_option
@refusals_in_one_line
def show(*, receipt: str, acting: str, lang: str) -> None:
    """Print a case: its line, its clock, missing papers, the proposed number with its reason, what was done.

    Example: geo-app case show 511111-2026-00001
    """
    with deciding(acting, "") as (register, decision):
        view = cases.read_case(register, register.cases.by_receipt(receipt), decision)
    click.echo(_line(view.case))
    left = "" if view.days_left is None else str(view.days_left)
    click.echo(f"clock\t{render(view.standing.word, lang)}\t{left}")
    for paper in view.missing:
        click.echo(f"missing\t{paper}")
    if view.case.number is not None:
        click.echo(f"number\t{view.case.number.text}\t{render(view.case.number.reason, lang)}")
    for step in reversed(view.steps):
        click.echo(f"step\t{step.at.isoformat(timespec='seconds')}\t{step.account}\t{step.verb}\t{step.reason}")


@case.command("open")
@click.option("--kind", type=click.Choice([kind.value for kind in CaseKind]), required=True)
@click.option("--subject", type=click.Choice([subject.value for subject in Subject]), default="household")
@click.option("--street", type=int, help="Number of the street.")
@click.option("--entrance", type=int, help="Number of the door.")
@click.option("--at", type=(float, float), help="Longitude and latitude of a new door, in degrees.")
@click.option("--address", help="Id of the address it is about, or of the one that is divided.")
@click.option("--shop-name", default="", help="What hangs above the shop's door.")
@paper_option
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def open_case(
    *, kind: str, subject: str, street: int | None, entrance: int | None, at: tuple[float, float] | None,
    address: str | None, shop_name: str, papers: tuple[str, ...], reason: str, acting: str, lang: str,
) -> None:  # fmt: skip
    """Receive a case and print its receipt number.

    Example: geo-app case open --kind new --street 5 --at 103.55 29.41 --paper 门牌号申请表 --as planner1
    """
    place = Position(*at) if at else None
    asked = CaseRequest(
        CaseKind(kind), Subject(subject), street, entrance, place, address, papers, shop_name
    )  # fmt: skip
    with deciding(acting, reason) as (register, decision):
        record = register.cases.get(case_opening.open_case(register, asked, decision))
    _tell(record, lang)


@case.command("step")
@click.argument("receipt")
@click.argument("verb", type=click.Choice([verb.value for verb in CaseVerb if verb not in DECISIONS]))
@click.option("--number", default="", help="A number chosen by hand; without, the rule's.")
@paper_option
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def step(*, receipt: str, verb: str, number: str, papers: tuple[str, ...], reason: str, acting: str, lang: str) -> None:
    """Take a step of the counter.

    Example: geo-app case step 511111-2026-00001 check --reason 门朝街 --as planner1
    """
    asked = StepAsked(CaseVerb(verb), papers, number)
    with deciding(acting, reason) as (register, decision):
        case_id, seen = _seen(register, receipt, decision)
        case_steps.take_counter_step(register, case_id, asked, seen)
        record = register.cases.get(case_id)
    _tell(record, lang)


@case.command("decide")
@click.argument("receipt")
@click.argument("verb", type=click.Choice([verb.value for verb in CaseVerb if verb in DECISIONS]))
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def decide(*, receipt: str, verb: str, reason: str, acting: str, lang: str) -> None:
    """Approve, refuse or send back a case, as a second person.

    Example: geo-app case decide 511111-2026-00001 approve --as reviewer1
    """
    with deciding(acting, reason) as (register, decision):
        case_id, seen = _seen(register, receipt, decision)
        case_steps.decide_case(register, case_id, CaseVerb(verb), seen)
        record = register.cases.get(case_id)
    _tell(record, lang)


@case.command("notice")
@click.argument("receipt")
@click.option("--print", "paper", type=click.Choice(list(PRINTS)), default="notice", show_default=True)
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="Where the PDF goes; - for standard output."
)
@as_option
@lang_option
@refusals_in_one_line
def notice(*, receipt: str, paper: str, out: Path, acting: str, lang: str) -> None:
    """Write the notice of a case as PDF, or its receipt, or its list of missing papers.

    Example: geo-app case notice 511111-2026-00001 --out notice.pdf
    """
    with deciding(acting, "") as (register, decision):
        made = PRINTS[paper](register, register.cases.by_receipt(receipt), decision)
    if str(out) == "-":
        click.get_binary_stream("stdout").write(made)
        return
    with written_whole(out) as draft:
        draft.write_bytes(made)
    click.echo(render(Message(PRINTED, {"file": out}), lang))


def _seen(register: Register, receipt: str, decision: Decision) -> tuple[int, Decision]:
    """Return the case, and the decision about it as it is now: a command has no page that could be old."""
    case_id = register.cases.by_receipt(receipt)
    return case_id, replace(decision, version=register.cases.get(case_id).life.version)


def _line(record: CaseRecord) -> str:
    life, due = record.life, record.due_on or ""
    return "\t".join(map(str, (record.receipt, life.status, due, life.kind, record.subject, record.text)))


def _tell(record: CaseRecord, lang: str) -> None:
    # After the transaction: what is printed has been written.
    click.echo(render(Message(NOW, {"case": record.receipt, "status": record.life.status.word}), lang))
