"""The worker does what is due by the clock: once, in turn, and whatever else fails."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from core import schedule
from core.models import Heartbeat
from offers.models import OfferPage

NOW = datetime(2026, 10, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def register(db, monkeypatch):
    """An empty schedule to register in, and the list of what ran."""
    monkeypatch.setattr(schedule, "_tasks", {})
    ran = []

    def add(name, *, every=HOUR, fails=False):
        def run(now):
            ran.append((name, now))
            if fails:
                raise RuntimeError("The disk is full")

        schedule.register(name, run, every=every)

    add.ran = ran
    return add


def test_a_new_task_runs_at_once_and_is_told_the_time(register):
    register("tidy")

    assert schedule.run_due(NOW) == ["tidy"]
    assert register.ran == [("tidy", NOW)]


def test_a_task_does_not_run_before_it_is_due_again(register):
    register("tidy")
    schedule.run_due(NOW)

    assert schedule.run_due(NOW + HOUR - SECOND) == []
    assert schedule.run_due(NOW + HOUR) == ["tidy"]
    assert schedule.run_due(NOW + HOUR) == []


def test_each_task_keeps_its_own_time(register):
    register("often", every=timedelta(minutes=1))
    register("seldom", every=HOUR)
    schedule.run_due(NOW)

    assert schedule.run_due(NOW + timedelta(minutes=1)) == ["often"]
    assert schedule.run_due(NOW + HOUR) == ["often", "seldom"]


def test_a_name_is_given_to_one_task_only(register):
    register("tidy")

    with pytest.raises(schedule.AlreadyRegistered, match="tidy"):
        register("tidy")


def test_a_task_that_fails_stops_no_other_and_is_logged(register, caplog):
    register("first")
    register("broken", fails=True)
    register("last")

    with caplog.at_level(logging.ERROR, "core.schedule"):
        assert schedule.run_due(NOW) == ["first", "last"]

    assert [name for name, _ in register.ran] == ["first", "broken", "last"]
    assert [record.getMessage() for record in caplog.records] == ["The task broken failed"]
    assert "The disk is full" in caplog.text


def test_a_task_that_failed_is_tried_again_when_it_is_next_due(register):
    register("broken", fails=True)
    schedule.run_due(NOW)

    schedule.run_due(NOW + SECOND)
    schedule.run_due(NOW + HOUR)

    assert register.ran == [("broken", NOW), ("broken", NOW + HOUR)]


def test_two_workers_run_a_task_once(register):
    register("tidy")
    claims = [Heartbeat.objects.claim("tidy", now=NOW, every=HOUR) for _ in range(2)]

    assert claims == [True, False]
    assert schedule.run_due(NOW) == []


def test_a_worker_whose_clock_is_behind_takes_nothing(register):
    register("tidy")
    schedule.run_due(NOW)

    assert schedule.run_due(NOW - timedelta(days=1)) == []


def test_a_heartbeat_is_one_row_that_moves_on(db):
    Heartbeat.objects.beat("worker", now=NOW)
    Heartbeat.objects.beat("worker", now=NOW + HOUR)

    assert str(Heartbeat.objects.get(name="worker")) == "worker at 2026-10-05 13:00:00"


@pytest.mark.parametrize("name", ["publish_scheduled", "clear_sessions"])
def test_the_site_registers_its_own_tasks(name):
    assert name in schedule._tasks


def test_what_editors_scheduled_is_published_and_expired_by_the_worker(db, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(
        schedule, "_tasks", {"publish_scheduled": schedule._tasks["publish_scheduled"]}
    )
    due, over = OfferPage.objects.published().in_order()[:2]
    due.unpublish()
    due.go_live_at = now + HOUR
    revision = due.save_revision()
    revision.publish()
    revision.content["go_live_at"] = (now - HOUR).isoformat()
    revision.approved_go_live_at = now - HOUR
    revision.save()
    OfferPage.objects.filter(pk=over.pk).update(expire_at=now - HOUR)

    assert schedule.run_due(now) == ["publish_scheduled"]

    assert due.pk in OfferPage.objects.published().values_list("pk", flat=True)
    assert over.pk not in OfferPage.objects.published().values_list("pk", flat=True)
