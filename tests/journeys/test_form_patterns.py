"""
How forms behave: patterns F1 to F25, each a test of its name.

`test_patterns.py` sees that none is missing.
"""

import re
import time
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.steps import (
    ANSWERS,
    LONG_ENOUGH,
    STEPS,
    fill_in,
    form_with_errors,
    go_on,
    message_with_errors,
    press,
    send,
)
from tests.journeys.stops import stops
from tests.public_pages import PAGES
from tests.wording import FORBIDDEN, error_messages

pytestmark = pytest.mark.slow

NEEDED = {
    "/enquire/": {"offers", "organisation", "name", "email"},
    "/contact/website/": {"topic", "message"},
    "/track/": {"email"},
}
REFERENCE = re.compile(r"IA(-[2-9A-HJKMNP-Z]{4}){2}")
RED = "rgb(179, 32, 27)"
NOT_SURE = "I am not sure yet"
CHOOSE = "Select what you would like to talk about, or select ‘I am not sure yet’"
PLAIN = {"java_script_enabled": False}

# Every question of a form: the id of its first control, its words and where they stand.
QUESTIONS = """() => [...document.querySelectorAll('main .field')].map(e => {
  const label = e.querySelector(':scope > legend, :scope > label')
  const hint = e.querySelector('.hint:not([id$=count])'), error = e.querySelector('.msg')
  const control = e.querySelector('input, select, textarea')
  const row = label.nextElementSibling
  return {
    id: control.id, label: label.textContent.trim(), hint: hint?.innerHTML ?? '',
    above: label.getBoundingClientRect().bottom <= control.getBoundingClientRect().top,
    order: [label, hint, error, control].filter(Boolean).map(
      (one, i, all) => i === 0 || Boolean(all[i - 1].compareDocumentPosition(one) & 4)),
    error: error?.textContent ?? '', errorId: error?.id ?? '', hintId: hint?.id ?? '',
    described: (control.closest('fieldset') ?? control).getAttribute('aria-describedby') ?? '',
    wrong: control.getAttribute('aria-invalid') === 'true',
    edge: getComputedStyle(control).borderTopColor,
    text: error ? getComputedStyle(error).color : '',
    bar: parseFloat(getComputedStyle(e).borderInlineStartWidth),
    barColor: getComputedStyle(e).borderInlineStartColor,
  }
})"""


def questions(page: Page) -> dict[str, dict]:
    return {question["id"]: question for question in page.evaluate(QUESTIONS)}


def summary_of(page: Page) -> list[tuple[str, str]]:
    """The error summary: (where a link leads, its words)."""
    expect(page).to_have_title(re.compile("^Error: "))
    links = page.locator("[data-errors] a").all()
    return [(link.get_attribute("href"), link.inner_text()) for link in links]


def answers_on_check_page(page: Page) -> dict[str, str]:
    expect(page).to_have_title(re.compile("^Check your answers"))
    rows = page.locator("main .summary > div").all()
    return {row.locator("dt").inner_text(): row.locator("dd").first.inner_text() for row in rows}


def test_f01_the_browser_checks_nothing_and_cuts_nothing_off(visit):
    page = visit()
    checked = "[required],[maxlength],[pattern],[placeholder],input[type=number]"
    limits = page.locator(f":is({checked}), form[method=post]:not([novalidate])")
    found = {}
    for name, path in PAGES.items():
        page.goto(path)
        found[name] = limits.count()
    for name, walk in STEPS.items():
        walk(page)
        found[name] = limits.count()

    assert {name: count for name, count in found.items() if count} == {}


def test_f02_optional_questions_say_so_and_the_others_carry_no_mark(visit):
    page = visit()
    for path, needed in NEEDED.items():
        page.goto(path)
        labels = {id_: question["label"] for id_, question in questions(page).items()}
        optional = {id_ for id_, label in labels.items() if label.endswith(" (optional)")}
        assert labels.keys() - optional == needed
        assert not [label for label in labels.values() if "*" in label]


def test_f03_labels_stand_above_without_colon_and_hints_without_full_stop_or_link(visit):
    page = visit()
    for path in (*NEEDED, "/accounts/login/", "/accounts/password/reset/"):
        page.goto(path)
        for question in questions(page).values():
            label, hint = question["label"], question["hint"]
            assert question["above"], question
            assert not label.endswith((":", ".")), question
            assert label[0].isupper(), question
            assert label[1:].replace("(optional)", "").replace("UK", "").replace("I ", "") == (
                label[1:].replace("(optional)", "").replace("UK", "").replace("I ", "").lower()
            ), question
            assert "<a" not in hint, question
            assert not hint.endswith("."), question
            assert ". " not in hint, question


def test_f04_nothing_is_checked_while_typing_or_on_leaving_a_field(visit):
    page = visit()
    page.goto("/enquire/")

    for field in ("email", "postcode", "phone", "organisation"):
        page.locator(f"#{field}").press_sequentially("x")
        page.locator(f"#{field}").fill("")
        page.keyboard.press("Tab")

    expect(page.locator(".msg, .bad, [aria-invalid], [data-errors]")).to_have_count(0)


@pytest.mark.parametrize("path", NEEDED)
def test_f05_on_error_the_same_page_with_a_summary_above_the_heading_that_has_the_focus(
    visit, path
):
    page = visit()
    page.goto(path)
    title = page.title()
    with page.expect_response(lambda response: response.request.method == "POST") as posted:
        page.locator("main button[type=submit]").click()

    assert posted.value.status == 422
    expect(page).to_have_url(re.compile(f"{path}$"))
    expect(page).to_have_title(f"Error: {title}")
    summary = page.locator("main [data-errors]")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    expect(summary).to_have_attribute("tabindex", "-1")
    expect(summary).not_to_have_attribute("role", re.compile("."))
    expect(summary.locator("[role=alert]")).to_have_count(1)
    expect(summary.get_by_role("heading", level=2)).to_have_text("There is a problem")
    follows = """([one, other]) => document.querySelector(one).compareDocumentPosition(
        document.querySelector(other)) === Node.DOCUMENT_POSITION_FOLLOWING"""
    assert page.evaluate(follows, ["[data-errors]", "h1"])
    assert page.evaluate(follows, [".crumbs", "[data-errors]"])


def test_f06_the_summary_has_one_link_for_each_error_in_order_with_the_same_words(visit):
    page = visit(**PLAIN)
    form_with_errors(page)

    asked = questions(page)
    wrong = {id_: question for id_, question in asked.items() if question["error"]}

    assert summary_of(page) == [
        (f"#{id_}", question["error"].removeprefix("Error: ")) for id_, question in wrong.items()
    ]
    assert list(wrong) == ["offers", "organisation", "postcode", "name", "email", "phone"]
    for field in wrong:  # of several boxes the link leads to the first
        expect(page.locator(f".field:has(#{field}) :is(input, select, textarea)").first).to_have_id(
            field
        )


def test_f07_a_link_of_the_summary_brings_the_label_into_view_and_the_focus_to_the_field(visit):
    page = visit()
    form_with_errors(page)
    for field, label in (("offers", "legend"), ("email", "label[for=email]")):
        page.locator(f"[data-errors] a[href='#{field}']").click()
        expect(page.locator(f"#{field}")).to_be_focused()
        expect(page.locator(label).first).to_be_in_viewport(ratio=1)

    plain = visit(width=320, **PLAIN)
    form_with_errors(plain)
    for field, label in (("offers", "legend"), ("email", "label[for=email]")):
        plain.locator(f"[data-errors] a[href='#{field}']").click()
        expect(plain.locator(f"#{field}:target")).to_be_in_viewport()
        expect(plain.locator(label).first).to_be_in_viewport(ratio=1)


def test_f08_the_message_stands_between_label_and_field_and_is_not_told_by_colour_alone(visit):
    page = visit(**PLAIN)
    form_with_errors(page)
    asked = questions(page)
    message_with_errors(page)
    asked |= {f"website {id_}": question for id_, question in questions(page).items()}
    groups = {"offers", "topic"}  # told of the group, not of its boxes

    for question in asked.values():
        assert all(question["order"]), question
        ids = question["described"].split()
        if question["error"]:
            assert question["error"].startswith("Error: "), question
            wanted = [one for one in (question["hintId"], question["errorId"]) if one]
            assert ids[: len(wanted)] == wanted, question
            assert question["wrong"] or question["id"] in groups, question
            assert (question["text"], question["barColor"]) == (RED, RED), question
            assert question["bar"] >= 4, question
            assert question["edge"] == RED or question["id"] in groups, question
        else:
            assert not question["wrong"], question
            assert question["bar"] == 0, question


def test_f09_every_answer_is_kept_right_or_wrong(visit):
    page = visit(**PLAIN)
    page.goto("/enquire/")
    typed = {
        "organisation": "  Canal & <b>Bakery</b>",
        "postcode": "nonsense",
        "name": "Zoë",
        "role": "Owner",
        "email": "sam@example",
        "phone": "12",
        "message": "One\nTwo",
    }
    for field, text in typed.items():
        page.locator(f"#{field}").fill(text)
    page.get_by_label("Hiring flexibly").check()
    page.get_by_label("10 to 49").check()
    page.locator("#sector").select_option(index=2)
    sector = page.locator("#sector").input_value()

    go_on(page)

    expect(page).to_have_title(re.compile("^Error: "))
    assert {field: page.locator(f"#{field}").input_value() for field in typed} == typed
    expect(page.get_by_label("Hiring flexibly")).to_be_checked()
    expect(page.get_by_label("10 to 49")).to_be_checked()
    expect(page.locator("#sector")).to_have_value(sector)


@pytest.mark.django_db
def test_f10_no_message_blames_begs_or_speaks_like_a_machine():
    messages = error_messages()

    assert len(messages) > 90
    for words in (
        "Enter the safeguarding arrangements",
        "Enter from which date there is room",
        "This address is used by another part of the site",
        "Enter both the figure to compare with and its period",
        "Enter an address that starts with / or https://",
        "Answer at least 1 question, so that we can show what suits you",
    ):
        assert words in messages
    assert [message for message in messages if FORBIDDEN.search(message)] == []


def test_f11_fields_say_what_they_hold_are_wide_enough_and_take_what_is_pasted(visit):
    page = visit()
    page.goto("/enquire/")
    purposes = {
        "organisation": "organization",
        "postcode": "postal-code",
        "name": "name",
        "role": "organization-title",
        "email": "email",
        "phone": "tel",
    }
    email = page.locator("#email")

    assert {
        field: page.locator(f"#{field}").get_attribute("autocomplete") for field in purposes
    } == purposes
    expect(email).to_have_attribute("type", "email")
    for field in ("email", "name"):
        expect(page.locator(f"#{field}")).to_have_attribute("spellcheck", "false")
    email.fill("w" * 7 + "e" * 15 + "@example")  # 30 characters, as wide as an address gets
    assert email.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert page.locator("#postcode").bounding_box()["width"] <= 200

    page.locator("#organisation").fill("sam@example.com")
    page.locator("#organisation").press("Control+A")
    page.keyboard.press("Control+C")
    email.press("Control+A")
    page.keyboard.press("Control+V")
    expect(email).to_have_value("sam@example.com")


def test_f12_nothing_is_chosen_beforehand_but_the_offer_a_person_came_for(visit):
    page = visit()
    page.goto("/enquire/?offer=nonsense&offer=%00")
    expect(page.locator("main :checked:not(option)")).to_have_count(0)
    expect(page.locator("#sector")).to_have_value("")

    page.goto("/enquire/?offer=mentor-a-young-person")

    expect(page.locator("main :checked:not(option)")).to_have_count(1)
    expect(page.get_by_label("Mentoring a young person")).to_be_checked()


def test_f13_not_sure_unticks_the_rest_with_javascript_and_is_refused_beside_it_without(visit):
    page = visit()
    page.goto("/enquire/")
    page.get_by_label("Hiring flexibly").check()
    page.get_by_label(NOT_SURE).check()
    expect(page.get_by_label("Hiring flexibly")).not_to_be_checked()
    page.get_by_label("Hiring flexibly").check()
    expect(page.get_by_label(NOT_SURE)).not_to_be_checked()

    plain = visit(**PLAIN)
    fill_in(plain)
    plain.get_by_label(NOT_SURE).check()
    go_on(plain)
    assert summary_of(plain) == [("#offers", CHOOSE)]


def test_f14_the_character_count_tells_and_never_cuts_off(visit):
    page = visit()
    page.goto("/enquire/")
    box, count = page.get_by_label("Anything else"), page.locator("#message-count")
    spoken = page.locator("main [aria-live=polite]")

    expect(count).to_have_text("You have 1,000 characters remaining")
    expect(count).to_have_attribute("aria-hidden", "true")
    box.fill("x" * 999)
    expect(count).to_have_text("You have 1 character remaining")
    expect(spoken).to_have_text("")
    box.fill("👋" * 1002)
    expect(count).to_have_text("You have 2 characters too many", timeout=500)
    expect(spoken).to_have_text("You have 2 characters too many")
    assert box.input_value() == "👋" * 1002

    plain = visit(**PLAIN)
    fill_in(plain, message="x" * 1_001)
    expect(plain.locator("#message-count")).to_have_text("You can enter up to 1,000 characters")
    go_on(plain)
    assert summary_of(plain) == [("#message", "Message must be 1,000 characters or less")]
    expect(plain.locator("#message")).to_have_value("x" * 1_001)


def test_f15_a_postcode_may_be_typed_in_any_way_and_is_shown_in_one(visit):
    page = visit(**PLAIN)
    for typed in ("n12ud", " N1  2ud", "n1-2ud."):
        fill_in(page, postcode=typed)
        go_on(page)
        assert answers_on_check_page(page)["Postcode"] == "N1 2UD", typed

    fill_in(page, postcode="N1 2")
    go_on(page)
    assert summary_of(page) == [("#postcode", "Enter a full UK postcode")]


def test_f16_a_phone_number_is_kept_as_typed(visit):
    page = visit(**PLAIN)
    for typed in ("020 7946 0000", "(020) 7946-0000 ext 12", "+44 7700 900982"):
        fill_in(page, phone=typed)
        go_on(page)
        assert answers_on_check_page(page)["Phone number"] == typed

    fill_in(page, phone="12345")
    go_on(page)
    message = "Enter a phone number, like 020 7946 0000 or 07700 900 982"
    assert summary_of(page) == [("#phone", message)]


def test_f17_an_email_address_is_asked_for_once_trimmed_and_shown_back(visit):
    page = visit(**PLAIN)
    fill_in(page, email="  sam.o'neil+news@example.co.uk ")
    expect(page.locator("main input[type=email]")).to_have_count(1)
    go_on(page)
    assert answers_on_check_page(page)["Email address"] == "sam.o'neil+news@example.co.uk"

    for wrong in ("sam@localhost", "sam@example", "sam"):
        fill_in(page, email=wrong)
        go_on(page)
        message = "Enter an email address in the correct format, like name@example.com"
        assert summary_of(page) == [("#email", message)], wrong


def test_f18_a_name_is_one_field_that_takes_any_characters(visit):
    page = visit(**PLAIN)
    fill_in(page, name="  Zoë O’Brien-王 3rd, née Đặng ")
    go_on(page)
    assert answers_on_check_page(page)["Full name"] == "Zoë O’Brien-王 3rd, née Đặng"

    fill_in(page, name="x" * 201)
    go_on(page)
    assert summary_of(page) == [("#name", "Full name must be 200 characters or less")]


def test_f19_the_check_page_shows_every_answer_with_a_way_to_change_it(visit):
    page = visit(**PLAIN)
    fill_in(page)
    go_on(page)

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Check your answers before sending your enquiry"
    )
    expect(page.locator("main")).to_contain_text("not sent yet")
    expect(page.locator(".crumbs")).to_have_text("Back")
    shown = answers_on_check_page(page)
    assert len(shown) == 10
    assert shown["Phone number"] == "Not provided"
    assert {shown[label] for label in ANSWERS} == set(ANSWERS.values())
    press(page.get_by_role("link", name="Change email address"))
    expect(page).to_have_url(re.compile("/enquire/#email$"))
    expect(page.locator("#email")).to_have_value("sam@example.com")
    expect(page.locator("label[for=email]")).to_be_in_viewport(ratio=1)
    page.locator("#email").fill("new@example.com")
    go_on(page)
    assert answers_on_check_page(page)["Email address"] == "new@example.com"
    expect(page.get_by_role("button", name="Send enquiry")).to_have_count(1)


def test_f20_the_confirmation_has_a_reference_what_happens_next_and_nothing_personal(visit):
    page = visit(**PLAIN)
    fill_in(page)
    go_on(page)
    with page.expect_response(lambda response: response.request.method == "POST") as posted:
        press(page.get_by_role("button", name="Send enquiry"))

    assert posted.value.status == 303
    expect(page).to_have_url(re.compile(r"/enquire/sent/[\w:.-]{20,}/$"))
    for _ in range(2):  # a reload shows the same
        text = page.locator("main").inner_text()
        assert page.locator("h1").inner_text() == "Enquiry sent"
        assert REFERENCE.search(text)
        assert re.search(r"replies by \w+day \d+ \w+ \d{4}", text)
        assert "bookmark" in text
        assert not [said for said in ANSWERS.values() if said in page.content()]
        page.reload()
    main = page.locator("main")
    assert main.locator("a[href^='tel:']").count() == 1
    assert main.locator("a[href='/case-studies/']").count() == 1
    assert main.get_by_role("link", name="Tell us what you think").count() == 1


def test_f21_going_back_says_it_has_been_sent_and_a_double_click_sends_once(visit, site):
    page = visit()
    fill_in(page, email="double@example.com")
    go_on(page)
    posts = []

    def hold(route: Route) -> None:  # so that the second click meets the page
        posts.append(route)

    page.route("**/enquire/check/", hold)
    page.get_by_role("button", name="Send enquiry").dblclick(delay=100, no_wait_after=True)
    page.wait_for_timeout(200)
    assert [route.request.method for route in posts] == ["POST"]
    posts[0].continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enquiry sent")
    page.unroute("**/enquire/check/")
    reference = REFERENCE.search(page.locator("main").inner_text())[0]

    page.go_back()
    expect(page.locator("main")).to_contain_text("has been sent")
    page.go_back()
    go_on(page)  # the same answers once more: the same enquiry
    expect(page.locator("main")).to_contain_text(reference)

    rows = "SELECT reference FROM enquiries_enquiry WHERE email = 'double@example.com'"
    assert site.database.rows(rows) == [(reference,)]


def test_f22_answers_wait_for_a_day_and_outlive_the_security_token(visit):
    page = visit()
    fill_in(page, message="A long story")
    go_on(page)
    kept = next(cookie for cookie in page.context.cookies() if "session" in cookie["name"])
    assert kept["expires"] - time.time() > timedelta(hours=20).total_seconds()

    fill_in(page, message="A longer story")
    page.context.clear_cookies()
    go_on(page)
    press(page.get_by_role("button", name="Send again"))
    assert answers_on_check_page(page)["Anything else you want to tell us?"] == "A longer story"
    press(page.get_by_role("button", name="Send enquiry"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Enquiry sent")


def test_f23_without_javascript_or_with_a_broken_one_the_enquiry_is_sent(visit):
    send_without = visit(**PLAIN)
    fill_in(send_without)
    send(send_without)

    broken = visit()
    broken.route("**/*.js", lambda route: route.fulfill(body="throw new Error('broken')"))
    fill_in(broken)
    send(broken)

    blocked = visit()
    blocked.route("**/*.js", lambda route: route.abort())
    fill_in(blocked)
    send(blocked)


def test_f24_the_keyboard_goes_in_reading_order_and_shows_where_it_is(visit):
    page = visit()
    for path in ("/enquire/", "/search/"):
        page.goto(path)
        seen = stops(page)
        assert len(seen) > 10
        assert [stop for stop in seen if not stop["inView"]] == []
        assert [stop for stop in seen if stop["outlineWidth"] < 2] == []
        places = [stop["place"] for stop in seen]
        assert places == sorted(places)
        in_form = [stop["top"] for stop in seen if stop["inForm"]]
        assert in_form == sorted(in_form)

    page.goto("/enquire/")
    page.locator("#size").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=size]").nth(1)).to_be_checked()
    page.locator("#name").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Error: "))


def test_f25_an_enquiry_is_kept_and_confirmed_while_no_mail_can_be_sent(visit, site):
    page = visit(**PLAIN)
    site.mail.stop()
    try:
        fill_in(page, email="unlucky@example.com")
        page.wait_for_timeout(LONG_ENOUGH)
        reference = send(page)

        kept = "SELECT reference FROM enquiries_enquiry WHERE email = 'unlucky@example.com'"
        assert site.database.rows(kept) == [(reference,)]
        waiting = f"""
            SELECT count(*) FROM outbox_message
            WHERE state = 'waiting' AND subject LIKE '%{reference}%'"""
        assert site.database.rows(waiting) == [(2,)]
    finally:
        site.mail.start()

    site.wait_for(lambda: len(site.mail.about(reference)) == 2, "both mails arrived")
