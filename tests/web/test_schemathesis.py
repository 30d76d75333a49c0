"""Every call of the contract with made-up input: no fault of the server, no answer that the contract does not know."""

import os
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import sampled_from
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from geo_app.app import create_app
from geo_app.domain.access_roles import PERMISSIONS, Role
from geo_app.domain.access_token import ApiToken
from geo_app.persistence.database import Database, Logins
from geo_app.settings import Settings
from tests.access.audit_targets import exception_for_programs
from tests.access.case_targets import case_for_programs
from tests.access.estate_targets import estate
from tests.access.street_targets import change
from tests.access.targets import address, door, imported, job, plan, street
from tests.access.village_targets import group
from tests.support.accounts import make_account, moment
from tests.support.example_register import TOWNSHIP, make_divisions

CALLS = int(os.environ.get("GEO_APP_TEST_API_CALLS", "15"))
"""Made-up calls of each operation."""

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


USUAL = settings(
    max_examples=CALLS, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


def labels():
    """Return the calls of the contract; it needs no database to be told."""
    with TemporaryDirectory() as folder:
        app = create_app(Settings(Path(folder)), Database(Logins("", "", "")))
        contract = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
        return [result.ok().label for result in contract.get_all_operations()]


@pytest.fixture
def register_of_one_street(database, no_second_factor):
    """Return the headers of a planner's program, and path arguments that lead to something in the register."""
    secret, now = "geo_made-up-calls", moment().instant
    with database.transaction() as register:
        make_divisions(register)
        planner = make_account(register, "planner.api", Role.PLANNER)
        token = ApiToken(0, planner.id, "made-up calls", frozenset(PERMISSIONS[Role.PLANNER]), now, now + timedelta(1))
        register.api_tokens.add(token, secret)
        township = register.streets.division_of(TOWNSHIP)[0]
        makers = (
            *(door, group(), plan(0), address("key"), imported),
            *(case_for_programs(), exception_for_programs, estate()),
        )
        known = street(register, TOWNSHIP).arguments | {"division_id": township, "version": 1}
        for make in makers:
            known |= make(register, TOWNSHIP).arguments
        known |= change("carried_out")(register, TOWNSHIP).arguments
        known |= {"address_id": known["key"], "other_id": known["plan_id"]} | job()(register, planner.id).arguments
    return {"Authorization": f"Bearer {secret}"}, known


@pytest.mark.parametrize("label", labels())
def test_every_call_answers_as_the_contract_says(app, register_of_one_street, label):
    contract = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    operation = contract.find_operation_by_label(label)
    headers, known = register_of_one_street
    fitting, unfitting = (operation.as_strategy(generation_mode=mode) for mode in GenerationMode)

    @USUAL
    @given(case=fitting | unfitting, version=sampled_from([None, '"1"', '"2"', '"3"']))
    def call(case, version):
        # Made-up ids lead nowhere; with a version the call is about something that is there.
        if version is not None:
            case.path_parameters |= {name: known[name] for name in case.path_parameters}
        case.call_and_validate(headers=headers | ({"If-Match": version} if version else {}), checks=CHECKS)

    call()
