from geo_app.domain.access_roles import Role
from geo_app.services.accounts import local_operator
from tests.support.accounts import moment


def test_the_list_of_imports_shows_the_demonstration_too(client_as, database):
    with database.transaction() as register:
        operator = local_operator(register, moment(), "test")
        register.demo.begin("511111", operator.account_id, 1)
    page = client_as(Role.PLANNER).get("/imports")
    assert page.status_code == 200
    assert "演示数据" in page.text
