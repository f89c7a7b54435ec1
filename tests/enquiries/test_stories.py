"""Asking an employer for their story, from an outcome."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from casestudies.models import StoryRequest
from enquiries import services
from enquiries.models import Enquiry
from outbox.models import Message


@pytest.fixture
def by(person):
    return person("desk")


@pytest.fixture
def close(by):
    def close(enquiry, outcome="placed", count=2):
        interest = enquiry.interests.get()
        services.close(interest=interest, outcome=outcome, count=count, by=by, now=timezone.now())
        interest.refresh_from_db()
        return interest

    return close


@pytest.fixture
def interest(make_enquiry, close):
    return close(make_enquiry(offers=["hire-flexibly"]))


def words(response):
    return " ".join(strip_tags(response.content.decode()).split())


def address(interest):
    return reverse("enquiries:story", args=[interest.pk])


def test_the_desk_asks_once_and_says_who_writes_it(sign_in, person, interest):
    client = sign_in("desk")
    enquiry = interest.enquiry
    screen = client.get(reverse("enquiries:inspect", args=[enquiry.pk]))
    assert address(interest) in screen.content.decode()

    given = {"editor": person("editor2").pk, "text": "They were proud of it"}
    for _ in range(2):
        response = client.post(address(interest), given)
        assert response.status_code == 302

    story = StoryRequest.objects.get()
    interest.refresh_from_db()
    assert interest.story == story
    assert (story.organisation, story.person, story.sent_to) == (
        enquiry.organisation,
        enquiry.name,
        enquiry.email,
    )
    assert (story.asked_by, story.note) == (person("editor2"), "They were proud of it")
    assert list(story.offers.values_list("slug", flat=True)) == ["hire-flexibly"]
    mail = Message.objects.get(purpose="story_asked")
    assert mail.recipient == enquiry.email
    assert "They were proud of it" not in mail.body
    entry = enquiry.timeline.get(kind="story_asked")
    assert (entry.actor, entry.message) == (person("desk"), mail)
    after = words(client.get(reverse("enquiries:inspect", args=[enquiry.pk])))
    assert "Asked for their story on" in after
    tracked = words(client.get(reverse("track", args=[enquiry.track_token])))
    assert "A question whether you tell us how it went" in tracked
    assert "They were proud of it" not in tracked


def test_nobody_in_particular_may_write_it(sign_in, interest):
    sign_in("desk").post(address(interest), {"editor": "", "text": ""})

    assert StoryRequest.objects.get().asked_by is None


@pytest.mark.parametrize("editor", ["desk", "partner"])
def test_only_an_editor_can_be_chosen(sign_in, person, interest, editor):
    response = sign_in("desk").post(address(interest), {"editor": person(editor).pk})

    assert response.status_code == 422
    assert "Select an editor" in words(response)
    assert not StoryRequest.objects.exists()


@pytest.mark.parametrize("outcome", ["not_suitable", "no_answer", "other"])
def test_what_did_not_go_well_is_no_story(sign_in, make_enquiry, close, outcome):
    interest = close(make_enquiry(offers=["hire-flexibly"]), outcome=outcome, count=None)
    client = sign_in("desk")

    screen = client.get(reverse("enquiries:inspect", args=[interest.enquiry_id]))
    response = client.post(address(interest))

    assert address(interest) not in screen.content.decode()
    assert response.status_code == 409
    assert "nothing to tell others of" in words(response)
    assert not StoryRequest.objects.exists()


def test_without_an_address_nobody_is_asked(sign_in, interest):
    enquiry = interest.enquiry
    enquiry.email = ""
    enquiry.save()

    response = sign_in("desk").post(address(interest))

    assert response.status_code == 409
    assert "They gave no email address" in words(response)


def test_what_is_still_open_is_no_story(sign_in, make_enquiry):
    interest = make_enquiry(offers=["hire-flexibly"]).interests.get()

    assert sign_in("desk").post(address(interest)).status_code == 409
    assert not StoryRequest.objects.exists()


def test_an_anonymised_enquiry_keeps_no_word_of_it(interest, by, person):
    services.ask_for_story(
        interest=interest, editor=None, by=by, text="Marmalade", now=timezone.now()
    )

    services.erase(enquiry=interest.enquiry, by=by, now=timezone.now())

    assert not interest.enquiry.timeline.filter(text__contains="Marmalade").exists()
    assert Message.objects.get(purpose="story_asked").recipient == ""


def test_an_enquiry_that_names_nobody_leads_to_no_story_that_does(interest, by):
    before = interest.enquiry.anonymise_on
    later = timezone.now() + timedelta(days=30)
    services.ask_for_story(interest=interest, editor=None, by=by, now=later)
    enquiry = Enquiry.objects.get(pk=interest.enquiry_id)
    assert enquiry.anonymise_on > before  # we wrote to them
    Message.objects.update(state="sent", settled_at=later)

    services.anonymise(enquiry=enquiry, now=later)

    interest.refresh_from_db()
    assert interest.story is None
    assert StoryRequest.objects.get().organisation
