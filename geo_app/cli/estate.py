"""`geo-app estate`: number an estate from a file, no database needed; and the same steps as in the editor."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from geo_app.cli.acting import acting, moment
from geo_app.cli.database import as_option, lang_option, open_database, refusals_in_one_line
from geo_app.cli.plan import NOW, SettingMalformed, reason_option
from geo_app.domain.address import Decision
from geo_app.domain.estate import BUILDING_WORDS, Estate, Gate
from geo_app.domain.estate_address import read_gate_number
from geo_app.domain.estate_numbering import NumberedEstate, number_estate
from geo_app.domain.message import Message, marked
from geo_app.domain.numbering_rule import BUILDING_ORDERS, UNIT_ORDERS, NumberingRule, read_field
from geo_app.domain.position import Position
from geo_app.exchange.estate_files import Footprints, read_footprints
from geo_app.exchange.estate_output import building_rows, finding_rows, room_rows
from geo_app.exchange.language import render
from geo_app.exchange.numbering_output import Cells, csv_text, report_rows, write_together
from geo_app.exchange.numbering_rules import DEFAULT, load_rule
from geo_app.exchange.vector_options import ReadOptions
from geo_app.persistence.estate_plans import EstatePlanRecord
from geo_app.persistence.queries.estates import estate_page
from geo_app.persistence.queries.listing import Listing
from geo_app.persistence.register import Register
from geo_app.services import estate_plans, estates
from geo_app.services.estate_plans import EstateRequest

LARGEST_LIST = 100_000
SUMMARY = marked(
    "{buildings} buildings, {units} units, {rooms} rooms; {findings} findings, {problems} rows with a problem."
)
ENTERED = marked("Estate {estate} is entered; its name is to be approved.")
APPROVED = marked("The name of estate {estate} is approved.")


@dataclass(frozen=True, slots=True)
class _Told:
    """What the command line said about the estate, beside the file itself."""

    gate: str
    order: str
    unit_order: str
    word: str
    reserve: tuple[str, ...]

    @property
    def rule(self) -> NumberingRule:
        """Return the default rule with what was said differently. Raises RuleValueNotAllowed."""
        said = {"building_order": self.order, "unit_order": self.unit_order}
        return load_rule(DEFAULT).with_overrides(**{name: value for name, value in said.items() if value})

    @property
    def reserved(self) -> dict[int, str]:
        """Return the numbers kept free, with their reasons. Raises SettingMalformed."""
        pairs = [text.partition("=") for text in self.reserve]
        wrong = next((number for number, _, _ in pairs if not (number.isascii() and number.isdigit())), None)
        if wrong is not None:
            raise SettingMalformed(text=wrong)
        return {int(number): reason for number, _, reason in pairs}

    def estate(self, footprints: Footprints) -> Estate:
        """Return the estate of these footprints. Raises RuleValueNotAllowed, SettingMalformed."""
        position = read_field("centre", self.gate or None)
        assert position is None or isinstance(position, Position)
        return Estate(footprints.buildings, Gate(position), reserved=self.reserved, word=self.word)


def _described(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that describe an estate."""
    for option in reversed(
        (
            click.argument("buildings", type=click.Path(path_type=Path)),
            click.option("--gate", default="", metavar="LON,LAT", help="The main gate."),
            click.option("--order", default="", help=f"{' or '.join(BUILDING_ORDERS)}; default: as the rule says."),
            click.option("--unit-order", default="", help=f"{' or '.join(UNIT_ORDERS)}."),
            click.option("--word", type=click.Choice(BUILDING_WORDS), default=BUILDING_WORDS[0], show_default=True),
            click.option("--reserve", multiple=True, metavar="NUMBER=REASON", help="A number kept free; repeatable."),
            click.option("--field", "fields", multiple=True, metavar="NAME=COLUMN", help="Our name = the file's."),
            click.option("--crs", default="", help="Reference system of the file, for example EPSG:4544."),
            lang_option,
        )
    ):
        command = option(command)
    return refusals_in_one_line(command)


@click.group()
def estate() -> None:
    """Number an estate's buildings, units and rooms.

    \b
    Example:
      geo-app estate number buildings.geojson --gate 103.55,29.41 --out plan.csv --rooms rooms.csv
      geo-app estate add 阳光花园 --division 511111100 --as planner1
    """  # noqa: D301  click's own mark keeps the lines


@estate.command("number")
@_described
@click.option("--out", required=True, help="PLAN.csv, one row per building in walking order; - for standard output.")
@click.option("--rooms", help="ROOMS.csv, one row per room; - for standard output.")
@click.option("--findings", help="FINDINGS.csv; - for standard output.")
@click.option("--report", help="REPORT.csv of input rows that could not be used as they were.")
def number(
    *, buildings: Path, out: str, rooms: str | None, findings: str | None, report: str | None, lang: str, **told: Any
) -> None:
    """Number the footprints in BUILDINGS; no database needed.

    BUILDINGS: polygons with, if wanted, id, name, number (kept), units, floors, rooms, underground, underground_rooms,
    rooms_on (1:0, 5-7:4), missing (13:reason), signs (13:12A:reason), unit_order, unit_names.
    """
    said, options = _said(told)
    found = read_footprints(buildings, options)
    numbered = number_estate(said.estate(found), said.rule)
    written = {
        out: building_rows(numbered, lang),
        rooms or "": room_rows(numbered),
        findings or "": finding_rows(numbered, lang),
        report or "": report_rows(((buildings.name, problem) for problem in found.problems), lang),
    }
    _write({name: rows for name, rows in written.items() if name})
    _tell(numbered, found, lang)
    sys.exit(1 if found.problems else 0)


@estate.command("add")
@click.argument("name")
@click.option("--division", required=True, help="Code of its county, township or village.")
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def add(*, name: str, division: str, reason: str, acting: str, lang: str) -> None:
    """Enter an estate of the register.

    Example: geo-app estate add 阳光花园 --division 511111100 --as planner1
    """
    with _deciding(acting, reason) as (register, decision):
        entered = estates.add_estate(register, name, division, decision)
    click.echo(render(Message(ENTERED, {"estate": entered}), lang))


@estate.command("approve-name")
@click.argument("estate_id", metavar="ESTATE", type=int)
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def approve_name(*, estate_id: int, reason: str, acting: str, lang: str) -> None:
    """Approve the name that another person entered.

    Example: geo-app estate approve-name 3 --as reviewer1
    """
    with _deciding(acting, reason) as (register, decision):
        seen = replace(decision, version=register.estates.get(estate_id).version)
        estates.approve_estate_name(register, estate_id, seen)
    click.echo(render(Message(APPROVED, {"estate": estate_id}), lang))


@estate.command("list")
@as_option
@lang_option
@refusals_in_one_line
def list_estates(*, acting: str, lang: str) -> None:  # noqa: ARG001  for refusals
    """Print the estates: number, name, division, latest plan, its status, rooms; columns are separated by tabs.

    Example: geo-app estate list
    """
    with _deciding(acting, "") as (register, _):
        for row in estate_page(register.session, Listing(size=LARGEST_LIST, sort="name")).items:
            columns = (row.id, row.name, row.division or "", row.plan or "", row.plan_status, row.rooms or 0)
            click.echo("\t".join(map(str, columns)))


@estate.command("new")
@click.argument("estate_id", metavar="ESTATE", type=int)
@_described
@click.option("--street", type=int, required=True, help="Number of the gate's street in the register.")
@click.option("--number", "gate_number", required=True, help="The gate's number on its street.")
@click.option("--title", default="", help="What the plan is for.")
@as_option
def new(
    *, estate_id: int, buildings: Path, street: int, gate_number: str, title: str, acting: str, lang: str, **told: Any
) -> None:
    """Draft a plan of ESTATE from the footprints in BUILDINGS, and print it.

    Example: geo-app estate new 3 buildings.gpkg --gate 103.55,29.41 --street 12 --number 18 --as planner1
    """
    said, options = _said(told)
    drawn = said.estate(read_footprints(buildings, options))
    gate = replace(drawn.gate, street_id=street, number=read_gate_number(gate_number))
    with _deciding(acting, "") as (register, decision):
        request = EstateRequest(replace(drawn, gate=gate), said.rule, title)
        plan = estate_plans.draft_plan(register, estate_id, request, decision)
        _print(register, plan, lang)


@estate.command("show")
@click.argument("plan_id", metavar="PLAN", type=int)
@as_option
@lang_option
@refusals_in_one_line
def show(*, plan_id: int, acting: str, lang: str) -> None:
    """Print a plan: a line for each building with number and reason, then the findings; parted by tabs.

    Example: geo-app estate show 1 --lang en
    """
    with _deciding(acting, "") as (register, _):
        _print(register, plan_id, lang)


Step = Callable[[Register, int, Decision], object]
STEPS: Mapping[str, tuple[Step, str]] = {
    "submit": (estate_plans.submit_plan, "Hand a draft over for review; its addresses are reserved."),
    "send-back": (estate_plans.send_back_plan, "Give a submitted plan back to its planner."),
    "approve": (estate_plans.approve_plan, "Approve a plan that another person submitted."),
    "publish": (estate_plans.publish_plan, "Make the addresses of an approved plan official."),
    "withdraw": (estate_plans.withdraw_plan, "Take a plan back before it is published."),
    "undo": (estate_plans.undo_plan, "Draft the plan that takes back a published one as a whole."),
}
"""The steps of a plan's life, each a command of its own."""


def _step_command(name: str, step: Step, text: str) -> click.Command:
    @click.argument("plan_id", metavar="PLAN", type=int)
    @reason_option
    @as_option
    @lang_option
    @refusals_in_one_line
    def take(*, plan_id: int, reason: str, acting: str, lang: str) -> None:
        with _deciding(acting, reason) as (register, decision):
            version = register.estate_plans.get(plan_id).life.version
            made = step(register, plan_id, replace(decision, version=version))
            told = register.estate_plans.get(made if isinstance(made, int) else plan_id).life
        # After the transaction: what is printed has been written.
        click.echo(render(Message(NOW, {"plan": told.plan_id, "status": told.status.word}), lang))

    example = f"Example: geo-app estate {name} 1 --as planner1"
    return click.command(name, help=f"{text}\n\n{example}")(take)


for _name, (_step, _text) in STEPS.items():
    estate.add_command(_step_command(_name, _step, _text))


def _said(told: Mapping[str, Any]) -> tuple[_Told, ReadOptions]:
    fields = [text.partition("=") for text in told["fields"]]
    wrong = next((ours for ours, equals, theirs in fields if not (ours and equals and theirs)), None)
    if wrong is not None:
        raise SettingMalformed(text=wrong)
    options = ReadOptions(crs=told["crs"], fields={ours: theirs for ours, _, theirs in fields}, key="")
    return _Told(told["gate"], told["order"], told["unit_order"], told["word"], told["reserve"]), options


def _write(tables: Mapping[str, Iterable[Cells]]) -> None:
    texts = {name: csv_text(rows) for name, rows in tables.items()}
    write_together([(Path(name), text) for name, text in texts.items() if name != "-"])
    for piece in texts.get("-", ()):
        click.echo(piece, nl=False)


def _tell(numbered: NumberedEstate, found: Footprints, lang: str) -> None:
    for notice in found.notices:
        click.echo(render(notice, lang), err=True)
    counts = {**numbered.counts(), "findings": len(numbered.findings), "problems": len(found.problems)}
    click.echo(render(Message(SUMMARY, counts), lang), err=True)


@contextmanager
def _deciding(name: str, reason: str) -> Iterator[tuple[Register, Decision]]:
    at = moment()
    with open_database() as database, database.transaction() as register:
        yield register, Decision(acting(register, name, at, reason), at.day, 0)


def _print(register: Register, plan_id: int, lang: str) -> None:
    view = estate_plans.read_plan(register, plan_id)
    assert view.plan is not None
    click.echo(_line(view.plan))
    for one in view.numbered.buildings:
        rooms = one.building.spec.rooms_in_building
        text = one.number.text + view.numbered.estate.word
        click.echo("\t".join(map(str, (one.building.key, text, rooms, render(one.number.reason, lang)))))
    for found in view.numbered.findings:
        click.echo(f"{' '.join(found.keys)}\t{found.severity.value}\t{found.kind}\t{render(found.message, lang)}")


def _line(plan: EstatePlanRecord) -> str:
    life = plan.life
    return f"{life.plan_id}\t{plan.estate_name}\t{plan.status}\t{life.version}\t{plan.title}"
