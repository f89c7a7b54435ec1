"""The council approves or returns in the CMS what a member proposed: on the screens it uses."""

import re

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import WorkflowState
from wagtail.test.utils.form_data import rich_text

from offers import services as offers
from offers.models import OfferLink, OfferPage
from outbox.models import Message
from partners import services
from partners.models import Partner

EDIT_PARTNER = "wagtailsnippets_partners_partner:edit"


@pytest.fixture
def partner(home):
    return Partner.objects.get(slug="big-alliance")


@pytest.fixture
def link(partner, person):
    fields = {
        "role": "support",
        "what_we_do": "Marmalade",
        "room": "now",
        "from_on": None,
        "contact_email": "",
    }
    offer = OfferPage.objects.exclude(offer_links__partner=partner).first()
    return offers.propose_link(partner=partner, offer=offer, fields=fields, by=person("partner"))


def posted(client, address):
    """What the editor's form holds, as the browser would send it."""
    form = client.get(address).context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        if bound.name == "about":
            value = rich_text(str(value))
        if value is True:
            data[bound.html_name] = "on"
        elif value not in (None, False):
            data[bound.html_name] = getattr(value, "pk", value)
    return data


def decide(client, thing, name, **more):
    address = thing.snippet_viewset.get_url_name("edit")
    address = reverse(address, args=[thing.pk])
    data = {
        **posted(client, address),
        "action-workflow-action": "true",
        "workflow-action-name": name,
        **more,
    }
    response = client.post(address, data)
    assert response.status_code == 302, response.content
    return response


def test_one_press_of_approve_publishes_a_new_link_and_tells_the_member(sign_in, link, person):
    decide(sign_in("editor"), link, "approve")

    link.refresh_from_db()
    assert link.live
    assert link.what_we_do == "Marmalade"
    assert link.current_workflow_state is None
    told = Message.objects.filter(recipient=person("partner").email)
    assert told.filter(purpose="proposal_approved").count() == 1


def test_one_press_of_approve_publishes_a_changed_profile(sign_in, partner, person):
    draft = partner.get_latest_revision_as_object()
    draft.role = "Marmalade"
    services.send_to_council(draft, person("partner"))

    decide(sign_in("editor2"), Partner.objects.get(pk=partner.pk), "approve")

    partner.refresh_from_db()
    assert partner.role == "Marmalade"
    assert not WorkflowState.objects.for_instance(partner).active().exists()
    assert Message.objects.filter(purpose="proposal_approved").count() == 1


def test_the_screen_says_who_proposes_leads_to_what_changed_and_offers_to_approve_first(
    sign_in, partner, person
):
    draft = partner.get_latest_revision_as_object()
    draft.role = "Marmalade"
    services.send_to_council(draft, person("partner"))
    client = sign_in("editor")

    page = client.get(reverse(EDIT_PARTNER, args=[partner.pk])).content.decode()

    assert "Pat Partner asks for approval" in page
    address = re.search(r'href="([^"]*/compare/live[^"]*)"[^>]*>\s*See what changed', page)[1]
    compared = client.get(address).content.decode()
    assert partner.role in compared
    assert "Marmalade" in compared
    assert page.index('data-workflow-action-name="approve"') < page.index("Save draft")


@pytest.fixture
def proposed(partner, person):
    draft = partner.get_latest_revision_as_object()
    draft.role = "Marmalade"
    services.send_to_council(draft, person("partner"))
    return Partner.objects.get(pk=partner.pk)


def test_who_decides_after_somebody_else_loses_nothing(sign_in, proposed, person):
    late = Client()
    late.force_login(person("editor2"))
    address = reverse(EDIT_PARTNER, args=[proposed.pk])
    data = posted(late, address) | {
        "role": "Quince",
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
    }
    decide(sign_in("editor"), proposed, "approve")

    answer = late.post(address, data)

    assert answer.status_code == 302
    assert "What you changed was saved as a draft" in said(answer)
    proposed.refresh_from_db()
    assert proposed.role == "Marmalade"
    assert proposed.get_latest_revision_as_object().role == "Quince"


def opened(client, partner):
    """What the browser of somebody who opened the editor will send, whenever they press."""
    address = reverse(EDIT_PARTNER, args=[partner.pk])
    page = client.get(address).content.decode()
    revision = re.search(r'name="loaded_revision_id" value="(\d+)"', page)[1]
    return posted(client, address) | {"loaded_revision_id": revision}


def said(answer):
    return " ".join(str(one) for one in get_messages(answer.wsgi_request))


def send_late(client, partner, data):
    answer = client.post(reverse(EDIT_PARTNER, args=[partner.pk]), data)
    assert answer.status_code == 302
    return said(answer)


def approve_late(client, partner, seen):
    data = seen | {"action-workflow-action": "true", "workflow-action-name": "approve"}
    return send_late(client, partner, data)


def publish_late(client, partner, seen):
    return send_late(client, partner, seen | {"action-publish": "action-publish"})


@pytest.mark.parametrize("decide_late", [approve_late, publish_late])
def test_who_approves_what_was_replaced_meanwhile_approves_nothing(
    sign_in, proposed, person, decide_late
):
    client = sign_in("editor")
    seen = opened(client, proposed)
    services.propose(
        thing=proposed,
        changes={"role": "Quince"},
        base=proposed.latest_revision_id,
        by=person("partner"),
    )

    assert "nothing was decided or saved" in decide_late(client, proposed, seen)

    proposed.refresh_from_db()
    assert proposed.role not in ("Marmalade", "Quince")
    assert proposed.get_latest_revision_as_object().role == "Quince"
    assert proposed.current_workflow_task


def test_who_approves_what_was_taken_back_meanwhile_does_not_bring_it_back(
    sign_in, proposed, person
):
    client = sign_in("editor")
    seen = opened(client, proposed)
    services.take_back(thing=proposed, by=person("partner"))

    assert "nothing was decided or saved" in approve_late(client, proposed, seen)

    proposed.refresh_from_db()
    assert "Marmalade" not in (proposed.role, proposed.get_latest_revision_as_object().role)


def test_who_publishes_after_a_colleague_saved_loses_nothing_and_publishes_nothing(
    sign_in, partner, person
):
    client, late = sign_in("editor"), Client()
    late.force_login(person("editor2"))
    seen, before = opened(late, partner) | {"role": "Quince"}, partner.role
    draft = partner.get_latest_revision_as_object()
    draft.role = "Marmalade"
    draft.save_revision(user=person("editor"))

    assert "saved as the latest draft" in publish_late(late, partner, seen)

    partner.refresh_from_db()
    assert partner.role == before
    assert partner.get_latest_revision_as_object().role == "Quince"
    assert "saved as the latest draft" in publish_late(late, partner, seen)  # pressed once more
    partner.refresh_from_db()
    assert partner.role == before
    seen = opened(client, partner)
    client.post(reverse(EDIT_PARTNER, args=[partner.pk]), seen | {"role": "Damson"})
    publish_late(client, partner, seen | {"role": "Damson"})  # over an own draft
    partner.refresh_from_db()
    assert partner.role == "Damson"


def test_what_is_wrong_in_it_does_not_hide_that_a_colleague_changed_it(sign_in, partner, person):
    late = Client()
    late.force_login(person("editor2"))
    seen = opened(late, partner) | {"website": "no address"}
    draft = partner.get_latest_revision_as_object()
    draft.role = "Marmalade"
    draft.save_revision(user=person("editor"))

    data = seen | {"action-publish": "action-publish"}
    answer = late.post(reverse(EDIT_PARTNER, args=[partner.pk]), data)

    assert answer.status_code == 200
    assert "Somebody else changed this after you opened it" in answer.content.decode()


def test_an_old_screen_does_not_undo_what_a_colleague_changed_while_approving(
    sign_in, proposed, person
):
    late = Client()
    late.force_login(person("editor2"))
    seen = opened(late, proposed)
    decide(sign_in("editor"), proposed, "approve", role="Damson")

    assert "nothing was decided or saved" in approve_late(late, proposed, seen)

    proposed.refresh_from_db()
    assert proposed.role == proposed.get_latest_revision_as_object().role == "Damson"


def test_another_decision_of_the_same_person_is_not_called_sent_twice(sign_in, proposed):
    client = sign_in("editor")
    seen = opened(client, proposed) | {"role": "Quince"}
    decide(client, proposed, "reject")

    told = approve_late(client, proposed, seen)

    assert "This was decided meanwhile" in told
    assert "sent twice" not in told
    proposed.refresh_from_db()
    assert proposed.get_latest_revision_as_object().role == "Quince"


def test_what_is_approved_cannot_be_taken_back(sign_in, proposed, lead):
    decide(sign_in("editor"), proposed, "approve")
    member = sign_in("partner")

    answer = member.post("/partner/big-alliance/profile/take-back/", follow=True)

    assert "Nothing was taken back: the council has approved it" in answer.content.decode()
    proposed.refresh_from_db()
    assert proposed.role == "Marmalade"


def test_the_same_decision_sent_twice_is_done_once(sign_in, proposed):
    client = sign_in("editor")
    address = reverse(EDIT_PARTNER, args=[proposed.pk])
    data = posted(client, address) | {
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
    }
    client.post(address, data)
    versions = proposed.revisions.count()

    answer = client.post(address, data)

    assert (answer.status_code, answer["Location"]) == (302, address)
    assert "was done once" in str([*get_messages(answer.wsgi_request)][-1])
    assert proposed.revisions.count() == versions


def test_a_cache_that_is_away_keeps_nobody_from_editing(sign_in, proposed, monkeypatch):
    def away(*given):
        raise ConnectionError

    monkeypatch.setattr("core.alone.cache.add", away)

    decide(sign_in("editor"), proposed, "approve")

    proposed.refresh_from_db()
    assert proposed.role == "Marmalade"


@pytest.mark.parametrize("is_returned", [True, False])
def test_the_screen_of_what_waits_for_nobody_says_nothing_of_it(sign_in, request, is_returned):
    client = sign_in("editor")
    thing = request.getfixturevalue("proposed" if is_returned else "partner")
    if is_returned:
        decide(client, thing, "reject")

    page = client.get(reverse(EDIT_PARTNER, args=[thing.pk])).content.decode()

    assert "asks for approval" not in page


def test_a_change_that_is_returned_without_a_reason_is_told_as_such(sign_in, link):
    decide(sign_in("editor"), link, "reject")

    assert "did not write why" in Message.objects.get(purpose="proposal_returned").body
    page = sign_in("partner").get("/partner/big-alliance/offers/").content.decode()
    assert "did not write why" in page


def test_the_mail_to_those_who_approve_leads_to_what_waits(link):
    sent = next(one for one in mail.outbox if one.to == ["editor@example.org"])

    links = re.findall(r"https?://\S+", sent.body)
    assert links[0].endswith(f"/admin/snippets/offers/offerlink/edit/{link.pk}/")
    assert all(len(one) > len("http://127.0.0.1:8000/") for one in links)


def test_what_is_returned_stays_as_the_public_knows_it(sign_in, link, person):
    decide(
        sign_in("editor"),
        link,
        "reject",
        **{"workflow-action-extra-data": '{"comment": "Which schools?"}'},
    )

    link = OfferLink.objects.get(pk=link.pk)
    assert not link.live
    told = Message.objects.get(purpose="proposal_returned")
    assert told.recipient == person("partner").email
    assert "Which schools?" in told.body
