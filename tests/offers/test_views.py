"""‘What suits us?’: the page, its addresses, and what it hands on to the enquiry form."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import PageViewRestriction

from casestudies.models import CaseStudyOffer, CaseStudyPage
from core.models import OtherHelp
from offers.models import OfferPage, Sector
from tests.many import many_case_studies

QUERIES = 14
HIRE = "/what-suits-us/?goal=hire"
NOTHING_FITS = "/what-suits-us/?goal=contracts&hours=1"


@pytest.fixture
def open_page(client, home):
    def read(address="/what-suits-us/"):
        response = client.get(address)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return read


def titles(page):
    return [heading.text for heading in page.select(".found > li h3")]


def result(page, title):
    return next(item for item in page.select(".found > li") if item.h3.text == title)


def answered(page):
    """The answers that the form shows as given."""
    return {
        control["name"]: control["value"]
        for control in page.select("form[action='/what-suits-us/'] [checked]")
    } | {
        select["name"]: select.select_one("[selected]")["value"]
        for select in page.select("select")
        if select.select_one("[selected]")
    }


# -- The questions ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["", "?", "?goal=&size=&hours=&sector=", "?x=1", "?goal=fame&size=7&hours=0&sector=x"]
)
def test_without_an_answer_there_is_only_the_form(open_page, query):
    page = open_page(f"/what-suits-us/{query}")

    assert page.title.text == "What suits us? – Islington Aspires"
    assert [field.legend.text for field in page.select("fieldset")] == [
        "What would you like most? (optional)",
        "How many people work for you? (optional)",
        "How much time can you give? (optional)",
    ]
    assert not page.select(".found")
    assert answered(page) == {"sector": ""} or answered(page) == {}


def test_the_questions_are_asked_by_get_without_a_token_or_a_cookie(client, home):
    response = client.get(HIRE)
    page = BeautifulSoup(response.content, "html.parser")

    assert not response.cookies
    assert [form.get("method") for form in page.select("form")] == [None, None]
    assert not page.select("[name=csrfmiddlewaretoken]")
    assert client.post("/what-suits-us/").status_code == 405


def test_a_form_without_an_answer_asks_for_one(open_page):
    words = "Answer at least 1 question"

    assert words in open_page("/what-suits-us/?sector=").text
    assert words not in open_page().text
    assert words not in open_page("/what-suits-us/?utm_source=x").text


def test_the_answers_stand_in_the_form_again(open_page):
    page = open_page("/what-suits-us/?goal=hire&size=10-49&hours=4&sector=retail")

    assert answered(page) == {"goal": "hire", "size": "10-49", "hours": "4", "sector": "retail"}


def test_an_unknown_answer_is_ignored_and_the_others_count(open_page):
    odd = open_page("/what-suits-us/?goal=hire&size=huge&hours=-4&sector=x&page=9")

    assert titles(odd) == titles(open_page(HIRE))
    assert answered(odd).get("goal") == "hire"
    assert "size" not in answered(odd)


@pytest.mark.parametrize(
    ("hours", "shown"),
    [
        *(("6", "6"), ("15", "15"), ("16", "16"), ("17", "16"), ("999", "16")),
        *(("1000", None), ("06", None), ("٦", None), ("²", None)),
    ],
)
def test_hours_that_the_form_does_not_offer_count_if_they_are_a_small_number(
    open_page, hours, shown
):
    page = open_page(f"/what-suits-us/?hours={hours}")

    assert answered(page).get("hours") == shown
    if shown == "6":
        assert "Take on an apprentice" not in titles(page)
        assert page.find("label", string="About 6 hours")


# -- The result ---------------------------------------------------------------------------


def test_the_number_stands_in_heading_and_title(open_page):
    page = open_page(HIRE)
    number = len(titles(page))

    assert number == sum("hire" in offer.goals for offer in OfferPage.objects.published())
    assert page.h2.text == f"{number} ways to get involved suit you"
    assert page.title.text == f"{number} ways to get involved suit you – Islington Aspires"


def test_one_is_not_called_ways(open_page):
    OfferPage.objects.exclude(slug="hire-flexibly").update(live=False)

    assert open_page(HIRE).h2.text == "1 way to get involved suits you"


def test_a_result_says_why_what_it_takes_what_you_get_and_who_did_it(open_page):
    page = open_page("/what-suits-us/?goal=give-back&size=10-49&hours=1&sector=retail")
    mentoring = result(page, "Mentor a young person")

    assert [tag.text for tag in mentoring.select(".tag")] == [
        "Helps you give something back",
        "Suits employers of any size",
        "Fits the time you have",
        "Suits every sector",
    ]
    words = mentoring.dl.text
    for said in ("About 1 hour a month", "Free, with training included", "Better managers"):
        assert said in words
    assert mentoring.select_one("dd a[href^='/case-studies/']")
    assert mentoring.h3.a["href"] == "/ways-to-get-involved/mentor-a-young-person/"


def test_a_sector_that_an_offer_names_counts(open_page):
    group = "Join a sector group"

    assert titles(open_page(f"{HIRE}&sector=hospitality-and-catering"))[0] == group
    assert group not in titles(open_page(f"{HIRE}&sector=retail"))


def test_a_closed_offer_comes_last_and_cannot_be_ticked(open_page):
    OfferPage.objects.filter(slug="hire-flexibly").update(is_open=False)

    page = open_page(HIRE)

    assert titles(page)[-1] == "Hire flexibly"
    closed = result(page, "Hire flexibly")
    assert "Not open now" in closed.text
    assert not closed.select("input")


def test_where_what_fits_is_closed_nothing_is_said_to_suit_and_the_closest_are_shown(open_page):
    address = "/what-suits-us/?goal=give-back&hours=1"
    fitting = titles(open_page(address))
    OfferPage.objects.filter(title__in=fitting).update(is_open=False)

    page = open_page(address)

    assert page.h2.text == "What fits is not open now"
    assert page.title.text == "What fits is not open now – Islington Aspires"
    assert titles(page)[: len(fitting)] == fitting
    assert len(page.select(".found input")) == len(titles(page)) - len(fitting) > 0
    assert page.find("button", string="Ask about the ones you ticked")


def test_where_nothing_is_open_there_is_no_button_for_what_was_ticked(open_page):
    OfferPage.objects.update(is_open=False)

    assert not open_page(HIRE).find("button", string="Ask about the ones you ticked")


def test_drafts_and_private_offers_are_not_suggested(open_page):
    OfferPage.objects.get(slug="hire-flexibly").unpublish()
    private = PageViewRestriction.objects.create(
        page=OfferPage.objects.get(slug="recruit-locally"), restriction_type="groups"
    )
    private.groups.add(Group.objects.get(name="Editors"))

    shown = titles(open_page(HIRE))

    assert shown
    assert not {"Hire flexibly", "Recruit locally"} & set(shown)


def test_where_nothing_fits_the_closest_say_what_does_not(open_page):
    page = open_page(NOTHING_FITS)

    assert page.title.text.startswith("Nothing fits all your answers")
    assert len(titles(page)) == 3
    for item in page.select(".found > li"):
        assert "What does not fit: Takes about" in item.text
    assert page.select_one(".prose a[href='/enquire/']")
    assert page.select_one("a[href='#answers']")
    assert page.select_one("#answers")


def test_without_any_offer_there_is_still_somewhere_to_go(open_page):
    OfferPage.objects.update(live=False)

    page = open_page(HIRE)

    assert not page.select(".found")
    assert not page.find("button", string=re.compile("ticked"))
    assert page.select_one(".prose a[href='/enquire/']")
    assert page.select_one("#other-help")


@pytest.mark.parametrize("address", ["/what-suits-us/", HIRE, NOTHING_FITS])
def test_no_door_is_the_wrong_one(open_page, address):
    page = open_page(address)

    assert [link["href"] for link in page.select("#other-help + ul a")] == [
        "/partners/iwork/",
        "/partners/jobcentre-plus/",
        "/contact/website/",
    ]


def test_without_help_elsewhere_nothing_is_said_of_it(open_page):
    OtherHelp.objects.all().delete()

    assert not open_page(HIRE).select("#other-help")


# -- The case study of a result -----------------------------------------------------------


@pytest.fixture
def studies(home):
    """Case studies of one offer alone: nobody else's."""
    offer = OfferPage.objects.get(slug="hire-flexibly")
    kept = list(CaseStudyPage.objects.published().newest_first()[:4])
    CaseStudyOffer.objects.filter(offer=offer).delete()
    for study in kept:
        CaseStudyOffer.objects.create(case_study=study, offer=offer)
    CaseStudyPage.objects.update(
        sector=Sector.objects.get(slug="other"), size="250-plus", first_published_at=timezone.now()
    )
    CaseStudyPage.objects.filter(pk=kept[0].pk).update(
        first_published_at=timezone.now() + timezone.timedelta(days=1)
    )
    return kept


def shown_study(page):
    link = result(page, "Hire flexibly").select_one("dd a")
    return link and link.text


ASKED = "/what-suits-us/?size=10-49&sector=retail"


def test_the_newest_case_study_is_shown_where_none_is_alike(open_page, studies):
    assert shown_study(open_page(ASKED)) == studies[0].title


def test_a_featured_one_comes_before_the_newest(open_page, studies):
    CaseStudyOffer.objects.filter(case_study=studies[1]).update(featured=True)

    assert shown_study(open_page(ASKED)) == studies[1].title


def test_one_of_the_same_size_comes_before_a_featured_one(open_page, studies):
    CaseStudyOffer.objects.filter(case_study=studies[1]).update(featured=True)
    CaseStudyPage.objects.filter(pk=studies[2].pk).update(size="10-49")

    assert shown_study(open_page(ASKED)) == studies[2].title


def test_one_of_the_same_sector_comes_first(open_page, studies):
    CaseStudyPage.objects.filter(pk=studies[2].pk).update(size="10-49")
    CaseStudyPage.objects.filter(pk=studies[3].pk).update(sector=Sector.objects.get(slug="retail"))

    assert shown_study(open_page(ASKED)) == studies[3].title


def test_drafts_and_private_case_studies_are_passed_over(open_page, studies):
    CaseStudyPage.objects.filter(pk__in=[study.pk for study in studies[:2]]).update(
        sector=Sector.objects.get(slug="retail")
    )
    studies[0].refresh_from_db()
    studies[0].unpublish()
    private = PageViewRestriction.objects.create(page=studies[1], restriction_type="groups")
    private.groups.add(Group.objects.get(name="Editors"))

    assert shown_study(open_page(ASKED)) in {studies[2].title, studies[3].title}


def test_an_offer_without_case_studies_has_none(open_page, studies):
    CaseStudyOffer.objects.filter(offer__slug="hire-flexibly").delete()

    assert shown_study(open_page(ASKED)) is None


def test_the_same_few_queries_with_300_case_studies(client, home, django_assert_max_num_queries):
    client.get(HIRE)
    with django_assert_max_num_queries(QUERIES) as few:
        client.get(HIRE)

    many_case_studies(300)

    with django_assert_max_num_queries(len(few)):
        client.get(HIRE)


# -- On to the enquiry --------------------------------------------------------------------


def test_what_is_ticked_arrives_ticked_in_the_enquiry_form(open_page):
    page = open_page(HIRE)
    form = page.select_one("form[action='/enquire/']")
    boxes = [box["value"] for box in form.select("input")]
    assert {box["name"] for box in form.select("input")} == {"offer"}
    assert form.button.text == "Ask about the ones you ticked"

    enquiry = open_page(f"/enquire/?offer={boxes[0]}&offer={boxes[1]}")

    assert {box["value"] for box in enquiry.select("[name=offers][checked]")} == set(boxes[:2])


def test_with_nothing_ticked_the_enquiry_form_opens_without_a_tick(open_page):
    assert not open_page("/enquire/?").select("[name=offers][checked]")


# -- The way there ------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/ways-to-get-involved/", "/search/?q=xylophone"])
def test_the_finder_is_linked_where_people_look(open_page, path):
    assert open_page(path).select("main a[href='/what-suits-us/']")


def test_the_finder_is_linked_from_a_page_that_is_not_there(client, home):
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert b'href="/what-suits-us/"' in response.content
