"""What was taken away ends with the next request: rights are given, taken and used in random order, by both ways in."""

import os
import random
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from uuid import uuid4

from geo_app.domain.access import Grant, decide
from geo_app.domain.access_roles import PERMISSIONS, Permission, Role
from geo_app.domain.access_session import Session
from geo_app.domain.access_token import ApiToken
from tests.access.targets import imported, street_to_number
from tests.access.test_access_table import AREAS, COUNTIES, PROGRAM, write_divisions
from tests.support.accounts import SignedInClient, enter, make_account, moment

INTERLEAVINGS = int(os.environ.get("GEO_APP_TEST_INTERLEAVINGS", "1000"))
"""Changes of rights, each followed by requests that must know of it."""

SEED = 20261124
ROLES = (Role.PLANNER, Role.REVIEWER, Role.TOWNSHIP, Role.VILLAGE, Role.SUPERVISOR, Role.POLICE)
SCOPE = frozenset(permission for role in ROLES for permission in PERMISSIONS[role])
TODAY = moment().day
LONG_AGO, YESTERDAY, TOMORROW = TODAY - timedelta(9), TODAY - timedelta(1), TODAY + timedelta(1)
MOST_GRANTS = 4
"""With more, hardly anything would be refused."""

LIVES = ((LONG_AGO, None), (TODAY, None), (LONG_AGO, TODAY), (TOMORROW, None), (YESTERDAY, TOMORROW))
"""Always, from today, until yesterday, from tomorrow, until today."""


@dataclass
class Person:
    """An account with its two ways in, and what the test believes about it."""

    app: object
    account_id: int
    grants: dict[int, Grant] = field(default_factory=dict)
    disabled: bool = False
    session: int | None = None
    token: int | None = None

    def sign_in(self, register):
        at, self.cookie = moment().instant, uuid4().hex
        self.session = register.sign_ins.open(self.cookie, self.account_id, Session(at, at), None, "")

    def sign_out(self, register):
        if self.session is not None:
            register.sign_ins.end(self.session, moment().instant)
        self.session = None

    def make_token(self, register):
        at, self.secret = moment().instant, f"geo_{uuid4().hex}"
        token = ApiToken(0, self.account_id, "walk", SCOPE, at, at + timedelta(days=1))
        self.token = register.api_tokens.add(token, self.secret).id

    def revoke_token(self, register):
        if self.token is not None:
            register.api_tokens.revoke(self.token, moment().instant)
        self.token = None

    def disable(self, register):
        register.accounts.set_status(self.account_id, "disabled")
        self.disabled = True

    def enable(self, register):
        register.accounts.set_status(self.account_id, "active")
        self.disabled = False

    def gain(self, register, dice):
        if len(self.grants) == MOST_GRANTS:
            self.lose(register, dice)
        grant = Grant(dice.choice(ROLES), dice.choice([*AREAS.values(), *COUNTIES.values(), ""]), *dice.choice(LIVES))
        self.grants[register.accounts.add_grant(self.account_id, grant, self.account_id)] = grant

    def lose(self, register, dice):
        if self.grants:
            key = dice.choice(sorted(self.grants))
            register.accounts.end_grant(key, TODAY)
            del self.grants[key]

    def ask(self, by_token, question):
        """Return the status of the answer to a question, and the counties it tells of."""
        client = self.app.test_client()
        if not by_token:
            # A browser that was turned away forgets its cookie; whoever copied it does not.
            enter(client, self.app, self.cookie)
        headers = PROGRAM | ({"Authorization": f"Bearer {self.secret}"} if by_token else {})
        answer = client.open(question.path, method=question.method, json=question.json, headers=headers)
        told = {run["county"] for run in answer.json.get("items", ())} if question.tells_counties else set()
        return answer.status_code if answer.status_code in (401, 403) else "ok", told

    def expected(self, by_token, question):
        """Return what the rules say to that question now."""
        held = [grant for grant in self.grants.values() if grant.in_force(TODAY)]
        if (self.token if by_token else self.session) is None or self.disabled or not held:
            return 401, set()
        if not any(question.permission in PERMISSIONS[grant.role] for grant in held):
            return 403, set()
        if question.area is not None and not self._may(question.permission, question.area):
            return 403, set()
        counties = {county for county in COUNTIES.values() if self._may(question.permission, county)}
        return "ok", counties if question.tells_counties else set()

    def _may(self, permission, area):
        return decide(self.grants.values(), permission, area, TODAY).allowed


STEPS = (
    *("gain", "gain", "gain", "gain", "lose", "lose", "lose"),
    *("disable", "enable", "enable", "sign_out", "sign_in", "sign_in", "revoke_token", "make_token", "make_token"),
)


@dataclass(frozen=True)
class Question:
    """A request that needs a permission, in an area where the service asks for one."""

    method: str
    path: str
    permission: Permission
    area: str | None = None
    json: dict[str, object] | None = None
    tells_counties: bool = False


def questions(register):
    yield Question("GET", "/api/v1/plans?size=1", Permission.PLAN_READ)
    yield Question("GET", "/api/v1/imports", Permission.IMPORT_RUN, tells_counties=True)
    for area in AREAS.values():
        asked = street_to_number(register, area)
        path = f"/api/v1/streets/{asked.arguments['street_id']}/plans"
        yield Question("POST", path, Permission.PLAN_DRAFT, area, asked.json)
        wanted = {"layer": "streets", "format": "csv", "area": area}
        yield Question("POST", "/api/v1/exports", Permission.EXPORT_RUN, area, wanted)


def test_no_request_is_answered_by_rights_of_before(served_app, committed_database):
    app, database = served_app, committed_database
    dice = random.Random(SEED)
    app.test_client_class = SignedInClient
    with database.transaction() as register:
        write_divisions(register)
        asked = list(questions(register))
        for county in set(COUNTIES.values()):
            imported(register, county)
        people = [Person(app, make_account(register, f"person{number}").id) for number in range(4)]
        for person in people:
            person.sign_in(register)
            person.make_token(register)
    stale, answers = [], []
    for _ in range(INTERLEAVINGS):
        person, step = dice.choice(people), dice.choice(STEPS)
        with database.transaction() as register:
            getattr(person, step)(register, *([dice] if step in ("gain", "lose") else []))
        for by_token, question in product((False, True), dice.sample(asked, 2)):
            found, expected = person.ask(by_token, question), person.expected(by_token, question)
            answers.append(expected[0])
            if found != expected:
                stale.append((step, by_token, question.path, expected, found))
    assert stale == []
    # The dice must not have led to one kind of answer only.
    assert all(answers.count(kind) > INTERLEAVINGS / 10 for kind in (401, 403, "ok"))
