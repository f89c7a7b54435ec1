"""Whether what partners offer still holds: asked monthly, confirmed by one button, else hidden."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Revision

from accounts.models import User
from core import posted
from core.tokens import make_token
from offers import services
from offers.models import FreshnessCheck, OfferLink, OfferPage
from offers.tasks import keep_links_fresh
from outbox.models import Mailbox, Message
from partners.models import Membership, Partner
from tests.hostile import CORPUS

NOON = datetime(2026, 10, 5, 11, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
WORD = "Marmalade"


@pytest.fixture
def partner(home):
    """Of all partners BIG Alliance alone has not confirmed what it offers for 31 days at noon."""
    partner = Partner.objects.get(slug="big-alliance")
    OfferLink.objects.exclude(partner=partner).update(confirmed_at=NOON)
    return partner


@pytest.fixture
def link(partner):
    link = OfferLink.objects.filter(partner=partner).order_by("pk").first()
    link.what_we_do = WORD
    link.save_revision().publish()
    last_confirmed(partner, 31)
    return link


@pytest.fixture
def check(link, partner):
    return FreshnessCheck.objects.create(partner=partner, asked_at=timezone.now())


def last_confirmed(partner, days, at=NOON):
    OfferLink.objects.filter(partner=partner).update(confirmed_at=at - days * DAY)


def words(response):
    return " ".join(strip_tags(response.content.decode()).split())


def seen(client, address):
    return re.search(r'name="seen" value="([^"]*)"', client.get(address).content.decode())[1]


def mails(purpose="still_right"):
    return Message.objects.filter(purpose=purpose)


def mailed_path(message):
    return re.search(r"/still-right/\S+", message.body)[0]


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (OfferLink, FreshnessCheck, Message, Partner)
    ]


# -- Asking ----------------------------------------------------------------------------------


def test_nobody_is_asked_about_an_offer_that_is_not_published(partner, link):
    for one in OfferLink.objects.filter(partner=partner).select_related("offer"):
        one.offer.unpublish()

    services.ask_partners(NOON)

    assert not mails().exists()


def test_a_partner_is_asked_once_a_month_at_its_proven_contact(client, partner, link):
    Mailbox.objects.create(address="intake@example.org", proven_at=NOON)
    OfferLink.objects.filter(partner=partner).update(contact_email="intake@example.org")

    for moment in (NOON, NOON, NOON + DAY, NOON + 29 * DAY):
        keep_links_fresh(moment)
    first = mails().get()
    assert first.recipient == "intake@example.org"
    keep_links_fresh(NOON + 30 * DAY)

    assert mails().filter(recipient="intake@example.org").count() == 2
    FreshnessCheck.objects.update(asked_at=timezone.now())
    assert WORD in first.body
    assert "Is this still right?" in words(client.get(mailed_path(first)))


def test_without_a_proven_contact_those_who_lead_are_asked(partner, link):
    OfferLink.objects.filter(partner=partner).update(contact_email="unproven@example.org")
    other = User.objects.create_user("second@example.org")
    Membership.objects.create(partner=partner, user=other, joined_at=NOON)

    keep_links_fresh(NOON)

    assert [mail.recipient for mail in mails()] == ["partner@example.org"]


def test_the_link_of_somebody_who_was_removed_opens_nothing(client, partner, link):
    keep_links_fresh(NOON)
    FreshnessCheck.objects.update(asked_at=timezone.now())
    path = mailed_path(mails().get())
    assert client.get(path).status_code == 200

    Membership.objects.get(partner=partner).delete()

    assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)


def test_with_nobody_to_ask_the_editors_are_told_and_the_rest_goes_on(partner, link):
    Membership.objects.filter(partner=partner).delete()
    last_confirmed(Partner.objects.get(slug="kx-recruit"), 31)

    keep_links_fresh(NOON)

    assert [mail.recipient for mail in mails()] == ["partner2@example.org"]
    told = mails("partner_without_contact")
    assert {mail.recipient for mail in told} >= {"editor@example.org", "editor2@example.org"}
    assert WORD in told.first().body


def test_an_address_that_the_council_has_not_approved_is_not_asked(partner, link):
    Mailbox.objects.create(address="evil@example.net", proven_at=NOON)
    OfferLink.objects.create(
        partner=partner,
        offer=OfferPage.objects.exclude(offer_links__partner=partner).first(),
        what_we_do="Proposed",
        contact_email="evil@example.net",
        live=False,
    )

    keep_links_fresh(NOON)

    assert not mails().filter(recipient="evil@example.net").exists()


def test_who_confirms_in_the_last_moment_is_not_told_that_it_is_hidden(partner, link, monkeypatch):
    last_confirmed(partner, 91)
    real = services.freshness._write

    def confirm_first(one, now, purpose):
        services.confirm(
            partner=partner,
            seen=services.fingerprint(OfferLink.objects.kept_up().filter(partner=partner)),
            by=None,
            now=NOON,
        )
        return real(one, now, purpose)

    monkeypatch.setattr(services.freshness, "_write", confirm_first)
    services.hide_unconfirmed(NOON)
    services.ask_partners(NOON)

    assert not Message.objects.exists()
    assert not FreshnessCheck.objects.exists()


@pytest.mark.parametrize(
    "moment", [datetime(2026, 10, 10, 11, tzinfo=UTC), datetime(2026, 10, 5, 7, tzinfo=UTC)]
)
def test_nobody_is_asked_at_night_or_at_the_weekend(partner, link, moment):
    keep_links_fresh(moment)

    assert not mails().exists()


def test_who_has_confirmed_lately_or_offers_nothing_public_is_not_asked(partner, link):
    OfferLink.objects.filter(partner=partner).update(live=False)
    last_confirmed(Partner.objects.get(slug="kx-recruit"), 29)

    keep_links_fresh(NOON)

    assert not mails().exists()


# -- Confirming ------------------------------------------------------------------------------


def test_one_button_confirms_all_that_was_shown(client, check, partner):
    address = reverse("still_right", args=[check.token])
    page = client.get(address)
    assert WORD in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    before = timezone.now()

    for _ in range(2):
        response = client.post(address, {"answer": "right", "seen": seen(client, address)})
        assert response.status_code == 303

    assert "Thank you" in words(client.get(response["Location"]))
    for link in OfferLink.objects.filter(partner=partner):
        assert link.confirmed_at >= before
    assert OfferLink.objects.exclude(partner=partner).first().confirmed_at == NOON


def test_what_has_changed_since_it_was_shown_is_not_confirmed(client, check, link, partner):
    address = reverse("still_right", args=[check.token])
    shown = seen(client, address)
    link.what_we_do = "Something else"
    link.save_revision().publish()
    last_confirmed(partner, 31)

    response = client.post(address, {"answer": "right", "seen": shown})

    assert response.status_code == 409
    assert "This has changed since you opened the page" in words(response)
    assert "Something else" in response.content.decode()
    link.refresh_from_db()
    assert link.confirmed_at == NOON - 31 * DAY


def test_that_there_is_no_room_is_public_at_once_and_the_editors_are_told(client, check, link):
    address = reverse("still_right", args=[check.token])

    response = client.post(address, {"answer": str(link.uuid), "seen": seen(client, address)})

    link.refresh_from_db()
    assert response.status_code == 303
    assert link.room == "full"
    assert mails("offer_link_taken_off").exists()
    assert "there is no room" in words(client.get(response["Location"]))


def test_a_link_of_another_partner_cannot_be_paused(client, check, partner):
    other = OfferLink.objects.exclude(partner=partner).exclude(room="full").first()
    address = reverse("still_right", args=[check.token])

    response = client.post(address, {"answer": str(other.uuid), "seen": ""})

    assert response.status_code == 409
    assert OfferLink.objects.get(pk=other.pk).room == other.room


def test_whoever_publishes_a_link_has_confirmed_it_and_an_old_draft_forgets_nothing(link):
    draft = Revision.objects.get(pk=link.save_revision().pk)
    OfferLink.objects.filter(pk=link.pk).update(confirmed_at=NOON, lapsed_at=NOON)
    before = timezone.now()

    assert draft.as_object().confirmed_at == NOON
    OfferLink.objects.get(pk=link.pk).latest_revision.publish()

    link.refresh_from_db()
    assert link.confirmed_at >= before
    assert link.lapsed_at is None


def test_members_confirm_in_their_area(sign_in, link, partner):
    client = sign_in("partner")
    address = reverse("partner_still_right", args=[partner.slug])
    assert address in client.get(reverse("partner_offers", args=[partner.slug])).content.decode()

    response = client.post(address, {"answer": "right", "seen": seen(client, address)})

    assert response["Location"].startswith(reverse("partner_offers", args=[partner.slug]))
    link.refresh_from_db()
    assert link.confirmed_at > NOON


def test_no_room_holds_for_what_is_scheduled_and_is_told_of_nothing_hidden(link):
    link.room = "now"
    revision = link.save_revision()
    revision.approved_go_live_at = timezone.now() + DAY
    revision.save()
    link.save_revision()
    fresh = OfferLink.objects.get(pk=link.pk)

    services.pause(link=fresh, by=None, now=NOON)
    assert Revision.objects.get(pk=revision.pk).content["room"] == "full"

    Message.objects.all().delete()
    OfferLink.objects.filter(pk=link.pk).update(live=False, room="now")
    services.pause(link=OfferLink.objects.get(pk=link.pk), by=None, now=NOON)
    assert not Message.objects.exists()


def test_an_approval_that_began_before_does_not_bring_the_room_back(link, person):
    link.room = "now"
    waiting = Revision.objects.get(pk=link.save_revision(user=person("partner")).pk)
    assert waiting.content["room"] == "now"  # as the approval has read it

    services.pause(link=OfferLink.objects.get(pk=link.pk), by=None, now=NOON)
    waiting.publish(user=person("editor"))

    assert OfferLink.objects.get(pk=link.pk).room == "full"


# -- Silence ---------------------------------------------------------------------------------


def test_what_nobody_confirms_for_90_days_is_hidden_until_somebody_does(client, link, partner):
    offer = link.offer.get_url()
    assert WORD in client.get(offer).content.decode()

    last_confirmed(partner, 89)
    keep_links_fresh(NOON)
    assert WORD in client.get(offer).content.decode()
    last_confirmed(partner, 91)
    for _ in range(2):
        keep_links_fresh(NOON)

    assert WORD not in client.get(offer).content.decode()
    assert WORD not in client.get(partner.get_absolute_url()).content.decode()
    told = mails("offer_links_lapsed").get()
    assert WORD in told.body
    path = mailed_path(told)
    FreshnessCheck.objects.update(asked_at=timezone.now())  # the clock stood in the past
    assert "Not shown since" in words(client.get(path))
    client.post(path, {"answer": "right", "seen": seen(client, path)})
    assert WORD in client.get(offer).content.decode()


def test_the_cms_marks_what_a_partner_does_not_confirm(sign_in, link, partner):
    last_confirmed(partner, 61, at=timezone.now())
    client = sign_in("editor")

    page = words(client.get("/admin/snippets/offers/offerlink/"))

    assert "the partner does not answer" in page


# -- Who gets in -----------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_link_that_was_opened_ten_times_has_changed_nothing(client, check, method):
    address = reverse("still_right", args=[check.token])
    before = everything()

    for _ in range(10):
        assert getattr(client, method)(address).status_code == 200

    assert everything() == before


def test_tampered_links_get_one_answer(client, check):
    token, answers, before = check.token, set(), everything()
    for place in range(0, 200, 10):
        at = place % len(token)
        other = "A" if token[at] != "A" else "B"
        address = reverse("still_right", args=[token[:at] + other + token[at + 1 :]])
        response = client.post(address, {"answer": "right", "seen": ""})
        answers.add((response.status_code, response.content))

    assert {status for status, _ in answers} == {404}
    assert len(answers) == 1
    assert everything() == before


def test_links_for_other_purposes_old_ones_and_of_retired_partners_open_nothing(
    client, check, partner
):
    good = reverse("still_right", args=[check.token])
    for token in (
        make_token("handover", check.uuid, 1),
        make_token("still-right", check.uuid, 2),
        make_token("still-right", uuid.uuid4(), 1),
    ):
        assert client.get(reverse("still_right", args=[token])).status_code == 404
    FreshnessCheck.objects.update(asked_at=timezone.now() - 61 * DAY)
    assert client.get(good).status_code == 404
    FreshnessCheck.objects.update(asked_at=timezone.now())
    assert client.get(good).status_code == 200
    Partner.objects.filter(pk=partner.pk).update(is_active=False)
    assert client.get(good).status_code == 404


@pytest.mark.parametrize("role", ["anonymous", "partner2", "editor", "desk", "admin"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_confirms_for_a_partner(sign_in, link, partner, role, method):
    client, before = sign_in(role), everything()
    given = services.fingerprint(OfferLink.objects.kept_up().filter(partner=partner))

    address = reverse("partner_still_right", args=[partner.slug])
    response = getattr(client, method)(address, {"answer": "right", "seen": given})

    assert response.status_code == (302 if role == "anonymous" else 404)
    assert everything() == before


@pytest.mark.parametrize("text", CORPUS, ids=lambda text: ascii(text[:20]))
def test_odd_answers_are_refused_in_words(client, check, text):
    address = reverse("still_right", args=[check.token])
    before = everything()

    response = client.post(address, {"answer": text, "seen": text})

    assert response.status_code in (409, 422)
    assert everything() == before


def test_both_forms_keep_what_they_post_when_they_expire(check, partner):
    for name, args in (("still_right", [check.token]), ("partner_still_right", [partner.slug])):
        assert posted.names_at(reverse(name, args=args)) == ["answer", "seen"]


# -- A partner that has left -----------------------------------------------------------------


def test_the_page_of_a_partner_that_has_left_says_so_and_names_nobody(client, partner):
    Partner.objects.filter(pk=partner.pk).update(is_active=False, retired_on="2026-10-01")

    response = client.get(partner.get_absolute_url())

    assert response.status_code == 410
    assert "not a partner any more" in words(response)
    assert partner.name not in response.content.decode()


def test_what_a_partner_that_has_left_offered_is_gone_from_every_offer(client, partner):
    Partner.objects.filter(pk=partner.pk).update(is_active=False, retired_on="2026-10-01")

    for offer in OfferPage.objects.published():
        assert partner.get_absolute_url() not in client.get(offer.get_url()).content.decode()
