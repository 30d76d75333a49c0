from datetime import date

import pytest
from sqlalchemy import func, insert, select, text

from geo_app.domain.errors import NotFound
from geo_app.domain.imports import (
    AddressLockedForImport,
    AddressUsesImport,
    DoorUsesImport,
    ImportAlreadyUndone,
    ImportCounts,
    ImportFollowed,
    Layer,
    PlanUsesImport,
)
from geo_app.persistence.tables import (
    Division,
    Entrance,
    NumberingPlan,
    PlannedDoor,
    StandardAddress,
    Street,
    StreetPiece,
)
from geo_app.services.imports_addresses import import_addresses
from geo_app.services.imports_entrances import import_entrances
from geo_app.services.imports_streets import import_streets
from geo_app.services.imports_undo import undo_import
from tests.support.imports import DAY, doors_file, lines_file, new_actor, no_one, order, place, table_file

STREETS = ("1", "铜河路", [(0, 0), (100, 0)]), ("2", "铜河路", [(100, 0), (100, 90)])


@pytest.fixture
def town(committed_database, tmp_path):
    return Town(committed_database, tmp_path)


class Town:
    """Loads and undoes in transactions of their own, as clerks do."""

    def __init__(self, database, folder):
        self.database = database
        self.folder = folder
        with database.transaction() as register:
            self.actor = new_actor(register)

    def streets(self, *lines):
        path = lines_file(self.folder / "s.geojson", *lines)
        with self.database.transaction() as register:
            return import_streets(register, self.actor, order(Layer.STREETS, path), no_one).number

    def doors(self, *doors):
        path = doors_file(self.folder / "d.csv", *doors)
        with self.database.transaction() as register:
            return import_entrances(register, self.actor, order(Layer.ENTRANCES, path), no_one).number

    def addresses(self, *numbers):
        lon, lat = place(0, 0)
        rows = [f"{key},沙湾镇,铜河路,{number},{lon + n / 10_000},{lat}" for n, (key, number) in enumerate(numbers)]
        path = table_file(self.folder / "a.csv", "id,town,street,number,lon,lat", *rows)
        with self.database.transaction() as register:
            return import_addresses(register, self.actor, order(Layer.ADDRESSES, path), no_one).number

    def undo(self, number):
        with self.database.transaction() as register:
            return undo_import(register, self.actor, number, DAY)

    def count(self, table):
        with self.database.transaction() as register:
            return register.session.scalar(select(func.count()).select_from(table))

    def run(self, statement):
        with self.database.transaction() as register:
            return register.session.execute(statement)


def test_undoing_an_import_removes_exactly_its_rows(town):
    town.streets(STREETS[0])
    number = town.streets(STREETS[1], ("3", "沫江路", [(500, 0), (600, 0)]))
    assert town.undo(number) == (3, 0)
    assert (town.count(Street), town.count(StreetPiece)) == (1, 1)


def test_undoing_a_correction_restores_what_was_before(town):
    town.addresses(("a", "12"), ("b", "14"))
    number = town.addresses(("a", "16"), ("b", "14"), ("c", "18"))
    assert town.undo(number) == (1, 1)
    with town.database.transaction() as register:
        assert sorted(register.session.scalars(select(StandardAddress.text))) == [
            "沙湾镇铜河路12号",
            "沙湾镇铜河路14号",
        ]


def test_two_imports_of_the_same_rows_are_undone_in_reverse_order(town):
    first = town.addresses(("a", "12"))
    second = town.addresses(("a", "16"))
    with pytest.raises(ImportFollowed):
        town.undo(first)
    town.undo(second)
    assert town.undo(first) == (3, 0)
    assert (town.count(StandardAddress), town.count(Division)) == (0, 0)


def test_a_file_can_be_loaded_again_after_its_undo(town, tmp_path):
    town.addresses(("a", "12"))
    town.undo(town.addresses(("a", "16")))
    with town.database.transaction() as register:
        lon, lat = place(0, 0)
        path = table_file(tmp_path / "x.csv", "id,town,street,number,lon,lat", f"a,沙湾镇,铜河路,16,{lon},{lat}")
        report = import_addresses(register, town.actor, order(Layer.ADDRESSES, path), no_one)
    assert report.counts == ImportCounts(read=1, corrected=1)


def test_what_somebody_changed_by_hand_is_neither_overwritten_nor_undone(town):
    number = town.doors(("d", "", "12", (5, 5)))
    town.run(text("update entrance set note = 'moved'"))
    with town.database.transaction() as register:
        path = doors_file(town.folder / "e.csv", ("d", "", "14", (5, 5)))
        report = import_entrances(register, town.actor, order(Layer.ENTRANCES, path), no_one)
    assert (report.counts, len(report.problems)) == (ImportCounts(read=1, unchanged=1), 1)
    with pytest.raises(ImportFollowed):
        town.undo(number)


def test_an_import_is_undone_once(town):
    number = town.streets(*STREETS)
    town.undo(number)
    with pytest.raises(ImportAlreadyUndone):
        town.undo(number)


def test_streets_with_doors_are_not_taken_away(town):
    streets = town.streets(*STREETS)
    doors = town.doors(("d", "铜河路", "12", (5, 5)))
    with pytest.raises(DoorUsesImport):
        town.undo(streets)
    town.undo(doors)
    assert town.undo(streets) == (3, 0)


def test_streets_with_a_plan_or_addresses_are_not_taken_away(town):
    streets = town.streets(*STREETS)
    town.addresses(("a", "12"))
    with pytest.raises(AddressUsesImport):
        town.undo(streets)
    plan(town)
    with pytest.raises(PlanUsesImport):
        town.undo(streets)


def test_doors_that_a_plan_numbers_are_not_taken_away(town):
    town.streets(*STREETS)
    doors = town.doors(("d", "铜河路", "12", (5, 5)))
    plan_id = plan(town)
    entrance = town.run(select(Entrance.id)).scalar_one()
    town.run(insert(PlannedDoor).values(plan_id=plan_id, entrance_id=entrance, reason={}))
    with pytest.raises(PlanUsesImport) as refused:
        town.undo(doors)
    assert f"Numbering plan {plan_id} uses rows" in str(refused.value)


def test_a_locked_address_is_not_taken_away(town):
    number = town.addresses(("a", "12"))
    town.run(text("update standard_address set locked_for = 'K1'"))
    with pytest.raises(AddressLockedForImport):
        town.undo(number)


def plan(town):
    street = town.run(select(Street.id)).scalar_one()
    values = {"county_code": "511111", "street_id": street, "rule": {}, "created_by": town.actor.account_id}
    return town.run(insert(NumberingPlan).values(**values).returning(NumberingPlan.id)).scalar_one()


def test_the_day_of_an_undo_is_asked_for_the_right(town):
    number = town.streets(*STREETS)
    with pytest.raises(NotFound), town.database.transaction() as register:
        undo_import(register, town.actor, number, date(2001, 1, 1))
