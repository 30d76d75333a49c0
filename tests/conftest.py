"""Fixtures of all tests; the database ones stand in tests/support/database.py."""

pytest_plugins = [
    "tests.support.database",
    "tests.support.application",
    "tests.support.accounts",
    "tests.support.real_data",
    "tests.support.example_register",
    "tests.support.browser",
    "tests.support.imports",
]
