"""Changes of streets on the command line: seen, submitted, decided on, carried out, undone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import wraps
from typing import Any

import click

from geo_app.cli.acting import deciding
from geo_app.cli.database import as_option, lang_option, refusals_in_one_line
from geo_app.cli.plan import reason_option
from geo_app.cli.plan_place import LARGEST_LIST, street_named
from geo_app.cli.street_lists import write_list
from geo_app.cli.street_names import line_of
from geo_app.domain.address import Decision
from geo_app.domain.message import Message, marked
from geo_app.domain.position import Position
from geo_app.domain.street_change import ChangeVerb, StreetPart
from geo_app.domain.street_cut import DrawnPiece, point_at
from geo_app.domain.street_request import ChangeRequest, NewName, Notice
from geo_app.exchange.language import render
from geo_app.persistence.paging import Paging
from geo_app.persistence.register import Register
from geo_app.persistence.street_changes import ChangeFilter, ChangeRecord
from geo_app.services import street_changes as service
from geo_app.services.street_consequences import Preview, preview_change

STANDS = marked("Change {change}: {status}.")
DAY = click.DateTime(["%Y-%m-%d"])
Asks = Callable[..., ChangeRequest]
"""What a command asks of the register: (register, street's id, today, its own arguments) → the change."""

day_option = click.option("--day", type=DAY, help="In force from; default: today.")
pinyin_option = click.option("--pinyin", default="", help="Roman spelling with tones; default: by the rules.")
basis_option = click.option("--basis", default="", help="Legal basis, such as the number of a letter.")
submit_option = click.option("--submit", is_flag=True, help="Hand the change in; without it only the list is printed.")
out_option = click.option("--out", default="-", help="File of the list old to new (CSV); - is standard output.")


def change_command(name: str) -> Callable[[Asks], click.Command]:
    """Make a command of a change: STREET, then the arguments of its own, and the options that all changes have."""

    def made(asks: Asks) -> click.Command:
        # The help text and the options that stand above the function come along.
        @wraps(asks)
        def change(*, street_: str, submit: bool, reason: str, out: str, acting: str, lang: str, **own: Any) -> None:
            record = None
            with deciding(acting, reason) as (register, decision):
                request = asks(register, street_named(register, street_), decision.day, **own)
                preview = preview_change(register, request)
                if submit:
                    record = register.street_changes.get(service.submit_change(register, request, decision))
            write_list(out, ("address_id", "kind", "old_text", "new_text", "plate", "clash"), _rows(preview))
            for warning in preview.warnings:
                click.echo(render(warning, lang), err=True)
            if record is not None:
                _tell(record, lang)

        guarded: Callable[..., None] = refusals_in_one_line(change)
        for option in (lang_option, as_option, out_option, reason_option, submit_option):
            guarded = option(guarded)
        command: click.Command = click.command(name)(click.argument("street_", metavar="STREET")(guarded))
        return command

    return made


@change_command("rename")
@click.argument("name")
@pinyin_option
@basis_option
@day_option
def rename(
    _: Register, street_id: int, today: date, *, name: str, pinyin: str, basis: str, day: datetime | None
) -> ChangeRequest:
    """Give STREET another NAME from a day on; its doors keep their numbers, the old texts stay findable.

    Example: geo-app street rename 铜河路 新河路 --submit --reason 发文 --as planner1
    """
    notice = Notice(legal_basis=basis)
    return ChangeRequest(ChangeVerb.RENAME, street_id, _day(day, today), NewName(name, pinyin), notice=notice)


@change_command("correct-name")
@click.argument("name")
@pinyin_option
def correct_name(_: Register, street_id: int, today: date, *, name: str, pinyin: str) -> ChangeRequest:
    """Write the NAME that STREET had all along; the misspelt one is no former name.

    Example: geo-app street correct-name 桐河路 铜河路 --submit --reason 误写 --as planner1
    """
    return ChangeRequest(ChangeVerb.CORRECT_NAME, street_id, today, NewName(name, pinyin))


@change_command("split")
@click.argument("metres", type=float)
@click.argument("second_name")
@click.option("--first-name", default="", help="Name of the first part; default: as the street is called.")
@basis_option
@day_option
def split(
    register: Register,
    street_id: int,
    today: date,
    *,
    metres: float,
    second_name: str,
    first_name: str,
    basis: str,
    day: datetime | None,
) -> ChangeRequest:
    """Split STREET so many METRES from its start; SECOND_NAME is what lies beyond.

    Example: geo-app street split 铜河路 320 铜河东路 --submit --reason 发文 --as planner1
    """
    at, notice = _cut_at(register, street_id, metres), Notice(legal_basis=basis)
    names = NewName(first_name), NewName(second_name)
    return ChangeRequest(ChangeVerb.SPLIT, street_id, _day(day, today), *names, at=at, notice=notice)


@change_command("merge")
@click.argument("other")
@click.option("--name", default="", help="Name of both; default: that of STREET.")
@click.option("--renumber", multiple=True, metavar="ADDRESS=NUMBER", help="A number of a door whose number clashes.")
@basis_option
@day_option
def merge(
    register: Register,
    street_id: int,
    today: date,
    *,
    other: str,
    name: str,
    renumber: tuple[str, ...],
    basis: str,
    day: datetime | None,
) -> ChangeRequest:
    """Make OTHER part of STREET; clashing numbers are listed, and given anew by --renumber.

    Example: geo-app street merge 铜河路 南河路 --renumber 511111000000069=201 --submit --reason 发文 --as planner1
    """
    numbers = dict(pair.split("=", 1) for pair in renumber if "=" in pair)
    return ChangeRequest(
        ChangeVerb.MERGE, street_id, _day(day, today), NewName(name), other_id=street_named(register, other),
        renumber=numbers, notice=Notice(legal_basis=basis),
    )  # fmt: skip


@change_command("extend")
@click.argument("points")
@day_option
def extend(_: Register, street_id: int, today: date, *, points: str, day: datetime | None) -> ChangeRequest:
    """Add a line to STREET: POINTS are lon,lat pairs with blanks between, the first at an end of the street.

    Example: geo-app street extend 铜河路 "103.5542,29.416 103.5560,29.416" --submit --reason 延伸 --as planner1
    """
    return ChangeRequest(ChangeVerb.EXTEND, street_id, _day(day, today), line=line_of(points))


@change_command("transfer")
@click.argument("division")
@click.option("--part", type=click.Choice([part.value for part in StreetPart]), default="whole", show_default=True)
@click.option("--metres", type=float, help="Where the part ends, from the street's start.")
@day_option
def transfer(
    register: Register,
    street_id: int,
    today: date,
    *,
    division: str,
    part: str,
    metres: float | None,
    day: datetime | None,
) -> ChangeRequest:
    """Put STREET, or a part of it, into another DIVISION (code of a township or village); texts and codes follow.

    Example: geo-app street transfer 铜河路 511111101 --submit --reason 区划调整 --as planner1
    """
    at = _cut_at(register, street_id, metres) if metres is not None else None
    there = StreetPart(part)
    return ChangeRequest(ChangeVerb.TRANSFER, street_id, _day(day, today), at=at, part=there, division_code=division)


@change_command("retire")
@day_option
def retire(_: Register, street_id: int, today: date, *, day: datetime | None) -> ChangeRequest:
    """End STREET, on which no address is left.

    Example: geo-app street retire 老街 --submit --reason 拆除 --as planner1
    """
    return ChangeRequest(ChangeVerb.RETIRE, street_id, _day(day, today))


@click.command("changes")
@click.option("--status", default="", help="submitted, approved, carried_out, rejected, withdrawn.")
@as_option
@lang_option
@refusals_in_one_line
def changes(*, status: str, acting: str, lang: str) -> None:  # noqa: ARG001  for refusals
    """Print changes, the latest first: number, street, verb, new name, day, status; columns are separated by tabs.

    Example: geo-app street changes --status submitted
    """
    with deciding(acting, "") as (register, _):
        for record in register.street_changes.page(ChangeFilter(status=status), Paging(size=LARGEST_LIST)).items:
            click.echo(_line(record))


def _step(name: str, take: Callable[[Register, int, Decision], object], told: str, example: str) -> click.Command:
    """Return the command of one step of a change's life."""

    @click.command(name, help=f"{told}\n\nExample: {example}")
    @click.argument("change_id", metavar="CHANGE", type=int)
    @reason_option
    @as_option
    @lang_option
    @refusals_in_one_line
    def step(*, change_id: int, reason: str, acting: str, lang: str) -> None:
        with deciding(acting, reason) as (register, decision):
            seen = replace(decision, version=register.street_changes.get(change_id).life.version)
            made = take(register, change_id, seen)
            record = register.street_changes.get(made if isinstance(made, int) else change_id)
        # After the transaction: what is printed has been written.
        _tell(record, lang)

    command: click.Command = step
    return command


def _cut_at(register: Register, street_id: int, metres: float) -> Position:
    return point_at([DrawnPiece(piece.id, piece.line) for piece in register.streets.pieces(street_id)], metres)


def _rows(preview: Preview) -> list[tuple[object, ...]]:
    clashing = {id_ for clash in (*preview.clashes, *preview.texts_taken) for id_ in clash.addresses}
    return [
        (one.before.id, one.before.kind.value, one.before.text, one.after.text, _truth(one.reads_otherwise),
         _truth(one.before.id in clashing))
        for one in preview.outcome.moved
        if one.changed or one.before.id in clashing
    ]  # fmt: skip


def _tell(record: ChangeRecord, lang: str) -> None:
    values = {"change": record.life.change_id, "status": record.life.status.word}
    click.echo(render(Message(STANDS, values), lang), err=True)


def _line(record: ChangeRecord) -> str:
    life = record.life
    parts = (life.change_id, record.street_name, life.verb.value, record.request.name.text, life.day, life.status.value)
    return "\t".join(map(str, parts))


def _day(given: datetime | None, today: date) -> date:
    return given.date() if given else today


def _truth(value: bool) -> str:  # noqa: FBT001  written as a word
    return "true" if value else "false"


COMMANDS = (
    rename,
    correct_name,
    split,
    merge,
    extend,
    transfer,
    retire,
    changes,
    _step(
        "approve",
        service.approve_change,
        "Approve a change that another person handed in; on its day it is carried out.",
        "geo-app street approve 1 --as reviewer1",
    ),
    _step(
        "reject",
        service.reject_change,
        "Reject a change that another person handed in.",
        "geo-app street reject 1 --reason 重名 --as reviewer1",
    ),
    _step(
        "withdraw",
        service.withdraw_change,
        "Withdraw a change before it happens.",
        "geo-app street withdraw 1 --reason 另议 --as planner1",
    ),
    _step(
        "carry-out",
        service.carry_out_change,
        "Carry out an approved change, on its day or later.",
        "geo-app street carry-out 1 --as reviewer1",
    ),
    _step(
        "undo",
        service.undo_change,
        "Hand in the change that takes this one back.",
        "geo-app street undo 1 --reason 批错 --as planner1",
    ),
)
