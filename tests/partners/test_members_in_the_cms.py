"""What the council does about members: the first invitation, coordinators, removing."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from partners import services
from partners.models import Invitation, Membership
from tests.members import OWN, mails, once


@pytest.fixture
def membership(person):
    return Membership.objects.get(user=person("partner"))


def told(answer):
    """The messages that the next screen of the CMS shows."""
    return [str(message) for message in get_messages(answer.wsgi_request)]


def actions(partner):
    """What the log of a partner holds, oldest first: what was done, by whom, to whom."""
    entries = registry.get_logs_for_instance(partner).order_by("pk")
    return [(one.action, one.user and one.user.email, one.data.get("user")) for one in entries]


@pytest.mark.parametrize(
    ("name", "status"), [("admin", 200), ("editor", 200), ("desk", 302), ("partner", 302)]
)
def test_only_those_who_look_after_members_see_them(sign_in, membership, name, status):
    client = sign_in(name)

    for address in (
        reverse("members:index"),
        reverse("members:edit", args=[membership.pk]),
        reverse("members:delete", args=[membership.pk]),
        reverse("invitations:index"),
        reverse("invitations:add"),
    ):
        answer = client.get(address)

        assert answer.status_code == status, address
        if status != 200:
            assert b"Pat Partner" not in answer.content


def test_an_editor_invites_the_first_member_of_a_partner_once_however_often_they_press(
    sign_in, big_alliance
):
    client = sign_in("editor")

    data = {"partner": big_alliance.pk, "email": "Sam@example.com", "is_lead": "on"}
    data["once"] = once(client.get(reverse("invitations:add")))

    answers = [client.post(reverse("invitations:add"), data) for _ in range(2)]

    answer = answers[-1]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert mails("partner_invitation").get().recipient == "sam@example.com"
    assert Invitation.objects.get().is_lead
    page = client.get(answer["Location"])
    assert b"sam@example.com" in page.content
    assert b"The invitation is on its way" in page.content


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "Select a partner"),
        ({"partner": "x"}, "Select a partner from the list"),
        ({"partner": "\x00"}, "Null"),
        ({"email": "sam"}, "Enter an email address in the correct format"),
        ({"email": "partner@example.org"}, "Whoever has this address is a member already"),
    ],
)
def test_what_is_entered_wrongly_is_told(sign_in, big_alliance, fields, message):
    data = {"partner": big_alliance.pk, "email": "sam@example.com"} if fields else {}

    answer = sign_in("editor").post(reverse("invitations:add"), {**data, **fields})

    assert answer.status_code == 422
    assert not Invitation.objects.exists()
    assert message in answer.content.decode() or message == "Null"


def test_the_screens_name_whom_they_are_about(sign_in, membership):
    client = sign_in("editor")
    edit = reverse("members:edit", args=[membership.pk])

    assert f'href="{edit}"' in client.get(reverse("members:index")).content.decode()
    for name in ("edit", "delete"):
        page = client.get(reverse(f"members:{name}", args=[membership.pk])).content.decode()
        assert "Pat Partner, BIG Alliance" in page


def test_only_there_somebody_becomes_a_coordinator(sign_in, membership):
    client = sign_in("editor")

    answer = client.post(
        reverse("members:edit", args=[membership.pk]), {"is_lead": "on", "is_coordinator": "on"}
    )

    assert answer.status_code == 302
    membership.refresh_from_db()
    assert membership.is_coordinator
    assert membership.is_lead


def test_a_member_removed_there_has_no_access_any_more(client, person, membership):
    client.force_login(person("editor"))
    client.post(reverse("members:delete", args=[membership.pk]))

    client.force_login(person("partner"))

    assert client.get(OWN).status_code == 404


def test_an_invitation_withdrawn_there_opens_nothing_and_still_counts(
    client, person, sign_in, big_alliance
):
    editor = sign_in("editor")
    data = {"partner": big_alliance.pk, "email": "sam@example.com"}
    editor.post(reverse("invitations:add"), data)
    invitation = Invitation.objects.get()
    listed = editor.get(reverse("invitations:index")).content.decode()
    assert reverse("invitations:delete", args=[invitation.pk]) in listed

    address = reverse("invitations:delete", args=[invitation.pk])
    asked = editor.get(address).content.decode()
    answer = editor.post(address)
    again = editor.post(address)

    assert "Withdraw it" in asked
    assert any("is withdrawn" in one for one in told(answer))
    assert any("nothing was done" in one for one in told(again))
    assert Invitation.objects.get().withdrawn_at  # the day's limit counts it, and its mail is kept
    client.logout()
    assert client.get(f"/accounts/invitation/{invitation.token}/").status_code == 404


def test_nobody_is_made_a_member_by_hand(sign_in, person):
    admin = person("admin")
    admin.is_superuser = True
    admin.save()
    client = sign_in("admin")

    page = client.get(reverse("members:index")).content.decode()

    assert "/admin/members/new/" not in page
    assert client.get("/admin/members/new/").status_code == 404


def test_the_history_of_a_partner_tells_what_happened_to_members(sign_in, big_alliance):
    client = sign_in("editor")
    data = {"partner": big_alliance.pk, "email": "sam@example.com"}
    client.post(reverse("invitations:add"), data)

    history = client.get(
        reverse(big_alliance.snippet_viewset.get_url_name("history"), args=[big_alliance.pk])
    ).content.decode()

    assert "Somebody was invited as a member" in history
    assert "sam@example.com" not in history
    assert not ModelLogEntry.objects.filter(label__contains="sam@example.com").exists()


def test_messages_of_the_cms_say_nothing_of_people(sign_in, membership):
    client = sign_in("editor")

    answer = client.post(reverse("members:edit", args=[membership.pk]), {"is_lead": "on"})

    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert told
    assert not any("Pat" in one or "partner@" in one for one in told)


def test_the_council_may_take_the_last_lead_and_is_told_that_nobody_leads(
    sign_in, person, membership, big_alliance
):
    client = sign_in("editor")

    answer = client.post(reverse("members:edit", args=[membership.pk]), {})

    assert answer.status_code == 302
    membership.refresh_from_db()
    assert not membership.is_lead
    assert any("Nobody leads BIG Alliance any more: invite" in one for one in told(answer))
    who = person("partner").pk
    assert actions(big_alliance)[-1] == ("partners.member_lead_ended", "editor@example.org", who)


def test_the_council_may_remove_the_last_lead_and_is_told_before_and_after(
    sign_in, person, membership, big_alliance
):
    client = sign_in("editor")
    path = reverse("members:delete", args=[membership.pk])
    before = client.get(path).content.decode()

    answer = client.post(path)

    assert "Nobody leads BIG Alliance then" in before
    assert answer.status_code == 302
    assert not Membership.objects.filter(pk=membership.pk).exists()
    assert any("Nobody leads BIG Alliance any more: invite" in one for one in told(answer))
    who = person("partner").pk
    assert actions(big_alliance)[-1] == ("partners.member_removed", "editor@example.org", who)


def test_nothing_is_said_of_leads_while_somebody_leads(sign_in, membership, make_member):
    make_member("desk", "big-alliance", is_lead=True)
    client = sign_in("editor")
    path = reverse("members:delete", args=[membership.pk])

    answers = [client.post(reverse("members:edit", args=[membership.pk]), {}), client.post(path)]

    for answer in answers:
        assert told(answer)
        assert not any("Nobody leads" in one for one in told(answer))


def test_the_log_of_the_partner_tells_every_change_of_what_a_member_may_do(
    sign_in, person, membership, big_alliance
):
    client = sign_in("editor")
    path = reverse("members:edit", args=[membership.pk])
    before = len(actions(big_alliance))

    for data in (
        {"is_lead": "on"},  # as it is
        {"is_lead": "on", "is_coordinator": "on"},
        {"is_coordinator": "on"},
        {"is_lead": "on"},
    ):
        client.post(path, data)

    who = person("partner").pk
    assert actions(big_alliance)[before:] == [
        (f"partners.member_{what}", "editor@example.org", who)
        for what in ("made_coordinator", "lead_ended", "made_lead", "coordinator_ended")
    ]
    history = reverse(big_alliance.snippet_viewset.get_url_name("history"), args=[big_alliance.pk])
    assert "A member is no longer a lead" in client.get(history).content.decode()


@pytest.mark.parametrize(
    ("page", "service"), [("edit", "change_member"), ("delete", "remove_member")]
)
def test_of_two_who_change_a_member_at_once_the_second_is_told(
    sign_in, membership, monkeypatch, page, service
):
    client = sign_in("editor")
    act = getattr(services, service)

    def after_a_removal(**given):
        Membership.objects.filter(pk=membership.pk).delete()
        return act(**given)

    monkeypatch.setattr(services, service, after_a_removal)

    answer = client.post(reverse(f"members:{page}", args=[membership.pk]), {})

    assert (answer.status_code, answer["Location"]) == (302, reverse("members:index"))
    (message,) = told(answer)
    assert "Somebody else removed this member meanwhile." in message
