"""The list of standard addresses, and one address with all that was ever known of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select, text
from sqlalchemy.orm import Session

from geo_app.domain.address_text import match_key
from geo_app.domain.errors import NotFound
from geo_app.domain.message import Message, marked
from geo_app.persistence.paging import Page
from geo_app.persistence.queries.listing import Listing, Statement, contains, fetch_page, is_key, under
from geo_app.persistence.tables import AddressAlias, Division, StandardAddress

ADDRESS = marked("address")

SORTS = {
    "id": StandardAddress.id,
    "text": StandardAddress.text,
    "status": StandardAddress.status,
    "division": Division.code,
}
FILTERS = ("text", "division", "status", "kind", "street")


@dataclass(frozen=True, slots=True)
class AddressSheet:
    """One address: its row, its states in time (newest first), other names, those before and after it, its changes."""

    address: Row[*tuple[Any, ...]]
    states: Sequence[Row[*tuple[Any, ...]]]
    aliases: Sequence[Row[*tuple[Any, ...]]]
    kin: Sequence[Row[*tuple[Any, ...]]]
    changes: Sequence[Row[*tuple[Any, ...]]]


def address_page(session: Session, listing: Listing) -> Page[Any]:
    """Return one page of addresses: id, text, status, kind, division, street_id, number_text, standard_code."""
    statement = select(
        StandardAddress.id, StandardAddress.text, StandardAddress.status, StandardAddress.kind,
        StandardAddress.street_id, StandardAddress.number_text, StandardAddress.standard_code,
        Division.name.label("division"),
    ).outerjoin(Division, Division.id == StandardAddress.division_id)  # fmt: skip
    return fetch_page(session, _filtered(statement, listing), listing, (SORTS[listing.sort], StandardAddress.id))


def _filtered(statement: Statement, listing: Listing) -> Statement:
    wanted = listing.filters
    for name, column in (("status", StandardAddress.status), ("kind", StandardAddress.kind)):
        if name in wanted:
            statement = statement.where(column == wanted[name])
    if "text" in wanted:
        # By its key, as it is compared everywhere: 铜河路十二号 finds 铜河路12号. Former texts lead here as well; two
        # searches joined, because one with "or" over two tables would use neither index.
        key = match_key(wanted["text"])
        known = select(AddressAlias.address_id).where(contains(AddressAlias.match_key, key))
        called = select(StandardAddress.id).where(contains(StandardAddress.match_key, key)).union(known)
        statement = statement.where(StandardAddress.id.in_(called))
    if "division" in wanted:
        statement = statement.where(under(Division.code, wanted["division"]))
    if is_key(wanted.get("street", "")):
        statement = statement.where(StandardAddress.street_id == int(wanted["street"]))
    return statement


_ONE = text("""
    select a.*, d.name as division, s.name as street, ST_X(a.position) as lon, ST_Y(a.position) as lat,
        lower(a.valid) as since, upper(a.valid) as until
    from standard_address a left join division d on d.id = a.division_id left join street s on s.id = a.street_id
    where a.id = :id
""")

_STATES = text("""
    select text, status, number_text, lower(valid) as since, upper(valid) as until,
        lower(recorded) as believed_from, upper(recorded) as believed_to, upper_inf(recorded) as believed
    from standard_address_timeline where id = :id order by lower(recorded) desc, lower(valid) desc
""")

_KIN = text("""
    select a.id, a.text, a.status, k.happened_on, k.role from (
        select predecessor_id as id, happened_on, 'predecessor' as role from address_succession where successor_id = :id
        union all
        select successor_id, happened_on, 'successor' from address_succession where predecessor_id = :id
    ) k join standard_address a on a.id = k.id order by k.happened_on, a.id
""")

_CHANGES = text("""
    select c.at, c.verb, c.reason, coalesce(nullif(a.display_name, ''), a.name) as account
    from change_entry c join account a on a.id = c.account_id
    where c.subject_kind = 'address' and c.subject_key = :id order by c.at desc, c.id desc
""")


def address_sheet(session: Session, address_id: str) -> AddressSheet:
    """Return everything about one address, living or not.

    Raises:
        NotFound: this id was never given.
    """
    values = {"id": address_id}
    address = session.execute(_ONE, values).one_or_none()
    if address is None:
        raise NotFound(what=Message(ADDRESS), key=address_id)
    aliases = session.execute(
        select(
            AddressAlias.kind, AddressAlias.text, AddressAlias.source,
            func.lower(AddressAlias.valid).label("since"), func.upper(AddressAlias.valid).label("until"),
        )
        .where(AddressAlias.address_id == address_id)
        .order_by(func.lower(AddressAlias.valid), AddressAlias.id)
    ).all()  # fmt: skip
    states, kin, changes = (session.execute(query, values).all() for query in (_STATES, _KIN, _CHANGES))
    return AddressSheet(address, states, aliases, kin, changes)
