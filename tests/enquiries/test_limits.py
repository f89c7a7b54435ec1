"""One caller and one form can send so much; what is more is kept apart, and nobody is told."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from enquiries.models import Enquiry, WebsiteMessage
from enquiries.stamps import WebsiteStamp
from outbox.models import Message

ADDRESS = "/contact/website/"


@pytest.fixture(autouse=True)
def limits(settings):
    settings.FORMS_AN_HOUR = {"enquiry": 2, "website": 2}
    cache.clear()


def stamp():
    return str(WebsiteStamp.new(drawn_at=timezone.now() - timedelta(minutes=5)))


def tell(client, number, mark, **headers):
    data = {"stamp": mark, "topic": "other", "message": f"Number {number}"}
    return client.post(ADDRESS, data, **headers)


def reasons(model):
    return list(model.objects.order_by("pk").values_list("quarantine_reason", flat=True))


def test_more_enquiries_from_one_caller_are_kept_apart_and_answered_alike(employer):
    answers = [employer.send(employer.fill_in()) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {303}
    assert reasons(Enquiry) == ["", "", "More than 2 from one place in an hour"]
    assert Message.objects.filter(purpose="enquiry_received").count() == 2


def test_more_messages_from_one_caller_are_kept_apart_and_answered_alike(client, home):
    answers = [tell(client, number, stamp()) for number in range(3)]

    assert {answer.status_code for answer in answers} == {303}
    assert reasons(WebsiteMessage) == ["", "", "More than 2 from one place in an hour"]
    assert Message.objects.count() == 2


def test_each_caller_and_each_form_is_counted_apart(employer, client):
    for number in range(2):
        tell(client, number, stamp())
        tell(client, number + 2, stamp(), REMOTE_ADDR="192.0.2.7")
    employer.send(employer.fill_in())

    assert reasons(WebsiteMessage) == [""] * 4
    assert reasons(Enquiry) == [""]


def test_a_double_click_counts_once(employer):
    for _ in range(2):
        key = employer.fill_in()
        for _ in range(3):
            employer.send(key)

    assert reasons(Enquiry) == ["", ""]


def test_more_than_3_further_messages_of_one_form_are_kept_apart(client, home, settings):
    settings.FORMS_AN_HOUR = {"website": 100}
    mark = stamp()

    for number in range(4):
        tell(client, number, mark)

    assert reasons(WebsiteMessage) == [
        "",
        "",
        "",
        "Sent too often with other words from the same form",
    ]


def test_more_than_3_further_enquiries_of_one_form_are_kept_apart(employer, settings):
    settings.FORMS_AN_HOUR = {"enquiry": 100}
    mark = employer.open_form()
    employer.post(mark)
    employer.send(employer.key())

    for number in range(4):
        employer.post(mark, message=f"Number {number}", again="new")
        employer.send(employer.key())

    assert reasons(Enquiry) == [
        "",
        "",
        "",
        "",
        "Sent too often with other words from the same form",
    ]


def test_what_cannot_be_counted_is_accepted(client, home, settings):
    settings.CACHES = {"default": {"BACKEND": "no.such.Cache"}}

    for number in range(3):
        assert tell(client, number, stamp()).status_code == 303

    assert reasons(WebsiteMessage) == ["", "", ""]
