"""Audits of the register from the command line: a county for a month, its figures, a street, exceptions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

import click

from geo_app.cli.acting import acting, moment, rows_bar
from geo_app.cli.database import as_option, lang_option, open_database, refusals_in_one_line
from geo_app.domain.access import reachable_areas
from geo_app.domain.access_roles import Permission
from geo_app.domain.address import Decision
from geo_app.domain.audit_exception import ExceptionWish
from geo_app.domain.audit_findings import AuditKind
from geo_app.exchange.language import render
from geo_app.persistence.queries.audit_figures import month_figures
from geo_app.persistence.register import Register
from geo_app.services.audit import accept_exception, audit_street, revoke_exception
from geo_app.services.audit_county import CountyAuditOrder, audit_county, month_of

reason_option = click.option("--reason", required=True, help="Why; it stands in the journal.")


@click.group()
def conformance() -> None:
    """Audit the register: how far doors conform, by measure, village and month; exceptions.

    \b
    Example:
      geo-app conformance run 511111 --as planner1
      geo-app conformance show 511111
      geo-app conformance street 14 --as planner1
    """  # noqa: D301  click's own mark keeps the lines


@conformance.command("run")
@click.argument("county")
@click.option("--month", type=click.DateTime(["%Y-%m"]), help="For example 2026-03. [default: this month]")
@as_option
@lang_option
@refusals_in_one_line
def run(*, county: str, month: datetime | None, acting: str, lang: str) -> None:  # noqa: ARG001  for refusals
    """Audit COUNTY for a month and keep its figures; print doors and findings.

    Example: geo-app conformance run 511111 --month 2026-03 --as planner1
    """
    with _deciding(acting, "audit") as (register, decision), rows_bar() as tell:
        order = CountyAuditOrder(county, month.date() if month else month_of(decision.day), decision.day)
        done = audit_county(register, decision.actor, order, lambda doors, _: tell(doors))
    click.echo(f"{order.month:%Y-%m}\t{done.doors}\t{done.findings}")


@conformance.command("show")
@click.argument("county")
@as_option
@lang_option
@refusals_in_one_line
def show(*, county: str, acting: str, lang: str) -> None:  # noqa: ARG001  for refusals
    """Print all figures of COUNTY: month, measure, tested, open, by exception, share; columns are separated by tabs.

    Example: geo-app conformance show 511111
    """
    with _deciding(acting, "") as (register, decision):
        areas = reachable_areas(decision.actor.grants, Permission.AUDIT_READ, decision.day)
        found = month_figures(register.session, county, areas)
    for one in found:
        share = "" if one.figure.share is None else f"{one.figure.share:.4f}"
        told = (f"{one.month:%Y-%m}", one.measure, one.figure.tested, one.figure.open, one.figure.excepted, share)
        click.echo("\t".join(map(str, told)))


@conformance.command("street")
@click.argument("street_id", metavar="STREET", type=int)
@as_option
@lang_option
@refusals_in_one_line
def street(*, street_id: int, acting: str, lang: str) -> None:
    """Audit a street by its number in the register: a line for each finding, columns separated by tabs.

    Columns: entrance, number, kind, severity, state (open, or the exception's number), proposed number, message.

    Example: geo-app conformance street 14 --as planner1
    """
    with _deciding(acting, "") as (register, decision):
        audit = audit_street(register, street_id, decision.actor, decision.day).audit
    for one in audit.findings:
        state = str(one.exception.id) if one.exception else "open"
        proposed = one.proposal.text if one.proposal else ""
        told = (one.entrance_id, one.text, one.kind, one.severity, state, proposed, render(one.message, lang))
        click.echo("\t".join(map(str, told)))


@conformance.command("accept")
@click.argument("entrance_id", metavar="ENTRANCE", type=int)
@click.argument("kind", type=click.Choice([kind.value for kind in AuditKind]))
@click.option("--number", default="", help="What the door is called; empty: it has no number.")
@click.option("--owner", default="", help="Account that answers for it. [default: the acting account]")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="First day on which it no longer holds.")
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def accept(
    *,
    entrance_id: int,
    kind: str,
    number: str,
    owner: str,
    until: datetime | None,
    reason: str,
    acting: str,
    lang: str,  # noqa: ARG001  for refusals
) -> None:
    """Accept a finding of a door as an exception and print the exception's number.

    Example: geo-app conformance accept 7229 wrong_side --number 9号 --reason 老门牌 --as planner1
    """
    with _deciding(acting, reason) as (register, decision):
        owner_id = register.accounts.by_name(owner).id if owner else decision.actor.account_id
        last = until.date() if until else None
        wish = ExceptionWish(entrance_id, AuditKind(kind), number, owner_id, last)
        exception_id = accept_exception(register, wish, decision)
    click.echo(exception_id)


@conformance.command("revoke")
@click.argument("exception_id", metavar="EXCEPTION", type=int)
@reason_option
@as_option
@lang_option
@refusals_in_one_line
def revoke(*, exception_id: int, reason: str, acting: str, lang: str) -> None:  # noqa: ARG001  for refusals
    """End an exception today; the finding is open again.

    Example: geo-app conformance revoke 3 --reason 误认 --as planner1
    """
    with _deciding(acting, reason) as (register, decision):
        version = register.audit_exceptions.lock(exception_id).version
        revoke_exception(register, exception_id, replace(decision, version=version))


@contextmanager
def _deciding(name: str, reason: str) -> Iterator[tuple[Register, Decision]]:
    at = moment()
    day: date = at.day
    with open_database() as database, database.transaction() as register:
        yield register, Decision(acting(register, name, at, reason), day, 0)
