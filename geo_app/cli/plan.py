"""Numbering plans from the command line: the same steps as on the board, the same refusals."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from geo_app.cli.acting import deciding
from geo_app.cli.database import as_option, lang_option, refusals_in_one_line
from geo_app.cli.plan_place import LARGEST_LIST, group_named, street_named
from geo_app.domain.address import Decision
from geo_app.domain.address_text import number_text
from geo_app.domain.errors import NotFound, UnreadableInput
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_rule import NumberingRule
from geo_app.exchange.adoption_table import write_mapping
from geo_app.exchange.language import render
from geo_app.exchange.numbering_rules import load_rule
from geo_app.persistence.paging import Paging
from geo_app.persistence.plans import PlanRecord
from geo_app.persistence.queries.plan_list import PlanFilter
from geo_app.persistence.register import Register
from geo_app.services import numbering, village_groups
from geo_app.services.adoption import number_mapping
from geo_app.services.numbering import PlanView, UndoPreview
from geo_app.services.numbering_facts import PlanRequest
from geo_app.services.numbering_places import in_walking_order
from geo_app.services.plan_comparison import compare_plans, latest_plan, plans_of

Command = Callable[..., Any]

reason_option = click.option("--reason", default="", help="Why; it stands in the journal. Undoing needs one.")
NOW = marked("Plan {plan} is {status} now.")
ASKS = marked("Draft the plan that takes plan {plan} back?")
PREVIEWS = "undoing a plan"
"""The reason of a look at what would happen; nothing is written with it."""


class SettingMalformed(UnreadableInput):
    """A field of a rule is set as FIELD=VALUE."""

    pattern = "“{text}” is not FIELD=VALUE."


def decision_options(command: Command) -> Command:
    """Let a command take what the planner decides for single doors."""
    for option in (
        click.option("--title", default="", help="What the plan is for."),
        click.option("--move", multiple=True, type=int, metavar="ENTRANCE", help="A door to be numbered anew."),
        click.option("--hand", multiple=True, metavar="ENTRANCE=NUMBER", help="A number set by hand."),
    ):
        command = option(command)
    return command


@click.group()
def plan() -> None:
    """Draft, show and publish numbering plans.

    \b
    Example:
      geo-app plan new 铜河路 --rule sichuan --as planner1
      geo-app plan submit 1 --as planner1
      geo-app plan approve 1 --as reviewer1
      geo-app plan publish 1 --as reviewer1
    """  # noqa: D301  click's own mark keeps the lines


@plan.command("new")
@click.argument("place")
@click.option("--rule", default="sichuan", show_default=True, help="Name of a rule, or a YAML file.")
@click.option("--set", "fields", multiple=True, metavar="FIELD=VALUE", help="A field that differs here.")
@decision_options
@as_option
@lang_option
@refusals_in_one_line
def new(*, place: str, rule: str, fields: tuple[str, ...], acting: str, lang: str, **decided: Any) -> None:
    """Draft a plan for PLACE, a street's name or number, or a village group like 万坪村3组, and print it.

    Example: geo-app plan new 铜河路 --rule quantified-2m --set start=west --hand 17=12附1 --as planner1
    """
    _draft(place, _request(load_rule(rule).with_overrides(**dict(_pairs(fields))), **decided), acting, lang)


@plan.command("adopt")
@click.argument("street")
@click.option("--rule", default="sichuan", show_default=True, help="For what the walls do not tell.")
@decision_options
@as_option
@lang_option
@refusals_in_one_line
def adopt(*, street: str, rule: str, acting: str, lang: str, **decided: Any) -> None:
    """Draft a plan that keeps what hangs on STREET, numbers what is missing as the walls suggest, and print it.

    Example: geo-app plan adopt 铜河路 --move 17 --hand 21=30 --as planner1
    """
    _draft(street, _request(load_rule(rule).with_overrides(existing="continue"), **decided), acting, lang)


@plan.command("mapping")
@click.argument("plan_id", metavar="PLAN", type=int)
@click.option("--out", type=click.Path(path_type=Path), help="FILE.csv, .excel.csv or .xlsx; printed without.")
@as_option
@lang_option
@refusals_in_one_line
def mapping(*, plan_id: int, out: Path | None, acting: str, lang: str) -> None:
    """Print the old and the new number of each door, or write them to a file; also after publication.

    Example: geo-app plan mapping 1 --out mapping.xlsx
    """
    with deciding(acting, "") as (register, _):
        doors = number_mapping(register, plan_id).doors
    if out is not None:
        write_mapping(out, doors, lang)
        return
    for door in doors:
        columns = (door.entrance_id, render(door.fate.word, lang), door.old, door.new, render(door.reason, lang))
        click.echo("\t".join(map(str, columns)))


@plan.command("list")
@click.option("--status", default="", help="draft, submitted, approved, published, withdrawn, undone.")
@click.option("--place", "--street", default="", help="A street's name or number, or a village group.")
@as_option
@lang_option
@refusals_in_one_line
def list_plans(*, status: str, place: str, acting: str, lang: str) -> None:  # noqa: ARG001  for refusals
    """Print plans, the latest first: number, place, status, version, title; columns are separated by tabs.

    Example: geo-app plan list --status submitted
    """
    with deciding(acting, "") as (register, _):
        group_id = group_named(register, place) if place else None
        wanted = PlanFilter(status, street_named(register, place) if place and not group_id else None, group_id)
        for record in register.plans.page(wanted, Paging(size=LARGEST_LIST)).items:
            click.echo(_line(record))


@plan.command("show")
@click.argument("plan_id", metavar="PLAN", type=int)
@as_option
@lang_option
@refusals_in_one_line
def show(*, plan_id: int, acting: str, lang: str) -> None:
    """Print a plan: a line for each door with number and reason, then the findings; columns are separated by tabs.

    Example: geo-app plan show 1 --lang en
    """
    with deciding(acting, "") as (register, _):
        _print(numbering.read_plan(register, plan_id), lang)


@plan.command("submit")
@click.argument("plan_id", metavar="PLAN", type=int)
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def submit(*, plan_id: int, reason: str, acting: str, lang: str) -> None:
    """Hand a draft over for review; its numbers are reserved.

    Example: geo-app plan submit 1 --as planner1
    """
    with _step(plan_id, acting, reason, lang) as (register, decision):
        numbering.submit_plan(register, plan_id, decision)


@plan.command("approve")
@click.argument("plan_id", metavar="PLAN", type=int)
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def approve(*, plan_id: int, reason: str, acting: str, lang: str) -> None:
    """Approve a plan that another person submitted.

    Example: geo-app plan approve 1 --as reviewer1
    """
    with _step(plan_id, acting, reason, lang) as (register, decision):
        numbering.approve_plan(register, plan_id, decision)


@plan.command("publish")
@click.argument("plan_id", metavar="PLAN", type=int)
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def publish(*, plan_id: int, reason: str, acting: str, lang: str) -> None:
    """Make the addresses of an approved plan official.

    Example: geo-app plan publish 1 --as reviewer1
    """
    with _step(plan_id, acting, reason, lang) as (register, decision):
        numbering.publish_plan(register, plan_id, decision)


@plan.command("withdraw")
@click.argument("plan_id", metavar="PLAN", type=int)
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def withdraw(*, plan_id: int, reason: str, acting: str, lang: str) -> None:
    """Take a plan back before it is published.

    Example: geo-app plan withdraw 1 --reason 道路改线 --as planner1
    """
    with _step(plan_id, acting, reason, lang) as (register, decision):
        numbering.withdraw_plan(register, plan_id, decision)


@plan.command("undo")
@click.argument("plan_id", metavar="PLAN", type=int)
@click.option("--preview", is_flag=True, help="Print what would be taken back and write nothing.")
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def undo(*, plan_id: int, preview: bool, reason: str, acting: str, lang: str) -> None:
    """Draft the plan that takes back a published one as a whole, and print it; it is submitted like any other.

    On a terminal it first prints what would be taken back, and asks. --preview prints a line for each door that
    changes: its number now, its number afterwards (empty: none), the reason; columns are separated by tabs.

    \b
    Example:
      geo-app plan undo 1 --preview
      geo-app plan undo 1 --reason 起点方向错误 --as planner1
    """  # noqa: D301  click's own mark keeps the lines
    if preview or sys.stdin.isatty():
        with deciding(acting, reason or PREVIEWS) as (register, decision):
            _print_undo(numbering.preview_undo(register, plan_id, decision), lang)
    if preview or (sys.stdin.isatty() and not click.confirm(render(Message(ASKS, {"plan": plan_id}), lang), err=True)):
        return
    with deciding(acting, reason) as (register, decision):
        seen = replace(decision, version=register.plans.get(plan_id).life.version)
        correcting = numbering.undo_plan(register, plan_id, seen)
        _print(numbering.read_plan(register, correcting), lang)


@plan.command("compare")
@click.argument("street")
@click.option("--one", default="", metavar="PLAN", help="Number of a plan, or wall. [default: the latest]")
@click.option("--other", default="wall", show_default=True, metavar="PLAN", help="Number of a plan, or wall.")
@as_option
@lang_option
@refusals_in_one_line
def compare(*, street: str, one: str, other: str, acting: str, lang: str) -> None:  # noqa: ARG001  for refusals
    """Compare two plans of STREET, or a plan with what is on the wall today.

    Prints the figures of both, then a line for each door that they number differently: door, today, one, other;
    columns are separated by tabs.

    Example: geo-app plan compare 铜河路 --one 3 --other 4
    """
    with deciding(acting, "") as (register, _):
        street_id = street_named(register, street)
        chosen = _plan_key(one) if one else latest_plan(plans_of(register, street_id))
        view = compare_plans(register, street_id, chosen, _plan_key(other))
    for weighed in view.comparison.weighed:
        figures = ("" if figure is None else f"{figure:g}" for figure in (weighed.one, weighed.other))
        click.echo("\t".join((weighed.criterion, *figures, weighed.better)))
    for door in view.comparison.doors:
        if door.differs:
            texts = (side.text if side else "" for side in (door.one, door.other))
            click.echo("\t".join((str(door.door.entrance_id), door.today, *texts)))


@contextmanager
def _step(plan_id: int, acting: str, reason: str, lang: str) -> Iterator[tuple[Register, Decision]]:
    with deciding(acting, reason) as (register, decision):
        yield register, replace(decision, version=register.plans.get(plan_id).life.version)
        status = register.plans.get(plan_id).life.status.word
    # After the transaction: what is printed has been written.
    click.echo(render(Message(NOW, {"plan": plan_id, "status": status}), lang))


def _request(rule: NumberingRule, *, hand: tuple[str, ...], move: tuple[int, ...], title: str) -> PlanRequest:
    return PlanRequest(rule, _by_hand(hand), title, frozenset(move))


def _draft(place: str, request: PlanRequest, acting: str, lang: str) -> None:
    with deciding(acting, "") as (register, decision):
        group_id = group_named(register, place)
        if group_id is not None:
            plan_id = village_groups.draft_plan(register, group_id, request, decision)
        else:
            plan_id = numbering.draft_plan(register, street_named(register, place), request, decision)
        _print(numbering.read_plan(register, plan_id), lang)


def _plan_key(text: str) -> int | None:
    if text == "wall":
        return None
    if not (text.isascii() and text.isdigit()):
        raise NotFound(what=Message(marked("numbering plan")), key=text)
    return int(text)


def _print_undo(view: UndoPreview, lang: str) -> None:
    for planned in view.doors:
        now = number_text(planned.door.number) if planned.door.number else ""
        click.echo("\t".join((str(planned.door.entrance_id), now, planned.text, render(planned.reason, lang))))


def _print(view: PlanView, lang: str) -> None:
    assert view.plan is not None
    click.echo(_line(view.plan))
    for planned in in_walking_order(view.place, view.content.doors):
        columns = (planned.door.entrance_id, planned.side or "", planned.metres, planned.text)
        click.echo("\t".join(map(str, (*columns, render(planned.reason, lang)))))
    for finding in view.content.findings:
        place = finding.entrance_id or ""
        click.echo(f"{place}\t{finding.severity}\t{finding.kind}\t{render(finding.message, lang)}")


def _line(record: PlanRecord) -> str:
    life = record.life
    return f"{life.plan_id}\t{record.place_name}\t{record.status}\t{life.version}\t{record.title}"


def _by_hand(hand: tuple[str, ...]) -> dict[int, str]:
    pairs = list(_pairs(hand))
    wrong = next((entrance for entrance, _ in pairs if not (entrance.isascii() and entrance.isdigit())), None)
    if wrong is not None:
        raise SettingMalformed(text=wrong)
    return {int(entrance): number for entrance, number in pairs}


def _pairs(given: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for text in given:
        name, equals, value = text.partition("=")
        if not (name and equals):
            raise SettingMalformed(text=text)
        yield name, value
