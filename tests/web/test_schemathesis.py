"""Every call of the contract with made-up input: no fault of the server, no answer that the contract does not know."""

import os
from datetime import timedelta

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from geo_app.domain.access_roles import PERMISSIONS, Role
from geo_app.domain.access_token import ApiToken
from tests.support.accounts import make_account, moment
from tests.support.example_register import make_example

CALLS = int(os.environ.get("GEO_APP_TEST_API_CALLS", "40"))
"""Made-up calls of each operation."""

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def contract(app, database, no_second_factor):
    """The contract as a planner's program meets it, on a register with a street."""
    secret, now = "geo_made-up-calls", moment().instant
    with database.transaction() as register:
        make_example(register)
        planner = make_account(register, "planner.api", Role.PLANNER)
        token = ApiToken(0, planner.id, "made-up calls", frozenset(PERMISSIONS[Role.PLANNER]), now, now + timedelta(1))
        register.api_tokens.add(token, secret)
    contract = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    contract.config.update(headers={"Authorization": f"Bearer {secret}"})
    return contract


schema = schemathesis.pytest.from_fixture("contract")


@schema.parametrize()
@settings(
    max_examples=CALLS,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_call_answers_as_the_contract_says(case):
    case.call_and_validate(checks=CHECKS)
