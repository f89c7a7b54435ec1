"""What members say of what their partner offers: approved by the council, or taken off at once."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import WorkflowState

from home.demo.loader import MEMBERS
from offers import services
from offers.models import OfferLink, OfferPage
from outbox.models import Mailbox
from partners.models import Partner
from tests.members import OTHER, OWN, mails, told_by_wagtail, words

OFFERS = f"{OWN}offers/"
NEW = {
    "offer": "hire-flexibly",
    "role": "support",
    "what_we_do": "We find people who want part-time work.",
    "room": "now",
    "from_on": "",
    "contact_email": "intake@example.com",
}


@pytest.fixture
def link(home):
    """What BIG Alliance offers first."""
    return OfferLink.objects.filter(partner__slug="big-alliance").order_by("offer__path").first()


def edit_of(link):
    return f"{OFFERS}{link.uuid}/edit/"


def fields(client, link, **changes):
    """What the form of a link holds, as a browser would send it, with some answers changed."""
    page = BeautifulSoup(client.get(edit_of(link)).content, "html.parser").select_one("main form")
    held = {
        one["name"]: one.get("value", "")
        for one in page.select("input")
        if one["type"] != "radio" or one.has_attr("checked")
    }
    held |= {one["name"]: one.text.strip("\r\n") for one in page.select("textarea")}
    chosen = page.select_one("select option[selected]")
    return {**held, "from_on": chosen["value"] if chosen else "", **changes}


def decide(person, action, link, comment=""):
    """An editor presses a button of Wagtail's moderation."""
    state = fresh(link).current_workflow_task_state
    state.task.specific.on_action(state, person("editor"), action, comment=comment)


def fresh(link):
    return OfferLink.objects.get(pk=link.pk)


def added():
    return OfferLink.objects.get(partner__slug="big-alliance", offer__slug="hire-flexibly")


def public_words(client, link):
    return words(client.get(link.offer.url))


# -- Adding -------------------------------------------------------------------------------


def test_a_new_link_is_public_once_the_council_approves_it(lead, client, person):
    answer = lead.post(f"{OFFERS}add/", NEW)

    assert (answer.status_code, answer["Location"]) == (303, f"{OFFERS}?done=sent")
    assert not added().live
    assert added() not in OfferLink.objects.published()
    assert NEW["what_we_do"] not in public_words(client, added())
    shown = words(lead.get(OFFERS))
    assert "Waiting for the council. The public reads nothing of it until it is approved" in shown
    assert "editor@example.org" in told_by_wagtail()

    decide(person, "approve", added())

    assert added() in OfferLink.objects.published()
    assert NEW["what_we_do"] in public_words(client, added())
    (mail,) = mails("proposal_approved")
    assert (mail.recipient, OFFERS in mail.body) == ("partner@example.org", True)


def test_pressing_twice_adds_once(lead):
    answers = [lead.post(f"{OFFERS}add/", NEW) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [f"{OFFERS}?done=sent"] * 2
    assert WorkflowState.objects.count() == 1


def test_what_there_is_already_is_not_added_and_nothing_typed_is_lost(lead, link):
    answer = lead.post(f"{OFFERS}add/", {**NEW, "offer": link.offer.slug})

    assert answer.status_code == 422
    assert "This is among what you offer already" in words(answer)
    assert NEW["what_we_do"] in answer.content.decode()
    assert fresh(link).current_workflow_state is None


def test_of_two_who_add_the_same_one_wins_and_the_other_is_told(lead, person):
    lead.post(f"{OFFERS}add/", NEW)

    answer = lead.post(f"{OFFERS}add/", {**NEW, "what_we_do": "Something else."})

    assert "This is among what you offer already" in words(answer)
    assert "Something else." in answer.content.decode()
    assert added().what_we_do == NEW["what_we_do"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"offer": ""}, "Select what you offer"),
        ({"offer": "no-such-offer"}, "Select what you offer"),
        ({"offer": "\x00"}, "Select what you offer"),
        ({"role": ""}, "Select whether you run it or support it"),
        ({"role": "king"}, "Select whether you run it or support it"),
        ({"what_we_do": ""}, "Enter what you do for employers"),
        ({"what_we_do": "x" * 100_000}, "What you do must be 200 characters or less"),
        ({"room": ""}, "Select whether there is room"),
        ({"room": "from"}, "Select from which month there is room"),
        ({"room": "from", "from_on": "9999-99"}, "Select from which month there is room"),
        ({"contact_email": "sam"}, "Enter an email address in the correct format"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(lead, changes, message):
    answer = lead.post(f"{OFFERS}add/", {**NEW, **changes})

    assert answer.status_code == 422
    assert message in words(answer)
    if "contact_email" not in changes:
        assert 'value="intake@example.com"' in answer.content.decode()
    assert not OfferLink.objects.filter(offer__slug="hire-flexibly", partner__slug="big-alliance")


def test_only_offers_that_the_public_sees_can_be_added(lead):
    OfferPage.objects.get(slug="hire-flexibly").unpublish()

    assert lead.post(f"{OFFERS}add/", NEW).status_code == 422


def test_hostile_text_stays_text(lead, client, person):
    lead.post(f"{OFFERS}add/", {**NEW, "what_we_do": "<script>alert(1)</script> İ \x00"})
    decide(person, "approve", added())

    assert b"<script>alert" not in client.get(added().offer.url).content
    assert b"<script>alert" not in lead.get(OFFERS).content


# -- Changing -----------------------------------------------------------------------------


def test_the_public_keeps_the_approved_link_while_a_change_waits(lead, client, person, link):
    before = link.what_we_do

    lead.post(edit_of(link), fields(lead, link, what_we_do="Something new."))

    assert fresh(link).what_we_do == before
    assert "Something new." not in public_words(client, link)
    assert "What you do Something new." in words(lead.get(OFFERS))
    decide(person, "approve", link)
    assert "Something new." in public_words(client, link)


def test_everything_that_was_proposed_is_shown_while_it_waits(lead, link):
    OfferLink.objects.filter(pk=link.pk).update(contact_email="old@example.com")
    changes = {"role": "support", "room": "full", "contact_email": "new@example.com"}

    lead.post(edit_of(link), fields(lead, fresh(link), **changes))

    shown = words(lead.get(OFFERS))
    assert f"Your part Supports it What you do {link.what_we_do} Room Has no room" in shown
    assert f"Your part Runs it What you do {link.what_we_do} Room Has room now" in shown
    assert "Email address for enquiries: new@example.com. Not proven" in shown
    assert "Until the council approves the change we write to old@example.com." in shown


def test_what_the_council_writes_itself_is_not_shown_to_members(lead, person, link):
    link.what_we_do, link.contact_email = "Marmalade", "council@example.org"
    link.save_revision(user=person("editor"))
    link.get_workflow().start(link, person("editor"))

    shown = words(lead.get(OFFERS))

    assert "The council is changing this" in shown
    assert "Marmalade" not in shown
    assert "council@example.org" not in shown


def test_what_is_returned_comes_with_the_reason_and_is_edited_from_the_draft(lead, person, link):
    lead.post(edit_of(link), fields(lead, link, what_we_do="Something new."))
    decide(person, "reject", link, "Say what is new.")

    assert "Say what is new." in words(lead.get(OFFERS))
    assert fields(lead, link)["what_we_do"] == "Something new."
    (mail,) = mails("proposal_returned")
    assert "Say what is new." in mail.body
    assert "partner@example.org" not in told_by_wagtail()

    assert lead.post(edit_of(link), fields(lead, link)).status_code == 303
    assert "Waiting for the council" in words(lead.get(OFFERS))


def test_a_change_is_taken_back(lead, link):
    before = link.what_we_do
    lead.post(edit_of(link), fields(lead, link, what_we_do="Something new."))

    lead.post(f"{OFFERS}{link.uuid}/take-back/")

    assert fields(lead, link)["what_we_do"] == before
    assert fresh(link).current_workflow_state is None


def test_a_new_link_that_is_taken_back_can_be_sent_later(lead):
    lead.post(f"{OFFERS}add/", NEW)
    lead.post(f"{OFFERS}{added().uuid}/take-back/")
    assert "Not sent to the council" in words(lead.get(OFFERS))

    answer = lead.post(edit_of(added()), fields(lead, added()))

    assert answer["Location"] == f"{OFFERS}?done=sent"
    assert "Waiting for the council" in words(lead.get(OFFERS))


def test_of_two_who_change_at_once_the_second_is_told(lead, link):
    mine = fields(lead, link, what_we_do="Mine.")
    lead.post(edit_of(link), fields(lead, link, what_we_do="Theirs."))

    answer = lead.post(edit_of(link), mine)

    assert answer.status_code == 409
    assert "Somebody changed this while you were writing" in words(answer)
    assert "Mine." in answer.content.decode()
    assert fresh(link).get_latest_revision_as_object().what_we_do == "Theirs."


def test_room_from_a_month_is_its_first_day(lead, person, link, today):
    later = f"{today.year + 1}-06"

    lead.post(edit_of(link), fields(lead, link, room="from", from_on=later))
    decide(person, "approve", link)

    assert fresh(link).from_on == date(today.year + 1, 6, 1)
    lead.post(edit_of(link), fields(lead, link, room="now"))
    decide(person, "approve", link)
    assert fresh(link).from_on is None


def test_a_day_that_an_editor_chose_stays_if_the_month_does(lead, link):
    OfferLink.objects.filter(pk=link.pk).update(room="from", from_on=date(2031, 5, 17))

    lead.post(edit_of(link), fields(lead, link, what_we_do="Something new."))

    assert fresh(link).get_latest_revision_as_object().from_on == date(2031, 5, 17)


# -- Taking off ---------------------------------------------------------------------------


def test_no_room_is_public_at_once_and_the_editors_are_told(lead, client, link):
    path = f"{OFFERS}{link.uuid}/pause/"
    assert lead.get(path).status_code == 200
    assert fresh(link).room == "now"

    answers = [lead.post(path), lead.post(path)]

    assert [answer["Location"] for answer in answers] == [f"{OFFERS}?done=paused"] * 2
    assert fresh(link).room == "full"
    told = mails("offer_link_taken_off")
    assert {mail.recipient for mail in told} == {
        "admin@example.org",
        "editor@example.org",
        "editor2@example.org",
    }
    assert re.search(r"/admin/snippets/offers/offerlink/edit/\d+/", told[0].body)


def test_no_room_stays_so_when_a_change_that_waited_is_approved(lead, person, link):
    lead.post(edit_of(link), fields(lead, link, what_we_do="Something new."))

    lead.post(f"{OFFERS}{link.uuid}/pause/")
    decide(person, "approve", link)

    assert (fresh(link).what_we_do, fresh(link).room) == ("Something new.", "full")


def test_a_withdrawn_link_is_off_at_once_and_so_is_its_change(lead, client, person, link):
    lead.post(edit_of(link), fields(lead, link, what_we_do="Something new."))
    path = f"{OFFERS}{link.uuid}/withdraw/"
    assert lead.get(path).status_code == 200
    assert fresh(link).live

    answers = [lead.post(path), lead.post(path)]

    assert [answer["Location"] for answer in answers] == [f"{OFFERS}?done=withdrawn"] * 2
    assert fresh(link) not in OfferLink.objects.published()
    assert fresh(link).current_workflow_state is None
    assert len(mails("offer_link_taken_off")) == 3
    assert "Withdrawn" in words(lead.get(OFFERS))

    lead.post(edit_of(link), fields(lead, link))
    decide(person, "approve", link)
    assert fresh(link) in OfferLink.objects.published()


def test_a_coordinator_proposes_and_takes_nothing_off(client, person, make_member, link):
    make_member("partner2", "timewise", is_coordinator=True)
    client.force_login(person("partner2"))

    assert client.post(f"{OFFERS}add/", NEW).status_code == 303
    for page in ("pause", "withdraw", "contact", "contact/code"):
        assert client.post(f"{OFFERS}{link.uuid}/{page}/").status_code == 404
    assert fresh(link).live


def test_links_of_others_are_not_there(lead):
    theirs = OfferLink.objects.filter(partner__slug="kx-recruit").first()

    for page in ("edit", "take-back", "pause", "withdraw", "contact", "contact/code"):
        for begin in (OWN, OTHER):
            path = f"{begin}offers/{theirs.uuid}/{page}/"
            assert lead.get(path).status_code == 404
            assert lead.post(path, NEW).status_code == 404
    assert fresh(theirs).live


# -- The address for enquiries ---------------------------------------------------------------


def test_an_address_is_proven_by_the_code_that_is_mailed_there(lead, person):
    lead.post(f"{OFFERS}add/", NEW)
    assert "Not proven" in words(lead.get(OFFERS))
    path = f"{OFFERS}{added().uuid}/contact/"
    assert "intake@example.com" in words(lead.get(path))

    answer = lead.post(path)

    assert (answer.status_code, answer["Location"]) == (303, f"{path}code/")
    code = re.search(r"\d{6}", mails("mailbox_code").get().body)[0]
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    refused = lead.post(f"{path}code/", {"code": wrong})
    assert refused.status_code == 422
    assert "This is not the code" in words(refused)
    answers = [lead.post(f"{path}code/", {"code": code}) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [f"{OFFERS}?done=proven-early"] * 2
    assert Mailbox.objects.for_address("intake@example.com").get().is_usable
    assert "Proven: we use it once the council has approved this." in words(lead.get(OFFERS))
    decide(person, "approve", added())
    assert "Proven." in words(lead.get(OFFERS))
    assert lead.post(f"{path}code/", {"code": code})["Location"] == f"{OFFERS}?done=proven"


def test_an_address_gets_3_codes_in_an_hour(lead):
    lead.post(f"{OFFERS}add/", NEW)
    path = f"{OFFERS}{added().uuid}/contact/"

    answers = [lead.post(path) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [303, 303, 303, 429]
    assert "3 codes in an hour" in words(answers[-1])


def test_without_an_address_there_is_nothing_to_prove(lead, link):
    for page in ("contact", "contact/code"):
        answer = lead.get(f"{OFFERS}{link.uuid}/{page}/")

        assert answer["Location"] == f"{OFFERS}?done=no-address"


# -- In the CMS ---------------------------------------------------------------------------


def test_an_editor_sees_what_would_change(lead, client, person, link):
    lead.post(edit_of(link), fields(lead, link, what_we_do="Something new."))
    changed = fresh(link)
    client.force_login(person("editor"))

    compare = client.get(
        reverse(
            changed.snippet_viewset.get_url_name("revisions_compare"),
            args=[changed.pk, "live", changed.latest_revision_id],
        )
    )

    assert compare.status_code == 200
    assert "Something" in compare.content.decode()


def test_an_editor_is_led_there_from_the_front_page_of_the_cms(lead, client, person, link):
    lead.post(edit_of(link), fields(lead, link, what_we_do="Something new."))
    client.force_login(person("editor"))

    assert str(link.offer.title) in client.get("/admin/").content.decode()


def test_the_list_takes_no_more_queries_for_more_links(
    lead,
    django_assert_max_num_queries,
):
    partner = Partner.objects.get(slug="big-alliance")
    lead.get(OFFERS)
    with django_assert_max_num_queries(60) as few:
        lead.get(OFFERS)
    number = len(few)
    for offer in OfferPage.objects.exclude(offer_links__partner=partner):
        lead.post(f"{OFFERS}add/", {**NEW, "offer": offer.slug})

    with django_assert_max_num_queries(number + 3):
        lead.get(OFFERS)


def test_an_expired_form_keeps_what_was_entered(person):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(person("partner"))

    answer = client.post(f"{OFFERS}add/", NEW)

    assert answer.status_code == 403
    assert NEW["what_we_do"] in answer.content.decode()


def test_demonstration_members_lead_partners_that_offer_something(home):
    for _, slug in MEMBERS:
        assert OfferLink.objects.published().filter(partner__slug=slug).exists()


def test_a_service_says_which_link_there_is(link, person):
    with pytest.raises(services.AlreadyLinked) as refused:
        services.propose_link(
            partner=link.partner, offer=link.offer, fields={"room": "full"}, by=person("partner")
        )

    assert refused.value.link == link
