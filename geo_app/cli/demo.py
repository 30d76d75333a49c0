"""The demonstration: load it, or make up another county of any size."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from geo_app.cli.database import lang_option, open_database, refusals_in_one_line
from geo_app.domain.access_account import Moment
from geo_app.domain.demo import generate
from geo_app.domain.demo_values import CountyInputs, DemoCounty
from geo_app.domain.division import parse_code
from geo_app.domain.message import Message, marked
from geo_app.exchange.demo_files import inputs_for, read_shawan, read_upper_levels
from geo_app.exchange.division_files import read_division_list
from geo_app.exchange.language import render
from geo_app.exchange.numbering_rules import load_rule
from geo_app.persistence.database import Database
from geo_app.persistence.register import Register
from geo_app.services.accounts import acting_account, local_operator
from geo_app.services.demo import load_demo
from geo_app.services.demo_accounts import DEMO_PASSWORD, make_demo_accounts
from geo_app.services.demo_audit import audit_demo, months_until
from geo_app.services.demo_cases import open_demo_cases
from geo_app.services.demo_divisions import BEGINNING, load_divisions
from geo_app.services.demo_estates import make_demo_estates
from geo_app.services.demo_plans import (
    DemoPeople,
    draft_unusual_demo_street,
    number_demo_months,
    publish_demo_groups,
    publish_demo_plans,
)
from geo_app.services.demo_streets import change_demo_streets
from geo_app.settings import CHECKOUT, Settings

GIS_DATA = CHECKOUT / "gis_data"
SHAWAN = "511111"
ADDRESSES = 20_000
SEED = 511111
PUBLISHED = 60
NUMBERED_EACH_MONTH = 6
PUBLISHED_GROUPS = 6
LOADED = marked("The demonstration is loaded: {doors} doors in county {county}, made up from seed {seed}.")
THERE = marked("The demonstration is there already.")
ACCOUNTS = marked("Demonstration accounts (password {password}):")


@click.group()
def demo() -> None:
    """Load the demonstration, or make up a county.

    Example: geo-app demo generate --county 511111 --addresses 100000 --seed 7
    """


@demo.command()
@lang_option
@refusals_in_one_line
def load(lang: str) -> None:
    """Load 沙湾区 with made-up streets and doors, its accounts and some plans; a second time changes nothing."""
    with open_database() as database:
        with database.transaction() as register:
            if register.demo.is_loaded(SHAWAN):
                click.echo(render(Message(THERE), lang))
                return
        county = generate(read_shawan(GIS_DATA), addresses=ADDRESSES, seed=SEED)
        with database.transaction() as register:
            _load(register, county, lang)
            _plans(register)
        with database.transaction() as register:
            _cases(register)


@demo.command("generate")
@click.option("--county", required=True, help="Six digits of the county.")
@click.option("--addresses", type=click.IntRange(100, 5_000_000), default=ADDRESSES, show_default=True)
@click.option("--seed", type=int, default=SEED, show_default=True, help="The same seed makes the same county.")
@click.option(
    "--divisions", type=click.Path(exists=True, path_type=Path), help="A list that names the county's villages."
)
@lang_option
@refusals_in_one_line
def generate_command(county: str, addresses: int, seed: int, divisions: Path | None, lang: str) -> None:
    """Make up a county of any size on real division names, and load it."""
    made = generate(_inputs(county, divisions), addresses=addresses, seed=seed)
    with open_database() as database, database.transaction() as register:
        _load(register, made, lang)


@demo.command()
@lang_option
@refusals_in_one_line
def accounts(lang: str) -> None:
    """Print the demonstration's accounts."""
    with open_database() as database:
        show_accounts(database, lang)


def show_accounts(database: Database, lang: str) -> None:
    """Print who can sign in, as which role, with which password; accounts that lack are made."""
    with database.transaction() as register:
        cast = make_demo_accounts(register, _moment().day)
    click.echo(render(Message(ACCOUNTS, {"password": DEMO_PASSWORD}), lang))
    for account in cast:
        click.echo(f"  {account.name:<12} {render(account.role.word, lang)}")


def _inputs(county: str, divisions: Path | None) -> CountyInputs:
    if divisions is None and county == SHAWAN:
        return read_shawan(GIS_DATA)
    below = read_division_list(divisions).divisions if divisions else ()
    return inputs_for(county, (*read_upper_levels(GIS_DATA, parse_code(county)), *below))


def _load(register: Register, county: DemoCounty, lang: str) -> None:
    at = _moment()
    operator = local_operator(register, at, "demonstration")
    load_divisions(register, (operator, at.day), county, GIS_DATA)
    make_demo_accounts(register, at.day)
    doors = load_demo(register, operator, county, BEGINNING)
    values = {"doors": doors, "county": county.county.code.text, "seed": county.seed}
    click.echo(render(Message(LOADED, values), lang))


def _plans(register: Register) -> None:
    at = _moment()
    planner, reviewer = (acting_account(register, name, at, "demonstration") for name in ("planner1", "reviewer1"))
    people, rule = DemoPeople(planner, reviewer), load_rule("sichuan")
    publish_demo_plans(register, people, rule, at.day, PUBLISHED)
    publish_demo_groups(register, people, rule, at.day, PUBLISHED_GROUPS)
    change_demo_streets(register, people, at.day)
    number_demo_months(register, people, rule, months_until(at.day), NUMBERED_EACH_MONTH)
    make_demo_estates(register, people, at.day)
    draft_unusual_demo_street(register, people, rule, at.day)
    audit_demo(register, planner, SHAWAN, at.day)


def _cases(register: Register) -> None:
    at = _moment()
    planner, reviewer = (acting_account(register, name, at, "demonstration") for name in ("planner1", "reviewer1"))
    open_demo_cases(register, DemoPeople(planner, reviewer), SHAWAN, at.day)


def _moment() -> Moment:
    instant = datetime.now(UTC)
    return Moment(instant, instant.astimezone(ZoneInfo(Settings.from_env().timezone)).date())
