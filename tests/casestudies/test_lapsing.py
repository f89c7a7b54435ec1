"""What nobody agrees to any more leaves the site by itself, and editors hear of it in time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from casestudies import services, tasks
from casestudies.models import Basis, CaseStudyPage, Permission
from casestudies.panels import LapsingPanel
from casestudies.services import held_back, lapsing, reviewing
from core import schedule
from outbox.models import Message
from tests.casestudies.editing import is_live

DAY = timedelta(days=1)


@pytest.fixture
def published(story, agree, person):
    """The story, live; its permission holds 24 months from today."""
    agree()
    CaseStudyPage.objects.get(pk=story.pk).get_latest_revision().publish(user=person("editor2"))
    assert is_live(story)
    return CaseStudyPage.objects.get(pk=story.pk)


@pytest.fixture
def last_day(published):
    return published.permissions.get().until


@pytest.fixture
def work_on():
    """Have the worker do its part at noon of a day."""

    def work_on(day):
        noon = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 12))
        for task in (tasks.keep_to_what_is_agreed, tasks.warn, tasks.forget_what_is_over):
            task(noon)

    return work_on


def warnings():
    return Message.objects.filter(purpose="permission_lapsing")


def test_the_owner_is_warned_60_and_14_days_before_once_each(last_day, work_on):
    for days, mails in [(61, 0), (60, 1), (59, 1), (30, 1), (14, 2), (13, 2), (1, 2), (0, 2)]:
        for _ in range(2):
            work_on(last_day - days * DAY)
        assert warnings().count() == mails, days

    assert {message.recipient for message in warnings()} == {"editor@example.org"}


def test_a_worker_that_slept_sends_the_nearest_warning_only(last_day, work_on):
    work_on(last_day - 5 * DAY)

    assert warnings().count() == 1


def test_whoever_asked_is_warned_if_nobody_owns_the_story(published, last_day, work_on, person):
    CaseStudyPage.objects.filter(pk=published.pk).update(story_owner=None)
    published.sign_offs.update(asked_by=person("editor2"))

    work_on(last_day - 60 * DAY)

    assert warnings().get().recipient == "editor2@example.org"


def test_every_editor_is_warned_if_those_who_knew_it_left(published, last_day, work_on, person):
    CaseStudyPage.objects.filter(pk=published.pk).update(story_owner=None)
    published.sign_offs.update(asked_by=None)

    work_on(last_day - 60 * DAY)

    told = {message.recipient for message in warnings()}
    assert told == {"editor@example.org", "editor2@example.org"}


def test_nobody_is_warned_of_what_was_agreed_to_for_longer(last_day, permit, work_on):
    permit(until=last_day + 99 * DAY)

    work_on(last_day - 14 * DAY)

    assert not warnings().exists()


@pytest.mark.parametrize(
    ("ends", "later", "mails"),
    [
        ({"covers_logo": True}, [{"covers_logo": True}], 0),
        ({"covers_logo": True}, [{}], 1),
        ({}, [{"covers_logo": True}], 0),
        ({"covers_logo": True}, [{}, {"covers_words": False, "covers_logo": True}], 0),
        ({}, [{"withdrawn_on": True}], 1),
    ],
)
def test_the_panel_and_the_mail_agree_on_what_is_renewed(story, permit, rf, ends, later, mails):
    today = timezone.localdate()
    permit(until=today + 10 * DAY, **ends)
    for more in later:
        permit(
            until=today + 300 * DAY,
            **{**more, **({"withdrawn_on": today} if "withdrawn_on" in more else {})},
        )

    services.warn(now=timezone.now())

    assert warnings().count() == mails
    assert LapsingPanel(rf.get("/")).found().count() == mails


@pytest.mark.parametrize(("gap", "mails"), [(1, 0), (2, 1)])
def test_a_renewal_begins_by_the_day_after(last_day, permit, work_on, rf, gap, mails):
    permit(given_on=last_day + gap * DAY, until=last_day + 700 * DAY)

    work_on(last_day - 14 * DAY)

    assert warnings().count() == mails
    ends = Permission.objects.filter(until=last_day)
    assert ends.not_renewed().count() == mails


@pytest.fixture
def pictured(published, permit, photo, today):
    """The photo, as the published story shows it: its permission is for no story, and ends soon."""
    CaseStudyPage.objects.filter(pk=published.pk).update(image=photo)
    permit(case_study=None, covers_words=False, picture=photo, until=today + 60 * DAY)
    return photo


def test_a_picture_for_any_story_is_warned_of_for_each_page_that_shows_it(
    published, pictured, work_on, person, today
):
    other = CaseStudyPage.objects.exclude(pk=published.pk).live().first()
    not_live = CaseStudyPage.objects.exclude(pk__in=[published.pk, other.pk]).first()
    not_live.unpublish()
    CaseStudyPage.objects.filter(pk=other.pk).update(image=pictured, story_owner=person("editor2"))
    CaseStudyPage.objects.filter(pk=not_live.pk).update(image=pictured)

    for days, mails in [(0, 2), (1, 2), (46, 4), (47, 4)]:
        work_on(today + days * DAY)
        assert warnings().count() == mails, days

    told = {(mail.recipient, mail.subject.partition(":")[0]) for mail in warnings()}
    assert told == {
        ("editor@example.org", published.title),
        ("editor2@example.org", other.title),
    }


@pytest.mark.parametrize("is_for", ["its page", "any"])
def test_nobody_is_warned_of_a_picture_that_may_be_shown_for_longer(
    published, pictured, permit, work_on, today, is_for
):
    page = published if is_for == "its page" else None
    permit(case_study=page, covers_words=False, picture=pictured, until=today + 400 * DAY)

    work_on(today)

    assert not warnings().exists()


def test_permission_for_a_picture_does_not_renew_that_for_words(last_day, permit, photo, work_on):
    permit(until=last_day + 99 * DAY, covers_words=False, picture=photo)

    work_on(last_day - 60 * DAY)

    assert warnings().count() == 1


def test_the_page_leaves_the_site_the_day_after_and_can_come_back(
    client, published, last_day, work_on, person
):
    work_on(last_day)
    assert is_live(published)

    work_on(last_day + DAY)
    work_on(last_day + 2 * DAY)

    assert not is_live(published)
    assert client.get(published.url).status_code == 404
    messages = Message.objects.filter(purpose="case_study_taken_off")
    assert {message.recipient for message in messages} == {
        "editor@example.org",
        "editor2@example.org",
    }
    assert messages.count() == 2
    entry = PageLogEntry.objects.filter(page=published.pk).latest("pk")
    assert entry.action == "casestudies.take_off"
    client.force_login(person("editor"))
    history = client.get(reverse("wagtailadmin_pages:history", args=[published.pk]))
    assert "Taken off: a permission for it is over or withdrawn" in history.content.decode()
    assert published.revisions.exists()
    assert Permission.objects.count() == 1


def test_withdrawing_takes_the_page_off_at_once(published, person):
    services.withdraw_permission(
        permission=published.permissions.get(),
        why="Sam rang",
        by=person("editor2"),
        now=timezone.now(),
    )

    assert not is_live(published)
    assert Message.objects.filter(purpose="case_study_taken_off").count() == 2
    with pytest.raises(services.WithdrawnBefore):
        services.withdraw_permission(
            permission=published.permissions.get(),
            why="Again",
            by=person("editor2"),
            now=timezone.now(),
        )


def test_a_page_with_another_permission_stays(published, permit, person):
    permit()

    services.withdraw_permission(
        permission=published.permissions.earliest("pk"),
        why="Sam rang",
        by=person("editor2"),
        now=timezone.now(),
    )

    assert is_live(published)


def test_a_picture_nobody_agrees_to_any_more_takes_its_page_off(
    published, permit, photo, work_on, today
):
    CaseStudyPage.objects.filter(pk=published.pk).update(image=photo)
    permit(covers_words=False, picture=photo, until=today + 9 * DAY)

    work_on(today + 9 * DAY)
    assert is_live(published)
    work_on(today + 10 * DAY)

    assert not is_live(published)


def test_examples_and_published_sources_stay(home, work_on, today):
    live = set(CaseStudyPage.objects.live().values_list("pk", flat=True))

    work_on(today + 9_999 * DAY)

    assert set(CaseStudyPage.objects.live().values_list("pk", flat=True)) == live


def test_the_worker_knows_of_it():
    ours = {name for name, task in schedule._tasks.items() if task.run.__module__ == tasks.__name__}

    assert ours == {
        *("agreed", "lapsing", "forget_agreed", "forget_stories"),
        *("reviews", "held_back"),
    }


# -- One that fails -------------------------------------------------------------------------------


def failing_for(pk, real):
    """As the real one, but it fails for one page, with words that nobody may log."""

    def people_of(page):
        if page.pk == pk:
            raise IntegrityError("Key (person)=(Sam Okafor)")
        return real(page)

    return people_of


def due_to_warn(pages, permit):
    for page in pages:
        permit(case_study=page, until=timezone.localdate() + 10 * DAY)


def due_to_review(pages, permit):
    CaseStudyPage.objects.live().exclude(pk__in=pages).update(
        review_on=timezone.localdate() + 999 * DAY
    )
    pages.update(review_on=timezone.localdate() + 5 * DAY)


def due_to_go_live(pages, permit):
    for page in pages:
        page.is_example, page.basis = False, Basis.APPROVAL  # so that it needs a sign-off
        revision = page.save_revision(clean=False)
        revision.approved_go_live_at = timezone.now() - DAY
        revision.save()


@pytest.mark.parametrize(
    ("module", "task", "purpose", "prepare"),
    [
        (lapsing, tasks.warn, "permission_lapsing", due_to_warn),
        (reviewing, tasks.remind_of_reviews, "review_due", due_to_review),
        (held_back, tasks.tell_of_held_back, "schedule_held_back", due_to_go_live),
    ],
)
def test_one_that_fails_stops_no_other_and_is_logged_without_its_words(
    home, permit, monkeypatch, caplog, module, task, purpose, prepare
):
    pks = list(CaseStudyPage.objects.live().order_by("pk").values_list("pk", flat=True)[:2])
    prepare(CaseStudyPage.objects.filter(pk__in=pks).order_by("pk"), permit)
    monkeypatch.setattr(module, "people_of", failing_for(pks[0], module.people_of))

    task(timezone.now())

    mails = Message.objects.filter(purpose=purpose)
    assert mails.exists()
    title = CaseStudyPage.objects.get(pk=pks[1]).title
    assert all(title in mail.subject + mail.body for mail in mails)
    [record] = [one for one in caplog.records if "failed" in one.getMessage()]
    assert record.getMessage().endswith("failed: IntegrityError")
    assert record.exc_info is None
    assert "Okafor" not in caplog.text


def test_a_task_that_fails_keeps_none_of_the_others(published, last_day, monkeypatch):
    def fail(**_):
        raise IntegrityError

    monkeypatch.setattr(services, "take_off_all", fail)
    ours = {name: schedule._tasks[name] for name in ("agreed", "lapsing")}
    monkeypatch.setattr(schedule, "_tasks", ours)
    noon = timezone.now() + (last_day - timezone.localdate() - 10 * DAY)

    assert schedule.run_due(noon) == ["lapsing"]

    assert warnings().exists()
