"""Search finds everything public, and nothing else, whatever is typed."""

import pytest

from casestudies.models import CaseStudyPage
from core.text import clean_text
from home.models import PlainPage
from offers.models import OfferIndexPage, OfferPage
from partners.models import Partner
from search import services, sources

WORD = "zanzibarium"  # stands nowhere in the demonstration content


def find(text):
    return [found.thing for found in services.search(text)]


def publish_with_the_word(thing, field):
    setattr(thing, field, f"<p>{WORD}</p>" if field in ("body", "about", "challenge") else WORD)
    thing.save_revision().publish()
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

    [found] = services.search(WORD)
    assert (found.thing, found.label) == (thing, label)

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
    assert any(str(thing) == title for thing in find(text))


def test_every_word_must_be_there(offer):
    assert find(f"{WORD} flexibly") == [offer]
    assert find(f"{WORD} volcano") == []


def test_pages_stand_before_partners(home):
    publish_with_the_word(Partner.objects.first(), "about")
    publish_with_the_word(PlainPage.objects.first(), "body")

    assert [type(thing) for thing in find(WORD)] == [PlainPage, Partner]


@pytest.mark.parametrize(
    "hide",
    [
        lambda offer: offer.unpublish(),
        lambda offer: offer.view_restrictions.create(restriction_type="login"),
        lambda offer: offer.view_restrictions.create(restriction_type="password", password="x"),
        lambda _: OfferIndexPage.objects.get().view_restrictions.create(restriction_type="login"),
        lambda offer: offer.delete(),
    ],
    ids=["draft", "sign-in", "password", "under a private page", "deleted"],
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


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text[:20]))
def test_odd_searches_are_answered(client, home, text):
    response = client.get("/search/", {"q": text.encode("utf-8", "replace")})

    assert response.status_code == 200
    assert len(response.context["text"]) <= 100
    assert len(response.context["found"]) <= 60


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
    assert any(str(thing) == title for thing in find(text))


@pytest.mark.parametrize(
    "address", ["/search/", "/search/?q=", "/search/?q=%20%20", "/search/?x=1"]
)
def test_no_words_find_nothing_and_show_the_form(client, home, address):
    response = client.get(address)

    assert response.status_code == 200
    assert list(response.context["found"]) == []
    assert b'name="q"' in response.content


def test_what_was_typed_is_shown_as_text(client, home):
    response = client.get("/search/", {"q": '"><script>alert(1)</script>'})

    assert b"<script>alert" not in response.content
    assert b"&lt;script&gt;alert" in response.content


def test_a_word_that_is_everywhere_gives_at_most_30_of_each_kind(home):
    index = OfferPage.objects.first().get_parent()
    original = OfferPage.objects.first()
    for number in range(31):
        copy = original.copy(
            to=index,
            update_attrs={"slug": f"copy-{number}", "summary": f"{WORD} {number}"},
            copy_revisions=False,
            log_action=None,
        )
        assert copy.live

    assert len(find(WORD)) == 30


def test_a_search_asks_the_database_as_often_for_many_results_as_for_one(
    client, offer, django_assert_max_num_queries
):
    def cost(text):
        client.get("/search/", {"q": text})
        with django_assert_max_num_queries(60) as seen:
            response = client.get("/search/", {"q": text})
        return len(seen), len(response.context["found"])

    one, many = cost(WORD), cost("Islington")

    assert one[1] == 1
    assert many[1] > 10
    # A result of a further kind costs a query for its own fields, a result of the same kind none.
    assert many[0] - one[0] <= 5


def test_the_search_only_reads(client, home):
    assert client.post("/search/").status_code == 405
    assert client.head("/search/?q=mentor").status_code == 200


def test_partners_are_the_one_registered_source():
    assert [(source.label, source.card_template) for source in sources.registered()] == [
        ("Partner", "search/partner_result.html")
    ]


def test_a_search_is_not_logged_as_an_error(home, caplog):
    """A visitor's odd punctuation is no fault of the site, and what people type is theirs."""
    for text in ODD:
        services.search(clean_text(text))

    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
