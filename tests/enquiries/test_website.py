"""Messages about the website: the form, what is stored, who is told, and what the desk sees."""

from datetime import date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from core.tokens import read_token
from core.working_days import LONDON
from enquiries import services
from enquiries.models import Enquiry, WebsiteMessage
from enquiries.stamps import WebsiteStamp
from outbox.models import Message

ADDRESS = "/contact/website/"
LIST = "/admin/website-messages/"
ANSWERS = {
    "topic": "accessibility",
    "page": "/impact/",
    "message": "The figures are hard to read.",
    "name": "Sam Okafor",
    "email": "sam@example.com",
}
TUESDAY_NOON = datetime(2026, 11, 3, 12, tzinfo=LONDON)
pytestmark = pytest.mark.django_db


def read(response):
    return BeautifulSoup(response.content, "html.parser")


def stamp(minutes=5):
    return str(WebsiteStamp.new(drawn_at=timezone.now() - timedelta(minutes=minutes)))


def post(client, **changes):
    return client.post(ADDRESS, {"stamp": stamp(), **ANSWERS, **changes})


@pytest.fixture
def make_message(desk):
    def make(*, now=None, suspicion="", **changes):
        import uuid

        return services.send_website_message(
            key=uuid.uuid4(),
            answers={**ANSWERS, **changes},
            desk=desk,
            now=now or timezone.now(),
            suspicion=suspicion,
        )

    return make


# -- The form -----------------------------------------------------------------------------


def test_the_form_has_the_five_topics(client, home):
    page = read(client.get(ADDRESS))

    assert [box["value"] for box in page.select("[name=topic]")] == [
        "accessibility",
        "format",
        "personal-data",
        "security",
        "other",
    ]
    assert not page.select("[checked]")


@pytest.mark.parametrize("topic", WebsiteMessage.Topic.values)
def test_a_link_chooses_the_topic_and_names_the_page(client, home, topic):
    page = read(client.get(ADDRESS, {"topic": topic, "page": "/impact/"}))

    assert page.select_one("[name=topic][checked]")["value"] == topic
    assert page.select_one("#page")["value"] == "/impact/"


def test_an_unknown_topic_is_ignored_and_a_long_page_cut(client, home):
    page = read(client.get(ADDRESS, {"topic": "nonsense", "page": "x" * 400}))

    assert not page.select("[checked]")
    assert len(page.select_one("#page")["value"]) == 300


def test_the_page_that_led_here_is_filled_in_if_it_is_ours(client, home):
    ours = client.get(ADDRESS, headers={"referer": "http://testserver/impact/?x=1"})
    theirs = client.get(ADDRESS, headers={"referer": "https://evil.example/impact/"})
    from_statement = client.get(
        f"{ADDRESS}?topic=accessibility",
        headers={"referer": "http://testserver/accessibility-statement/"},
    )

    assert read(ours).select_one("#page")["value"] == "/impact/"
    assert not read(theirs).select_one("#page").get("value")
    assert not read(from_statement).select_one("#page").get("value")


def test_the_browser_checks_nothing_and_optional_questions_say_so(client, home):
    form = read(client.get(ADDRESS)).select_one(f"form[action='{ADDRESS}']")

    assert form.has_attr("novalidate")
    for control in form.select("input, textarea"):
        assert not {"required", "maxlength", "pattern", "placeholder"} & set(control.attrs)
    optional = [
        label.get_text(strip=True)
        for label in form.select("label, legend")
        if label.get_text(strip=True).endswith("(optional)")
    ]
    assert len(optional) == 3


@pytest.mark.parametrize(
    ("topic", "optional"),
    [("", True), ("other", True), ("nonsense", True), ("format", False), ("personal-data", False)],
)
def test_the_email_address_is_optional_unless_we_must_answer(client, home, topic, optional):
    linked = client.get(ADDRESS, {"topic": topic})
    posted = client.post(ADDRESS, {"topic": topic})

    for response in (linked, posted):
        label = read(response).select_one("label[for=email]").get_text(strip=True)
        assert label.endswith("(optional)") is optional


def test_the_form_sets_the_security_cookie_and_no_other(client, home):
    response = client.get(ADDRESS)

    assert list(response.cookies) == ["csrftoken"]
    assert list(post(client).cookies) in ([], ["csrftoken"])


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"topic": ""}, "topic", "Select what your message is about"),
        ({"topic": "x"}, "topic", "Select what your message is about"),
        ({"message": " "}, "message", "Enter your message"),
        ({"message": "x" * 2_001}, "message", "Message must be 2,000 characters or less"),
        ({"page": "x" * 301}, "page", "Page must be 300 characters or less"),
        ({"name": "x" * 201}, "name", "Full name must be 200 characters or less"),
        (
            {"email": "sam@localhost"},
            "email",
            "Enter an email address in the correct format, like name@example.com",
        ),
        (
            {"topic": "format", "email": ""},
            "email",
            "Enter your email address so that we can answer you",
        ),
        (
            {"topic": "personal-data", "email": ""},
            "email",
            "Enter your email address so that we can answer you",
        ),
    ],
)
def test_a_wrong_form_comes_back_with_422_its_answers_and_what_is_wrong(
    client, home, changes, field, words
):
    response = post(client, **changes)

    page = read(response)
    assert response.status_code == 422
    assert page.title.text.startswith("Error: ")
    [link] = page.select("[role=alert] a")
    assert (link["href"], link.text) == (f"#{field}", words)
    assert page.find(id=field)
    assert page.select_one(f"#{field}-error").get_text(strip=True) == f"Error:{words}"
    kept = {**ANSWERS, **changes}
    assert page.select_one("#message").text.strip() == kept["message"].strip()
    assert page.select_one("#name")["value"] == kept["name"]
    assert not WebsiteMessage.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize("topic", ["accessibility", "security", "other"])
def test_a_report_may_be_anonymous(client, home, topic):
    response = post(client, topic=topic, name="", email="", page="")

    assert response.status_code == 303
    page = read(client.get(response["Location"]))
    assert "You gave no email address" in page.get_text()


# -- Sending ------------------------------------------------------------------------------


def test_a_message_is_stored_mailed_to_the_team_and_confirmed(client, desk):
    response = post(client)

    message = WebsiteMessage.objects.get()
    assert (message.topic, message.page, message.email) == (
        "accessibility",
        "/impact/",
        "sam@example.com",
    )
    assert not message.is_quarantined
    assert message.privacy_notice.version == "2026-11"
    mail = Message.objects.get()
    assert (mail.recipient, mail.reply_to) == (desk.mailbox, "sam@example.com")
    assert "The figures are hard to read." in mail.body
    assert response.status_code == 303
    confirmation = client.get(response["Location"])
    text = read(confirmation).get_text(" ", strip=True)
    assert confirmation.status_code == 200
    assert "What happens next" in text
    assert f"{message.due_on.day} {message.due_on:%B %Y}" in text
    assert "no-store" in confirmation["Cache-Control"]
    for personal in ("Sam Okafor", "sam@example.com", "hard to read"):
        assert personal not in text


def test_with_no_mailbox_the_message_is_kept_all_the_same(client, desk):
    type(desk).objects.update(mailbox="", backup_mailbox="")

    assert post(client).status_code == 303
    assert WebsiteMessage.objects.count() == 1
    assert not Message.objects.exists()


def test_a_double_click_sends_once_and_other_words_are_another_message(client, home):
    mark = stamp()

    first, second = post(client, stamp=mark), post(client, stamp=mark)
    third = post(client, stamp=mark, message="And the colours too.")

    first, second, third = (
        read_token("website-sent", answer["Location"].split("/")[-2])
        for answer in (first, second, third)
    )
    assert first == second != third
    assert WebsiteMessage.objects.count() == 2
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"website": "https://spam.example"}, "The field that people cannot see was filled in"),
        ({"stamp": "nonsense"}, "The form was not ours"),
        ({"stamp": ""}, "The form was not ours"),
    ],
)
def test_what_a_program_sends_is_quarantined_and_answered_like_a_person(
    client, home, changes, reason
):
    response = post(client, topic="personal-data", **changes)

    message = WebsiteMessage.objects.get()
    assert message.quarantine_reason == reason
    assert not Message.objects.exists()
    person = read(client.get(post(client, topic="personal-data")["Location"]))
    program = read(client.get(response["Location"]))
    assert program.main.get_text() == person.main.get_text()


def test_a_form_sent_within_3_seconds_is_quarantined(client, home):
    post(client, stamp=str(WebsiteStamp.new(drawn_at=timezone.now())))

    assert WebsiteMessage.objects.get().quarantine_reason == "Filled in within 3 seconds"


def test_a_form_without_its_token_keeps_the_answers_and_sends_on_the_second_try(home):
    browser = Client(enforce_csrf_checks=True)

    refused = post(browser, topic="format")

    page = read(refused)
    assert refused.status_code == 403
    assert page.h1.text == "Your form was open for a long time"
    form = page.select_one("main form")
    assert form["action"] == ADDRESS
    fields = {field["name"]: field["value"] for field in form.select("input")}
    assert fields["message"] == ANSWERS["message"]
    assert browser.post(ADDRESS, fields).status_code == 303
    assert not WebsiteMessage.objects.get().is_quarantined


def test_a_form_that_another_website_posted_is_not_kept(home):
    browser = Client(enforce_csrf_checks=True)

    response = browser.post(
        ADDRESS, {"stamp": stamp(), **ANSWERS}, headers={"origin": "https://evil.example"}
    )

    assert response.status_code == 403
    assert b"hard to read" not in response.content


@pytest.mark.parametrize("token", ["x", "é", "W10:1:1"])
def test_a_wrong_link_is_not_found(client, home, token):
    assert client.get(f"{ADDRESS}sent/{token}/").status_code == 404


def test_the_confirmation_ends_with_the_data(client, make_message):
    message = make_message()
    address = f"{ADDRESS}sent/{message.token}/"
    assert client.get(address).status_code == 200

    WebsiteMessage.objects.update(anonymise_on=timezone.localdate())

    assert client.get(address).status_code == 404


def test_the_link_of_a_message_opens_no_enquiry(client, make_message, make_enquiry):
    assert client.get(f"/enquire/sent/{make_message().token}/").status_code == 404
    assert client.get(f"{ADDRESS}sent/{make_enquiry().token}/").status_code == 404


# -- Dates and acknowledgements --------------------------------------------------------------


def test_a_promise_counts_working_days_and_the_law_counts_30_days(make_message):
    assert make_message(now=TUESDAY_NOON).due_on == date(2026, 11, 5)
    assert make_message(now=TUESDAY_NOON, topic="personal-data").due_on == date(2026, 12, 3)


def test_the_30_days_count_in_london(make_message):
    half_past_midnight = datetime(2026, 6, 30, 23, 30, tzinfo=timezone.get_fixed_timezone(0))

    message = make_message(now=half_past_midnight, topic="personal-data")

    assert message.due_on == date(2026, 7, 31)


def test_a_message_is_kept_for_24_months(make_message):
    assert make_message(now=TUESDAY_NOON).anonymise_on == date(2028, 11, 2)


def test_only_a_message_about_personal_data_is_acknowledged_by_mail(make_message):
    for topic in WebsiteMessage.Topic.values:
        make_message(topic=topic)

    mails = Message.objects.filter(recipient="sam@example.com")
    assert [mail.purpose for mail in mails] == ["website_data_acknowledgement"]
    assert WebsiteMessage.objects.get(topic="personal-data").acknowledgement == mails[0]


def test_the_acknowledgement_says_when_and_holds_nothing_that_was_typed(make_message):
    make_message(now=TUESDAY_NOON, topic="personal-data", message="Buy https://spam.example")

    mail = Message.objects.get(purpose="website_data_acknowledgement")
    for body in (mail.body, mail.body_html):
        assert "Thursday 3 December 2026" in body
        assert "Information Commissioner" in body
        assert "/contact/website/sent/" in body
        for typed in ("spam.example", "Sam Okafor"):
            assert typed not in body


def test_one_address_gets_3_acknowledgements_a_day_of_both_kinds_together(
    make_message, make_enquiry
):
    make_enquiry()
    for _ in range(4):
        make_message(topic="personal-data")

    assert Message.objects.filter(recipient="sam@example.com").count() == 3
    assert WebsiteMessage.objects.filter(acknowledgement=None).count() == 2
    told = Message.objects.filter(purpose="website_message_received").order_by("pk")
    words = "Tell the person that we have it: the site has not"
    assert [words in mail.body and words in mail.body_html for mail in told] == [
        *(False, False, True, True)
    ]


def test_tags_behind_a_plus_make_no_further_mailbox(make_enquiry):
    for tag in ("", "+1", "+2", "+3"):
        make_enquiry(email=f"sam{tag}@example.com")

    assert Message.objects.filter(purpose="enquiry_acknowledgement").count() == 3


@pytest.mark.parametrize(("earlier", "told"), [(0, True), (3, False)])
def test_the_team_reads_what_the_law_asks_about_a_complaint(sign_in, make_message, earlier, told):
    for _ in range(earlier):
        make_message(topic="personal-data", now=TUESDAY_NOON)
    message = make_message(topic="personal-data", now=TUESDAY_NOON)

    mail = Message.objects.filter(purpose="website_message_received").latest("pk")
    screen = read(sign_in("desk").get(f"{LIST}inspect/{message.pk}/")).get_text(" ", strip=True)

    assert "due" not in mail.subject.replace("undue", "")
    for text in (mail.body, mail.body_html, screen):
        assert "the last day for it is Thursday 3 December 2026" in text
        assert "without undue delay" in text
        assert ("The site has told the person that we have it" in text) is told
        assert ("Tell the person that we have it: the site has not" in text) is not told
        assert "The law sets this date" not in text


# -- The desk ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "sees"), [("desk", True), ("admin", True), ("editor", False), ("partner", False)]
)
def test_the_desk_and_administrators_see_the_messages_and_nobody_else(
    sign_in, make_message, name, sees
):
    message = make_message()
    client = sign_in(name)

    answers = [client.get(LIST), client.get(f"{LIST}inspect/{message.pk}/")]

    assert {answer.status_code for answer in answers} == {200 if sees else 302}
    assert (b"Website messages" in client.get("/admin/").content) is sees


def test_the_list_shows_topic_received_due_and_handled_with_a_bounded_number_of_queries(
    sign_in, make_message, django_assert_max_num_queries
):
    client = sign_in("desk")
    for _ in range(3):
        make_message(topic="personal-data", now=TUESDAY_NOON)
    client.get(LIST)
    with django_assert_max_num_queries(40) as few:
        text = read(client.get(LIST)).get_text(" ", strip=True)
    for _ in range(17):
        make_message()
    with django_assert_max_num_queries(40) as many:
        client.get(LIST)

    assert len(many) <= len(few)
    for words in ("My personal data, or a complaint about it", "3 Dec 2026", "To handle"):
        assert words in text


def test_each_message_in_the_list_leads_to_its_own_screen(sign_in, make_message):
    message = make_message()

    links = [link["href"] for link in read(sign_in("desk").get(LIST)).select("main table a")]

    assert f"{LIST}inspect/{message.pk}/" in links


@pytest.mark.parametrize("status", ["open", "handled", "quarantined", "", "nonsense"])
def test_the_list_can_be_narrowed_to_a_status(sign_in, make_message, person, status):
    open_one = make_message(message="open one", email="open@example.com")
    handled = make_message(email="handled@example.com")
    services.handle_website_message(message=handled, by=person("desk"), now=timezone.now())
    doubtful = make_message(suspicion="A program", email="doubtful@example.com")
    expected = {"open": [open_one], "handled": [handled], "quarantined": [doubtful]}.get(status)

    response = sign_in("desk").get(LIST, {"status": status})

    assert response.status_code == 200
    if expected:
        assert list(response.context["object_list"]) == expected


def test_the_list_is_searched_by_person_and_words(sign_in, make_message):
    make_message()
    found = make_message(message="The zebra is striped")

    response = sign_in("desk").get(LIST, {"q": "zebra"})

    assert list(response.context["object_list"]) == [found]


def test_one_message_shows_its_30_day_date_and_whether_it_was_acknowledged(sign_in, make_message):
    message = make_message(topic="personal-data", now=TUESDAY_NOON)

    text = read(sign_in("desk").get(f"{LIST}inspect/{message.pk}/")).get_text(" ", strip=True)

    for words in (
        "Thursday 3 December 2026",
        "Acknowledged Waiting",
        "sam@example.com",
        "hard to read",
        "2026-11",
    ):
        assert words in text


def test_an_acknowledgement_that_was_held_back_is_asked_of_the_desk(sign_in, make_message):
    messages = [make_message(topic="personal-data") for _ in range(4)]

    page = read(sign_in("desk").get(f"{LIST}inspect/{messages[-1].pk}/"))

    assert "Acknowledge it by hand" in page.get_text()


def test_a_message_is_handled_once_by_one_person(sign_in, make_message, person):
    message = make_message()

    response = sign_in("desk").post(f"{LIST}handle/{message.pk}/")
    sign_in("admin").post(f"{LIST}handle/{message.pk}/")

    message.refresh_from_db()
    assert response.status_code == 302
    assert message.status == "Handled"
    assert message.handled_by == person("desk")


def test_releasing_a_complaint_sends_its_mails_and_keeps_the_date_of_receipt(sign_in, make_message):
    message = make_message(topic="personal-data", now=TUESDAY_NOON, suspicion="A program")
    assert not Message.objects.exists()
    client = sign_in("desk")

    client.post(f"{LIST}release/{message.pk}/")
    client.post(f"{LIST}release/{message.pk}/")

    message.refresh_from_db()
    assert not message.is_quarantined
    assert message.due_on == date(2026, 12, 3)
    assert Message.objects.count() == 2


@pytest.mark.parametrize("action", ["release", "handle"])
@pytest.mark.parametrize("name", ["editor", "partner"])
def test_nobody_else_changes_a_message(sign_in, make_message, action, name):
    message = make_message(suspicion="A program")

    response = sign_in(name).post(f"{LIST}{action}/{message.pk}/")

    message.refresh_from_db()
    assert response.status_code == 302
    assert (message.is_quarantined, message.handled_at) == (True, None)


@pytest.mark.parametrize("action", ["release", "handle"])
def test_a_link_changes_nothing(sign_in, make_message, action):
    message = make_message()

    assert sign_in("desk").get(f"{LIST}{action}/{message.pk}/").status_code == 405


def test_the_front_page_of_the_cms_counts_what_waits_and_what_is_late(sign_in, make_message):
    make_message()
    make_message(now=timezone.now() - timedelta(days=40), topic="personal-data")
    make_message(suspicion="A program")

    text = read(sign_in("desk").get("/admin/")).get_text(" ", strip=True)

    assert "2 messages about the website to handle , 1 overdue" in text.replace(
        "handle,", "handle ,"
    )
    assert "1 message about the website in quarantine" in text


def test_a_message_is_no_enquiry(make_message):
    make_message()

    assert not Enquiry.objects.exists()
