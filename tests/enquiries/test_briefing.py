"""What the desk writes for a partner, and the partner reads once it has accepted."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from enquiries import services
from enquiries.models import Handover
from offers.models import OfferLink
from outbox.models import Mailbox, Message
from partners.models import Partner

INTAKE = "intake@example.org"
WORDS = "Call them after four.\nThey have had a mentee before."


@pytest.fixture
def partner(home):
    """BIG Alliance, with a proven mailbox."""
    OfferLink.objects.filter(partner__slug="big-alliance").update(contact_email=INTAKE)
    Mailbox.objects.create(address=INTAKE, proven_at=timezone.now())
    return Partner.objects.get(slug="big-alliance")


@pytest.fixture
def enquiry(make_enquiry):
    return make_enquiry(offers=["mentor-a-young-person"])


@pytest.fixture
def interest(enquiry):
    return enquiry.interests.get()


@pytest.fixture
def given(person, desk):
    return {"by": person("desk"), "desk": desk, "now": timezone.now()}


@pytest.fixture
def handed(interest, partner, given):
    return services.hand_over(interest=interest, to=partner, **given)


def link(interest):
    return reverse("handover", args=[Handover.objects.open().get(interest=interest).token])


def words(response):
    return " ".join(strip_tags(response.content.decode()).split())


def take_up(interest, given):
    handover = Handover.objects.open().get(interest=interest)
    services.take_up(handover=handover, member=None, desk=given["desk"], now=timezone.now())


def mails():
    return Message.objects.filter(purpose="handover_words")


def test_words_with_the_handover_are_read_once_the_partner_has_accepted(
    sign_in, client, interest, partner, given
):
    address = reverse("enquiries:hand-over", args=[interest.pk])
    answers = {"partner": partner.pk, "briefing": WORDS, "text": "Between us"}

    response = sign_in("desk").post(address, answers)

    assert response.status_code == 302
    before = client.get(link(interest))
    assert "Call them after four" not in words(before)
    take_up(interest, given)
    after = client.get(link(interest))
    assert "They have had a mentee before." in words(after)
    assert "Between us" not in words(after)
    for message in Message.objects.all():
        assert "after four" not in f"{message.subject}{message.body}{message.body_html}"


def test_what_is_written_later_is_mailed_as_a_link_and_a_second_press_mails_once(
    sign_in, client, enquiry, handed, given
):
    take_up(handed, given)
    address = reverse("enquiries:brief", args=[handed.pk])
    answers = {"text": WORDS, "key": uuid.uuid4()}

    responses = [sign_in("desk").post(address, answers) for _ in range(2)]

    assert [response.status_code for response in responses] == [302, 302]
    entry = enquiry.timeline.get(kind="briefed")
    assert (entry.text, entry.partner) == (WORDS, handed.partner)
    message = mails().get()
    assert (entry.message, message.recipient) == (message, INTAKE)
    assert "after four" not in f"{message.subject}{message.body}{message.body_html}"
    assert link(handed) in message.body
    assert "Our team" in words(client.get(link(handed)))
    assert "Call them after four" in words(client.get(link(handed)))


def test_a_partner_reads_its_own_reports_again(client, handed, given):
    take_up(handed, given)
    handover = Handover.objects.open().get(interest=handed)
    services.report(
        handover=handover,
        member=None,
        text="They can start in May",
        has_spoken=True,
        now=timezone.now(),
        key=uuid.uuid4(),
    )

    assert "Spoke to the employer. They can start in May" in words(client.get(link(handed)))


def test_neither_another_partner_nor_the_same_one_later_reads_what_was_written_before(
    client, handed, given, partner
):
    services.brief(interest=handed, text=WORDS, key=uuid.uuid4(), **given)
    for to in (Partner.objects.get(slug="timewise"), partner):
        given["now"] = timezone.now()
        services.take_back(interest=handed, **given)
        services.hand_over(interest=handed, to=to, **given)
        take_up(handed, given)

        page = client.get(link(handed))

        assert "Sam Okafor" in words(page)
        assert "after four" not in words(page)


def test_a_partner_that_was_not_mailed_is_not_mailed_this_and_the_desk_is_told_so(
    sign_in, enquiry, interest, given
):
    partner = Partner.objects.create(name="No Mailbox", slug="no-mailbox")
    services.hand_over(interest=interest, to=partner, **given)
    address = reverse("enquiries:brief", args=[interest.pk])
    assert "tell them yourself" in words(sign_in("desk").get(address))

    sign_in("desk").post(address, {"text": WORDS})

    assert enquiry.timeline.get(kind="briefed").message is None
    assert not mails().exists()


def test_nothing_is_written_for_a_partner_that_has_it_no_more(sign_in, enquiry, handed, given):
    services.take_back(interest=handed, **given)

    response = sign_in("desk").post(reverse("enquiries:brief", args=[handed.pk]), {"text": WORDS})

    assert response.status_code == 409
    assert WORDS.splitlines()[0] in response.content.decode()
    assert not enquiry.timeline.filter(kind="briefed").exists()


def test_the_employer_does_not_see_what_was_written_for_the_partner(client, enquiry, handed, given):
    services.brief(interest=handed, text=WORDS, key=uuid.uuid4(), **given)

    page = client.get(reverse("track", args=[enquiry.track_token]))

    assert page.status_code == 200
    assert "after four" not in words(page)
