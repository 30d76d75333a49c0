from alembic.script import ScriptDirectory

from geo_app.persistence import schema


def test_there_is_one_head():
    assert len(ScriptDirectory.from_config(schema.configuration("")).get_heads()) == 1


def test_each_step_goes_up_and_down_and_the_tables_agree(committed_database):
    owner = committed_database.logins.owner
    schema.check(owner)
    schema.downgrade(owner, "base")
    schema.upgrade(owner)
    schema.check(owner)
