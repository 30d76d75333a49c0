"""Rights of the three database roles, and the trigger that keeps history."""

from alembic import op

revision = "0001"
down_revision = None

KEEP_HISTORY = """
create function keep_history() returns trigger language plpgsql as $$
-- A row that is overwritten goes to <table>_history. Two beliefs may be closed at once: what we believed until now
-- (recorded ends), and, when the world changed rather than our knowledge of it, how it was until that day (valid ends).
declare
    past record;
begin
    if lower(old.recorded) < now() then
        past := old;
        past.recorded := tstzrange(lower(old.recorded), now());
        execute format('insert into %I select ($1::%I).*', tg_table_name || '_history', tg_table_name) using past;
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    if lower(new.valid) > lower(old.valid) then
        past := old;
        past.valid := daterange(lower(old.valid), lower(new.valid));
        past.recorded := tstzrange(now(), null);
        execute format('insert into %I select ($1::%I).*', tg_table_name || '_history', tg_table_name) using past;
    end if;
    new.recorded := tstzrange(now(), null);
    new.version := old.version + 1;
    return new;
end $$
"""

KEEP_HISTORY_OF = """
create procedure keep_history_of(register text) language plpgsql as $$
-- Beside a register table: its history, the trigger that fills it, and the view that is both together.
begin
    execute format('create table %I (like %I)', register || '_history', register);
    execute format('create index on %I (id)', register || '_history');
    execute format('create view %I as select * from %I union all select * from %I',
                   register || '_timeline', register, register || '_history');
    execute format('create trigger keep_history before update or delete on %I'
                   ' for each row execute function keep_history()', register);
    execute format('revoke update, delete on %I from geo_app', register || '_history');
end $$
"""

FORGET_HISTORY_OF = """
create procedure forget_history_of(register text) language plpgsql as $$
begin
    execute format('drop trigger keep_history on %I', register);
    execute format('drop view %I', register || '_timeline');
    execute format('drop table %I', register || '_history');
end $$
"""


def upgrade() -> None:
    op.execute("revoke create on schema public from public")
    op.execute("grant usage on schema public to geo_app, geo_audit")
    op.execute("alter default privileges in schema public grant select, insert, update, delete on tables to geo_app")
    op.execute("alter default privileges in schema public grant usage on sequences to geo_app")
    op.execute(KEEP_HISTORY)
    op.execute(KEEP_HISTORY_OF)
    op.execute(FORGET_HISTORY_OF)


def downgrade() -> None:
    op.execute("drop procedure forget_history_of(text)")
    op.execute("drop procedure keep_history_of(text)")
    op.execute("drop function keep_history()")
    op.execute("alter default privileges in schema public revoke usage on sequences from geo_app")
    op.execute("alter default privileges in schema public revoke select, insert, update, delete on tables from geo_app")
    op.execute("revoke usage on schema public from geo_app, geo_audit")
