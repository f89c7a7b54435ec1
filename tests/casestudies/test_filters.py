"""The filters of the case studies: they combine, they count honestly, and they hide nothing."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from casestudies.filters import Filters, Option
from casestudies.models import CaseStudyIndexPage, CaseStudyOffer, CaseStudyPage, CaseStudyTag
from offers.models import OfferPage, Sector
from search.words import words_of
from tests.hostile import CORPUS
from tests.publishing import publish

pytestmark = pytest.mark.django_db

PATH = "/case-studies/"
NOINDEX = '<meta name="robots" content="noindex">'
STATES = ["draft", "private", "under a private page"]
QUERIES = [
    "offer=hire-flexibly",
    "offer=hire-flexibly&offer=recruit-locally",
    "sector=retail",
    "sector=retail&sector=education",
    "size=50-249",
    "size=1-9&size=250-plus",
    "tag=local-hiring",
    "tag=schools&tag=retention",
    "q=mentor",
    "q=YEARS+contract",
    "offer=hire-flexibly&size=10-49",
    "offer=take-on-an-apprentice&offer=mentor-a-young-person&sector=professional-and-legal-services",
    "size=50-249&size=10-49&tag=young-people&tag=retention&q=young",
    "offer=hire-flexibly&sector=creative-and-digital&size=10-49&tag=parents&q=roles",
]


@pytest.fixture
def study(home):
    """One that shares its offer, sector, size and tags with nobody."""
    study = CaseStudyPage.objects.get(slug="fanlight-foods")
    tag = CaseStudyTag.objects.create(name="night shifts", slug="night-shifts")
    sector = Sector.objects.create(name="Lamp lighting", slug="lamp-lighting", order=99)
    study.sector, study.size = sector, "1-9"
    study.tags.set([tag])
    publish(study)
    return CaseStudyPage.objects.get(pk=study.pk)


def hide(study, state):
    if state == "draft":
        study.unpublish()
    else:
        page = study if state == "private" else study.get_parent()
        page.view_restrictions.create(restriction_type="login")


def shown(client, query: str) -> set[CaseStudyPage]:
    """All case studies of all pages of the listing."""
    first = client.get(f"{PATH}?{query}").context["results"]
    rest = range(2, first.paginator.num_pages + 1)
    pages = [first, *(client.get(f"{PATH}?{query}&page={n}").context["results"] for n in rest)]
    return {study for page in pages for study in page}


@pytest.fixture
def matching(home) -> Callable[[str], set[CaseStudyPage]]:
    """The rule in other words: any value of a filter, every filter, every word."""
    facts = {}
    for study in CaseStudyPage.objects.published():
        entry = study.index_entries.get()
        text = f"{entry.title}\n{entry.body}" if connection.vendor == "sqlite" else ""
        text = text or f"{entry.title_text}\n{entry.body_text}"
        facts[study] = (
            text,
            {
                "offer": {offer.slug for offer in study.offers},
                "sector": {study.sector.slug},
                "size": {study.size},
                "tag": set(study.tags.slugs()),
            },
        )

    def rule(query: str) -> set[CaseStudyPage]:
        asked = QueryDict(query)
        words = asked.get("q", "").split()
        return {
            study
            for study, (text, has) in facts.items()
            if all(has[name] & set(asked.getlist(name)) for name in has if name in asked)
            and all(words_of(word).all_stand_in(text) for word in words)
        }

    return rule


def text_of(response) -> str:
    return unescape(response.content.decode())


def options(client, query: str = "") -> dict[tuple[str, str], int]:
    form = client.get(f"{PATH}?{query}").context["form"]
    return {(option.name, option.value): option.count for option in form.options}


# -- What is shown ------------------------------------------------------------------------


@pytest.mark.parametrize("query", QUERIES)
def test_values_of_one_filter_widen_and_filters_narrow(client, matching, query):
    assert shown(client, query) == matching(query)
    assert matching(query)


def test_each_word_may_stand_in_another_place(client, study):
    assert shown(client, "q=fanlight+MENTORS") == {study}
    assert shown(client, "q=fanlight+xylophone") == set()


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        *(("King's Cross", "King’s Cross"), ("kings cross", "King’s Cross")),
        *(("cafe", "café"), ("CAFÉ", "café"), ("zanzibariums", "zanzibarium")),
        ("zanzibarium", "zanzibariums"),
    ],
)
@pytest.mark.parametrize("field", ["title", "employer_name", "summary", "challenge", "advice"])
def test_words_are_found_as_the_search_finds_them(client, study, field, typed, stands):
    setattr(study, field, f"<p>Xylo {stands}</p>" if field == "challenge" else f"Xylo {stands}")
    publish(study)

    assert shown(client, urlencode({"q": f"xylo {typed}"})) == {study}


@pytest.mark.parametrize("text", [*"%_\\'\"<&*", "(((", "🥐", "\u202e", "a:b", "; -- %s", *CORPUS])
def test_odd_words_are_answered(client, home, text):
    response = client.get(PATH, {"q": text.encode("utf-8", "replace")})

    assert response.status_code == 200


@pytest.mark.parametrize("text", ["%", "…", "&"])
def test_what_holds_no_word_finds_nothing(client, home, text):
    response = client.get(PATH, {"q": text})

    assert response.context["results"].paginator.count == 0


def test_only_so_many_words_are_looked_at(client, study):
    eight = " ".join(["fanlight", "foods"] * 4)

    assert shown(client, urlencode({"q": eight})) == {study}
    assert client.get(PATH, {"q": "x" * 10_000}).context["form"].chosen.words == "x" * 100


@pytest.mark.parametrize(
    "query",
    [
        "offer=&sector=&size=&tag=&q=&page=",
        "offer=no-such-offer",
        "sector=no-such-sector&size=3-4&tag=none",
        "size=1-9%00",
        "colour=blue",
        "q=%20%00%e2%80%8b",
    ],
)
def test_what_is_empty_or_unknown_is_ignored(client, home, query):
    response = client.get(f"{PATH}?{query}")

    assert response.context["results"].paginator.count == CaseStudyPage.objects.published().count()
    assert response.context["form"].chips == []
    assert NOINDEX not in text_of(response)


def test_an_unknown_value_beside_a_known_one_is_left_out(client, study):
    response = client.get(f"{PATH}?size=1-9&size=1-9&size=nonsense&sector=lamp-lighting")

    assert [chip["label"] for chip in response.context["form"].chips] == [
        "1 to 9 employees",
        "Lamp lighting",
    ]
    assert list(response.context["results"]) == [study]


@pytest.mark.parametrize("state", STATES[:2])
def test_nothing_of_a_hidden_case_study_is_shown_counted_or_offered(client, study, state):
    query = "sector=lamp-lighting"
    assert shown(client, query) == {study}
    before = options(client)

    hide(study, state)
    after = options(client)

    gone = {("sector", "lamp-lighting"), ("tag", "night-shifts")}
    assert gone <= before.keys()
    assert not gone & after.keys()
    assert after[("size", "1-9")] == before[("size", "1-9")] - 1
    assert study not in shown(client, query)  # ignored like a value that does not exist
    assert study not in shown(client, "q=fanlight")


def test_an_offer_the_public_may_not_see_is_no_option(client, study):
    hidden = OfferPage.objects.get(slug="mentor-a-young-person")
    hidden.view_restrictions.create(restriction_type="login")

    assert ("offer", hidden.slug) not in options(client)
    assert shown(client, f"offer={hidden.slug}") == set(CaseStudyPage.objects.published())


# -- The counts ---------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", *QUERIES[::3]])
def test_the_number_beside_a_choice_is_what_it_would_show(client, matching, query):
    for (name, value), count in options(client, query).items():
        asked = QueryDict(query, mutable=True)
        asked[name] = value

        assert count == len(matching(asked.urlencode())), (query, name, value)


def test_options_are_in_the_order_of_the_editors(client, home):
    names = list(options(client))
    values = {name: [value for other, value in names if other == name] for name, _ in names}

    assert list(values) == ["offer", "size", "sector", "tag"]
    did = OfferPage.objects.in_order().values_list("slug", flat=True)
    assert values["offer"] == [slug for slug in did if slug in values["offer"]]
    assert values["size"] == ["1-9", "10-49", "50-249", "250-plus"]
    sectors = Sector.objects.in_order().values_list("slug", flat=True)
    assert values["sector"] == [slug for slug in sectors if slug in values["sector"]]
    assert values["tag"] == sorted(values["tag"])


def test_an_offer_that_was_selected_twice_counts_once(client, study):
    before = options(client)
    offer = OfferPage.objects.get(slug="mentor-a-young-person")
    CaseStudyOffer.objects.create(case_study=study, offer=offer, sort_order=9)

    assert options(client) == before


# -- How it is said -----------------------------------------------------------------------


def test_the_number_of_results_is_in_heading_and_title(client, study):
    for query, words in [
        ("sector=lamp-lighting", "1 case study"),
        ("q=xylophone", "0 case studies"),
        ("size=1-9", f"{len(shown(client, 'size=1-9'))} case studies"),
    ]:
        text = text_of(client.get(f"{PATH}?{query}"))
        assert f'<h2 id="results">{words}</h2>' in text
        assert f"<title>{words}: " in text


def test_every_choice_has_its_own_title_and_no_place_in_search_engines(client, home):
    titles = [
        re.search("<title>(.*?)</title>", text_of(client.get(f"{PATH}?{query}")))[1]
        for query in ["", "page=2", *QUERIES]
    ]

    assert len(set(titles)) == len(titles)
    assert titles[1].endswith("(page 2 of 2) – Islington Aspires")
    for query in QUERIES[::4]:
        text = text_of(client.get(f"{PATH}?{query}"))
        assert text.count(NOINDEX) == 1
        assert 'rel="canonical"' not in text


def test_a_chip_removes_its_filter_and_keeps_the_others_but_not_the_page(client, home):
    query = "size=10-49&size=50-249&offer=hire-flexibly&q=a&page=1&utm_source=x"
    text = client.get(f"{PATH}?{query}").content.decode()

    chips = re.findall(
        r'<a class="tag" href="([^"]*)"><span class="hide">Remove filter: </span>(.*?) <', text
    )
    assert [(unescape(address), label) for address, label in chips] == [
        (f"{PATH}?size=10-49&size=50-249&q=a", "Hire flexibly"),
        (f"{PATH}?offer=hire-flexibly&size=50-249&q=a", "10 to 49 employees"),
        (f"{PATH}?offer=hire-flexibly&size=10-49&q=a", "50 to 249 employees"),
        (f"{PATH}?offer=hire-flexibly&size=10-49&size=50-249", "“a”"),
    ]
    assert f'<a href="{PATH}">Clear all filters</a>' in text


def test_the_last_chip_leads_to_the_plain_address(client, home):
    assert f'<a class="tag" href="{PATH}"><span' in text_of(client.get(f"{PATH}?size=1-9"))


def test_without_filters_there_are_no_chips_and_nothing_to_clear(client, home):
    text = text_of(client.get(PATH))

    assert "Remove filter" not in text
    assert "Clear all filters" not in text


def test_the_form_is_a_plain_get_form_that_keeps_what_was_chosen(client, home):
    text = text_of(client.get(f'{PATH}?size=1-9&q=a "b" <c>'))
    form = re.search("<form.*?</form>", text, re.DOTALL)[0]

    assert 'method="get"' in form
    assert f'action="{PATH}"' in form
    assert "Show case studies</button>" in form
    assert 'name="page"' not in form
    assert "csrf" not in form
    assert re.findall(r'value="([^"]*)" checked', form) == ["1-9"]
    assert 'value="a "b" <c>"' in form
    assert "<c>" not in client.get(PATH, {"q": "<c>"}).content.decode()


def test_nothing_found_says_so_and_how_to_clear(client, home):
    text = text_of(client.get(f"{PATH}?q=xylophone&size=1-9"))

    assert "Nothing matches all of these filters." in text
    assert f'<a href="{PATH}">Clear all filters</a>' in text


def test_pages_of_a_filtered_listing_keep_the_filters(client, home):
    query = "size=10-49&size=50-249&size=250-plus"
    first, second = (client.get(f"{PATH}?{query}&page={n}") for n in (1, 2))

    assert f'href="?{query}&page=2" rel="next"' in text_of(first)
    assert "Previous" not in text_of(first)
    assert f'href="?{query}" rel="prev"' in text_of(second)
    assert "Next<" not in text_of(second)
    assert "(page 2 of 2)" in text_of(second)
    assert client.get(f"{PATH}?{query}&page=3").status_code == 404
    assert client.get(f"{PATH}?q=xylophone&page=2").status_code == 404


def test_a_case_study_links_its_topics_to_the_listing(client, study):
    text = text_of(client.get(study.url))

    assert 'href="/case-studies/?tag=night-shifts">Night shifts</a>' in text


def test_a_tag_in_another_script_works_in_an_address(client, study):
    tag = CaseStudyTag.objects.create(name="café & bar", slug="café-bar")
    study.tags.add(tag)
    publish(study)
    address = re.search(
        r'href="(/case-studies/\?tag=caf[^"]*)"', client.get(study.url).content.decode()
    )

    assert list(client.get(address[1]).context["results"]) == [study]


# -- What it costs ------------------------------------------------------------------------


def test_filters_take_one_query_more_however_many_there_are(client, home):
    def cost(query):
        client.get(f"{PATH}?{query}")
        with CaptureQueriesContext(connection) as seen:
            client.get(f"{PATH}?{query}")
        return len(seen)

    plain, costs = cost(""), {query: cost(query) for query in QUERIES[::4]}

    assert plain <= 11
    assert {query: cost for query, cost in costs.items() if cost > plain + 1} == {}


# -- The parts ----------------------------------------------------------------------------


def test_filters_are_read_from_an_address_and_written_as_one():
    filters = Filters.asked_for(QueryDict("tag=b&size=1-9&tag=a&q=+two++words+&page=3"))

    assert filters.words == "two words"
    assert filters.of("tag") == ["b", "a"]
    assert filters.of("offer") == []
    assert filters.query == "size=1-9&tag=b&tag=a&q=two+words"
    assert filters.without("tag", "b").query == "size=1-9&tag=a&q=two+words"
    assert Filters.asked_for(QueryDict(filters.query)) == filters
    assert not Filters()
    assert Filters().query == ""


def test_only_options_are_known_and_they_keep_their_order():
    known = [Option("size", "1-9", "", 0), Option("size", "10-49", "", 1)]
    asked = Filters("a", (("size", "x"), ("size", "10-49"), ("tag", "1-9"), ("size", "1-9")))

    assert asked.known(known) == Filters("a", (("size", "1-9"), ("size", "10-49")))


def test_an_empty_listing_has_no_filters(client, home):
    for study in CaseStudyPage.objects.all():
        study.unpublish()
    response = client.get(PATH)

    assert response.context["form"].groups == []
    assert '<h2 id="results">0 case studies</h2>' in text_of(response)
    assert CaseStudyIndexPage.objects.get().live
