"""Every page with values in its query that no link of ours has: refused or ignored, never a fault."""

import pytest
from flask import Request
from werkzeug.datastructures import ImmutableMultiDict

from geo_app.domain.access_roles import Role
from tests.support.example_register import make_divisions
from tests.support.pages import make_known, pages

VALUES = (
    *("", "0", "-1", "1", "1e9", "1.5", "NaN", "９", "٣", "9" * 18, "9" * 19, "9" * 30, "9" * 5000, "--", "-", "%"),
    *("id", "-id", "-created", "name", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-13-01"),
    *("2026-01-01T00:00:00", "2026-01-01T00:00:00+99:99", "infinity", "0,0,0,0", "1,2,3", "180,90,-180,-90"),
    *("'", '"', "\\", "';--", "\u202e", "\ufffe", "\0", "门" * 2000, "//elsewhere", "javascript:alert(1)", "{0}", "%s"),
    *("//[", "http://[::1", "/\\elsewhere", "https://elsewhere.invalid/"),
)


class Query(ImmutableMultiDict):
    """A query that knows what was asked of it."""

    read: set[str] = set()  # noqa: RUF012  emptied before each page

    def get(self, key, *others, **named):
        self.read.add(key)
        return super().get(key, *others, **named)

    def __getitem__(self, key):
        self.read.add(key)
        return super().__getitem__(key)

    def getlist(self, key, *others, **named):
        self.read.add(key)
        return super().getlist(key, *others, **named)


class RememberingRequest(Request):
    parameter_storage_class = Query


@pytest.mark.parametrize("role", [Role.PLANNER, Role.ACCOUNT_ADMIN, Role.AUDITOR, Role.POLICY_ADMIN])
def test_no_query_makes_a_page_fail(app, client_as, database, role):
    app.request_class = RememberingRequest
    client = client_as(role)
    with database.transaction() as register:
        make_divisions(register)
        known = make_known(register, client.account.id)
    failed, tried = [], 0
    for path in pages(app, known):
        Query.read.clear()
        with client.get(path) as answer:
            if answer.status_code in (401, 403):
                continue
            failed += [(path, "", "", answer.status_code)] if answer.status_code >= 500 else []
        for name in sorted(Query.read):
            for value in VALUES:
                with client.get(path, query_string={name: value}) as answer:
                    tried += 1
                    if answer.status_code >= 500:
                        failed.append((path, name, value[:40], answer.status_code))
    assert failed == []
    assert tried > len(VALUES)
