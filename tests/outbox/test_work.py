"""The worker, and the page that says whether everything works."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from core import figures, schedule
from core.models import Heartbeat
from outbox.models import Message

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def test_the_worker_does_what_is_due_and_ends(make_message, postbox, monkeypatch):
    monkeypatch.setattr(schedule, "_tasks", {})  # the desk's own mails would come too
    for _ in range(12):
        make_message()
    waiting = make_message(due_in=HOUR)

    call_command("work", once=True)

    assert len(postbox) == 12
    assert list(Message.objects.waiting()) == [waiting]


def test_the_worker_runs_the_tasks_that_are_due_and_beats(db, postbox, monkeypatch):
    ran = []
    monkeypatch.setattr(schedule, "_tasks", {})
    schedule.register("tidy", ran.append, every=HOUR)
    begun = timezone.now()

    call_command("work", once=True)

    assert len(ran) == 1
    assert begun <= Heartbeat.objects.get(name="worker").at <= timezone.now()


def test_the_worker_ends_although_no_mail_gets_through(make_message, postbox, monkeypatch):
    def refuse(self, messages):
        raise OSError("The line is dead")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    message = make_message()

    call_command("work", once=True)

    message.refresh_from_db()
    assert (message.state, message.attempts) == ("waiting", 1)


# -- /readyz ------------------------------------------------------------------------------


@pytest.fixture
def beating(db):
    Heartbeat.objects.beat("worker", now=timezone.now())


def test_the_site_is_ready_with_a_worker(client, beating, monkeypatch):
    monkeypatch.setattr(figures, "_sources", [lambda _: {"ours": 3}])

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "checks": {"database": True, "migrations": True, "worker": True},
        "figures": {"cache": True, "oldest_waiting_seconds": 0, "given_up": 0, "ours": 3},
    }
    assert "no-store" in response["Cache-Control"]


def test_the_site_is_not_ready_without_a_worker(client, db):
    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["ready"] is False
    assert response.json()["checks"] == {"database": True, "migrations": True, "worker": False}


@pytest.mark.parametrize(("seconds", "status"), [(110, 200), (130, 503)])
def test_a_worker_may_be_silent_for_2_minutes(client, db, seconds, status):
    Heartbeat.objects.beat("worker", now=timezone.now() - SECOND * seconds)

    assert client.get("/readyz").status_code == status


def test_what_waits_and_what_was_given_up_are_figures_and_no_reason_to_stop(
    client, beating, make_message
):
    make_message(age=HOUR)
    make_message(age=HOUR * 100, state="dead", settled_at=timezone.now())

    response = client.get("/readyz")

    assert response.status_code == 200
    assert 3_590 <= response.json()["figures"]["oldest_waiting_seconds"] <= 3_660
    assert response.json()["figures"]["given_up"] == 1


def test_a_migration_that_was_not_run_is_said(client, beating):
    MigrationRecorder(connection).record_unapplied("outbox", "0002_given_up")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"]["migrations"] is False


def test_a_dead_cache_is_a_figure_and_no_reason_to_stop(client, beating, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["figures"]["cache"] is False


def test_a_database_that_does_not_answer_is_said_and_not_an_error(client, beating):
    def refuse(execute, sql, params, many, context):
        raise DatabaseError("The database is gone")

    with connection.execute_wrapper(refuse):
        response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"]["database"] is False


def test_readyz_only_reads(client, beating):
    assert client.post("/readyz").status_code == 405
    assert client.head("/readyz").status_code == 200
