"""An employer reads the exact draft behind a link, and approves it or comments, once."""

import re
import uuid
from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casestudies import digests, services
from casestudies.clock import months_after
from casestudies.models import CaseStudyPage, Permission, SignOff
from core.tokens import make_token
from core.working_days import LONDON
from outbox.models import Message
from tests.casestudies.editing import is_live
from tests.hostile import CORPUS

DAY = timedelta(days=1)
YES = {
    "answer": "approved",
    "person": "Sam Okafor",
    "role": "Owner",
    "months": "24",
    "speaks_for": "on",
}
NO = {"answer": "comment", "comment": "We had 11 mentors, not 12."}


def at(sign_off):
    return reverse("sign_off", args=[sign_off.token])


def read(response):
    return BeautifulSoup(response.content, "html.parser")


def words(response):
    return " ".join(read(response).get_text(" ").split())


def everything():
    """All that answering could change."""
    return (
        list(SignOff.objects.order_by("pk").values()),
        list(Permission.objects.order_by("pk").values()),
        Message.objects.count(),
    )


# -- Asking ---------------------------------------------------------------------------------------


def test_the_employer_gets_a_link_to_the_latest_draft(ask, story, person, client):
    sign_off = ask(note="Is 12 right?")

    message = Message.objects.get(purpose="sign_off_asked")
    assert (message.recipient, message.reply_to) == ("sam@example.com", "editor@example.org")
    assert "Hello Sam Okafor" in message.body
    assert "Is 12 right?" in message.body
    [path] = re.findall(r"http://[^/\s]+(/sign-off/\S+)", message.body)
    assert client.get(path).status_code == 200
    assert "sam" not in path.lower()
    assert sign_off.revision == story.get_latest_revision()


def test_the_form_knows_whom_to_ask_and_what_publishing_will_miss(ask, story, sign_in):
    address = reverse("ask_for_sign_off", args=[story.pk])
    story.summary = ""
    story.save_revision(clean=False)

    page = sign_in("editor").get(address)
    assert "cannot be published yet" in words(page)
    assert "Summary: Enter a summary." in words(page)
    assert page.context["form"]["to"].value() is None
    ask(to="kim@example.com", contact="Kim")

    page = sign_in("editor").get(address)
    form = page.context["form"]
    assert (form["to"].value(), form["contact"].value()) == ("kim@example.com", "Kim")


@pytest.mark.parametrize("address", ["editor@example.org", "EDITOR2@Example.org"])
def test_nobody_of_the_cms_is_asked_in_place_of_the_employer(story, sign_in, address):
    data = {"key": str(uuid.uuid4()), "to": address, "contact": "Sam"}

    answer = sign_in("editor").post(reverse("ask_for_sign_off", args=[story.pk]), data)

    assert answer.status_code == 409
    assert "This address is of somebody who works on this website" in words(answer)
    assert address in answer.content.decode()
    assert not SignOff.objects.exists()


def test_a_story_is_looked_after_by_those_who_edit_case_studies(story, sign_in, person):
    address = reverse("wagtailadmin_pages:edit", args=[story.pk])

    owners = sign_in("editor").get(address).context["form"].fields["story_owner"].queryset

    assert {owner.email for owner in owners} == {
        "admin@example.org",
        "editor@example.org",
        "editor2@example.org",
    }
    CaseStudyPage.objects.filter(pk=story.pk).update(story_owner=person("desk"))
    owners = sign_in("editor").get(address).context["form"].fields["story_owner"].queryset
    assert not owners.filter(email="partner@example.org").exists()


def test_the_link_works_to_the_end_of_the_day_that_the_mail_names(ask, sign_in):
    asked = datetime(2026, 3, 2, 10, tzinfo=LONDON)  # the clocks change before it ends

    sign_off = ask(now=asked)

    assert sign_off.expires_at == datetime(2026, 5, 2, tzinfo=LONDON)
    message = Message.objects.get(purpose="sign_off_asked")
    for part in (message.body, message.body_html):
        assert "1 May 2026" in part
    shown = sign_in("editor").get(reverse("sign_offs:inspect", args=[sign_off.pk]))
    assert "1 May 2026" in shown.content.decode()


def test_the_same_form_sent_twice_asks_once(ask):
    key = uuid.uuid4()

    assert ask(key=key) == ask(key=key)

    assert Message.objects.filter(purpose="sign_off_asked").count() == 1


def test_the_key_of_another_page_is_another(ask):
    key = uuid.uuid4()
    first = ask(key=key)
    other = CaseStudyPage.objects.exclude(pk=first.case_study_id).first()
    draft = other.get_latest_revision_as_object()
    draft.is_example, draft.basis = False, "employer-approval"
    draft.save_revision(clean=False)

    assert ask(key=key, page=other) != first


def test_of_an_example_and_of_a_published_source_nobody_is_asked(ask, story, person):
    draft = story.get_latest_revision_as_object()
    draft.is_example = True
    draft.save_revision(user=person("editor"))
    with pytest.raises(services.CannotAsk, match="This is an example"):
        ask()

    draft.is_example, draft.basis = False, "published-source"
    draft.save_revision(user=person("editor"), clean=False)
    with pytest.raises(services.CannotAsk, match="The employer approved it"):
        ask()

    assert not SignOff.objects.exists()


def test_an_editor_asks_from_the_page(client, story, person):
    client.force_login(person("editor"))
    address = reverse("ask_for_sign_off", args=[story.pk])
    screen = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert address in screen
    page = read(client.get(address))
    key = page.find("input", {"name": "key"})["value"]
    filled = {"key": key, "to": "sam@example.com", "contact": "Sam", "note": "Is it right?"}

    responses = [client.post(address, filled) for _ in range(2)]

    assert {response.status_code for response in responses} == {302}
    assert SignOff.objects.get().note == "Is it right?"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"to": ""}, "Enter the employer’s email address"),
        ({"to": "sam"}, "Enter an email address in the correct format, like name@example.com"),
        ({"contact": "\x00"}, "Enter the name of the person at the employer"),
        ({"contact": "x" * 201}, "Name must be 200 characters or less"),
        ({"note": "x" * 100_000}, "Note must be 1,000 characters or less"),
        ({"key": "nonsense"}, "This form was not ours"),
    ],
)
def test_what_an_editor_gets_wrong_is_said_and_kept(client, story, person, changes, message):
    client.force_login(person("editor"))
    filled = {"to": "sam@example.com", "contact": "Sam", "note": "Keep this", **changes}

    response = client.post(reverse("ask_for_sign_off", args=[story.pk]), filled)

    assert response.status_code == 422
    if "key" not in changes:
        assert message in response.content.decode()
    assert "Keep this" in response.content.decode() or "note" in changes
    assert not SignOff.objects.exists()


def test_what_cannot_be_asked_is_said_on_the_form(client, story, person):
    draft = story.get_latest_revision_as_object()
    draft.is_example = True
    draft.save_revision(user=person("editor"))
    client.force_login(person("editor"))

    filled = {"to": "sam@example.com", "contact": "Sam", "note": "Keep this"}
    response = client.post(reverse("ask_for_sign_off", args=[story.pk]), filled)

    assert response.status_code == 409
    assert "there is no employer to ask" in response.content.decode()
    assert "Keep this" in response.content.decode()


# -- Reading --------------------------------------------------------------------------------------


def test_the_page_shows_exactly_the_version_asked_about(client, ask, story, person):
    sign_off = ask()
    later = story.get_latest_revision_as_object()
    later.title = "A later title"
    later.save_revision(user=person("editor"))

    response = client.get(at(sign_off))

    assert read(response).h1.get_text() == "Is your story right?"
    assert story.title in words(response)
    assert "A later title" not in words(response)
    assert response["Cache-Control"] == "private, no-store"
    assert read(response).find("meta", {"name": "robots"})["content"] == "noindex"


def test_the_page_promises_only_what_is_so(client, ask):
    shown = words(client.get(at(ask())))

    assert "It is not published until you approve it." in shown
    assert "Nobody else sees it" not in shown  # a secret preview may show it


def test_staff_notes_are_not_shown(client, ask, story, person):
    draft = story.get_latest_revision_as_object()
    draft.staff_notes = "Sam is on leave in May"
    draft.save_revision(user=person("editor"))

    assert "on leave" not in client.get(at(ask())).content.decode()


def test_reading_ten_times_changes_nothing(client, ask):
    address = at(ask())
    before = everything()

    for _ in range(10):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200

    assert everything() == before


def test_two_hundred_wrong_links_get_one_answer(client, ask):
    now = timezone.now()
    sign_off = ask(now=now)
    good = sign_off.token
    flipped = [
        good[:place] + ("A" if good[place] != "A" else "B") + good[place + 1 :]
        for place in range(len(good))
    ]
    wrong = [
        *flipped,
        *(make_token("sign-off", uuid.uuid4(), 1) for _ in range(200 - len(flipped))),
        make_token("track", sign_off.uuid, sign_off.version),
        make_token("sign-off", sign_off.uuid, sign_off.version + 1),
        "x",
        "İ" * 200,
    ]
    before = everything()

    for method in ("get", "post"):
        answers = {
            (response.status_code, response.content)
            for token in wrong
            for response in [getattr(client, method)(f"/sign-off/{token}/", YES)]
        }
        assert [status for status, _ in answers] == [404]

    assert everything() == before


def test_a_link_ends_after_60_days(client, ask):
    long_ago = timezone.now() - 62 * DAY
    last_day = ask(now=long_ago + 2 * DAY)
    assert client.get(at(last_day)).status_code == 200

    over = ask(now=long_ago)

    assert client.get(at(over)).status_code == 404
    assert client.post(at(over), YES).status_code == 404
    assert not Permission.objects.exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client, ask, method):
    assert getattr(client, method)(at(ask())).status_code == 405


# -- Approving ------------------------------------------------------------------------------------


def test_approving_puts_the_permission_into_the_register(client, ask, story):
    sign_off = ask()
    address = at(sign_off)

    response = client.post(address, YES)

    assert (response.status_code, response["Location"]) == (303, address)
    sign_off.refresh_from_db()
    assert (sign_off.answer, sign_off.person, sign_off.role) == ("approved", "Sam Okafor", "Owner")
    assert sign_off.digest == digests.of_words(sign_off.revision.as_object())
    permission = Permission.objects.get()
    assert permission.case_study == story
    assert permission.organisation == "Fanlight Foods"
    assert (permission.covers_words, permission.picture) == (True, None)
    assert permission.until == months_after(timezone.localdate(), 24)
    assert permission.evidence.startswith("By the sign-off page on ")
    told = Message.objects.get(purpose="sign_off_approved")
    assert told.recipient == "editor@example.org"
    assert not is_live(story)  # that is for an editor to do
    assert "You approved the story" in words(client.get(at(sign_off)))


@pytest.mark.parametrize("is_agreed", [False, True])
def test_the_editor_reads_whether_they_agreed_to_the_picture(
    client, ask, story, person, photo, is_agreed
):
    story.image = photo
    story.save_revision(user=person("editor"))

    client.post(at(ask()), {**YES, "picture": "on"} if is_agreed else YES)

    told = Message.objects.get(purpose="sign_off_approved")
    for text in (told.body, told.body_html):
        assert ("and not the picture" in text) == (not is_agreed)
        assert ("can publish it now" in text) == is_agreed


@pytest.mark.parametrize("count", [2, 5])
def test_pressing_again_approves_once_and_lands_on_the_same_page(client, ask, count):
    address = at(ask())

    places = {client.post(address, YES)["Location"] for _ in range(count)}

    assert places == {address}
    assert Permission.objects.count() == 1
    assert Message.objects.filter(purpose="sign_off_approved").count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"person": ""}, "Enter your full name"),
        ({"person": "\x00\u200b"}, "Enter your full name"),
        ({"person": "x" * 100_000}, "Full name must be 200 characters or less"),
        ({"role": ""}, "Enter your role"),
        ({"months": ""}, "Select for how long we may show it"),
        ({"months": "1200"}, "Select for how long we may show it"),
        ({"speaks_for": ""}, "Tick to confirm that you may speak for your organisation"),
        ({"speaks_for": "<script>"}, "Tick to confirm that you may speak for your organisation"),
        ({"answer": "nonsense", "person": ""}, "Enter your full name"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_kept(client, ask, changes, message):
    response = client.post(at(ask()), {**YES, "role": "Head of <i>people</i>", **changes})

    assert response.status_code == 422
    page = read(response)
    assert message in page.select_one(".errors").get_text()
    assert page.title.get_text().startswith("Error: ")
    if "role" not in changes:
        assert page.find("input", {"name": "role"})["value"] == "Head of <i>people</i>"
    assert not Permission.objects.exists()


def test_every_error_leads_to_its_field(client, ask):
    page = read(client.post(at(ask()), {"answer": "approved"}))

    links = [link["href"].removeprefix("#") for link in page.select(".errors a")]
    assert len(links) == 4
    assert all(page.find(id=link) for link in links)


def test_the_picture_is_asked_about_only_if_somebody_must_agree(client, ask, story, person, photo):
    assert "picture may be shown" not in words(client.get(at(ask())))
    draft = story.get_latest_revision_as_object()
    draft.image, draft.image_alt = photo, "The team"
    draft.save_revision(user=person("editor"))
    sign_off = ask()
    assert "picture may be shown" in words(client.get(at(sign_off)))

    client.post(at(sign_off), {**YES, "picture": "on"})

    assert {permission.covers for permission in Permission.objects.all()} == {"words", "picture"}


def test_an_approved_version_stays_approved_when_somebody_comments_later(client, ask):
    sign_off = ask()
    client.post(at(sign_off), YES)

    response = client.post(at(sign_off), NO)

    assert response.status_code == 409
    assert "You approved the story" in words(response)
    assert SignOff.objects.get().answer == "approved"


def write_over(sign_off, **changes):
    """What nothing on the site does any more: other words in the version that was asked about."""
    revision = sign_off.revision
    revision.content |= changes
    revision.save()


def test_words_that_changed_after_we_asked_are_read_again_before_they_are_approved(
    client, ask, story
):
    sign_off = ask()
    address = at(sign_off)
    write_over(sign_off, summary="Words that nobody asked about.")

    answer = client.post(address, {**YES, "person": "Sam <i>Okafor</i>"})

    assert answer.status_code == 409
    assert "These words have changed since we asked you. Read them again" in words(answer)
    assert "Words that nobody asked about." in words(answer)
    page = read(answer)
    assert page.find("input", {"name": "person"})["value"] == "Sam <i>Okafor</i>"
    assert not Permission.objects.exists()

    shown = page.find("input", {"name": "read"})["value"]
    unfilled = client.post(address, {**YES, "read": shown, "person": ""})
    assert read(unfilled).find("input", {"name": "read"})["value"] == shown
    assert client.post(address, {**YES, "read": shown}).status_code == 303
    sign_off.refresh_from_db()
    assert sign_off.digest == digests.of_words(sign_off.revision.as_object())


def test_who_read_them_again_does_not_approve_words_that_changed_once_more(client, ask):
    sign_off = ask()
    write_over(sign_off, summary="Second words.")
    shown = read(client.post(at(sign_off), YES)).find("input", {"name": "read"})["value"]
    write_over(sign_off, summary="Third words.")

    answer = client.post(at(sign_off), {**YES, "read": shown})

    assert answer.status_code == 409
    assert "Third words." in words(answer)
    assert not Permission.objects.exists()


# -- Commenting -----------------------------------------------------------------------------------


def test_a_comment_reaches_whoever_asked_and_stands_in_the_list(client, ask, story, person):
    sign_off = ask()
    address = at(sign_off)

    response = client.post(address, NO)

    assert (response.status_code, response["Location"]) == (303, address)
    message = Message.objects.get(purpose="sign_off_commented")
    assert message.recipient == "editor@example.org"
    assert "We had 11 mentors, not 12." in message.body
    assert "We had 11 mentors, not 12." in words(client.get(at(sign_off)))
    assert not Permission.objects.exists()
    client.force_login(person("editor2"))
    rows = read(client.get(reverse("sign_offs:index"), {"status": "commented"})).get_text()
    assert story.title in rows
    shown = client.get(reverse("sign_offs:inspect", args=[sign_off.pk])).content.decode()
    assert "We had 11 mentors, not 12." in shown


def test_a_comment_sent_twice_is_one(client, ask):
    address = at(ask())

    assert {client.post(address, NO).status_code for _ in range(3)} == {303}

    assert Message.objects.filter(purpose="sign_off_commented").count() == 1


def test_after_a_comment_it_cannot_be_approved_until_it_is_asked_again(client, ask):
    sign_off = ask()
    client.post(at(sign_off), NO)

    assert client.post(at(sign_off), YES).status_code == 409

    assert not Permission.objects.exists()
    assert client.post(at(ask()), YES).status_code == 303


def test_a_comment_whose_asker_left_reaches_the_owner_or_every_editor(ask, story, person):
    User = type(person("editor"))
    leaver = User.objects.create_user("leaver@example.org", "x")
    sign_off = ask(by=leaver)
    leaver.is_active = False
    leaver.save()
    story.story_owner = person("editor2")
    story.save()

    services.comment(sign_off=sign_off, text="Not 12", now=timezone.now())

    message = Message.objects.get(purpose="sign_off_commented")
    assert message.recipient == "editor2@example.org"


def test_a_comment_that_is_missing_or_too_long_is_said(client, ask):
    sign_off = ask()

    for text, message in [
        ("", "Enter what should be different"),
        ("x" * 100_000, "What should be different must be 4,000 characters or less"),
    ]:
        response = client.post(at(sign_off), {**NO, "comment": text})
        assert response.status_code == 422
        assert message in words(response)


@pytest.mark.parametrize("name", ["person", "role", "comment", "months", "speaks_for", "answer"])
def test_no_text_breaks_it(ask, story, name):
    client = Client(raise_request_exception=False)
    address = at(ask())
    for text in CORPUS:
        answer = NO if name == "comment" else YES
        response = client.post(address, {**answer, name: text})
        assert response.status_code in (303, 422), (name, text)
        if response.status_code == 303:
            address = at(ask())
        assert b"<script>alert" not in response.content


def test_no_text_in_place_of_what_was_read_approves_anything(ask):
    client = Client(raise_request_exception=False)
    address = at(ask())
    for text in filter(None, CORPUS):
        response = client.post(address, {**YES, "read": text})
        assert response.status_code == 409, text
        assert b"<script>alert" not in response.content
    assert not Permission.objects.exists()


def test_no_number_breaks_the_screen_that_asks(sign_in, home):
    assert sign_in("editor").get(f"/admin/case-studies/{10**23}/ask/").status_code == 404


# -- Newer versions -------------------------------------------------------------------------------


def test_an_earlier_link_says_that_there_is_a_newer_version(client, ask):
    early, late = ask(), ask()

    for response, status in [
        (client.get(at(early)), 200),
        (client.post(at(early), YES), 409),
        (client.post(at(early), NO), 409),
    ]:
        assert response.status_code == status
        assert "There is a newer version" in words(response)
    assert not Permission.objects.exists()
    assert not Message.objects.filter(purpose="sign_off_commented").exists()
    assert "Is your story right?" in words(client.get(at(late)))


def test_asking_between_reading_and_pressing_wins(ask):
    early = ask()
    ask()

    with pytest.raises(services.NewerVersion):
        services.comment(sign_off=early, text="Not 12", now=timezone.now())


def test_a_version_that_was_cleared_away_cannot_be_approved(client, ask, story, person):
    sign_off = ask()
    later = story.get_latest_revision_as_object()
    later.title = "A later title"
    later.save_revision(user=person("editor"))
    sign_off.revision.delete()

    assert "There is a newer version" in words(client.get(at(sign_off)))
    assert client.post(at(sign_off), YES).status_code == 409


def test_what_was_approved_is_known_when_the_revision_is_gone(agree, story, person):
    agree()
    again = CaseStudyPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    copy = again.save_revision(user=person("editor"))
    SignOff.objects.get().revision.delete()

    copy.publish(user=person("editor2"))

    assert is_live(story)


# -- Whose is whose -------------------------------------------------------------------------------


def test_a_form_that_expired_keeps_what_was_typed(ask):
    client = Client(enforce_csrf_checks=True)
    address = at(ask())

    response = client.post(address, {**YES, "person": "Sam <b>Okafor</b>"})

    assert response.status_code == 403
    page = read(response)
    assert page.find("input", {"name": "person"})["value"] == "Sam <b>Okafor</b>"
    assert page.find("input", {"name": "answer"})["value"] == "approved"


def test_nobody_is_named_in_the_history_of_the_page(client, ask, story, person):
    client.post(at(ask()), YES)
    client.force_login(person("editor"))

    history = client.get(reverse("wagtailadmin_pages:history", args=[story.pk])).content.decode()

    assert "Asked the employer to approve" in history
    assert "The employer answered: Approved" in history
    assert "Okafor" not in history
