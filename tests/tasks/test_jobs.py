import pytest
from sqlalchemy import insert, text

from geo_app.domain.access import Actor
from geo_app.domain.errors import UnreadableInput
from geo_app.domain.message import Message
from geo_app.persistence.tables import Account
from geo_app.services import jobs
from geo_app.tasks.run import run_job


@pytest.fixture
def actor(database):
    with database.transaction() as register:
        key = register.session.scalar(insert(Account).values(name="li", display_name="李").returning(Account.id))
    return Actor(key, "li", (), "test")


def ask(database, actor, task="count"):
    with database.transaction() as register:
        return jobs.ask_for_job(register, actor, task, {"to": 3}, Message("Count to {to}", {"to": 3}))


def state(database, job_id):
    with database.transaction() as register:
        return register.jobs.get(job_id)


def count(run):
    for step in range(run.job.arguments["to"]):
        run.progress(step + 1, run.job.arguments["to"])
    return {"counted": run.job.arguments["to"]}


def test_a_job_is_queued_with_the_callers_transaction(database, actor):
    job_id = ask(database, actor)
    with database.transaction() as register:
        queued = register.session.execute(text("select task_name, args from procrastinate_jobs")).all()
    assert queued == [("run_job", {"job_id": job_id})]


def test_a_job_runs_to_its_end_and_keeps_its_result(database, actor):
    job_id = ask(database, actor)
    run_job(database, {"count": count}, job_id)
    job = state(database, job_id)
    assert (job.status, job.done, job.total, job.result) == ("done", 3, 3, {"counted": 3})
    assert str(job.title) == "Count to 3"


def test_a_refusal_ends_a_job_with_its_sentence(database, actor):
    def refuse(run):
        raise UnreadableInput(name="a.csv", problem="empty")

    job_id = ask(database, actor, "refuse")
    run_job(database, {"refuse": refuse}, job_id)
    assert (state(database, job_id).status, str(state(database, job_id).message)) == (
        "failed",
        "a.csv cannot be read: empty",
    )


def test_a_fault_ends_a_job_without_telling_its_insides(database, actor):
    def fault(run):
        raise ZeroDivisionError

    job_id = ask(database, actor, "fault")
    run_job(database, {"fault": fault}, job_id)
    assert state(database, job_id).status == "failed"
    assert "division" not in str(state(database, job_id).message)


def test_a_running_job_stops_at_its_next_step_when_asked(database, actor):
    def cancelled_half_way(run):
        with database.transaction() as register:
            jobs.cancel_job(register, actor, run.job.id)
        run.progress(1, 2)

    job_id = ask(database, actor, "cancelled_half_way")
    run_job(database, {"cancelled_half_way": cancelled_half_way}, job_id)
    assert state(database, job_id).status == "cancelled"


def test_a_waiting_job_is_cancelled_at_once_and_never_runs(database, actor):
    job_id = ask(database, actor)
    with database.transaction() as register:
        jobs.cancel_job(register, actor, job_id)
    run_job(database, {"count": count}, job_id)
    assert state(database, job_id).status == "cancelled"
    assert state(database, job_id).attempts == 0


def test_a_failed_job_can_be_tried_again_and_a_done_one_cannot(database, actor):
    job_id = ask(database, actor, "unknown at first")
    run_job(database, {"unknown at first": lambda run: run.progress(1 // 0)}, job_id)
    with database.transaction() as register:
        jobs.retry_job(register, actor, job_id)
    run_job(database, {"unknown at first": count}, job_id)
    assert state(database, job_id).status == "done"
    with database.transaction() as register, pytest.raises(jobs.JobHasNotEnded):
        jobs.retry_job(register, actor, job_id)
    with database.transaction() as register, pytest.raises(jobs.JobHasEnded):
        jobs.cancel_job(register, actor, job_id)


def test_a_job_whose_worker_dies_each_time_is_given_up(database, actor):
    job_id = ask(database, actor)
    with database.transaction() as register:
        for _ in range(3):
            register.jobs.start(job_id)
    run_job(database, {"count": count}, job_id)
    assert "Given up after 3 tries" in str(state(database, job_id).message)
