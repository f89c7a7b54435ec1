"""Editors say when a page appears and leaves; the worker does it, each page by itself."""

from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from core import schedule
from core.models import BasePage, NotWhole
from core.working_days import LONDON
from offers.models import OfferPage
from tests.offers.test_cms import edit

PAGE_TYPES = [model for model in apps.get_models() if issubclass(model, BasePage)]
HOUR = timedelta(hours=1)


@pytest.fixture
def editor(client, home, person):
    client.force_login(person("editor"))
    return client


@pytest.fixture
def work_at(monkeypatch):
    """Set the clock, and let the worker publish what is due."""

    def work_at(now):
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)
        monkeypatch.setattr(
            schedule, "_tasks", {"publish_scheduled": schedule._tasks["publish_scheduled"]}
        )
        assert schedule.run_due(now) == ["publish_scheduled"]

    return work_at


def typed(moment: datetime) -> str:
    """A moment as the editor types it."""
    return moment.astimezone(LONDON).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_type_of_page_can_be_scheduled(editor, model):
    page = model.objects.first()

    screen = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert 'name="go_live_at"' in screen
    assert 'name="expire_at"' in screen


def test_what_an_editor_schedules_on_the_screen_is_published_by_the_worker(editor, work_at):
    offer = OfferPage.objects.get(slug="hire-flexibly")
    now = timezone.now()

    edit(
        editor,
        offer,
        title="Hire well",
        go_live_at=typed(now + HOUR),
        expire_at=typed(now + 5 * HOUR),
        **{"action-publish": "1"},
    )

    assert OfferPage.objects.get(pk=offer.pk).title == "Hire flexibly"
    work_at(now + 2 * HOUR)
    assert OfferPage.objects.get(pk=offer.pk).title == "Hire well"
    work_at(now + 6 * HOUR)
    assert not OfferPage.objects.get(pk=offer.pk).live


def schedule_for(offer, moment, **changes):
    """As it was saved at a time when nothing looked at it."""
    for name, value in changes.items():
        setattr(offer, name, value)
    revision = offer.save_revision(clean=False)
    revision.approved_go_live_at = moment
    revision.save()


def test_what_has_gaps_stays_scheduled_is_logged_and_stops_no_other(home, work_at, caplog):
    now = timezone.now()
    gaps, whole = OfferPage.objects.published().in_order()[:2]
    schedule_for(gaps, now - 2 * HOUR, summary="")
    schedule_for(whole, now - HOUR, title="Hire well")

    work_at(now)

    assert OfferPage.objects.get(pk=whole.pk).title == "Hire well"
    assert OfferPage.objects.get(pk=gaps.pk).summary
    assert gaps.revisions.filter(approved_go_live_at__lt=now).exists()
    assert "Summary: Enter a summary." in caplog.text


def test_what_fails_altogether_is_logged_and_stops_no_other(home, work_at, caplog, monkeypatch):
    now = timezone.now()
    broken, whole = OfferPage.objects.published().in_order()[:2]
    schedule_for(broken, now - 2 * HOUR)
    schedule_for(whole, now - HOUR, title="Hire well")

    def fail(page, *args, **kwargs):
        if page.pk == broken.pk:
            raise RuntimeError("The disk is full")
        return publish(page, *args, **kwargs)

    publish = OfferPage.publish
    monkeypatch.setattr(OfferPage, "publish", fail)
    work_at(now)

    assert OfferPage.objects.get(pk=whole.pk).title == "Hire well"
    assert "The disk is full" in caplog.text


def test_a_page_with_gaps_cannot_be_scheduled(home):
    offer = OfferPage.objects.get(slug="hire-flexibly")
    offer.summary = ""
    offer.go_live_at = timezone.now() + HOUR

    with pytest.raises(NotWhole):
        offer.save_revision(clean=False).publish()

    assert not offer.revisions.filter(approved_go_live_at__isnull=False).exists()
