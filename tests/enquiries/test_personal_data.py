"""What is held on one address: found in every spelling, exported whole, erased whole."""

import io
import json
import re
import uuid
from datetime import UTC, datetime

import pytest
from django.core.mail import send_mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from core import personal_data
from enquiries import services
from enquiries.models import Enquiry, WebsiteMessage
from offers.models import OfferLink
from outbox.models import Message
from partners.models import Partner
from tests.enquiries.dump import found

NOON = datetime(2026, 10, 5, 11, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def held(make_enquiry, desk, person):
    """Two enquiries and a message about the website from Sam; one enquiry from Alex."""
    enquiry = make_enquiry(now=NOON, message="Plumbago wallpaper")
    make_enquiry(now=NOON, email="SAM@EXAMPLE.COM", suspicion="Too quick")
    make_enquiry(now=NOON, email="alex@example.com", name="Alex Quillon")
    answers = {
        "topic": "personal-data",
        "page": "",
        "message": "Parsnip",
        "name": "Sam",
        "email": "Sam@Example.com",
    }
    services.send_website_message(key=uuid.uuid4(), answers=answers, desk=desk, now=NOON)
    services.write_note(
        enquiry=enquiry, text="Gherkin", by=person("desk"), now=NOON, key=uuid.uuid4()
    )
    return enquiry


def run(command, *args):
    """What the command prints."""
    out = io.StringIO()
    call_command(command, *args, stdout=out)
    return out.getvalue()


# -- Which address ------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["sam@example.com", " SAM@Example.COM ", "sam@example.com\n"])
def test_an_address_is_found_in_any_case(held, typed):
    exported = personal_data.export_person(typed)

    assert {kind: len(things) for kind, things in exported.items()} == {
        "stories": 0,
        "invitations": 0,
        "memberships": 0,
        "enquiries": 2,
        "addresses entered": 0,
        "website messages": 1,
        "sign-offs": 0,
        "permissions": 0,
        "messages": 4,  # two acknowledgements, and two to the desk that are answered there
    }


@pytest.mark.parametrize("kept", ["Sam@Bücher.example", "sam@xn--bcher-kva.example"])
@pytest.mark.parametrize("asked", ["sam@bücher.example", "SAM@XN--BCHER-KVA.example"])
def test_a_domain_is_found_in_either_spelling(make_enquiry, kept, asked):
    make_enquiry(email=kept)

    assert len(personal_data.export_person(asked)["enquiries"]) == 1


@pytest.mark.parametrize(
    "other",
    ["xsam@example.com", "sam+x@example.com", "sam@example.com.example", "sa_@example.com", "s%"],
)
def test_other_addresses_are_not_found(held, other):
    asked = other if "@" in other else f"{other}@example.com"

    assert not any(personal_data.export_person(asked).values())


@pytest.mark.parametrize(
    "typed", ["", "sam", "@example.com", "sam@", "sam okafor@example.com", "sam@" + "x" * 70]
)
def test_what_is_no_address_is_refused(typed):
    for do in (personal_data.export_person, lambda typed: personal_data.erase_person(typed, NOON)):
        with pytest.raises(personal_data.NotAnAddress):
            do(typed)


def test_two_kinds_cannot_have_one_name():
    with pytest.raises(personal_data.AlreadyRegistered):
        personal_data.register("enquiries", find=None, export=None, erase=None)


# -- Export -------------------------------------------------------------------------------


def test_the_export_has_all_that_is_held_and_nothing_of_others(held):
    exported = personal_data.export_person("sam@example.com")

    enquiry = exported["enquiries"][0]
    assert enquiry["reference"] == held.reference
    for name in ("organisation", "name", "role", "email", "phone", "message", "postcode", "size"):
        assert enquiry[name] == getattr(held, name)
    assert [interest["state"] for interest in enquiry["interests"]] == ["New", "New"]
    assert "Gherkin" in [entry["text"] for entry in enquiry["timeline"]]
    sent = {entry["what"]: entry["message"] for entry in enquiry["timeline"] if "message" in entry}
    assert held.reference in sent["Acknowledged to the employer"]["body"]
    assert list(sent["Sent to the desk"]) == ["created_at"]
    assert exported["website messages"][0]["message"] == "Parsnip"
    text = json.dumps(exported)
    assert "Quillon" not in text
    assert "alex@" not in text


def test_no_link_that_lets_somebody_in_is_exported(held, settings):
    """Else the desk could log an enquiry with a colleague’s address and read their mail."""
    settings.EMAIL_BACKEND = "outbox.mail.OutboxBackend"
    send_mail("Your password", "Open /accounts/SECRET/", None, ["sam@example.com"])

    exported = personal_data.export_person("sam@example.com")

    assert "Your password" in [message["subject"] for message in exported["messages"]]
    assert "SECRET" not in json.dumps(exported)


def test_of_what_a_partner_was_sent_only_that_it_was_is_exported(held, desk, person, home, client):
    """Its mail holds the link by which it answers, and somebody's own address."""
    interest = held.interests.first()
    partner = Partner.objects.get(slug="big-alliance")
    OfferLink.objects.filter(partner=partner).update(contact_email="")
    services.hand_over(interest=interest, to=partner, by=person("desk"), desk=desk, now=NOON)
    told = held.timeline.get(kind="partner_told")
    assert told.message.recipient == "partner@example.org"
    link = re.search(r"/handover/\S+", told.message.body)[0]

    text = json.dumps(personal_data.export_person("sam@example.com"))

    assert link not in text
    assert "/handover/" not in text
    assert "partner@example.org" not in text
    assert "Sent to the partner" in text
    client.force_login(person("desk"))
    screen = client.get(reverse("enquiries:inspect", args=[held.pk])).content.decode()
    assert "Read it before you give it to anybody" in screen


def test_the_desk_downloads_what_is_held_on_the_person(held, client, person):
    client.force_login(person("desk"))

    response = client.get(f"/admin/enquiries/held/{held.pk}/")

    assert response["Content-Disposition"] == f'attachment; filename="{held.reference}.json"'
    assert "no-store" in response["Cache-Control"]
    assert response.json() == personal_data.export_person("sam@example.com")


def test_of_somebody_without_an_address_the_one_enquiry_is_downloaded(make_enquiry, client, person):
    enquiry = make_enquiry()
    make_enquiry(organisation="Other")
    Enquiry.objects.filter(pk=enquiry.pk).update(email="")
    client.force_login(person("desk"))

    exported = client.get(f"/admin/enquiries/held/{enquiry.pk}/").json()

    assert [one["reference"] for one in exported["enquiries"]] == [enquiry.reference]


# -- Erase --------------------------------------------------------------------------------


def test_erasing_leaves_nothing_of_the_person_and_all_of_others(held, settings):
    settings.EMAIL_BACKEND = "outbox.mail.OutboxBackend"
    send_mail("Hello Sam", "Parsnip", None, ["sam@example.com"])
    words = ["sam@example.com", "Plumbago", "Parsnip", "Gherkin"]
    assert set(found(words)) == set(words)

    erased = personal_data.erase_person("sam@example.com", NOON)

    assert erased == {
        "stories": 0,
        "invitations": 0,
        "memberships": 0,
        "enquiries": 2,
        "addresses entered": 0,
        "website messages": 1,
        "sign-offs": 0,
        "permissions": 0,
        "messages": 5,
    }
    assert found(words) == {}
    assert set(found(["alex@example.com", "Quillon"])) == {"alex@example.com", "Quillon"}
    assert Message.objects.waiting().count() == 2  # Alex's


def test_erasing_twice_finds_nothing_the_second_time(held):
    personal_data.erase_person("sam@example.com", NOON)

    assert not any(personal_data.erase_person("sam@example.com", NOON).values())


def test_all_is_erased_or_nothing(held, monkeypatch):
    def refuse(*_, **__):
        raise ValueError

    monkeypatch.setattr(services, "erase_website_message", refuse)

    with pytest.raises(ValueError):  # noqa: PT011 - it is ours, two lines up
        personal_data.erase_person("sam@example.com", NOON)

    assert not Enquiry.objects.exclude(anonymised_at=None).exists()


# -- Commands -----------------------------------------------------------------------------


def test_the_command_prints_the_export_as_json(held):
    printed = run("export_person", "Sam@example.com")

    assert json.loads(printed) == personal_data.export_person("sam@example.com")


def test_the_command_erases_and_says_how_much(held):
    printed = run("erase_person", "Sam@example.com")

    assert "enquiries: 2 erased" in printed
    assert "website messages: 1 erased" in printed
    assert WebsiteMessage.objects.exclude(anonymised_at=None).count() == 1


@pytest.mark.parametrize("command", ["erase_person", "export_person"])
@pytest.mark.parametrize(
    ("typed", "code", "says"),
    [
        ("nobody@example.com", 1, "Nothing is held on nobody@example.com."),
        ("sam", 2, "‘sam’ is not an email address"),
        ("", 2, "is not an email address"),
        ("sam@" + "x" * 70, 2, "No mail can be sent to"),
    ],
)
def test_the_commands_say_what_is_wrong_and_end_with_a_code(held, command, typed, code, says):
    with pytest.raises(CommandError, match=says) as error:
        run(command, typed)

    assert error.value.returncode == code
    assert not Enquiry.objects.exclude(anonymised_at=None).exists()


def test_the_desk_is_told_which_enquiries_of_the_address_stay(held, client, person):
    client.force_login(person("desk"))
    other = Enquiry.objects.get(email="SAM@EXAMPLE.COM")

    page = client.get(f"/admin/enquiries/erase/{held.pk}/").content.decode()

    assert f"Other enquiries from the same address stay: {other.reference}." in page
