"""Who acts for a partner: seen by its members, changed by those who lead."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import registry

from core.personal_data import erase_person, export_person
from partners import services
from partners.models import Invitation, Membership, Partner
from tests.members import OTHER, OWN, words

MEMBERS = f"{OWN}members/"


@pytest.fixture
def colleague(make_member):
    """Another member of BIG Alliance, who does not lead."""
    return make_member("desk", "big-alliance")


def actions(partner):
    return [entry.action for entry in registry.get_logs_for_instance(partner).order_by("pk")]


def test_members_see_who_acts_for_their_organisation_and_nobody_else(lead, colleague):
    page = words(lead.get(MEMBERS))

    assert "Pat Partner" in page
    assert "Dee Desk" in page
    assert "Parveen" not in page


def test_only_those_who_lead_see_how_to_change_members_and_invitations(
    client, person, colleague, big_alliance
):
    Invitation.objects.create(
        partner=big_alliance,
        email="sam@example.com",
        created_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=1),
    )
    client.force_login(person("desk"))

    page = client.get(MEMBERS)

    assert "sam@example.com" not in page.content.decode()
    assert not BeautifulSoup(page.content, "html.parser").select("main a[href*=remove]")
    for path in (f"{MEMBERS}invite/", f"{MEMBERS}{colleague.uuid}/remove/"):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404
    assert Membership.objects.filter(pk=colleague.pk).exists()


def test_a_member_who_is_removed_has_no_access_from_that_moment(
    lead, person, colleague, big_alliance
):
    theirs = Client()
    theirs.force_login(person("desk"))
    assert theirs.get(OWN).status_code == 200
    path = f"{MEMBERS}{colleague.uuid}/remove/"
    assert "Remove Dee Desk?" in words(lead.get(path))
    assert Membership.objects.filter(pk=colleague.pk).exists()

    answer = lead.post(path)

    assert (answer.status_code, answer["Location"]) == (303, f"{MEMBERS}?done=removed")
    assert theirs.get(OWN).status_code == 404
    assert actions(big_alliance)[-1] == "partners.member_removed"


def test_a_second_press_of_remove_lands_where_the_first_did(lead, colleague):
    path = f"{MEMBERS}{colleague.uuid}/remove/"

    answers = [lead.post(path), lead.post(path)]

    assert [answer["Location"] for answer in answers] == [f"{MEMBERS}?done=removed"] * 2
    assert lead.get(path).status_code == 404


def test_the_last_lead_stays(lead, person, colleague):
    own = Membership.objects.get(user=person("partner"))

    answer = lead.post(f"{MEMBERS}{own.uuid}/remove/")

    assert answer.status_code == 409
    assert "Make another member a lead first" in words(answer)
    assert Membership.objects.filter(pk=own.pk).exists()


def test_a_lead_whose_account_is_closed_counts_for_none(lead, person, make_member):
    closed = make_member("desk", "big-alliance", is_lead=True)
    closed.user.is_active = False
    closed.user.save()
    own = Membership.objects.get(user=person("partner"))

    with pytest.raises(services.LastLead):
        services.remove_member(membership=own, by=person("partner"))


def test_a_lead_makes_another_one_and_may_leave_then(lead, person, colleague, big_alliance):
    path = f"{MEMBERS}{colleague.uuid}/lead/"
    assert lead.get(path).status_code == 200
    assert not Membership.objects.get(pk=colleague.pk).is_lead

    answers = [lead.post(path), lead.post(path)]

    assert [answer["Location"] for answer in answers] == [f"{MEMBERS}?done=lead"] * 2
    assert Membership.objects.get(pk=colleague.pk).is_lead
    assert actions(big_alliance).count("partners.member_made_lead") == 1
    own = Membership.objects.get(user=person("partner"))
    assert lead.post(f"{MEMBERS}{own.uuid}/remove/")["Location"] == "/partner/"
    assert lead.get(OWN).status_code == 404


def test_two_leads_who_remove_each_other_leave_one(person, make_member):
    second = make_member("desk", "big-alliance", is_lead=True)
    first = Membership.objects.get(user=person("partner"))

    services.remove_member(membership=second, by=person("partner"))

    with pytest.raises(services.LastLead):
        services.remove_member(membership=first, by=person("desk"))


def test_members_of_others_are_not_there(lead, person, make_member):
    foreign = Membership.objects.get(user=person("partner2"))

    for page in ("lead", "remove"):
        for begin in (MEMBERS, f"{OTHER}members/"):
            assert lead.get(f"{begin}{foreign.uuid}/{page}/").status_code == 404
            assert lead.post(f"{begin}{foreign.uuid}/{page}/").status_code == 404
    assert Membership.objects.filter(pk=foreign.pk).exists()


def test_a_coordinator_sees_no_members_of_others(client, person, make_member):
    make_member("desk", "timewise", is_coordinator=True, is_lead=True)
    client.force_login(person("desk"))

    assert client.get("/partner/timewise/members/").status_code == 200
    assert client.get(MEMBERS).status_code == 404
    assert client.get(f"{MEMBERS}invite/").status_code == 404


def test_nobody_is_a_member_twice(person, colleague, big_alliance):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            user=person("desk"), partner=big_alliance, joined_at=timezone.now()
        )


def test_what_a_member_is_is_exported_and_erased_with_the_person(lead, person):
    assert export_person("Partner@Example.org")["memberships"] == [
        {
            "partner": "BIG Alliance",
            "lead": True,
            "coordinator": False,
            "joined_at": Membership.objects.get(user=person("partner")).joined_at.isoformat(),
        }
    ]

    erased = erase_person("partner@example.org", timezone.now())

    assert erased["memberships"] == 1
    assert lead.get(OWN).status_code == 404


def test_a_membership_names_nobody_where_any_editor_may_read_it(person):
    membership = Membership.objects.get(user=person("partner"))

    assert "partner@example.org" not in str(membership)
    assert "Pat" not in str(membership)


def test_a_partner_without_a_lead_says_nothing_wrong(client, person, home):
    partner = Partner.objects.get(slug="timewise")
    Membership.objects.create(user=person("desk"), partner=partner, joined_at=timezone.now())
    client.force_login(person("desk"))

    assert "A lead can invite" in words(client.get("/partner/timewise/members/"))
