"""Every route × method × caller × relation × way of showing who one is, against the versioned table."""

from datetime import timedelta
from io import BytesIO
from shutil import rmtree
from uuid import uuid4

import pytest
from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import Range

from geo_app.domain.access import EVERYWHERE, Grant
from geo_app.domain.access_roles import PERMISSIONS, Permission, Role
from geo_app.domain.access_session import Session
from geo_app.domain.access_token import ApiToken
from geo_app.exchange.kept_files import keep
from geo_app.persistence.tables import Division
from geo_app.web.rate_limit import LIMITER
from tests.access import rows
from tests.access.asked import Asked
from tests.access.targets import COUNTY_TARGETS, FILE, FILE_NAME, JOB_FILES, JOB_TARGETS, TARGETS
from tests.support.accounts import LONG_AGO, SignedInClient, enter, make_account, moment

PROGRAM = {"Accept": "application/json"}
"""Programs get 401 where people are sent to a page."""

HOME = "511111101"
AREAS = {"own": HOME, "within": "511111101001", "neighbour": "511111102", "other": "510104020"}
COUNTY, CITY = "511111", "5111"
COUNTIES = {"own": COUNTY, "within": COUNTY, "neighbour": "511112", "other": "510104"}
ABOVE = ("51", CITY, "5101", COUNTY, "511112", "510104")
PARTS = 6
"""The table is long: in parts it is walked by several workers at once."""
ENDS_SESSIONS = ("/sign-", "/account")
"""Routes after which a session may be over."""

LEVELS = {2: "province", 4: "city", 6: "county", 9: "township", 12: "village"}


def test_every_route_has_a_row_and_every_row_a_route(app):
    assert ([route.rule for route in rows.missing(app)], rows.obsolete(app)) == ([], [])


def test_a_new_route_without_a_row_is_found(app):
    app.add_url_rule("/new-thing", view_func=lambda: "", endpoint="new_thing", methods=["POST"])
    assert [(route.rule, route.method) for route in rows.missing(app)] == [("/new-thing", "POST")]


def test_every_row_with_a_relation_has_its_target_and_its_sisters():
    relations = {key[:2]: set() for key in rows.read() if key[2] != rows.NO_AREA}
    for *route, relation in rows.read():
        if relation != rows.NO_AREA:
            relations[tuple(route)].add(relation)
    areas = {key: set(rows.RELATIONS) for key in [*TARGETS, *COUNTY_TARGETS]}
    assert relations == areas | {key: set(rows.OWNERS) for key in JOB_TARGETS}


class Callers:
    """An account for each column of the table; each call gets a session or a token of its own."""

    def __init__(self, app, database, area):
        self.app, self.database = app, database
        self.sessions, self.tokens = {}, {}
        with database.transaction() as register:
            self.accounts = {role.value: self._account(register, role, area) for role in Role}
            self.accounts["bystander"] = make_account(register, uuid4().hex[:16])
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

    def owner(self, caller):
        """Return the account whose things are asked for: the caller's, or a bystander's."""
        return self.accounts[caller if caller in self.accounts else "bystander"].id

    def by_session(self, caller):
        """Return a browser with a session that lives, whatever earlier requests of this caller ended."""
        if caller not in self.sessions:
            self.app.test_client_class = SignedInClient
            client = self.app.test_client()
            token = f"session {uuid4().hex}"
            if caller != "anonymous":
                with self.database.transaction() as register:
                    session = Session(moment().instant, moment().instant)
                    register.sign_ins.open(token, self.accounts[caller].id, session, None, "walk")
            self.sessions[caller] = client
            enter(client, self.app, token)
        return self.sessions[caller], {}

    def by_token(self, caller):
        if caller not in self.tokens:
            self.tokens[caller] = self._token(caller)
        return self.app.test_client(), {"Authorization": f"Bearer {self.tokens[caller]}"}

    def _token(self, caller):
        now, secret = moment().instant, f"geo_{uuid4().hex}"
        role = Role(caller) if caller in set(Role) else Role.PLANNER
        scope = frozenset(PERMISSIONS[role])
        if caller != "anonymous":
            with self.database.transaction() as register:
                token = ApiToken(0, self.accounts[caller].id, "walk", scope, now, now + timedelta(days=1))
                register.api_tokens.add(token, secret)
        return secret


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
def callers(app, database, settings, no_second_factor, monkeypatch):
    monkeypatch.setattr(LIMITER, "enabled", False)
    keep(settings.home, BytesIO(FILE), FILE_NAME)
    with database.transaction() as register:
        write_divisions(register)
    yield {area: Callers(app, database, area) for area in (EVERYWHERE, HOME, COUNTY, CITY)}
    rmtree(JOB_FILES, ignore_errors=True)


def home_of(row):
    """Return the area in which the callers of a row hold their roles."""
    if row["relation"] == rows.NO_AREA:
        return EVERYWHERE
    if (row["route"], row["method"]) in COUNTY_TARGETS:
        return CITY if row["relation"] == "within" else COUNTY
    return HOME


class Walk:
    """One way through the table; what was made for one row serves several callers, as long as nobody may change it."""

    def __init__(self, app, database, callers, way):
        self.rules = {(rule.rule, method): rule for rule in app.url_map.iter_rules() for method in rule.methods}
        self.adapter = app.url_map.bind("localhost")
        self.database, self.callers, self.way = database, callers, way
        self.wrong, self.tried = [], 0

    def row(self, row):
        unchanged = {}
        for caller in self.asking(row):
            people = self.callers[home_of(row)]
            changes = row["method"] != "GET" and row[caller] == "ok"
            owner = people.owner(caller if row["relation"] == "mine" else "another")
            if changes or owner not in unchanged:
                asked = self.target(row, owner)
                unchanged |= {} if changes else {owner: asked}
            else:
                asked = unchanged[owner]
            self.ask(row, caller, asked)

    def asking(self, row):
        """Return who asks: all; with a token those who may have one; of a page, where a token counts nothing, two."""
        if self.way == "session":
            return rows.CALLERS
        if row["route"].startswith("/api/"):
            return [caller for caller in rows.CALLERS if caller != "unfinished"]  # a token has no steps
        return ["anonymous", next((role.value for role in Role if row[role.value] == "ok"), Role.PLANNER.value)]

    def ask(self, row, caller, asked):
        client, headers = getattr(self.callers[home_of(row)], f"by_{self.way}")(caller)
        url = self.adapter.build(self.rules[row["route"], row["method"]].endpoint, asked.arguments, row["method"])
        headers |= PROGRAM | asked.headers
        with client.open(url, method=row["method"], data=asked.form, json=asked.json, headers=headers) as response:
            found = outcome(response, row["relation"])
        expected = row[caller] if self.way == "session" else by_token_expected(row, caller)
        if row["route"].startswith(ENDS_SESSIONS) or "Set-Cookie" in response.headers:
            self.callers[home_of(row)].sessions.pop(caller, None)
        self.tried += 1
        if found != expected:
            self.wrong.append((row["method"], row["route"], row["relation"], caller, expected, found))

    def target(self, row, owner):
        route, relation = (row["route"], row["method"]), row["relation"]
        if relation == rows.NO_AREA:
            return Asked(rows.stand_in(self.rules[route]))
        with self.database.transaction() as register:
            if route in JOB_TARGETS:
                return JOB_TARGETS[route](register, owner)
            if route in COUNTY_TARGETS:
                return COUNTY_TARGETS[route](register, COUNTIES[relation])
            return TARGETS[route](register, AREAS[relation])


@pytest.mark.parametrize("way", ["session", "token"])
@pytest.mark.parametrize("part", range(PARTS))
def test_the_table_holds(app, database, callers, way, part):
    walk = Walk(app, database, callers, way)
    table = list(rows.read().values())[part::PARTS]
    for row in table:
        walk.row(row)
    assert not walk.wrong
    assert walk.tried == sum(len(walk.asking(row)) for row in table)


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
