"""From ‘I'm interested’ to the reference: addresses, answers, cookies and second tries."""

import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from core.models import SiteMessage
from core.tokens import make_token, read_token
from enquiries import views
from enquiries.models import Enquiry
from enquiries.stamps import Stamp, WebsiteStamp
from enquiries.views import DRAFTS
from offers.models import OfferPage
from outbox.models import Message

from .conftest import ANSWERS, Employer

TRAP = {"website": "https://spam.example"}


def ticked(page):
    return [box["value"] for box in page.select("[name=offers][checked]")]


def typed(page, name):
    control = page.select_one(f"[name={name}]")
    return control.text if control.name == "textarea" else control.get("value")


def leads_to(response):
    """The enquiry, and the version of its link; the token itself holds the second it was made."""
    return read_token("sent", response["Location"].removeprefix("/enquire/sent/").rstrip("/"))


# -- The door -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "offer", ["hire-flexibly", "a-closed-offer", "no-such-offer"], ids=["open", "closed", "unknown"]
)
@pytest.mark.parametrize("via", ["", "?via=form"])
def test_the_door_decides_at_the_click_and_is_never_remembered(client, home, offer, via):
    OfferPage.objects.filter(slug="recruit-locally").update(is_open=False, slug="a-closed-offer")

    response = client.get(f"/start/{offer}/{via}")

    assert response.status_code == 303
    assert response["Location"] == f"/enquire/?offer={offer}"
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_the_door_asks_the_database_nothing(client, home, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/start/hire-flexibly/")


def test_the_door_takes_no_post(client, home):
    assert client.post("/start/hire-flexibly/").status_code == 405


# -- The form -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ("", []),
        ("?offer=hire-flexibly", ["hire-flexibly"]),
        ("?offer=hire-flexibly&offer=recruit-locally", ["hire-flexibly", "recruit-locally"]),
        ("?offer=no-such-offer", []),
        ("?offer=not-sure", []),
        ("?offer=", []),
        ("?offer=%00&offer=%ff", []),
        ("?offer=hire-flexibly&offer=no-such-offer", ["hire-flexibly"]),
        ("?offers=hire-flexibly", []),
    ],
)
def test_a_deep_link_ticks_what_was_chosen_a_click_ago(client, employer, query, chosen):
    response = client.get(f"/enquire/{query}")

    assert response.status_code == 200
    assert ticked(employer.read(response)) == chosen


@pytest.mark.parametrize("state", ["closed", "draft", "private"])
def test_only_open_published_offers_can_be_asked_about(client, employer, state):
    offer = OfferPage.objects.get(slug="hire-flexibly")
    if state == "closed":
        OfferPage.objects.filter(pk=offer.pk).update(is_open=False)
    elif state == "draft":
        offer.unpublish()
    else:
        offer.view_restrictions.create(restriction_type="login")

    page = employer.read(client.get("/enquire/?offer=hire-flexibly"))

    boxes = [box["value"] for box in page.select("[name=offers]")]
    assert "hire-flexibly" not in boxes
    assert len(boxes) == OfferPage.objects.count()
    assert boxes[-1] == "not-sure"
    assert employer.post(employer.open_form(), offers=["hire-flexibly"]).status_code == 422


def test_the_form_takes_the_same_number_of_queries_for_11_offers_and_for_3(
    client, home, django_assert_max_num_queries
):
    client.get("/enquire/")
    with django_assert_max_num_queries(15) as many:
        client.get("/enquire/")
    for offer in OfferPage.objects.all()[3:]:
        offer.unpublish()
    client.get("/enquire/")
    with django_assert_max_num_queries(15) as few:
        client.get("/enquire/")

    assert len(many) == len(few)


def test_the_form_asks_the_browser_to_check_nothing(client, employer):
    page = employer.read(client.get("/enquire/"))
    form = page.select_one("form[action='/enquire/']")

    assert form.has_attr("novalidate")
    assert form["method"] == "post"
    for control in form.select("input, textarea, select"):
        assert not {"required", "maxlength", "pattern", "placeholder"} & set(control.attrs)
        assert control.get("type") != "number"


def test_optional_questions_say_so_and_required_ones_carry_no_mark(client, employer):
    page = employer.read(client.get("/enquire/"))
    names = [label.get_text(strip=True) for label in page.select("form legend, form label")]
    optional = [name for name in names if name.endswith("(optional)")]

    assert len(optional) == 6
    assert "Organisation name" in names
    assert not any("*" in name or name.endswith(":") for name in names)


def test_the_page_that_led_here_is_kept_if_it_is_ours(employer):
    stamp = employer.open_form(Referer="http://testserver/ways-to-get-involved/hire-flexibly/?x=1")
    employer.post(stamp)
    employer.send(employer.key())

    assert Enquiry.objects.get().came_from == "/ways-to-get-involved/hire-flexibly/"


def test_of_the_offers_in_an_address_the_first_that_is_one_is_kept(employer):
    stamp = employer.open_form("/enquire/?offer=no-such-offer&offer=hire-flexibly")

    assert Stamp.read(stamp).came_from == "/start/hire-flexibly/"


@pytest.mark.parametrize(
    "referer", ["https://evil.example/x/", "http://[", "//evil.example/", "javascript:alert(1)", ""]
)
def test_a_page_of_somebody_else_is_not_kept(employer, referer):
    stamp = employer.open_form(Referer=referer)

    assert Stamp.read(stamp).came_from == ""


# -- Continue -----------------------------------------------------------------------------


def test_a_wrong_form_comes_back_with_its_answers_and_422(employer):
    response = employer.post(
        employer.open_form(), email="sam@localhost", name="", message="Hello <b>", offers=[]
    )

    page = employer.read(response)
    assert response.status_code == 422
    assert page.title.text.startswith("Error: ")
    assert typed(page, "email") == "sam@localhost"
    assert typed(page, "message").strip() == "Hello <b>"
    assert typed(page, "organisation") == "Canal Bakery"
    links = [(link["href"], link.text) for link in page.select("[role=alert] a")]
    assert [href for href, _ in links] == ["#offers", "#name", "#email"]
    assert [text for _, text in links][1] == "Enter your full name"


def test_each_error_stands_beside_its_field_and_is_read_with_it(employer):
    page = employer.read(employer.post(employer.open_form(), email="", message="x" * 1_001))

    email, message = page.select_one("#email"), page.select_one("#message")
    assert email["aria-invalid"] == message["aria-invalid"] == "true"
    assert email["aria-describedby"].split()[:2] == ["email-hint", "email-error"]
    assert message["aria-describedby"].split()[-1] == "message-count"
    assert page.select_one("#email-error").get_text(strip=True) == "Error:Enter your email address"
    for control in page.select("[aria-describedby]"):
        assert all(page.find(id=each) for each in control["aria-describedby"].split())


def test_a_wrong_form_keeps_its_stamp(employer):
    stamp = employer.open_form()

    page = employer.read(employer.post(stamp, name=""))

    assert Stamp.read(page.select_one("[name=stamp]")["value"]) == Stamp.read(stamp)


def test_what_the_desk_must_not_decide_cannot_be_posted(employer):
    """Mass assignment: only the answers of the form are taken."""
    employer.post(
        employer.open_form(),
        reference="IA-2222-2222",
        quarantined_at="2020-01-01",
        source="portal",
        reply_due_on="2020-01-01",
        privacy_notice="none",
        id="7",
        uuid=str(uuid.uuid4()),
        is_staff="1",
    )
    employer.send(employer.key())

    enquiry = Enquiry.objects.get()
    assert enquiry.reference != "IA-2222-2222"
    assert (enquiry.source, enquiry.quarantined_at) == ("site", None)
    assert enquiry.reply_due_on >= timezone.localdate()
    assert enquiry.privacy_notice != "none"


def test_the_check_page_shows_every_answer_and_says_it_is_not_sent(employer, client):
    employer.fill_in(role="", message="One\nTwo", organisation="O’Neill <b>")

    page = employer.read(client.get("/enquire/check/"))
    text = page.select_one("main").get_text(" ", strip=True)

    assert page.h1.text == "Check your answers before sending your enquiry"
    for answer in ("Mentoring a young person", "O’Neill <b>", "N1 2UD", "10 to 49 people"):
        assert answer in text
    assert "Not provided" in text
    assert "not sent yet" in text
    assert page.select_one("main form button").text == "Send enquiry"
    assert not Enquiry.objects.exists()


def test_every_change_link_leads_to_its_question(employer, client):
    employer.fill_in()
    links = employer.read(client.get("/enquire/check/")).select("dl a")

    form = employer.read(client.get("/enquire/"))
    assert [link["href"] for link in links] == [f"/enquire/#{name}" for name in ANSWERS]
    for link in links:
        assert form.find(id=link["href"].partition("#")[2])
        assert link.get_text() != "Change"


def test_the_form_comes_back_with_the_answers_that_wait(employer, client):
    employer.fill_in(offers=["hire-flexibly", "recruit-locally"])

    page = employer.read(client.get("/enquire/"))

    assert set(ticked(page)) == {"hire-flexibly", "recruit-locally"}
    assert typed(page, "organisation") == "Canal Bakery"
    assert typed(page, "postcode") == "N1 2UD"
    assert typed(page, "message").strip() == "We open in spring."
    assert page.select_one("[name=size][checked]")["value"] == "10-49"
    assert page.select_one("[name=sector] [selected]")["value"] == "retail"


def test_a_deep_link_adds_to_the_answers_that_wait(employer, client):
    employer.fill_in(offers=["hire-flexibly"])

    page = employer.read(client.get("/enquire/?offer=recruit-locally"))

    assert set(ticked(page)) == {"hire-flexibly", "recruit-locally"}


def test_a_deep_link_replaces_not_sure(employer, client):
    employer.fill_in(offers=["not-sure"])

    assert ticked(employer.read(client.get("/enquire/"))) == ["not-sure"]
    assert ticked(employer.read(client.get("/enquire/?offer=hire-flexibly"))) == ["hire-flexibly"]


def test_the_check_page_without_answers_says_so(client, home):
    response = client.get("/enquire/check/")

    assert response.status_code == 200
    assert b"There are no answers to check" in response.content


# -- Send ---------------------------------------------------------------------------------


def test_sending_stores_the_enquiry_and_leads_to_its_reference(employer, client):
    response = employer.send(employer.fill_in())

    enquiry = Enquiry.objects.get()
    assert response.status_code == 303
    assert leads_to(response) == (enquiry.uuid, 1)
    assert enquiry.email == "sam@example.com"
    assert not enquiry.is_quarantined
    assert Message.objects.count() == 2
    assert enquiry.reference.encode() in client.get(response["Location"]).content


def test_a_double_click_sends_once(employer):
    key = employer.fill_in()

    first, second = employer.send(key), employer.send(key)

    assert leads_to(first) == leads_to(second)
    assert (first.status_code, second.status_code) == (303, 303)
    assert Enquiry.objects.count() == 1


def test_the_same_form_posted_again_leads_to_what_was_sent(employer):
    stamp = employer.open_form()
    employer.post(stamp)
    first = employer.send(employer.key())

    again = employer.post(stamp)

    assert (again.status_code, leads_to(again)) == (303, leads_to(first))
    assert Enquiry.objects.count() == 1


def test_the_back_button_after_sending_does_not_send_again(employer, client):
    key = employer.fill_in()
    employer.send(key)

    assert client.get("/enquire/check/").status_code == 200
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize("key", ["garbage", "0" * 32, "x" * 500, "é", "[]"])
@pytest.mark.parametrize("has_draft", [True, False])
def test_a_key_that_belongs_to_nothing_sends_nothing(employer, key, has_draft):
    if has_draft:
        employer.fill_in()

    response = employer.send(key)

    assert response.status_code == (303 if has_draft else 409)
    assert not Enquiry.objects.exists()


def test_of_two_forms_in_two_tabs_each_is_sent_as_it_is(employer):
    first = employer.open_form()
    second = employer.open_form()
    employer.post(first, message="The first")
    key_of_first = employer.key()
    employer.post(second, message="The second")
    key_of_second = employer.key()

    sent = [employer.send(key) for key in (key_of_first, key_of_second)]

    assert [response.status_code for response in sent] == [303, 303]
    messages = Enquiry.objects.order_by("pk").values_list("message", flat=True)
    assert list(messages) == ["The first", "The second"]
    assert not employer.client.session.get("enquiries")


def test_answers_that_were_changed_in_another_tab_are_shown_again_and_not_sent(employer):
    stamp = employer.open_form()
    employer.post(stamp, message="The first thought")
    key, shown = employer.key(), employer.shown()
    employer.post(stamp, message="The second thought")

    response = employer.send(key, shown=shown)

    assert response.status_code == 409
    assert "You changed these answers in another window" in response.content.decode()
    assert "The second thought" in response.content.decode()
    assert not Enquiry.objects.exists()


def test_a_form_that_was_sent_says_so_although_it_is_posted_with_gaps(employer):
    stamp = employer.open_form()
    employer.post(stamp)
    employer.send(employer.key())

    response = employer.post(stamp, name="")

    assert response.status_code == 422
    assert "You have already sent this form" in response.content.decode()
    assert Enquiry.objects.get().reference in response.content.decode()


def test_send_as_new_makes_one_new_enquiry_however_often_it_is_pressed(employer):
    stamp = employer.open_form()
    employer.post(stamp)
    employer.send(employer.key())
    for _ in range(2):
        employer.post(stamp, message="More", again="new")
        employer.send(employer.key())

    assert Enquiry.objects.count() == 2


def test_an_offer_that_closed_meanwhile_leads_back_to_the_form(employer, client):
    key = employer.fill_in(offers=["hire-flexibly"])
    OfferPage.objects.filter(slug="hire-flexibly").update(is_open=False)

    assert client.get("/enquire/check/").status_code == 422
    response = employer.send(key)

    assert response.status_code == 422
    assert typed(employer.read(response), "organisation") == "Canal Bakery"
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"stamp": "forged"}, "The form was not ours"),
        ({"stamp": ""}, "The form was not ours"),
        (TRAP, "The field that people cannot see was filled in"),
    ],
    ids=["forged stamp", "no stamp", "trap"],
)
def test_a_form_that_looks_like_a_programs_is_kept_apart_and_not_refused(employer, change, why):
    employer.post(**{"stamp": employer.open_form(), **change})

    response = employer.send(employer.key())

    enquiry = Enquiry.objects.get()
    assert leads_to(response) == (enquiry.uuid, 1)
    assert enquiry.quarantine_reason == why
    assert not Message.objects.exists()


def test_a_form_filled_in_at_once_is_kept_apart(employer, client):
    page = employer.read(client.get("/enquire/"))
    employer.post(page.select_one("[name=stamp]")["value"])
    employer.send(employer.key())

    assert Enquiry.objects.get().quarantine_reason == "Filled in within 3 seconds"


def test_a_suspicious_sender_is_told_nothing_else_than_anybody(employer, client):
    employer.post(employer.open_form(), **TRAP)
    kept_apart = client.get(employer.send(employer.key())["Location"])
    good = client.get(employer.send(employer.fill_in())["Location"])

    def words(response):
        enquiry = response.context["enquiry"]
        text = response.content.decode().replace(enquiry.reference, "")
        return re.sub("/track/[^/]+/", "", text)

    assert words(kept_apart).split() == words(good).split()


# -- Sent before, with other answers ------------------------------------------------------


@pytest.fixture
def changed(employer):
    """An enquiry that was sent, and its stamp; the same form is then posted with changes."""
    stamp = employer.open_form()
    employer.post(stamp)
    employer.send(employer.key())
    return stamp


def test_changed_answers_are_kept_and_the_choice_is_the_employers(employer, changed):
    response = employer.post(changed, phone="07700 900 982", message="Two\nlines")

    enquiry = Enquiry.objects.get()
    page = employer.read(response)
    assert response.status_code == 409
    assert enquiry.reference in page.h1.text
    assert typed(page, "phone") == "07700 900 982"
    assert page.select_one("main [name=message]")["value"] == "Two\nlines"
    assert [button["value"] for button in page.select("main button[name=again]")] == ["add", "new"]
    assert Message.objects.count() == 2


def resubmit(employer, response, choice):
    """Press one of the two buttons of the ‘already sent’ page, as it stands in the browser."""
    fields = employer.read(response).select("main form input[type=hidden]")
    data = {"again": choice}
    for field in fields:
        data.setdefault(field["name"], []).append(field["value"])
    return employer.client.post("/enquire/", data)


def test_adding_leads_to_the_same_reference_and_tells_the_desk(employer, changed):
    response = employer.post(changed, phone="07700 900 982", message="Two\nlines")
    enquiry = Enquiry.objects.get()

    added = resubmit(employer, response, "add")

    assert (added.status_code, leads_to(added)) == (303, (enquiry.uuid, 1))
    assert Enquiry.objects.count() == 1
    entry = enquiry.timeline.get(kind="added_to")
    assert entry.text == (
        "Phone number: 07700 900 982\nAnything else you want to tell us?: Two\nlines"
    )
    assert Message.objects.get(purpose="enquiry_added_to")


def test_an_answer_that_was_taken_out_is_told_in_words(employer, changed):
    resubmit(employer, employer.post(changed, phone="", size="", sector=""), "add")

    lines = Enquiry.objects.get().timeline.get(kind="added_to").text.split("\n")
    assert len(lines) == 3
    assert all(line.endswith(": nothing any more") for line in lines)


def test_adding_again_changes_nothing(employer, changed):
    response = employer.post(changed, phone="07700 900 982")
    resubmit(employer, response, "add")

    again = resubmit(employer, response, "add")

    assert again.status_code == 303
    assert Enquiry.objects.get().timeline.filter(kind="added_to").count() == 1


def test_sending_as_new_leads_to_the_check_page_and_a_second_reference(employer, changed):
    response = employer.post(changed, phone="07700 900 982")

    new = resubmit(employer, response, "new")
    assert (new.status_code, new["Location"]) == (303, "/enquire/check/")
    employer.send(employer.key())

    first, second = Enquiry.objects.order_by("pk")
    assert (first.phone, second.phone) == ("020 7946 0999", "07700 900 982")
    assert not second.is_quarantined


def test_a_new_draft_cannot_take_over_an_enquiry_that_was_sent(employer, changed):
    """Sent in one tab, changed and sent in another: told, not overwritten."""
    stamp = employer.open_form()
    employer.post(stamp, message="From here")
    key = employer.key()
    other = Employer(Client())
    other.post(stamp, message="From there")
    other.send(other.key())

    response = employer.send(key)

    assert response.status_code == 409
    assert Enquiry.objects.filter(message="From there").count() == 1
    assert not Enquiry.objects.filter(message="From here").exists()


# -- The page after sending ---------------------------------------------------------------


def test_the_sent_page_shows_no_personal_data(employer, client):
    location = employer.send(employer.fill_in(postcode="EC1V 9LT"))["Location"]

    response = client.get(location)
    text = response.content.decode()

    assert response.status_code == 200
    assert Enquiry.objects.get().reference in text
    for personal in ("Canal Bakery", "Okafor", "sam@example.com", "0999", "EC1V", "spring"):
        assert personal not in text
    assert "noindex" in text


def test_the_sent_page_opens_for_whoever_has_the_link_and_again(employer):
    location = employer.send(employer.fill_in())["Location"]
    stranger = Client()

    assert stranger.get(location).status_code == 200
    assert stranger.get(location).status_code == 200
    assert not stranger.cookies


def wrong_tokens(enquiry):
    return [
        "x",
        enquiry.reference,
        str(enquiry.uuid),
        make_token("handover", enquiry.uuid, 1),
        make_token("sent", enquiry.uuid, 2),
        make_token("sent", uuid.uuid4(), 1),
        enquiry.token[:-1],
        enquiry.token + "x",
    ]


def test_every_wrong_link_gets_the_same_answer(client, make_enquiry):
    enquiry = make_enquiry()

    answers = [client.get(f"/enquire/sent/{token}/") for token in wrong_tokens(enquiry)]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_the_answer_to_a_wrong_link_is_stored_nowhere_either(client, home):
    response = client.get("/enquire/sent/x/")

    assert {"private", "no-store"} <= set(response.get("Cache-Control", "").split(", "))


def test_a_link_that_is_over_gets_the_same_answer_as_a_wrong_one(client, make_enquiry):
    enquiry = make_enquiry()
    wrong = client.get("/enquire/sent/x/")
    Enquiry.objects.update(created_at=timezone.now() - timedelta(days=731))

    over = client.get(f"/enquire/sent/{enquiry.token}/")

    assert (over.status_code, over.content) == (404, wrong.content)


def test_raising_the_version_revokes_the_link(client, make_enquiry):
    enquiry = make_enquiry()
    Enquiry.objects.update(link_version=2)

    assert client.get(f"/enquire/sent/{enquiry.token}/").status_code == 404


# -- Headers and cookies ------------------------------------------------------------------


def test_pages_with_answers_are_stored_nowhere(employer, client):
    form = client.get("/enquire/")
    key = employer.fill_in()
    check = client.get("/enquire/check/")
    sent_answer = employer.send(key)
    sent = client.get(sent_answer["Location"])

    assert {"private", "no-cache"} <= set(form["Cache-Control"].split(", "))
    for answer in (check, sent_answer, sent):
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/ways-to-get-involved/",
        "/ways-to-get-involved/hire-flexibly/",
        "/case-studies/",
        "/partners/",
        "/partners/timewise/",
        "/impact/",
        "/search/",
        "/search/?q=work",
        "/privacy/",
        "/nowhere/",
        "/livez",
        "/enquire/sent/x/",
        "/enquire/check/",
    ],
)
def test_a_content_page_sets_no_cookie(client, home, address):
    assert not client.get(address).cookies


def test_the_form_sets_its_security_cookie_and_no_other(client, home):
    response = client.get("/enquire/")

    assert list(response.cookies) == ["csrftoken"]
    cookie = response.cookies["csrftoken"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]


def test_a_wrong_form_keeps_nothing_in_a_session(employer):
    response = employer.post(employer.open_form(), name="")

    assert "sessionid" not in response.cookies


def test_the_session_begins_with_a_good_form_lasts_a_day_and_ends_with_sending(employer):
    response = employer.post(employer.open_form())
    cookie = response.cookies["sessionid"]
    assert cookie["max-age"] == 24 * 60 * 60
    assert cookie["httponly"]

    sent = employer.send(employer.key())

    assert sent.cookies["sessionid"]["max-age"] == 0
    assert not sent.cookies["sessionid"].value


def test_adding_and_repeating_end_the_session_too(employer, changed):
    for response in (
        employer.post(changed),
        resubmit(employer, employer.post(changed, phone="07700 900 982"), "add"),
    ):
        assert response.status_code == 303
    assert not employer.client.session.get("enquiry")


def test_an_editor_who_tries_the_form_stays_signed_in(employer, client, person):
    client.force_login(person("editor"))

    employer.send(employer.fill_in())

    assert Enquiry.objects.count() == 1
    assert client.get("/admin/").status_code == 200
    assert "enquiry" not in client.session


@pytest.mark.parametrize("page", ["sent before", "send again"])
def test_the_team_can_be_called_from_beside_every_form(employer, changed, desk, page):
    response = employer.post(changed, phone="07700 900 982")
    if page == "send again":
        response = Client(enforce_csrf_checks=True).post("/enquire/", {"name": "Sam"})

    aside = employer.read(response).select_one("main aside").get_text(" ", strip=True)

    for words in ("Prefer to talk?", desk.phone, desk.mailbox):
        assert words in aside


def test_the_sites_message_gives_way_to_an_error_summary(employer, client):
    SiteMessage.objects.update(text="We are closed on Monday")

    assert "closed on Monday" in client.get("/enquire/").content.decode()
    for response in (
        employer.post(employer.open_form(), name=""),
        client.post("/contact/website/", {}),
        client.post("/accounts/login/", {}),
    ):
        assert "closed on Monday" not in response.content.decode()


# -- The security token -------------------------------------------------------------------


@pytest.fixture
def strict(home):
    """An employer whose browser sends no security token."""
    return Employer(Client(enforce_csrf_checks=True))


def test_a_form_without_its_token_keeps_the_answers(strict):
    response = strict.post(strict.open_form(), message="Two\nlines", organisation='"><b>x')

    page = strict.read(response)
    fields = {
        (field["name"], field["value"]) for field in page.select("main form input[type=hidden]")
    }
    assert response.status_code == 403
    assert ("message", "Two\nlines") in fields
    assert ("organisation", '"><b>x') in fields
    assert ("offers", "mentor-a-young-person") in fields
    assert page.select_one("main form")["action"] == "/enquire/"
    assert "sessionid" not in response.cookies


def test_the_kept_answers_can_be_sent_again_with_the_new_token(strict):
    page = strict.read(strict.post(strict.open_form(), message="Two\nlines"))
    data = {}
    for field in page.select("main form input[type=hidden]"):
        data.setdefault(field["name"], []).append(field["value"])

    response = strict.client.post("/enquire/", data)
    assert (response.status_code, response["Location"]) == (303, "/enquire/check/")

    check = strict.read(strict.client.get("/enquire/check/"))
    form = {field["name"]: field["value"] for field in check.select("main form [type=hidden]")}
    strict.client.post("/enquire/check/", form)
    enquiry = Enquiry.objects.get()
    assert (enquiry.message, enquiry.is_quarantined) == ("Two\nlines", False)


def test_what_was_checked_can_be_sent_again_with_the_new_token(strict):
    page = strict.read(strict.client.get("/enquire/"))
    token = page.select_one("[name=csrfmiddlewaretoken]")["value"]
    strict.post(strict.open_form(), csrfmiddlewaretoken=token)
    check = strict.read(strict.client.get("/enquire/check/"))
    shown = {field["name"]: field["value"] for field in check.select("main form [type=hidden]")}

    refused = strict.client.post("/enquire/check/", {**shown, "csrfmiddlewaretoken": ""})
    form = strict.read(refused).select_one("main form")
    again = {field["name"]: field["value"] for field in form.select("[type=hidden]")}
    sent = strict.client.post(form["action"], again)

    assert refused.status_code == 403
    assert form.button.text == "Send again"
    assert leads_to(sent) == (Enquiry.objects.get().uuid, 1)


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("POST", "/case-studies/", "GET, HEAD"),
        ("FOO", "/case-studies/", "GET, HEAD"),
        ("PROPFIND", "/", "GET, HEAD"),
        ("POST", "/start/hire-flexibly/", "GET, HEAD"),
        ("DELETE", "/enquire/", "GET, HEAD, POST"),
    ],
)
def test_an_address_that_takes_no_form_says_so(home, method, address, allowed):
    browser = Client(enforce_csrf_checks=True)

    response = browser.generic(method, address)

    assert (response.status_code, response["Allow"]) == (405, allowed)
    assert "This page cannot take what was sent" in response.content.decode()
    assert "open for a long time" not in response.content.decode()


@pytest.mark.parametrize("address", ["/accounts/login/", "/enquire/check/", "/accounts/logout/"])
def test_no_other_form_has_its_answers_shown_again(home, address):
    browser = Client(enforce_csrf_checks=True)

    response = browser.post(
        address, {"password": "open-a-door-2015", "login": "sam@example.com", "message": "Secret"}
    )

    assert response.status_code == 403
    for secret in (b"open-a-door-2015", b"sam@example.com", b"Secret"):
        assert secret not in response.content


@pytest.mark.parametrize("origin", ["http://[", "https://[::1", "null", "https://evil.example"])
@pytest.mark.parametrize("address", ["/enquire/", "/contact/website/"])
def test_answers_from_somewhere_else_are_refused_and_not_shown(home, address, origin):
    browser = Client(enforce_csrf_checks=True)

    response = browser.post(address, {"message": "Secret"}, headers={"Origin": origin})

    assert response.status_code == 403
    assert b"Secret" not in response.content


def test_what_is_sent_in_two_windows_at_once_is_not_offered_again(employer):
    first, second = employer.open_form(), employer.open_form()
    employer.post(first)
    employer.post(second, organisation="Second Bakery")
    both = dict(employer.client.session[DRAFTS])
    for key in both:
        employer.send(key)
    session = employer.client.session
    session[DRAFTS] = both  # as two requests leave it that each write back what they read
    session.save()
    employer.client.cookies["sessionid"] = session.session_key

    form = employer.read(employer.client.get("/enquire/"))

    assert Enquiry.objects.count() == 2
    assert form.select_one("[name=organisation]").get("value", "") == ""


def test_answers_are_kept_although_another_window_ends_the_session_meanwhile(employer, monkeypatch):
    employer.fill_in()
    stamp = employer.open_form()
    key = employer.client.session.session_key

    def keep_draft(request, *args, **kwargs):
        kept(request, *args, **kwargs)
        Session.objects.filter(pk=key).delete()  # the other window has sent the first enquiry

    kept = views._keep_draft
    monkeypatch.setattr(views, "_keep_draft", keep_draft)
    response = employer.post(stamp, organisation="Second Bakery")

    assert (response.status_code, response["Location"]) == (303, "/enquire/check/")
    assert "Second Bakery" in employer.client.get("/enquire/check/").content.decode()


@pytest.mark.parametrize(
    ("address", "kind"), [("/enquire/", Stamp), ("/contact/website/", WebsiteStamp)]
)
def test_the_personal_link_of_an_enquiry_is_not_taken_along(employer, address, kind):
    employer.fill_in()
    sent = employer.send(employer.key())["Location"]

    page = employer.read(
        employer.client.get(address, headers={"Referer": f"http://testserver{sent}"})
    )

    token = sent.split("/")[-2]
    assert token not in str(page.select_one("main"))
    assert kind.read(page.select_one("[name=stamp]")["value"]).came_from == ""


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("address", ["/enquire/", "/enquire/check/", "/enquire/sent/x/"])
def test_other_methods_are_refused(client, home, address, method):
    assert getattr(client, method)(address).status_code == 405


HOSTILE = ["\x00", "\u202e\u200b", "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "🥐" * 100]


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
@pytest.mark.parametrize("field", list(ANSWERS))
def test_a_hostile_answer_is_refused_in_words_or_stored_and_shown_safely(
    employer, client, field, hostile
):
    response = employer.post(employer.open_form(), **{field: hostile})

    assert response.status_code in (303, 422)
    assert b"<script>alert" not in response.content
    if response.status_code == 303:
        key = employer.key()
        assert b"<script>alert" not in client.get("/enquire/check/").content
        assert employer.send(key).status_code == 303
        assert Enquiry.objects.count() == 1
