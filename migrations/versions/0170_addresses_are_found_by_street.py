"""Addresses are found by street and number, village and number, estate and building; streets in use are listed."""

import sqlalchemy as sa
from alembic import op

revision = "0170"
down_revision = "0150"

# The number of the transaction, which never wraps round; a serial would let readers miss what commits late.
WRITTEN = "cast(cast(pg_current_xact_id() as text) as bigint)"
# Statement by statement, so that a load of a million rows asks once which streets are new.
LIST_PLACES = """
create function list_address_places() returns trigger language plpgsql as $$
begin
    insert into address_place (county_code, division_id, street_name, estate_name)
    select distinct county_code, division_id, street_name, estate_name from written
    -- In one order for everybody: two transactions that list the same streets never wait in a circle.
    order by county_code, division_id, street_name, estate_name
    on conflict do nothing;
    return null;
end $$
"""
TRIGGERS = ("insert", "update")
INDEXES = {
    "ix_standard_address_street_name": (
        ["street_name", "number", "sub_number", "floor", "room"],
        "street_name is not null",
    ),
    "ix_standard_address_village_number": (["division_id", "number"], "street_name is null and number is not null"),
    "ix_standard_address_estate_name": (["estate_name", "building"], "estate_name is not null"),
}


def upgrade() -> None:
    op.create_table(
        "address_place",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("division_id", sa.BigInteger(), nullable=True),
        sa.Column("street_name", sa.Text(), nullable=True),
        sa.Column("estate_name", sa.Text(), nullable=True),
        sa.Column("written", sa.BigInteger(), server_default=sa.text(WRITTEN), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_place")),
    )
    op.create_index(
        "uq_address_place", "address_place", ["county_code", "division_id", "street_name", "estate_name"],
        unique=True, postgresql_nulls_not_distinct=True,
    )  # fmt: skip
    op.create_index("ix_address_place_written", "address_place", ["written"])
    for name, (columns, where) in INDEXES.items():
        op.create_index(name, "standard_address", columns, postgresql_where=sa.text(where))
    op.execute(LIST_PLACES)
    for event in TRIGGERS:
        op.execute(
            f"create trigger list_places_on_{event} after {event} on standard_address"
            " referencing new table as written for each statement execute function list_address_places()"
        )
    op.execute(
        "insert into address_place (county_code, division_id, street_name, estate_name)"
        " select distinct county_code, division_id, street_name, estate_name from standard_address"
    )
    op.create_index("ix_address_alias_reversed", "address_alias", [sa.text('reverse(match_key) collate "C"')])


def downgrade() -> None:
    op.drop_index("ix_address_alias_reversed", "address_alias")
    for event in TRIGGERS:
        op.execute(f"drop trigger list_places_on_{event} on standard_address")
    op.execute("drop function list_address_places()")
    for name in INDEXES:
        op.drop_index(name, "standard_address")
    op.drop_table("address_place")
