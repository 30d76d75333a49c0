"""Every route × method × caller × relation × way of showing who one is, against the versioned table."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import Range

from geo_app.domain.access import EVERYWHERE, Grant
from geo_app.domain.access_roles import PERMISSIONS, Permission, Role
from geo_app.domain.access_token import ApiToken
from geo_app.persistence.tables import Division
from geo_app.services.sign_in import Attempt, open_session
from geo_app.web.rate_limit import LIMITER
from tests.access import rows
from tests.access.asked import Asked
from tests.access.targets import TARGETS
from tests.support.accounts import LONG_AGO, SignedInClient, enter, make_account, moment

PROGRAM = {"Accept": "application/json"}
"""Programs get 401 where people are sent to a page."""

HOME = "511111101"
AREAS = {"own": HOME, "within": "511111101001", "neighbour": "511111102", "other": "510104020"}
ABOVE = ("51", "5111", "5101", "511111", "510104")
LEVELS = {2: "province", 4: "city", 6: "county", 9: "township", 12: "village"}


def test_every_route_has_a_row_and_every_row_a_route(app):
    assert ([route.rule for route in rows.missing(app)], rows.obsolete(app)) == ([], [])


def test_a_new_route_without_a_row_is_found(app):
    app.add_url_rule("/new-thing", view_func=lambda: "", endpoint="new_thing", methods=["POST"])
    assert [(route.rule, route.method) for route in rows.missing(app)] == [("/new-thing", "POST")]


def test_every_row_with_a_relation_has_its_target_and_its_three_sisters():
    relations = Counter(key[:2] for key in rows.read() if key[2] != rows.NO_AREA)
    assert set(relations) == set(TARGETS)
    assert set(relations.values()) == {len(rows.RELATIONS)}


class Callers:
    """An account for each column of the table; each call gets a session or a token of its own."""

    def __init__(self, app, database, area):
        self.app, self.database = app, database
        with database.transaction() as register:
            self.accounts = {role.value: self._account(register, role, area) for role in Role}
            self.accounts["disabled"] = self._account(register, Role.PLANNER, area)
            register.accounts.set_status(self.accounts["disabled"].id, "disabled")
            self.accounts["expired"] = make_account(register, uuid4().hex[:16])
            ended = Grant(Role.PLANNER, area, LONG_AGO, moment().day)
            register.accounts.add_grant(self.accounts["expired"].id, ended, self.accounts["expired"].id)
            self.accounts["unfinished"] = self._account(register, Role.ACCOUNT_ADMIN, area)
            register.accounts.set_second_factor(self.accounts["unfinished"].id, b"sealed", 0)

    @staticmethod
    def _account(register, role, area):
        return make_account(register, f"a{uuid4().hex[:16]}", role, area=area)

    def by_session(self, caller):
        self.app.test_client_class = SignedInClient
        client = self.app.test_client()
        token = "nobody's"
        if caller != "anonymous":
            with self.database.transaction() as register:
                token = open_session(register, self.accounts[caller].id, moment(), Attempt("", ""))
        enter(client, self.app, token)
        return client, {}

    def by_token(self, caller):
        now, secret = moment().instant, f"geo_{uuid4().hex}"
        role = Role(caller) if caller in set(Role) else Role.PLANNER
        scope = frozenset(PERMISSIONS[role])
        if caller != "anonymous":
            with self.database.transaction() as register:
                token = ApiToken(0, self.accounts[caller].id, "walk", scope, now, now + timedelta(days=1))
                register.api_tokens.add(token, secret)
        return self.app.test_client(), {"Authorization": f"Bearer {secret}"}


def outcome(response, relation):
    """Return the class of an answer as the table names it."""
    assert response.status_code < 500, response.text
    if response.status_code in {401, 403}:
        return str(response.status_code)
    # Where there is a target, its request must be complete: one turned away by its form says nothing about the area.
    if relation != rows.NO_AREA and response.status_code in {400, 404, 428}:
        return str(response.status_code)
    return "ok"


def by_token_expected(row, caller):
    if row["anonymous"] == "ok":
        return "ok"
    if row[caller] == "401":
        return "401"
    return row[caller] if row["route"].startswith("/api/") else "403"


def write_divisions(register):
    ids = {}
    for code in sorted((*ABOVE, *AREAS.values()), key=len):
        above = next((ids[known] for known in reversed(ids) if code.startswith(known)), None)
        row = {"code": code, "level": LEVELS[len(code)], "name": f"测试{code}", "parent_id": above}
        ids[code] = register.session.scalar(
            insert(Division).values(**row, valid=Range(LONG_AGO, None)).returning(Division.id)
        )


@pytest.fixture
def callers(app, database, no_second_factor, monkeypatch):
    monkeypatch.setattr(LIMITER, "enabled", False)
    with database.transaction() as register:
        write_divisions(register)
    return {area: Callers(app, database, area) for area in (EVERYWHERE, HOME)}


@pytest.mark.parametrize("way", ["session", "token"])
def test_the_table_holds(app, database, callers, way):
    rules = {(rule.rule, method): rule for rule in app.url_map.iter_rules() for method in rule.methods}
    wrong, tried = [], 0
    for (path, method, relation), row in rows.read().items():
        rule = rules[path, method]
        untouched = target(database, row, rule)
        for caller in rows.CALLERS:
            if way == "token" and caller == "unfinished":
                continue  # a token has no steps
            # Those who are refused change nothing, so they may all ask for the same thing.
            asked = target(database, row, rule) if row[caller] == "ok" else untouched
            client, headers = getattr(callers["" if relation == rows.NO_AREA else HOME], f"by_{way}")(caller)
            url = app.url_map.bind("localhost").build(rule.endpoint, asked.arguments, method)
            headers |= PROGRAM | asked.headers
            response = client.open(url, method=method, data=asked.form, json=asked.json, headers=headers)
            expected = row[caller] if way == "session" else by_token_expected(row, caller)
            tried += 1
            if (found := outcome(response, relation)) != expected:
                wrong.append((method, path, relation, caller, expected, found))
    assert not wrong
    assert tried >= len(rows.read()) * (len(rows.CALLERS) - 1)


def target(database, row, rule):
    if row["relation"] == rows.NO_AREA:
        return Asked(rows.stand_in(rule))
    with database.transaction() as register:
        return TARGETS[row["route"], row["method"]](register, AREAS[row["relation"]])


def test_no_route_that_writes_answers_without_the_forms_token(app, database, callers):
    without = []
    for route in rows.routes(app):
        if route.method == "GET":
            continue
        row = next(row for key, row in rows.read().items() if key[:2] == (route.rule, route.method))
        caller = next(caller for caller in (*[role.value for role in Role], "anonymous") if row[caller] == "ok")
        client, _ = callers[EVERYWHERE].by_session(caller)
        client.csrf_header = ""
        rule = next(r for r in app.url_map.iter_rules(route.endpoint) if route.method in r.methods)
        url = app.url_map.bind("localhost").build(route.endpoint, rows.stand_in(rule), route.method)
        if client.open(url, method=route.method).status_code != 400:
            without.append(route)
    assert not without


def test_every_permission_is_some_roles():
    held = {permission for granted in PERMISSIONS.values() for permission in granted}
    assert held == set(Permission)
