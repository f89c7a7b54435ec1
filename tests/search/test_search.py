"""Search finds everything public, and nothing else, whatever is typed."""

import re
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits, SearchPromotion
from wagtail.models import Page, get_page_models

from casestudies.models import CaseStudyPage
from core.models import OtherHelp
from core.text import clean_text
from enquiries.models import PrivacyNotice
from home.models import PlainPage
from offers.models import OfferIndexPage, OfferPage
from partners.models import Partner
from search import checks, services, sources
from tests.hostile import CORPUS
from tests.many import EVERYWHERE, many_case_studies
from tests.publishing import publish

WORD = "zanzibarium"  # stands nowhere in the demonstration content
MOST_QUERIES = 12


def find(text):
    """What was found, best first."""
    return [
        ContentType.objects.get_for_id(hit.content_type_id).get_object_for_this_type(
            pk=hit.object_id
        )
        for _, hit in services.look_for(text).of()
    ]


def titles(text):
    return [thing.title for thing in find(text)]


def publish_with_the_word(thing, field, word=WORD):
    setattr(thing, field, f"<p>{word}</p>" if field in ("body", "about", "challenge") else word)
    publish(thing)
    return thing


@pytest.fixture
def offer(home):
    return publish_with_the_word(OfferPage.objects.get(slug="hire-flexibly"), "summary")


PLACES = {
    "offer": (OfferPage, "summary", "Way to get involved"),
    "case study": (CaseStudyPage, "challenge", "Case study"),
    "partner": (Partner, "about", "Partner"),
    "plain page": (PlainPage, "body", "Page"),
}


@pytest.mark.parametrize(("model", "field", "label"), PLACES.values(), ids=PLACES)
def test_a_word_is_found_wherever_it_stands(client, home, model, field, label):
    thing = publish_with_the_word(model.objects.first(), field)

    [(kind, _)] = services.look_for(WORD).of()
    assert find(WORD) == [thing]
    assert kind.label == label

    response = client.get("/search/", {"q": WORD.upper()})
    assert response.status_code == 200
    assert str(thing) in response.content.decode().replace("&#x27;", "'").replace("&amp;", "&")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("mentor", "Mentor a young person"),
        ("mentoring", "Mentor a young person"),
        ("hire flexibly", "Hire flexibly"),
        ("Timewise", "Timewise"),
        ("privacy", "Privacy notice"),
    ],
)
def test_people_find_what_they_look_for(home, text, title):
    assert title in titles(text)


def test_every_word_must_be_there_if_anything_has_them_all(offer):
    assert find(f"{WORD} flexibly") == [offer]
    assert services.look_for(f"{WORD} flexibly").exact


def test_if_nothing_has_all_the_words_any_of_them_counts_and_the_page_says_so(client, offer):
    assert find(f"{WORD} volcano") == [offer]

    text = client.get("/search/", {"q": f"{WORD} volcano"}).content.decode()
    assert f"Nothing matches all of ‘{WORD} volcano’. Showing results for similar words." in text
    assert f"1 result for words like ‘{WORD} volcano’" in text


def test_a_title_counts_more_than_a_text(home):
    index = PlainPage.objects.get(slug="about").get_parent()
    for number in range(3):
        index.add_child(
            instance=PlainPage(
                title=f"Page {number}", slug=f"page-{number}", body=f"<p>{WORD} {number}</p>"
            )
        )
    index.add_child(instance=PlainPage(title=f"The {WORD}", slug="named", body="<p>No more</p>"))

    assert titles(WORD)[0] == f"The {WORD}"
    assert len(titles(WORD)) == 4


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("zanzibarians", "zanzibarian"),
        ("zanzibarian", "zanzibarians"),
        ("zanzibarianing", "zanzibarian"),
        ("zanzibar", "zanzibarium"),
        ("companiaries", "companiary"),
        ("zanzibar cafe", "zanzibar café"),
        ("zanzibar café", "zanzibar cafe"),
        ("ZANZIBAR’S", "zanzibarium"),
        ("zoj", "zojs"),
        ("zojs", "zoj"),
        ("how do I get to the zanzibarium?", "zanzibarium"),
    ],
)
def test_plural_ending_accent_and_small_words_do_not_matter(home, typed, stands):
    thing = publish_with_the_word(Partner.objects.first(), "about", stands)

    assert services.look_for(typed).exact
    assert find(typed) == [thing]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("aprenticeship", "Take on an apprentice"),
        ("mentr", "Mentor a young person"),
        ("recruitmnt", "Recruit locally"),
        ("Timwise", "Timewise"),
    ],
)
def test_a_word_with_a_slip_finds_similar_words(client, home, typed, title):
    assert title in titles(typed)

    text = client.get("/search/", {"q": typed}).content.decode()
    assert f"Nothing matches all of ‘{typed}’. Showing results for similar words." in text


def test_similar_words_of_hidden_things_show_nothing(client, offer):
    offer.unpublish()

    assert find("zanzibarum") == []
    assert WORD not in client.get("/search/", {"q": "zanzibarum"}).content.decode()


@pytest.mark.parametrize("hide", ["draft", "private"])
def test_similar_words_of_hidden_things_crowd_out_no_published_ones(home, hide):
    before = set(titles("apprentaceship"))
    assert before
    parent = PlainPage.objects.get(slug="about").get_parent()
    for number, title in enumerate(["apprentaceshipp", "apprentacesship", "apprenntaceship"]):
        page = PlainPage(
            title=title, slug=f"hidden-{number}", body="<p>.</p>", live=hide != "draft"
        )
        parent.add_child(instance=page)
        if hide == "private":
            page.view_restrictions.create(restriction_type="login")

    assert set(titles("apprentaceship")) == before


def expire(page):
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save()
    call_command("publish_scheduled")


@pytest.mark.parametrize(
    "hide",
    [
        lambda offer: offer.unpublish(),
        lambda offer: offer.view_restrictions.create(restriction_type="login"),
        lambda offer: offer.view_restrictions.create(restriction_type="password", password="x"),
        lambda _: OfferIndexPage.objects.get().view_restrictions.create(restriction_type="login"),
        expire,
        lambda offer: offer.delete(),
    ],
    ids=["draft", "sign-in", "password", "under a private page", "expired", "deleted"],
)
def test_a_page_the_public_may_not_see_is_not_found(client, offer, hide):
    assert find(WORD) == [offer]

    hide(offer)

    assert find(WORD) == []
    assert "Hire flexibly" not in client.get("/search/", {"q": WORD}).content.decode()


def test_words_of_a_later_draft_are_not_found(home):
    offer = OfferPage.objects.get(slug="hire-flexibly")
    offer.summary = WORD
    offer.save_revision()

    assert find(WORD) == []


def test_notes_of_the_staff_are_not_found(home):
    publish_with_the_word(CaseStudyPage.objects.first(), "staff_notes")

    assert find(WORD) == []


@pytest.mark.parametrize("hide", ["draft", "retired"])
def test_a_partner_the_public_may_not_see_is_not_found(home, hide):
    partner = publish_with_the_word(Partner.objects.first(), "about")
    assert find(WORD) == [partner]

    if hide == "draft":
        partner.unpublish()
    else:
        partner.is_active = False
        partner.save()

    assert find(WORD) == []


def test_enquiries_are_not_found(make_enquiry):
    make_enquiry(organisation=WORD, message=WORD)

    assert find(WORD) == []


ODD = [
    "'",
    '"',
    '""',
    '"unclosed phrase',
    "'; DROP TABLE offers_offerpage; --",
    "mentor AND",
    "OR mentor",
    "NOT NEAR(mentor young)",
    "mentor*",
    "*",
    "-",
    "mentor -young",
    "title:mentor",
    "(((",
    "a & b | !c <-> d",
    "\\",
    "%",
    "_",
    "\x00",
    "mentor\x00ing",
    "\u202e\u200b",
    "🥐",
    "été café 東京",
    "\ud800",
    "   ",
    "+" * 50,
    "x" * 10_000,
    "mentor " * 1_500,
    "{{ 7 }} {% now 'Y' %}",
    ":*",
    "a:b:c",
    "^mentor",
    "\t\n",
]


@pytest.mark.parametrize("text", [*ODD, *CORPUS], ids=lambda text: ascii(text[:20]))
def test_odd_searches_are_answered(client, home, text):
    typed = text.encode("utf-8", "replace")
    response = client.get("/search/", {"q": typed, "type": typed})

    assert response.status_code == 200
    assert len(response.context["text"]) <= 100


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("mentor, young", "Mentor a young person"),
        ("“mentor”", "Mentor a young person"),
        ('"young person"', "Mentor a young person"),
        ("hire, flexibly!", "Hire flexibly"),
    ],
)
def test_punctuation_does_not_hide_what_is_there(home, text, title):
    assert title in titles(text)


@pytest.mark.parametrize(
    "address",
    ["/search/", "/search/?q=", "/search/?q=%20%20", "/search/?x=1", "/search/?page=7&type=offers"],
)
def test_no_words_find_nothing_and_show_the_form(client, home, address):
    response = client.get(address)

    assert response.status_code == 200
    assert b"What you can find" in response.content
    assert b'name="q"' in response.content
    assert b"noindex" not in response.content


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_what_was_typed_is_shown_as_text(client, home, text):
    for typed in (text, f"mentor {text}"):
        content = client.get("/search/", {"q": typed}).content
        assert b"<script>alert" not in content
        assert b"<img src=x" not in content


def test_words_are_marked_and_text_of_a_page_stays_text(client, home):
    offer = OfferPage.objects.get(slug="hire-flexibly")
    offer.title = f"Hire <b>{WORD}</b>"
    offer.summary = f"5 < 6 & <script>alert('{WORD}s')</script>"
    offer.save_revision().publish()

    text = client.get("/search/", {"q": WORD}).content.decode()

    assert f"Hire &lt;b&gt;<mark>{WORD}</mark>&lt;/b&gt;" in text
    assert f"5 &lt; 6 &amp; &lt;script&gt;alert(&#x27;<mark>{WORD}s</mark>&#x27;)" in text


def test_the_excerpt_stands_around_the_first_match(client, home):
    partner = Partner.objects.first()
    partner.about = f"<p>{'before ' * 100}</p><p>the {WORD}</p><p>{'after ' * 100}</p>"
    partner.save_revision().publish()

    [result] = client.get("/search/", {"q": WORD}).context["results"]

    assert result.excerpt.startswith("… before")
    assert f"the <mark>{WORD}</mark> after" in result.excerpt
    assert result.excerpt.endswith("after …")
    assert len(result.excerpt) < 230


# -- kinds, pages, counts ---------------------------------------------------------------------


def test_results_can_be_kept_to_one_kind(client, offer):
    publish_with_the_word(Partner.objects.first(), "about")

    everything = client.get("/search/", {"q": WORD})
    partners = client.get("/search/", {"q": WORD, "type": "partners"})
    unknown = client.get("/search/", {"q": WORD, "type": "nonsense"})

    assert everything.context["heading"] == f"2 results for ‘{WORD}’"
    assert partners.context["heading"] == f"1 result for ‘{WORD}’"
    assert [result.label for result in partners.context["results"]] == ["Partner"]
    assert unknown.context["heading"] == everything.context["heading"]
    for text in ("All (2)", "Ways to get involved (1)", "Partners (1)"):
        assert text in partners.content.decode()
    assert "Case studies (" not in partners.content.decode()


def test_results_come_ten_to_a_page_and_the_title_says_which(client, home):
    many_case_studies(12, searchable=True)

    first = client.get("/search/", {"q": EVERYWHERE})
    second = client.get("/search/", {"q": EVERYWHERE, "page": "2"})

    assert f"<title>12 results for ‘{EVERYWHERE}’ (page 1 of 2) – " in first.content.decode()
    assert f"<title>12 results for ‘{EVERYWHERE}’ (page 2 of 2) – " in second.content.decode()
    shown = [*first.context["results"], *second.context["results"]]
    assert len({result.address for result in shown}) == 12
    assert b'content="noindex"' in first.content


@pytest.mark.parametrize("page", ["0", "3", "-1", "x", "1e9", "9" * 40])
def test_a_page_of_results_that_is_not_there_is_not_found(client, home, page):
    many_case_studies(12, searchable=True)

    assert client.get("/search/", {"q": EVERYWHERE, "page": page}).status_code == 404


def test_of_a_word_that_is_everywhere_the_best_hundred_are_shown(client, home, monkeypatch):
    monkeypatch.setattr(services, "MOST_SHOWN", 20)
    monkeypatch.setattr(services, "MOST", 21)
    many_case_studies(25, searchable=True)

    response = client.get("/search/", {"q": EVERYWHERE})

    text = response.content.decode()
    assert f"More than 20 results for ‘{EVERYWHERE}’" in text
    assert "Showing the best 20. Add a word to narrow it down." in text
    assert "All (20+)" in text
    assert client.get("/search/", {"q": EVERYWHERE, "page": "2"}).status_code == 200
    assert client.get("/search/", {"q": EVERYWHERE, "page": "3"}).status_code == 404


def test_the_database_hands_over_at_most_101_of_a_kind(home):
    many_case_studies(103, searchable=True)

    answer = services.look_for(EVERYWHERE)

    assert len(answer.hits) == 101
    assert len(answer.of()) == 100
    assert answer.number() == answer.number("case-studies") == 101


# -- promotions and other doors ---------------------------------------------------------------


@pytest.fixture
def promote(home):
    def make(words, **fields):
        query, _ = Query.objects.get_or_create(query_string=words)
        return SearchPromotion.objects.create(query=query, **fields)

    return make


def test_what_editors_promote_stands_first_and_once(client, offer, promote):
    publish_with_the_word(Partner.objects.first(), "about")
    promote(f"the {WORD}", page=offer, description="Because we say so")
    promote(f"the {WORD}", external_link_url="https://example.com/", external_link_text="Elsewhere")

    for typed in (f"the {WORD}", f"Where is The  {WORD.upper()}?"):
        text = client.get("/search/", {"q": typed}).content.decode()
        assert text.count(offer.url) == 1
        assert text.index("Because we say so") < text.index("Partner</p>")
        assert text.count("Suggested for this search") == 2
        assert 'href="https://example.com/"' in text
    assert "Suggested" not in client.get("/search/", {"q": f"{WORD} the"}).content.decode()
    kept = client.get("/search/", {"q": f"the {WORD}", "type": "offers"}).content.decode()
    assert "Suggested" not in kept
    assert offer.url in kept


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        *(("impact", "/impact/"), ("figures", "/impact/"), ("Figure", "/impact/")),
        *(("what suits us", "/what-suits-us/"), ("partner", "/partners/")),
        *(("contact", "/enquire/"), ("contact", "/contact/website/")),
        *(("complain", "/contact/website/"), ("enquiries", "/enquire/"), ("enquire", "/enquire/")),
    ],
)
def test_views_of_the_site_are_found_by_their_words_and_stand_first(client, home, typed, address):
    response = client.get("/search/", {"q": typed})
    pages = client.get("/search/", {"q": typed, "type": "pages"})
    offers = client.get("/search/", {"q": typed, "type": "offers"})

    assert address in [place.address for place in response.context["places"]]
    links = re.findall(r'<h3><a href="([^"]*)">', response.content.decode())
    assert address in links[: len(response.context["places"])]
    assert "Try fewer or different words" not in response.content.decode()
    assert pages.context["places"] == response.context["places"]
    assert offers.context["places"] == []
    assert client.get(address).status_code == 200


def test_a_view_of_the_site_counts_as_a_page_and_needs_all_the_words(client, home, monkeypatch):
    monkeypatch.setattr(sources, "_places", [])
    sources.register_place(title="Zanzibarium & more", url_name="partners", text="A quixotic one.")

    text = client.get("/search/", {"q": f"{WORD} quixotic"}).content.decode()
    assert "All (1)" in text
    assert "Pages (1)" in text
    assert "<mark>Zanzibarium</mark> &amp; more" in text
    assert client.get("/search/", {"q": f"{WORD} closed"}).context["places"] == []
    assert client.get("/search/", {"q": "…"}).context["places"] == []


def test_what_is_suggested_counts_and_leaves_nothing_to_try(client, offer, promote):
    promote("kiosk", page=offer)
    promote("kiosk", external_link_url="https://example.com/", external_link_text="Elsewhere")
    promote(WORD, page=offer)

    alone = client.get("/search/", {"q": "kiosk"}).content.decode()
    assert "<h2>2 results for ‘kiosk’</h2>" in alone
    assert "All (2)" in alone
    assert "Try fewer or different words" not in alone
    assert "Nothing" not in alone

    found = client.get("/search/", {"q": WORD}).content.decode()
    assert f"<h2>1 result for ‘{WORD}’</h2>" in found
    kept = client.get("/search/", {"q": WORD, "type": "offers"}).content.decode()
    for text in (found, kept):
        assert "All (1)" in text
        assert "Ways to get involved (1)" in text


def test_results_that_are_only_like_a_search_stand_after_what_is_suggested(client, offer, promote):
    publish_with_the_word(Partner.objects.first(), "about")
    promote("kiosk", page=offer)

    text = client.get("/search/", {"q": f"kiosk {WORD}"}).content.decode()

    assert f"Nothing else matches all of ‘kiosk {WORD}’." in text
    assert text.index("Suggested for this search") < text.index("Partner</p>")


EDITORS_WORDS = {
    "one-to-one help": "Is there one to one help?",
    "what's on": "what’s on",
    "Full-time  jobs": "full-time jobs",
    "I'm out of work": "I’m out of work",
    "how do we become a member": "How do we become a member, please?",
}


@pytest.mark.parametrize(("words", "typed"), EDITORS_WORDS.items(), ids=EDITORS_WORDS)
def test_words_of_editors_are_compared_without_punctuation_too(
    client, offer, promote, words, typed
):
    promote(words, page=offer, description="Because we say so")
    OtherHelp.objects.update(other_words=f"no-body, {words}")

    for asked in (words, typed):
        text = client.get("/search/", {"q": asked}).content.decode()
        assert "Because we say so" in text
        assert "<h2>You want something else?</h2>" in text
    assert "Because" not in client.get("/search/", {"q": typed.split()[-1]}).content.decode()


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("LLW", "pay-the-london-living-wage"),
        ("ex-offenders", "open-a-job-to-someone-who-faces-barriers"),
        ("internship", "offer-work-experience"),
        ("disability", "open-a-job-to-someone-who-faces-barriers"),
    ],
)
def test_words_that_no_page_has_lead_to_the_offer_they_mean(client, home, typed, slug):
    [pick] = client.get("/search/", {"q": typed}).context["picks"]

    assert pick.page.slug == slug


@pytest.mark.parametrize("hide", ["draft", "private"])
def test_a_promoted_page_is_shown_only_while_it_is_public(client, offer, promote, hide):
    promote("kiosk", page=offer)
    assert offer.url in client.get("/search/", {"q": "kiosk"}).content.decode()

    if hide == "draft":
        offer.unpublish()
    else:
        offer.view_restrictions.create(restriction_type="login")

    assert offer.url not in client.get("/search/", {"q": "kiosk"}).content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        *("job", "jobs", "Jobs in Islington", "vacancies", "jobseeker", "unemployed", "find a job"),
        *("I am looking for work", "I am looking for a job", "looking for a job"),
        "apprenticeship for my son",
    ],
)
def test_somebody_who_looks_for_work_gets_a_next_step_first(client, home, typed):
    text = client.get("/search/", {"q": typed}).content.decode()

    assert text.index("You are looking for work?") < text.index("<h2>", text.index("work?"))
    assert OtherHelp.objects.get().jobseeker_address in text


def test_an_employer_outside_the_borough_gets_a_next_step_first(client, home):
    text = client.get("/search/", {"q": "we are outside Islington"}).content.decode()

    assert "<h2>Your organisation is outside Islington?</h2>" in text


@pytest.mark.parametrize("typed", ["mentor", "recruit", "apprentice", "apprenticeship"])
def test_an_employer_gets_no_step_for_others(client, home, typed):
    assert client.get("/search/", {"q": typed}).context["steps"] == []


def test_nothing_found_ends_in_a_next_step(client, home):
    text = client.get("/search/", {"q": "qqqqqq"}).content.decode()

    assert "0 results for ‘qqqqqq’" in text
    assert "If this is not for you" in text


# -- cost -------------------------------------------------------------------------------------


def queries_of(client, **parameters):
    client.get("/search/", parameters)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        response = client.get("/search/", parameters)
    assert response.status_code == 200
    return [query["sql"] for query in seen], response


def test_a_search_asks_the_database_as_often_for_many_results_as_for_one(client, offer):
    one, few = queries_of(client, q=WORD)
    many, more = queries_of(client, q="Islington")

    assert len(few.context["results"]) == 1
    assert len(more.context["results"]) == 10
    assert len(many) - len(one) <= 2  # partners and the privacy notice have tables of their own
    assert len(many) <= MOST_QUERIES


@pytest.mark.parametrize(
    "text", ["mentor", "islington", "jobs", "levy", "qqqqqq wwwwww", "aprenticeship mentr", "a"]
)
def test_no_search_takes_more_than_twelve_queries_or_writes(client, home, text):
    before = Query.objects.count()

    queries, _ = queries_of(client, q=text)

    assert len(queries) <= MOST_QUERIES
    assert [sql for sql in queries if not sql.lstrip().startswith(("SELECT", "WITH"))] == []
    assert Query.objects.count() == before
    assert not QueryDailyHits.objects.exists()


def test_with_300_pages_the_database_hands_over_no_more(client, home):
    """The seconds at 10,000 pages are in tests/proof/search.py."""
    few, _ = queries_of(client, q=EVERYWHERE)
    many_case_studies(300, searchable=True)

    many, response = queries_of(client, q=EVERYWHERE)

    assert len(services.look_for(EVERYWHERE).hits) == 101
    assert len(response.context["results"]) == 10
    assert len(many) <= min(len(few) + 1, MOST_QUERIES)


def test_a_database_without_its_extensions_still_searches_and_says_so(client, home):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP EXTENSION pg_trgm CASCADE")

    assert client.get("/search/", {"q": "aprenticeship"}).status_code == 200
    warnings = [warning.id for warning in checks.extensions_are_there(databases=["default"])]
    assert warnings == (["search.W001"] if connection.vendor == "postgresql" else [])


def test_the_search_only_reads(client, home):
    assert client.post("/search/").status_code == 405
    assert client.head("/search/?q=mentor").status_code == 200


# -- what is looked through -------------------------------------------------------------------


def test_everything_is_registered_once_and_in_the_order_of_the_filter():
    assert [(kind.key, kind.plural) for kind in sources.registered()] == [
        ("offers", "Ways to get involved"),
        ("case-studies", "Case studies"),
        ("partners", "Partners"),
        ("pages", "Pages"),
    ]
    models = [things.model for things in everything_public()]
    assert len(models) == len(set(models))
    assert {*get_page_models(), Partner, PrivacyNotice} - {Page} == set(models)


def everything_public():
    return [published() for registry in sources.registered().values() for published in registry]


def test_the_demonstration_content_is_found_by_its_titles(home):
    missing = [
        thing.title
        for things in everything_public()
        for thing in things
        if thing not in find(thing.title)
    ]

    assert missing == []


@pytest.mark.parametrize("field", ["sector", "tags", "employer_name", "advice", "what_was_hard"])
def test_a_case_study_is_found_by_what_people_look_for(home, field):
    study = CaseStudyPage.objects.exclude(advice="").exclude(tags=None).first()
    values = {
        "sector": study.sector.name,
        "tags": study.tags.first().name,
        "employer_name": study.employer_name,
        "advice": WORD,
        "what_was_hard": WORD,
    }
    if values[field] == WORD:
        publish_with_the_word(study, field)

    text = f"{study.employer_name} {values[field]}"
    assert study in find(text)
    assert services.look_for(text).exact


def test_a_search_is_not_logged_as_an_error(home, caplog):
    """A visitor's odd punctuation is no fault of the site, and what people type is theirs."""
    for text in [*ODD, *CORPUS]:
        services.look_for(clean_text(text))

    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []


def test_a_database_that_is_away_is_not_nothing_found(client, home, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("search.engines._rows", away)

    assert client.get("/search/", {"q": "mentor"}).status_code == 503


def away(*args):
    from django.db import OperationalError

    raise OperationalError
