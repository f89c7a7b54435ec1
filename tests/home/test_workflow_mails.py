"""What editors are mailed about approvals: in plain words, with the way to what it is about."""

import pytest
from django.core import mail
from wagtail.models import TaskState

from casestudies.models import CaseStudyPage

JARGON = ("moderation", "workflow", "stage", "rejected", "submitted")


@pytest.fixture
def page(home, person):
    page = CaseStudyPage.objects.filter(is_example=True).order_by("pk").first()
    page.unpublish()
    page.title = "Salt & pepper"
    page.save_revision(user=person("editor"))
    page.get_workflow().start(page, person("editor"))
    return CaseStudyPage.objects.get(pk=page.pk)


def told(name):
    return [one for one in mail.outbox if one.to == [f"{name}@example.org"]][-1]


def decide(page, user, action, **more):
    state: TaskState = page.current_workflow_task_state
    page.current_workflow_task.on_action(state, user, action, **more)


def test_who_may_approve_is_told_what_waits(page):
    sent = told("editor2")

    assert sent.subject == "Salt & pepper waits for your approval"
    assert f"/admin/pages/{page.pk}/edit/" in sent.body


def test_who_wrote_it_is_told_that_it_was_approved_and_where_it_is(page, person):
    decide(page, person("editor2"), "approve")
    sent = told("editor")

    assert sent.subject == "Salt & pepper was approved"
    assert page.full_url in sent.body


def test_who_wrote_it_is_told_what_is_to_be_changed(page, person):
    decide(page, person("editor2"), "reject", comment="Which school?")
    sent = told("editor")

    assert sent.subject == "Salt & pepper: changes wanted"
    assert "Which school?" in sent.body
    assert f"/admin/pages/{page.pk}/edit/" in sent.body


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_no_such_mail_speaks_of_stages(page, person, action):
    decide(page, person("editor2"), action)

    said = " ".join(f"{one.subject} {one.body}" for one in mail.outbox).lower()
    assert not [word for word in JARGON if word in said]
