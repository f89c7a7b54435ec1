"""A case study goes live only when everybody agreed who must, whichever way it is published."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Revision

from casestudies import digests, publishing, services
from casestudies.models import CaseStudyPage, Review, SignOff
from core import schedule
from core.models import NotWhole
from outbox.models import Message
from tests.casestudies.editing import form_of, is_live

HOUR = timedelta(hours=1)
PATHS = ["editor", "bulk", "workflow", "schedule", "shell", "action"]


def fresh(page):
    return CaseStudyPage.objects.get(pk=page.pk)


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


# -- Every way of publishing: what it said ---------------------------------------------------------


def by_editor(client, page, user, monkeypatch):
    client.force_login(user)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.post(address, form_of(page, **{"action-publish": "1"}))
    assert response.status_code in (200, 302)
    return said(response) + response.content.decode()


def by_bulk(client, page, user, monkeypatch):
    client.force_login(user)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = client.post(f"{address}?id={page.pk}&next=/admin/")
    assert response.status_code == 302
    return said(response)


def by_workflow(client, page, user, monkeypatch):
    page.get_workflow().start(page, page.get_latest_revision().user)
    client.force_login(user)
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    response = client.post(address, {"comment": ""})
    assert response.status_code == 302
    return said(response)


def by_schedule(client, page, user, monkeypatch):
    """As it was scheduled when nothing was asked; whoever looked at it then is not known."""
    now = timezone.now()
    revision = page.get_latest_revision()
    revision.approved_go_live_at = now - HOUR
    revision.save()
    if user != revision.user:
        Review.objects.create(
            case_study=page, digest=digests.of_content(revision), reviewer=user, at=now
        )
    tasks = {name: schedule._tasks[name] for name in ("publish_scheduled", "held_back")}
    monkeypatch.setattr(schedule, "_tasks", tasks)
    assert schedule.run_due(now) == ["publish_scheduled", "held_back"]
    return " ".join(
        " ".join(message.body.split())
        for message in Message.objects.filter(purpose="schedule_held_back")
    )


def by_shell(client, page, user, monkeypatch):
    try:
        page.get_latest_revision().publish(user=user)
    except NotWhole as refused:
        return str(refused)
    return ""


def by_action(client, page, user, monkeypatch):
    """As Wagtail's own screens do it, but past what they ask before: the last line of defence."""
    try:
        PublishPageRevisionAction(page.get_latest_revision(), user=user).execute()
    except NotWhole as refused:
        return str(refused)
    return ""


WAYS = {
    "editor": by_editor,
    "bulk": by_bulk,
    "workflow": by_workflow,
    "schedule": by_schedule,
    "shell": by_shell,
    "action": by_action,
}


@pytest.fixture
def publish(client, person, monkeypatch):
    """Publish the latest draft in one of the ways, as the second editor; the words that come."""

    def publish(page, path="shell", name="editor2"):
        return WAYS[path](client, fresh(page), person(name), monkeypatch)

    return publish


@pytest.fixture
def change(story, person):
    """A later draft of the story, by the first editor."""

    def change(**fields):
        draft = fresh(story).get_latest_revision_as_object()
        for name, value in fields.items():
            setattr(draft, name, value)
        return draft.save_revision(user=person("editor"), clean=False)

    return change


# -- What can be missing: how, and what is said ---------------------------------------------------


@pytest.fixture
def lack(story, ask, agree, change, photo):
    """Have one thing missing, and everything else in order."""
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)

    def over():
        agree()
        story.permissions.update(given_on=yesterday, until=yesterday)

    def withdrawn():
        agree()
        services.withdraw_permission(
            permission=story.permissions.get(),
            why="Sam rang",
            by=story.story_owner,
            now=timezone.now(),
        )

    def photo_withdrawn():
        change(image=photo, image_alt="The team")
        agree(picture=True)
        services.withdraw_permission(
            permission=story.permissions.for_picture(photo).get(),
            why="Priya left",
            by=story.story_owner,
            now=timezone.now(),
        )

    def with_photo():
        change(image=photo, image_alt="The team")
        agree()

    def not_described():
        change(image_alt="", image_is_decorative=False)
        agree()

    def not_hard():
        change(what_was_hard="")
        agree()

    def without_source():
        change(basis="published-source", source_title="A report", source_on=today)
        draft = fresh(story).get_latest_revision_as_object()
        for block in draft.results:
            block.value["source"] = ""
        draft.save_revision(user=story.story_owner, clean=False)

    def commented():
        services.comment(sign_off=ask(), text="Not 12 but 11", now=timezone.now())

    def changed():
        agree()
        change(summary="They asked twice as many.")

    return {
        "nobody was asked": (lambda: None, publishing.NOT_APPROVED),
        "no answer yet": (ask, publishing.NOT_APPROVED),
        "only comments": (commented, publishing.NOT_APPROVED),
        "the words changed": (changed, publishing.CHANGED_SINCE),
        "the permission is over": (over, publishing.NO_PERMISSION),
        "the permission is withdrawn": (withdrawn, publishing.NO_PERMISSION),
        "nobody agreed to the picture": (with_photo, publishing.NO_PICTURE),
        "the picture is withdrawn": (photo_withdrawn, publishing.NO_PICTURE),
        "the picture is not described": (not_described, "Enter what the picture shows"),
        "it was not hard": (not_hard, "Enter what was hard"),
        "a figure has no source": (without_source, "Enter the source of each figure"),
    }


MISSING = [
    *("nobody was asked", "no answer yet", "only comments", "the words changed"),
    *("the permission is over", "the permission is withdrawn", "nobody agreed to the picture"),
    *("the picture is withdrawn", "the picture is not described", "it was not hard"),
    "a figure has no source",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("missing", MISSING)
def test_what_is_missing_is_said_and_nothing_goes_live(story, lack, publish, missing, path):
    prepare, words = lack[missing]
    prepare()

    answer = publish(story, path)

    assert not is_live(story)
    assert words in answer.replace("&#x27;", "'")


@pytest.mark.parametrize("path", PATHS)
def test_the_last_author_alone_publishes_in_no_way(story, agree, publish, path):
    agree()

    answer = publish(story, path, "editor")

    assert not is_live(story)
    assert publishing.NEEDS_ANOTHER in answer


@pytest.mark.parametrize("path", [path for path in PATHS if path != "action"])
def test_what_everybody_agreed_to_goes_live(story, agree, publish, path):
    agree()

    publish(story, path)

    assert is_live(story)
    assert not Message.objects.filter(purpose="schedule_held_back").exists()


def test_the_lack_of_a_picture_is_no_lack(story, change, agree, publish):
    change(image=None)
    agree()

    publish(story)

    assert is_live(story)


@pytest.fixture
def pictured(change, photo):
    """The photo that needs permission, once it is in the latest draft."""
    change(image=photo, image_alt="The team")
    return photo


def test_a_picture_is_shown_with_permission_for_it(story, pictured, agree, publish):
    agree(picture=True)

    publish(story)

    assert is_live(story)
    assert story.permissions.for_picture(pictured).get().person == "Sam Okafor"


def test_permission_for_a_picture_of_another_story_is_none(story, pictured, agree, permit, publish):
    agree()
    other = CaseStudyPage.objects.exclude(pk=story.pk).first()
    permit(case_study=other, covers_words=False, picture=pictured)

    assert publishing.NO_PICTURE in publish(story)

    permit(case_study=None, covers_words=False, picture=pictured)  # for any story
    publish(story)
    assert is_live(story)


# -- What asks again, and what does not ------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "13 mentors"},
        {"summary": "Another summary."},
        {"employer_name": "Fanlight"},
        {"challenge": "<p>Another problem.</p>"},
        {"what_was_hard": "<p>Nothing.</p>"},
        {"advice": "<p>Do it.</p>"},
        {"time_given": "9 hours a month"},
        {"image_alt": "A drawing"},
        {"image": None},
        {"results": []},
        {"quotes": []},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_changed_word_needs_a_new_approval(story, agree, change, changes):
    agree()
    approved = digests.of_words(fresh(story).get_latest_revision_as_object())

    change(**changes)

    assert digests.of_words(fresh(story).get_latest_revision_as_object()) != approved


def test_what_the_public_does_not_read_needs_no_new_approval(story, agree, change, publish, person):
    agree()
    change(
        staff_notes="Ring Sam",
        seo_title="Mentors at Fanlight",
        search_description="Mentors",
        review_on=timezone.localdate() + timedelta(days=9),
        story_owner=person("editor2"),
    )

    publish(story)

    assert is_live(story)


def test_saving_the_same_again_changes_nothing(client, story, agree, person, publish):
    agree()
    client.force_login(person("editor2"))
    for _ in range(2):
        client.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form_of(story))

    publish(story, "editor")

    assert is_live(story)


# -- The second pair of eyes ----------------------------------------------------------------------


def test_whoever_changed_a_word_is_its_last_author(story, agree, change, publish, person):
    change(summary="Another summary.")
    draft = fresh(story).get_latest_revision_as_object()
    draft.summary = "A better summary."
    draft.save_revision(user=person("editor2"))
    agree()

    assert publishing.NEEDS_ANOTHER in publish(story, "shell", "editor2")
    publish(story, "shell", "editor")

    assert is_live(story)


def test_nobody_is_no_second_person(story, agree):
    agree()

    with pytest.raises(NotWhole, match="Somebody other"):
        fresh(story).get_latest_revision().publish()

    assert not is_live(story)


@pytest.mark.parametrize("basis", ["published-source", "employer-approval"])
def test_examples_and_published_sources_need_a_second_person_too(home, publish, person, basis):
    study = CaseStudyPage.objects.filter(basis=basis).newest_first().first()
    study.title = "A new title"
    study.save_revision(user=person("editor"))

    assert publishing.NEEDS_ANOTHER in publish(study, "shell", "editor")
    publish(study, "shell", "editor2")

    assert fresh(study).title == "A new title"


def test_a_live_page_keeps_what_was_agreed_while_a_change_waits(story, agree, change, publish):
    agree()
    publish(story)
    change(title="Not agreed")

    for path in PATHS:
        publish(story, path)

    after = fresh(story)
    assert after.live
    assert after.title != "Not agreed"


def test_who_looked_at_it_stands_in_a_row(story, agree, publish, person):
    agree()

    publish(story)

    review = Review.objects.filter(case_study=story).latest("pk")
    assert (review.author, review.reviewer) == (person("editor"), person("editor2"))


def save_over(client, page, revision, **changes):
    """As the editing screen saves by itself, into the version that it saved before."""
    form = form_of(page, overwrite_revision_id=revision.pk, **changes)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, form, headers={"accept": "application/json"})


def approve_in_workflow(page, person):
    page.get_workflow().start(page, person("editor"))
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, person("editor2"), "approve")


def test_what_somebody_approved_is_not_written_over_with_other_words(
    client, story, agree, permit, person
):
    agree()
    approved = fresh(story).get_latest_revision()
    words = digests.of_content(approved)
    approve_in_workflow(fresh(story), person)
    assert is_live(story)
    client.force_login(person("editor"))

    answer = save_over(client, fresh(story), approved, staff_notes="Never seen by anybody else")

    later = fresh(story).get_latest_revision()
    assert answer.json()["revision_id"] == later.pk != approved.pk
    approved.refresh_from_db()
    assert digests.of_content(approved) == words
    by_bulk(client, fresh(story), person("editor"), None)
    assert fresh(story).live_revision == approved
    assert not Review.objects.of_content(story, digests.of_content(later)).exists()


@pytest.mark.parametrize("by", ["somebody to approve it", "the employer", "the public"])
def test_a_version_that_somebody_relies_on_stays_as_it_is(client, story, ask, agree, person, by):
    revision = fresh(story).get_latest_revision()
    if by == "somebody to approve it":
        fresh(story).get_workflow().start(fresh(story), person("editor"))
    elif by == "the employer":
        ask()
    else:
        agree()
        SignOff.objects.update(revision=None)
        revision.publish(user=person("editor2"))
    words = revision.content["summary"]
    client.force_login(person("editor"))

    first = save_over(client, story, revision, summary="Other words.").json()
    assert first["success"], first
    new = Revision.objects.get(pk=first["revision_id"])
    second = save_over(client, story, new, summary="Words again.").json()

    assert Revision.objects.get(pk=revision.pk).content["summary"] == words
    assert new.pk != revision.pk
    assert second["revision_id"] == new.pk  # on which nobody relies
    assert Revision.objects.get(pk=new.pk).content["summary"] == "Words again."


def test_a_version_that_is_scheduled_stays_as_it_is(story, person):
    revision = fresh(story).get_latest_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() + HOUR)

    new = fresh(story).save_revision(user=person("editor"), overwrite_revision=revision)

    assert new.pk != revision.pk
    assert Revision.objects.get(pk=revision.pk).approved_go_live_at


def test_a_version_that_is_not_the_latest_is_still_not_written_over(client, story, ask, person):
    asked = ask().revision
    fresh(story).save_revision(user=person("editor"))
    before = story.revisions.count()
    client.force_login(person("editor"))

    answer = save_over(client, story, asked, summary="Other words.")

    assert not answer.json()["success"]
    assert story.revisions.count() == before


def test_an_approval_from_before_the_words_were_written_over_is_none(story, agree, publish, person):
    agree()
    revision = fresh(story).get_latest_revision()
    fresh(story).get_workflow().start(fresh(story), person("editor"))
    later = timezone.now() + HOUR
    revision.task_states.update(
        status="approved", finished_by=person("editor2"), finished_at=timezone.now()
    )
    assert not publishing.check(
        page=story, revision=revision, by=person("editor"), now=timezone.now()
    )

    revision.content["staff_notes"] = "Other words"
    revision.created_at = later  # as Wagtail does it
    revision.save()

    assert publishing.NEEDS_ANOTHER in publish(story, "shell", "editor")


# -- Going back, coming back, copies --------------------------------------------------------------


def test_an_older_version_is_agreed_to_again_before_it_comes_back(
    story, agree, change, publish, person
):
    agree()
    publish(story)
    title = fresh(story).title
    old = fresh(story).live_revision
    change(title="A newer title")
    agree()
    publish(story)
    assert fresh(story).title == "A newer title"

    draft = old.as_object()
    draft.save_revision(user=person("editor"), previous_revision=old)
    publish(story, "editor", "editor")

    assert fresh(story).title == "A newer title"
    agree()
    publish(story, "editor", "editor2")
    assert fresh(story).title == title


def test_an_older_version_that_nobody_agreed_to_is_not_reverted_to(story, agree, change, publish):
    old = change(title="Never agreed")
    change(title="12 mentors")
    agree()
    publish(story)

    with pytest.raises(NotWhole):
        Revision.objects.get(pk=old.pk).publish()

    assert fresh(story).title == "12 mentors"


def test_it_is_published_again_while_it_is_agreed_to(story, agree, publish):
    agree()
    publish(story)
    fresh(story).unpublish()

    publish(story, "bulk", "editor")

    assert is_live(story)


def test_it_is_not_published_again_when_nobody_agrees_any_more(story, agree, publish, person):
    agree()
    publish(story)
    services.withdraw_permission(
        permission=story.permissions.get(), why="Sam rang", by=person("editor"), now=timezone.now()
    )
    assert not is_live(story)

    for path in PATHS:
        publish(story, path)
        assert not is_live(story), path

    agree()
    publish(story)
    assert is_live(story)


@pytest.mark.parametrize("way", ["screen", "shell", "with the pages above"])
def test_a_copy_is_a_draft(story, agree, publish, sign_in, way):
    agree()
    publish(story)
    before = set(CaseStudyPage.objects.values_list("pk", flat=True))
    page = fresh(story)
    if way == "screen":
        response = sign_in("editor2").post(
            reverse("wagtailadmin_pages:copy", args=[page.pk]),
            {
                "new_title": "A copy",
                "new_slug": "a-copy",
                "new_parent_page": page.get_parent().pk,
                "publish_copies": "on",
            },
        )
        assert "Copies of case studies are drafts" in said(response)
    elif way == "shell":
        page.copy(update_attrs={"slug": "a-copy"}, keep_live=True)
    else:
        page.get_parent().specific.copy(
            recursive=True, update_attrs={"slug": "copies"}, keep_live=True
        )

    copies = CaseStudyPage.objects.exclude(pk__in=before)
    assert copies.exists()
    assert not copies.filter(live=True).exists()
    one = copies.get(title__in=["A copy", page.title])
    assert publishing.NOT_APPROVED in publish(one)


def test_an_alias_is_refused_in_words(client, story, agree, publish, person):
    agree()
    publish(story)
    client.force_login(person("editor2"))
    before = CaseStudyPage.objects.count()

    response = client.post(
        reverse("wagtailadmin_pages:copy", args=[story.pk]),
        {
            "new_title": "Again",
            "new_slug": "again",
            "new_parent_page": story.get_parent().pk,
            "alias": "on",
        },
    )

    assert "A case study has one page" in said(response)
    assert CaseStudyPage.objects.count() == before


def test_an_alias_made_otherwise_leaves_with_its_original_and_does_not_become_a_page(
    client, story, agree, publish, person
):
    agree()
    publish(story)
    alias = fresh(story).create_alias(update_slug="again")
    client.force_login(person("editor2"))

    response = client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))

    assert response.status_code == 302
    assert not CaseStudyPage.objects.filter(pk=alias.pk, alias_of=None, live=True).exists()
    services.withdraw_permission(
        permission=story.permissions.get(), why="Sam rang", by=person("editor"), now=timezone.now()
    )
    assert not is_live(story)
    assert not is_live(alias)


def test_a_draft_that_is_moved_stays_a_draft(story, home):
    fresh(story).move(home, pos="last-child")

    assert not is_live(story)


def test_a_page_that_is_saved_as_live_goes_live_in_no_other_way(story):
    page = fresh(story)
    page.live = True

    with pytest.raises(NotWhole):
        page.save()

    assert not is_live(story)


def test_a_new_page_that_its_author_publishes_is_saved_as_a_draft(client, story, person):
    client.force_login(person("editor"))
    address = reverse(
        "wagtailadmin_pages:add", args=["casestudies", "casestudypage", story.get_parent().pk]
    )
    form = form_of(story, title="A new story", slug="a-new-story", **{"action-publish": "1"})
    form = {
        name: "" if name.startswith("did-") and name.endswith("-id") else value
        for name, value in form.items()
    } | {"did-INITIAL_FORMS": "0"}

    response = client.post(address, form)

    assert response.status_code == 302
    assert publishing.NOT_APPROVED in said(response)
    new = CaseStudyPage.objects.get(slug="a-new-story")
    assert not new.live
    assert new.summary == story.get_latest_revision_as_object().summary


def test_a_draft_is_saved_and_sent_to_the_second_person_without_anybody_agreeing(
    client, story, person
):
    client.force_login(person("editor"))
    address = reverse("wagtailadmin_pages:edit", args=[story.pk])

    response = client.post(address, form_of(story, title="Ready", **{"action-submit": "1"}))

    assert response.status_code == 302
    assert fresh(story).workflow_in_progress
    assert fresh(story).get_latest_revision_as_object().title == "Ready"


# -- Schedules ------------------------------------------------------------------------------------


def test_what_another_person_scheduled_goes_live_by_itself(
    story, agree, change, publish, monkeypatch
):
    now = timezone.now()
    change(go_live_at=now + HOUR)
    agree()
    publish(story)
    assert not is_live(story)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + 2 * HOUR)
    tasks = {"publish_scheduled": schedule._tasks["publish_scheduled"]}
    monkeypatch.setattr(schedule, "_tasks", tasks)

    schedule.run_due(now + 2 * HOUR)

    assert is_live(story)


def test_the_author_schedules_nothing_alone(story, agree, change, publish):
    change(go_live_at=timezone.now() + HOUR)
    agree()

    for path in ("editor", "shell", "workflow", "bulk"):
        assert publishing.NEEDS_ANOTHER in publish(story, path, "editor")

    assert not fresh(story).revisions.filter(approved_go_live_at__isnull=False).exists()


def test_a_schedule_that_is_held_back_is_told_once_and_stops_no_other(
    story, publish, home, monkeypatch
):
    publish(story, "schedule", "editor")

    services.tell_of_held_back(now=timezone.now())

    assert not is_live(story)
    message = Message.objects.get(purpose="schedule_held_back")
    assert message.recipient == "editor@example.org"


# -- Bulk -----------------------------------------------------------------------------------------


def test_of_several_pages_none_is_published_if_one_must_not_be(client, story, agree, person):
    other = CaseStudyPage.objects.exclude(pk=story.pk).live().first()
    other.unpublish()
    client.force_login(person("editor2"))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    response = client.post(f"{address}?id={other.pk}&id={story.pk}&next=/admin/")
    below = client.post(
        f"{address}?id={story.get_parent().pk}&next=/admin/", {"include_descendants": "on"}
    )

    assert "Nothing was published." in said(response)
    assert publishing.NOT_APPROVED in said(below)
    assert not is_live(other)
    assert not is_live(story)
