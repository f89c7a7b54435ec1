"""A case study says what it rests on, what was hard, and only what the public may see."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from casestudies.blocks import QuoteBlock, ResultBlock
from casestudies.models import (
    CARD_PICTURES,
    CaseStudyIndexPage,
    CaseStudyOffer,
    CaseStudyPage,
    CaseStudyTag,
    TaggedCaseStudy,
)
from core.models import NotWhole
from offers.models import OfferPage, Sector
from partners.models import Partner
from tests.publishing import publish

RESULT = {"figure": "3", "label": "people hired", "period": "2025", "source": ""}
QUOTE = {"text": "They stay.", "person": "Priya", "role": "Owner"}


@pytest.fixture
def study(home):
    """One that its employer approved."""
    return CaseStudyPage.objects.filter(basis="employer-approval").newest_first().first()


@pytest.fixture
def sourced(home):
    return CaseStudyPage.objects.filter(basis="published-source").first()


def problems(study):
    """What an editor is told who wants to publish it."""
    wrong = {}
    try:
        study.full_clean()
    except ValidationError as refused:
        wrong = refused.message_dict
    beyond = study.publish_problems(today=timezone.localdate())
    return {**wrong, **{field: [words] for field, words in beyond.items()}}


def test_demonstration_case_studies_are_without_fault(study, sourced):
    assert problems(study) == problems(sourced) == {}


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"title": "x" * 81}, "title", "Title must be 80 characters or less"),
        ({"employer_name": ""}, "employer_name", "Enter the employer’s name"),
        ({"summary": ""}, "summary", "Enter a summary"),
        ({"challenge": ""}, "challenge", "Enter what the problem was"),
        ({"what_they_did": ""}, "what_they_did", "Enter what the employer did"),
        ({"what_changed": ""}, "what_changed", "Enter what changed"),
        (
            {"what_was_hard": ""},
            "what_was_hard",
            "Enter what was hard. Readers trust case studies that say so",
        ),
        ({"quotes": []}, "quotes", "Add at least 1 quote from the employer"),
        (
            {"image_alt": "", "image_is_decorative": False},
            "image_alt",
            "Enter what the picture shows, or tick that it only decorates",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_what_is_missing_is_said_in_plain_words(study, changes, field, message):
    for name, value in changes.items():
        setattr(study, name, value)

    assert problems(study) == {field: [message]}


def test_a_story_must_rest_on_something(study):
    study.basis = ""

    assert problems(study)["basis"] == ["Select what the story rests on"]


@pytest.mark.parametrize("changes", [{"source_title": ""}, {"source_on": None}])
def test_a_published_source_needs_its_title_and_its_date(sourced, changes):
    for name, value in changes.items():
        setattr(sourced, name, value)

    assert problems(sourced) == {"source_title": ["Enter the published source and its date"]}


def test_a_published_source_needs_no_quote_and_nothing_that_was_hard(sourced):
    sourced.quotes = []
    sourced.what_was_hard = sourced.time_given = ""

    assert problems(sourced) == {}


def test_a_picture_that_only_decorates_needs_no_words(study):
    study.image_alt, study.image_is_decorative = "", True

    assert problems(study) == {}


@pytest.mark.parametrize(
    ("field", "limit"),
    [
        ("title", 80),
        ("employer_name", 120),
        ("summary", 220),
        ("time_given", 60),
        ("image_alt", 140),
    ],
)
def test_every_text_has_its_limit(study, field, limit):
    setattr(study, field, "x" * limit)
    assert problems(study) == {}

    setattr(study, field, "x" * (limit + 1))
    assert list(problems(study)) == [field]


@pytest.mark.parametrize(
    ("field", "block", "number", "is_right"),
    [
        ("results", ("result", RESULT), 0, False),
        ("results", ("result", RESULT), 1, True),
        ("results", ("result", RESULT), 3, True),
        ("results", ("result", RESULT), 4, False),
        ("quotes", ("quote", QUOTE), 0, True),
        ("quotes", ("quote", QUOTE), 3, True),
        ("quotes", ("quote", QUOTE), 4, False),
    ],
)
def test_there_are_1_to_3_results_and_at_most_3_quotes(field, block, number, is_right):
    stream = CaseStudyPage._meta.get_field(field).stream_block
    value = stream.to_python([{"type": block[0], "value": block[1]}] * number)

    if is_right:
        assert len(stream.clean(value)) == number
    else:
        with pytest.raises(StreamBlockValidationError):
            stream.clean(value)


def test_a_figure_needs_the_period_it_covers():
    block = ResultBlock()

    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python({**RESULT, "period": ""}))

    assert refused.value.block_errors["period"].messages == ["Enter the period this figure covers"]


@pytest.mark.parametrize(
    ("block", "good", "field", "limit"),
    [
        (ResultBlock(), RESULT, "figure", 8),
        (ResultBlock(), RESULT, "label", 60),
        (ResultBlock(), RESULT, "period", 40),
        (QuoteBlock(), QUOTE, "text", 280),
        (QuoteBlock(), QUOTE, "person", 80),
    ],
)
def test_results_and_quotes_have_limits(block, good, field, limit):
    assert block.clean(block.to_python({**good, field: "x" * limit}))
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({**good, field: "x" * (limit + 1)}))


def test_what_the_employer_did_must_be_selected(home):
    with pytest.raises(ValidationError) as refused:
        CaseStudyOffer(sort_order=0).clean_fields(exclude=["case_study"])

    assert refused.value.message_dict == {"offer": ["Select what they did"]}


@pytest.mark.parametrize(
    ("is_example", "printed"), [(True, "Canal Bakery (example)"), (False, "Canal Bakery")]
)
def test_an_employer_who_is_made_up_is_called_an_example(is_example, printed):
    assert CaseStudyPage(employer_name="Canal Bakery", is_example=is_example).employer == printed


# -- What the public may see --------------------------------------------------------------


@pytest.fixture
def did(study):
    """The case study, with 2 offers in an order of their own."""
    study.did.set(
        [
            CaseStudyOffer(offer=OfferPage.objects.get(slug=slug), sort_order=place)
            for place, slug in enumerate(["recruit-locally", "hire-flexibly"])
        ]
    )
    publish(study)
    return CaseStudyPage.objects.get(pk=study.pk)


PATHS = {
    "on its own page": lambda pk: CaseStudyPage.objects.get(pk=pk),
    "on a card": lambda pk: CaseStudyPage.objects.published().for_cards().get(pk=pk),
}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_case_study_names_its_offers_in_the_order_of_the_editors(did, path):
    assert [offer.slug for offer in path(did.pk).offers] == ["recruit-locally", "hire-flexibly"]
    assert path(did.pk).door == OfferPage.objects.get(slug="recruit-locally").door


@pytest.mark.parametrize("state", ["draft", "private", "under a private page"])
@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_case_study_leaves_out_offers_the_public_may_not_see(did, path, state):
    hidden = OfferPage.objects.get(slug="recruit-locally")
    if state == "draft":
        hidden.unpublish()
    else:
        page = hidden if state == "private" else hidden.get_parent()
        page.view_restrictions.create(restriction_type="login")

    left = [] if state == "under a private page" else ["hire-flexibly"]
    assert [offer.slug for offer in path(did.pk).offers] == left


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_case_study_without_a_public_offer_still_has_a_door(did, path):
    for offer in OfferPage.objects.all():
        offer.unpublish()

    assert path(did.pk).door == "indigo"


def test_the_offers_of_a_draft_are_shown_in_its_preview(study):
    study.did.set([CaseStudyOffer(offer=OfferPage.objects.get(slug="recruit-locally"))])
    study.save_revision()

    draft = CaseStudyPage.objects.get(pk=study.pk).get_latest_revision_as_object()
    assert [offer.slug for offer in draft.offers] == ["recruit-locally"]


def hide(study, state):
    if state == "draft":
        study.unpublish()
    elif state == "private":
        study.view_restrictions.create(restriction_type="login")
    else:
        study.get_parent().view_restrictions.create(restriction_type="login")


STATES = ["draft", "private", "under a private page"]


def tag(source, **context):
    kept = Context(context)
    Template("{% load casestudies_tags %}" + source).render(kept)
    return list(kept["found"])


@pytest.mark.parametrize("state", STATES)
def test_no_list_of_case_studies_shows_a_hidden_one(did, state):
    partner = Partner.objects.first()
    did.partners.set([partner])
    publish(did)
    offer = OfferPage.objects.get(slug="recruit-locally")
    lists = [
        ("{% case_studies_about offer 50 as found %}", {"offer": offer}),
        ("{% case_studies_with partner 50 as found %}", {"partner": partner}),
        ("{% latest_case_studies 50 as found %}", {}),
        ("{% latest_case_studies 50 first=pk as found %}", {"pk": did.pk}),
        ("{% case_studies_like other 50 as found %}", {"other": CaseStudyPage.objects.last()}),
    ]
    assert all(did in tag(source, **context) for source, context in lists)

    hide(did, state)

    assert not any(did in tag(source, **context) for source, context in lists)


def test_featured_case_studies_of_an_offer_come_first(home):
    offer = OfferPage.objects.get(slug="hire-flexibly")
    CaseStudyOffer.objects.filter(offer=offer).update(featured=False)
    oldest = CaseStudyPage.objects.filter(did__offer=offer).newest_first().last()
    CaseStudyOffer.objects.filter(offer=offer, case_study=oldest).update(featured=True)

    found = tag("{% case_studies_about offer 50 as found %}", offer=offer)

    assert found[0] == oldest
    assert len(found) > 1


def test_an_offer_that_was_selected_twice_shows_the_case_study_once(study):
    offer = OfferPage.objects.get(slug="hire-flexibly")
    study.did.set([CaseStudyOffer(offer=offer), CaseStudyOffer(offer=offer)])

    is_refused = bool(problems(study))
    publish(study)
    found = tag("{% case_studies_about offer 50 as found %}", offer=offer)

    # Either the editor is told, or the public list does not repeat itself.
    assert is_refused or found.count(study) == 1


def test_the_latest_put_a_chosen_one_first(home):
    newest, second, *_, oldest = CaseStudyPage.objects.newest_first()

    assert tag("{% latest_case_studies 2 as found %}") == [newest, second]
    assert tag("{% latest_case_studies 2 first=pk as found %}", pk=oldest.pk) == [oldest, newest]


def test_the_cards_cost_the_same_for_3_and_for_14(home, django_assert_max_num_queries):
    def cost(limit):
        with django_assert_max_num_queries(10) as seen:
            for study in CaseStudyPage.objects.published().newest_first().for_cards()[:limit]:
                assert study.employer
                assert study.door
                assert study.sector.name
                assert study.image is None or study.image.get_rendition(CARD_PICTURES[0])
        return len(seen)

    assert cost(14) == cost(3)


# -- The listing --------------------------------------------------------------------------


@pytest.fixture
def index(home):
    return CaseStudyIndexPage.objects.get()


@pytest.mark.parametrize("state", STATES)
def test_the_listing_shows_no_hidden_case_study(client, index, study, state):
    assert study.title in client.get(index.url).content.decode().replace("&#x27;", "'")

    hide(study, state)
    response = client.get(index.url)

    assert study.title not in response.content.decode()
    assert (response.status_code == 200) is (state != "under a private page")


def test_the_listing_has_10_to_a_page(client, index):
    total = CaseStudyPage.objects.published().count()

    first, second = (client.get(index.url, {"page": number}) for number in (1, 2))

    assert len(first.context["results"]) == 10
    assert len(second.context["results"]) == total - 10
    assert not set(first.context["results"]) & set(second.context["results"])


@pytest.mark.parametrize("page", ["0", "-1", "3", "99999999999999999999", "x", "1.5", "\x00", "²"])
def test_a_page_that_does_not_exist_is_not_found(client, index, page):
    assert client.get(index.url, {"page": page}).status_code == 404


@pytest.mark.parametrize("page", ["", "1", "2"])
def test_a_page_that_exists_is_found(client, index, page):
    assert client.get(index.url, {"page": page}).status_code == 200


def test_the_listing_asks_the_database_as_often_for_10_cards_as_for_3(
    client, index, django_assert_max_num_queries
):
    client.get(index.url)
    with django_assert_max_num_queries(40) as many:
        client.get(index.url)
    for study in CaseStudyPage.objects.newest_first()[3:]:
        study.unpublish()
    client.get(index.url)
    with django_assert_max_num_queries(40) as few:
        client.get(index.url)

    assert len(many) == len(few)


def test_a_page_of_a_case_study_shows_nothing_for_staff_only(client, study):
    study.staff_notes = "Ask Priya again in May"
    publish(study)

    response = client.get(study.url)

    assert response.status_code == 200
    assert b"Ask Priya" not in response.content


# -- Tags ---------------------------------------------------------------------------------


def test_a_tag_is_one_tag_in_any_case_of_letters(study):
    before = CaseStudyTag.objects.count()
    name = CaseStudyTag.objects.first().name

    study.tags.add(name.upper())
    study.save()

    assert CaseStudyTag.objects.count() == before


def test_a_deleted_tag_leaves_the_case_study(study):
    CaseStudyTag.objects.all().delete()

    assert not TaggedCaseStudy.objects.exists()
    assert CaseStudyPage.objects.filter(pk=study.pk).exists()


def test_when_a_project_began_is_a_month(study):
    study.started_on = date(2025, 3, 1)

    assert problems(study) == {}


# -- A sector that is deleted ------------------------------------------------------------------


@pytest.fixture
def delete_sector(client, person):
    """An editor deletes a sector on its screen: the words that come back."""
    client.force_login(person("editor"))

    def delete_sector(sector):
        response = client.post(reverse("wagtailsnippets_offers_sector:delete", args=[sector.pk]))
        assert response.status_code == 302
        return [str(message) for message in get_messages(response.wsgi_request)]

    return delete_sector


def test_a_sector_of_a_live_page_is_not_deleted(study, delete_sector):
    [said] = delete_sector(study.sector)

    assert f"‘{study.title}’" in said
    assert Sector.objects.filter(pk=study.sector_id).exists()


def test_a_draft_whose_sector_was_deleted_is_edited_and_asks_for_another(
    client, study, delete_sector
):
    sector = Sector.objects.create(name="Canals", slug="canals")
    study.sector = sector
    study.save_revision()

    delete_sector(sector)

    assert not Sector.objects.filter(pk=sector.pk).exists()
    for screen in ("edit", "view_draft"):
        address = reverse(f"wagtailadmin_pages:{screen}", args=[study.pk])
        assert client.get(address).status_code == 200
    with pytest.raises(NotWhole, match="Sector: Select the employer’s sector"):
        study.get_latest_revision().publish()
