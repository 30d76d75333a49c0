"""Fixtures of all tests; the database ones stand in tests/support/database.py.

Properties are tried on the same examples in each run, so that a build that was green stays green;
`HYPOTHESIS_PROFILE=wide` tries new ones, ten times as many.
"""

import os

from hypothesis import HealthCheck, settings

# Two tests run at once on two cores: slow is not wrong.
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("wide", settings.get_profile("steady"), derandomize=False, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

pytest_plugins = [
    "tests.support.database",
    "tests.support.application",
    "tests.support.accounts",
    "tests.support.real_data",
    "tests.support.example_register",
    "tests.support.browser",
    "tests.support.imports",
    "tests.support.search_register",
]
