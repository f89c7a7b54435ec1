"""The page of an offer: whether there is room, what is said while it is closed, its own address."""

import re
from datetime import date, timedelta

import pytest
import segno
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.utils import timezone

from offers.models import OfferLink, OfferPage, room_in_words
from partners.models import Partner

QUERIES = 14
TODAY = date(2026, 11, 20)
NOW, FROM, FULL = OfferLink.Room.NOW, OfferLink.Room.FROM, OfferLink.Room.FULL


@pytest.fixture
def offer(home):
    return OfferPage.objects.get(slug="mentor-a-young-person")


@pytest.fixture
def open_page(client, offer):
    def read():
        response = client.get(offer.url)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return read


def fact(page, label):
    term = page.find("dt", string=label)
    return term and term.find_next("dd").text


# -- Room ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rooms", "words"),
    [
        ([], None),
        ([(NOW, None)], ("Room", "There is room now")),
        ([(FULL, None), (NOW, None)], ("Room", "There is room now")),
        ([(FROM, date(2027, 1, 4)), (NOW, None)], ("Room", "There is room now")),
        ([(FROM, date(2027, 1, 4))], ("Next intake", "January 2027")),
        (
            [(FROM, date(2027, 9, 1)), (FROM, date(2027, 1, 4)), (FULL, None)],
            ("Next intake", "January 2027"),
        ),
        ([(FROM, TODAY)], ("Room", "There is room now")),
        ([(FROM, TODAY + timedelta(days=1))], ("Next intake", "November 2026")),
        ([(FULL, None), (FULL, None)], ("Room", "Full at the moment. You can still ask.")),
    ],
)
def test_room_is_the_best_that_any_partner_has(rooms, words):
    links = [OfferLink(room=room, from_on=from_on) for room, from_on in rooms]

    assert room_in_words(links, today=TODAY) == words


def test_the_page_says_whether_there_is_room(open_page, offer):
    assert fact(open_page(), "Room") == "There is room now"

    later = timezone.localdate().replace(day=1) + timedelta(days=70)
    offer.offer_links.update(room=FROM, from_on=later)
    page = open_page()
    assert fact(page, "Next intake") == f"{later:%B %Y}"
    assert f"Has room from {later:%B %Y}" in page.aside.text

    offer.offer_links.update(room=FULL)
    page = open_page()
    assert fact(page, "Room") == "Full at the moment. You can still ask."
    assert "Has no room" in page.aside.text


def test_room_of_a_draft_link_or_a_retired_partner_does_not_count(open_page, offer):
    Partner.objects.filter(slug="big-alliance").update(is_active=False)
    offer.offer_links.exclude(partner__slug="big-alliance").update(live=False)

    page = open_page()

    assert fact(page, "Room") is None
    assert "Who you will work with" not in page.text


# -- Closed -------------------------------------------------------------------------------


def test_a_closed_offer_says_so_at_the_top_and_why_beside_and_has_no_button(open_page, offer):
    OfferPage.objects.update(is_open=False)

    page = open_page()

    assert page.select_one(".page-top .by").text == "Not open now"
    assert offer.closed_message in page.aside.text
    assert not page.select("a[href^='/start/']")
    assert fact(page, "Room") is None
    assert "BIG Alliance" in page.aside.text
    assert "room" not in page.aside.text


# -- Young people, and when it was checked ------------------------------------------------


def test_safeguarding_is_shown_where_people_under_18_take_part(open_page):
    assert open_page().find("h2", string="How we keep young people safe")

    OfferPage.objects.update(involves_under_18s=False)

    assert not open_page().find("h2", string="How we keep young people safe")


def test_the_page_says_when_it_was_last_checked(open_page):
    OfferPage.objects.update(checked_on=date(2026, 3, 2))

    assert "We last checked this page on 2 March 2026." in open_page().text


# -- Its own address ----------------------------------------------------------------------


def matrix(svg) -> set[tuple[int, int]]:
    """The dark squares of a code drawn by lines, without the quiet zone around it."""
    dark, x, y = set(), 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([\d\s.-]+)", svg.path["d"]):
        found = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            dark |= {(int(x) + step, int(y)) for step in range(int(found[0]))}
            x += found[0]
        elif command == "m":
            x, y = x + found[0], y + found[1]
        else:
            x, y = found
    return {(column - 4, row - 4) for column, row in dark}


def expected(address: str) -> set[tuple[int, int]]:
    return {
        (column, row)
        for row, line in enumerate(segno.make(address, micro=False).matrix)
        for column, is_dark in enumerate(line)
        if is_dark
    }


def test_the_code_and_the_words_lead_to_the_page_on_the_sites_own_host(client, offer, settings):
    settings.BASE_URL = "https://aspires.example.org"
    page = BeautifulSoup(client.get(f"{offer.url}?utm_source=x").content, "html.parser")
    address = f"https://aspires.example.org{offer.url}"

    code = page.select_one(".qr")

    assert code.p.contents[0] == f"This page is at {address}"
    assert [link.text for link in code.select("a")] == ["020 7946 0123", "aspires@example.org"]
    assert matrix(code.svg) == expected(address)
    assert matrix(code.svg) != expected("https://aspires.example.org/")


def test_the_code_holds_no_inline_style_and_needs_no_request(open_page):
    svg = open_page().select_one(".qr svg")

    assert svg["viewbox"]
    assert not [tag for tag in [svg, *svg.find_all()] if tag.get("style") or tag.get("class")]
    assert not svg.select("style, script, image, use")


@pytest.mark.parametrize("address", ["https://x.example/" + "a" * 800, "/", "é 田", '"><script>'])
def test_any_address_can_be_drawn(address):
    drawn = Template("{% load core_tags %}{{ address|qr_code }}").render(
        Context({"address": address})
    )

    assert drawn.startswith("<svg ")
    assert "<script" not in drawn


def test_the_page_takes_few_queries(client, offer, django_assert_max_num_queries):
    client.get(offer.url)

    with django_assert_max_num_queries(QUERIES):
        client.get(offer.url)
