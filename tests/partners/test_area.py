"""The way into the partner area: one's own organisation, and nobody else's."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from offers.models import OfferLink
from partners import services
from partners.models import Membership, Partner
from tests.members import OTHER, OWN, words


def test_without_a_sign_in_it_leads_to_one_and_back(client, home):
    for path in ("/partner/", OWN):
        response = client.get(path)

        assert response.status_code == 302
        assert response["Location"] == f"/accounts/login/?next={path}"


def test_a_member_of_one_partner_arrives_at_its_overview(sign_in):
    response = sign_in("partner").get("/partner/")

    assert (response.status_code, response["Location"]) == (302, OWN)


def test_the_overview_shows_the_own_partner(sign_in):
    response = sign_in("partner").get(OWN)

    assert response.status_code == 200
    assert "BIG Alliance" in words(response)
    assert "KX Recruit" not in response.content.decode()


@pytest.mark.parametrize("name", ["editor", "desk", "admin", "partner2"])
def test_another_organisation_is_not_there_whoever_asks(sign_in, name):
    client = sign_in(name)

    answers = [client.get(OWN), client.get("/partner/no-such-partner/")]

    assert [answer.status_code for answer in answers] == [404, 404]
    # The same page: nobody learns which organisations there are.
    assert words(answers[0]) == words(answers[1])


def test_a_member_of_several_chooses_one_each_time(sign_in, make_member):
    make_member("partner", "timewise")
    client = sign_in("partner")

    choice = client.get("/partner/")

    assert choice.status_code == 200
    links = BeautifulSoup(choice.content, "html.parser").main.select(".prose a")
    assert [link["href"] for link in links] == [OWN, "/partner/timewise/"]
    assert "Timewise" in words(client.get("/partner/timewise/"))


def test_somebody_without_an_organisation_is_told_so(sign_in):
    response = sign_in("editor").get("/partner/")

    assert response.status_code == 200
    assert "not linked to an organisation" in words(response)


def test_a_coordinator_finds_every_active_partner_and_no_retired_one(sign_in, make_member):
    make_member("desk", "timewise", is_coordinator=True)
    Partner.objects.filter(slug="jobcentre-plus").update(is_active=False)
    client = sign_in("desk")

    page = words(client.get("/partner/"))

    assert "BIG Alliance" in page
    assert "Jobcentre" not in page
    assert client.get(OWN).status_code == 200
    assert "You can propose changes" in words(client.get(OWN))
    assert client.get("/partner/jobcentre-plus/").status_code == 404


def test_access_ends_with_the_membership_the_account_or_the_partner(sign_in, person):
    client = sign_in("partner")
    assert client.get(OWN).status_code == 200

    Partner.objects.filter(slug="big-alliance").update(is_active=False)
    assert client.get(OWN).status_code == 404
    Partner.objects.filter(slug="big-alliance").update(is_active=True)
    assert client.get(OWN).status_code == 200

    Membership.objects.filter(user=person("partner")).delete()
    assert client.get(OWN).status_code == 404


def test_an_account_that_is_closed_is_nobodys(sign_in, person):
    client = sign_in("partner")
    member = person("partner")
    member.is_active = False
    member.save()

    assert client.get(OWN).status_code == 302


def test_nothing_of_the_area_is_stored_or_indexed(sign_in):
    client = sign_in("partner")

    for path in ("/partner/?all=1", OWN, OTHER):
        response = client.get(path)

        assert "no-store" in response["Cache-Control"], path
        if response.status_code == 200:
            assert b'content="noindex"' in response.content, path


def test_members_are_led_there_when_they_sign_in(client, home):
    from home.demo.loader import PASSWORD

    data = {"login": "partner@example.org", "password": PASSWORD}
    response = client.post("/accounts/login/", data)

    assert (response.status_code, response["Location"]) == (302, "/partner/")


def test_members_are_offered_a_second_factor_and_a_way_out(sign_in):
    page = BeautifulSoup(sign_in("partner").get(OWN).content, "html.parser")

    links = {link["href"] for link in page.select("a")}
    assert {"/accounts/2fa/", "/accounts/logout/", "/accounts/password/change/"} <= links


def test_a_slug_with_anything_in_it_is_not_there(sign_in):
    client = sign_in("partner")

    for slug in ("%00", "BIG-ALLIANCE", "big-alliance%0a", "%ed%a0%80", "a" * 5000, "<script>"):
        assert client.get(f"/partner/{slug}/").status_code == 404, slug


def test_the_overview_shows_figures_to_members_alone(client, person, make_member):
    make_member("desk", "timewise", is_coordinator=True)
    client.force_login(person("partner"))
    assert "Handed to you in all 0" in words(client.get(OWN))

    client.force_login(person("desk"))
    assert "Handed to you" not in words(client.get(OWN))
    assert "Handed to you" in words(client.get("/partner/timewise/"))


def test_a_page_asks_once_whether_the_visitor_is_a_member(sign_in):
    client = sign_in("partner")
    for path in (OWN, f"{OWN}offers/"):
        with CaptureQueriesContext(connection) as asked:
            client.get(path)

        memberships = [
            one["sql"]
            for one in asked
            if one["sql"].startswith('SELECT "partners_membership"."id"')
        ]
        assert len(memberships) == 1, path


def test_the_overview_leads_to_what_waits(sign_in, person):
    client = sign_in("partner")
    assert "Waiting for you Nothing waits for you." in words(client.get(OWN))
    partner = Partner.objects.get(slug="big-alliance")
    link = partner.offer_links.first()
    long_ago = timezone.now() - settings.OFFER_LINKS_ASKED_AFTER - timedelta(days=1)
    OfferLink.objects.filter(pk=link.pk).update(confirmed_at=long_ago)
    services.propose(
        thing=partner,
        changes={"role": "Else"},
        base=partner.latest_revision_id,
        by=person("partner"),
    )
    task = partner.current_workflow_task_state
    task.reject(user=person("editor"), comment="Say more.")

    page = BeautifulSoup(client.get(OWN).content, "html.parser").main

    waits = page.find("h2", string="Waiting for you").find_next("ul")
    assert [(one.text, one["href"]) for one in waits.select("a")] == [
        ("The council returned your change of the profile", f"{OWN}profile/"),
        ("Confirm that what you offer is still right", f"{OWN}offers/still-right/"),
    ]


def test_the_public_finds_the_way_into_the_area_on_the_page_of_partners(client, home):
    page = BeautifulSoup(client.get("/partners/").content, "html.parser")

    assert page.find("a", string="Sign in to the partner area")["href"] == "/partner/"
