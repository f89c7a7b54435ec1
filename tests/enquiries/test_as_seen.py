"""Whoever decides on a screen that is older than what others did is told, and nothing is done."""

import re
import uuid
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from enquiries import services
from enquiries.models import Enquiry, Handover
from outbox.models import Message
from partners.models import Partner

LIST = "/admin/enquiries/"


@pytest.fixture
def enquiry(make_enquiry):
    return make_enquiry(offers=["mentor-a-young-person", "hire-flexibly"])


@pytest.fixture
def interest(enquiry):
    return enquiry.interests.get(offer__slug="mentor-a-young-person")


@pytest.fixture
def colleague(person, desk):
    """What somebody else at the desk calls services with."""
    return {"by": person("admin"), "desk": desk, "now": timezone.now()}


@pytest.fixture
def big(home):
    return Partner.objects.get(slug="big-alliance")


@pytest.fixture
def timewise(home):
    return Partner.objects.get(slug="timewise")


@pytest.fixture
def sees(sign_in):
    """Open a screen of the desk; what its form posts from then on."""
    client = sign_in("desk")

    def open_it(name, thing):
        address = reverse(f"enquiries:{name}", args=[thing.pk])
        seen = re.search(r'name="seen" value="(\d+)"', client.get(address).content.decode())[1]
        return lambda seen=seen, **data: client.post(address, {"seen": seen, **data})

    return open_it


def words(response):
    return " ".join(unescape(strip_tags(response.content.decode())).split())


def again(response):
    """What the form says it was drawn with, after it was refused."""
    return re.search(r'name="seen" value="(\d+)"', response.content.decode())[1]


@pytest.mark.parametrize("action", ["accepted", "declined", "take-back", "withdrawn"])
def test_nothing_is_recorded_for_another_partner_than_the_one_seen(
    sees, interest, colleague, big, timewise, action
):
    services.hand_over(interest=interest, to=big, **colleague)
    press = sees(action, interest)
    services.take_back(interest=interest, **colleague)
    services.hand_over(interest=interest, to=timewise, **colleague)

    answer = press()

    assert answer.status_code == 409
    assert "Taken back from BIG Alliance" in words(answer)
    assert "Handed over to Timewise" in words(answer)
    interest.refresh_from_db()
    assert (interest.state, interest.partner) == ("handed_over", timewise)
    assert not Message.objects.filter(purpose="partner_introduced").exists()


def test_what_is_pressed_once_more_is_done(sees, interest, colleague, big):
    services.hand_over(interest=interest, to=big, **colleague)
    press = sees("close", interest)
    services.accept(interest=interest, desk=colleague["desk"], now=timezone.now())
    filled = {"outcome": "placed", "outcome_count": 3, "text": "By phone"}

    first = press(**filled)
    assert first.status_code == 409
    assert "Accepted by BIG Alliance" in words(first)
    assert "By phone" in first.content.decode()
    assert press(seen=again(first), **filled).status_code == 302

    interest.refresh_from_db()
    assert (interest.state, interest.outcome_count) == ("closed", 3)


def test_a_colleagues_reply_is_shown_before_a_second_one_goes_out(sees, enquiry, colleague):
    press = sees("reply", enquiry)
    services.reply(enquiry=enquiry, text="From Ada", key=uuid.uuid4(), **colleague)

    answer = press(text="From Dee")

    assert answer.status_code == 409
    assert "Replied to the employer, Ada Administrator: ‘From Ada’" in words(answer)
    assert "From Dee" in answer.content.decode()
    assert Message.objects.filter(purpose="enquiry_reply").count() == 1


@pytest.mark.parametrize("action", ["read", "note", "reply"])
def test_what_an_employer_adds_meanwhile_is_not_taken_for_read(
    client, sees, enquiry, action, colleague
):
    press = sees(action, enquiry)
    add = {"enquiry": enquiry, "text": "SECOND", "key": uuid.uuid4()}
    services.add_words(**add, desk=colleague["desk"], now=timezone.now())

    answer = press(text="Words")

    assert answer.status_code == 409
    assert "The employer added something: ‘SECOND’" in words(answer)
    assert Enquiry.objects.answered().exists()
    assert press(seen=again(answer), text="Words").status_code == 302
    assert not Enquiry.objects.answered().exists()


def test_the_button_on_the_enquiry_reads_what_stands_there_and_no_more(sign_in, enquiry, colleague):
    client = sign_in("desk")

    def add(text):
        given = {"enquiry": enquiry, "text": text, "key": uuid.uuid4()}
        services.add_words(**given, desk=colleague["desk"], now=timezone.now())

    add("FIRST")
    page = client.get(reverse("enquiries:inspect", args=[enquiry.pk])).content.decode()
    address = reverse("enquiries:read", args=[enquiry.pk])
    form = page[page.index(f'action="{address}"') :]
    seen = re.search(r'name="seen" value="(\d+)"', form)[1]
    add("SECOND")

    assert client.post(address, {"seen": seen}).status_code == 409

    assert Enquiry.objects.answered().exists()


def test_what_the_employer_withdrew_meanwhile_is_not_taken_up_again(sees, enquiry, colleague):
    press = sees("offers", enquiry)
    services.call_off(enquiry=enquiry, desk=colleague["desk"], now=timezone.now())

    answer = press(offers=["mentor-a-young-person", "hire-flexibly"])

    assert answer.status_code == 409
    assert not enquiry.interests.open().exists()
    assert answer.content.decode().count(" checked") == 2  # what was ticked is kept


def test_who_took_it_meanwhile_keeps_it(sees, enquiry, colleague, person):
    press = sees("assign", enquiry)
    services.assign(enquiry=enquiry, to=person("admin"), by=person("admin"), now=timezone.now())

    assert press(owner="").status_code == 409

    enquiry.refresh_from_db()
    assert enquiry.owner == person("admin")


def test_what_one_did_oneself_and_what_was_mailed_is_no_news(sees, enquiry, desk, person):
    press = sees("note", enquiry)
    given = {"by": person("desk"), "desk": desk, "now": timezone.now()}
    services.reply(enquiry=enquiry, text="Hello", key=uuid.uuid4(), **given)
    enquiry.timeline.create(kind="escalated", at=timezone.now())
    enquiry.timeline.create(kind="desk_told", at=timezone.now())

    assert press(text="Called").status_code == 302


def test_a_failure_after_the_screen_was_opened_is_not_settled(sign_in, enquiry):
    client = sign_in("desk")
    messages = list(Message.objects.filter(purpose__startswith="enquiry_").order_by("pk"))
    now = timezone.now()
    Message.objects.filter(pk=messages[0].pk).update(state="dead", settled_at=now)
    address = reverse("enquiries:settle", args=[enquiry.pk])
    page = client.get(reverse("enquiries:inspect", args=[enquiry.pk])).content.decode()
    assert "1 message could not be delivered" in page
    number = re.search(r'name="number" value="(\d+)"', page)[1]
    Message.objects.filter(pk=messages[1].pk).update(state="dead", settled_at=now)

    late = client.post(address, {"number": number})

    assert late.status_code == 409
    assert "Another message could not be delivered since" in words(late)
    assert Enquiry.objects.undelivered().exists()
    for _ in range(2):
        assert client.post(address, {"number": 2}).status_code == 302
    assert not Enquiry.objects.undelivered().exists()
    assert enquiry.timeline.filter(kind="settled_by_hand").count() == 1


@pytest.mark.parametrize("seen", ["x", "-1", "9" * 30, "\x00"])
def test_odd_text_in_its_place_is_answered(sign_in, enquiry, seen):
    address = reverse("enquiries:note", args=[enquiry.pk])

    answer = sign_in("desk").post(address, {"seen": seen, "text": "Kept"})

    assert answer.status_code == 422
    assert "Kept" in answer.content.decode()


def test_the_partner_that_the_employer_saw_is_refused_and_no_other(
    client, enquiry, interest, colleague, big, timewise
):
    services.hand_over(interest=interest, to=big, **colleague)
    services.accept(interest=interest, desk=colleague["desk"], now=timezone.now())
    address = reverse("track_other_partner", args=[enquiry.track_token, interest.uuid])
    page = client.get(address).content.decode()
    assert 'name="partner" value="big-alliance"' in page
    once = re.search(r'name="once" value="([^"]+)"', page)[1]
    services.take_back(interest=interest, **colleague)
    services.hand_over(interest=interest, to=timewise, **colleague)
    services.accept(interest=interest, desk=colleague["desk"], now=timezone.now())

    answer = Client().post(address, {"partner": "big-alliance", "once": once, "text": ""})

    assert answer.status_code == 409
    assert Handover.objects.open().get().partner == timewise
    assert not enquiry.timeline.filter(kind="unwanted").exists()


@pytest.mark.parametrize(
    ("action", "filled"),
    [
        ("hand-over", {"partner": "big-alliance"}),
        ("close", {"outcome": "advised", "tell": "Good-bye"}),
        ("withdrawn", {}),
        ("reply", {"text": "Hello"}),
        ("merge", {"sure": "on"}),
    ],
)
def test_a_second_press_is_told_what_the_first_was(
    sign_in, enquiry, interest, make_enquiry, action, filled
):
    client, thing = sign_in("desk"), enquiry if action in ("reply", "merge") else interest
    if "partner" in filled:
        filled = {"partner": Partner.objects.get(slug=filled["partner"]).pk}
    if action == "merge":
        filled = {**filled, "reference": make_enquiry().reference}
    address = reverse(f"enquiries:{action}", args=[thing.pk])
    data = {"key": uuid.uuid4(), "seen": enquiry.timeline.newest(), **filled}

    first, second = client.post(address, data), client.post(address, data)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Message.objects.filter(purpose="enquiry_reply").count() <= 1


def test_what_was_done_is_done_whatever_came_after(sees, enquiry, colleague):
    press = sees("reply", enquiry)
    data = {"text": "Hello", "key": uuid.uuid4()}
    press(**data)
    add = {"enquiry": enquiry, "text": "More", "key": uuid.uuid4()}
    services.add_words(**add, desk=colleague["desk"], now=timezone.now())

    assert press(**data).status_code == 302

    assert Message.objects.filter(purpose="enquiry_reply").count() == 1
    assert Enquiry.objects.answered().exists()


def test_a_key_of_another_enquiry_is_another_key(sees, enquiry, make_enquiry):
    other = make_enquiry()
    data = {"text": "The same", "key": uuid.uuid4()}

    for one in (enquiry, other):
        assert sees("note", one)(**data).status_code == 302

    assert [one.timeline.filter(kind="noted").count() for one in (enquiry, other)] == [1, 1]


def test_several_are_closed_as_they_were_seen(sign_in, enquiry, make_enquiry, colleague):
    client, other = sign_in("desk"), make_enquiry()
    address = f"/admin/bulk/enquiries/enquiry/close/?next={LIST}&id={enquiry.pk}&id={other.pk}"
    seen = re.search(r'name="seen" value="(\d+)"', client.get(address).content.decode())[1]
    add = {"enquiry": enquiry, "text": "URGENT", "key": uuid.uuid4()}
    services.add_words(**add, desk=colleague["desk"], now=timezone.now())

    answer = client.post(address, {"seen": seen, "outcome": "no_answer"}, follow=True)

    assert "The employer added something: ‘URGENT’" in words(answer)
    assert enquiry.interests.open().count() == 2
    assert not other.interests.open().exists()
    assert Enquiry.objects.answered().exists()


def test_pressed_twice_the_employer_is_told_that_it_was_done(
    client, enquiry, interest, colleague, big
):
    services.hand_over(interest=interest, to=big, **colleague)
    services.accept(interest=interest, desk=colleague["desk"], now=timezone.now())
    address = reverse("track_other_partner", args=[enquiry.track_token, interest.uuid])
    once = re.search(r'name="once" value="([^"]+)"', client.get(address).content.decode())[1]
    data = {"partner": "big-alliance", "once": once, "text": ""}

    answers = [Client().post(address, data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert enquiry.timeline.filter(kind="unwanted").count() == 1


def test_of_a_question_nothing_is_left_when_nothing_is_left_to_ask_about(
    client, enquiry, colleague
):
    services.ask(enquiry=enquiry, text="Which days?", key=uuid.uuid4(), **colleague)
    given = {"by": colleague["by"], "now": colleague["now"], "outcome": "no_answer"}
    for one in enquiry.interests.in_order():
        services.close(interest=one, **given)

    page = client.get(reverse("track", args=[enquiry.track_token])).content.decode()

    assert "Which days?" not in page
    enquiry.refresh_from_db()
    assert enquiry.asked_at is None
