"""Editors work on offers in the CMS: what they tick is kept, what is missing is said."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from offers.models import OfferLink, OfferPage, Sector
from partners.models import Partner


@pytest.fixture
def editor(client, person):
    client.force_login(person("editor"))
    return client


@pytest.fixture
def offer(home):
    return OfferPage.objects.get(slug="hire-flexibly")


def form_of(offer, **changes):
    """What the browser posts when the editor saves the page as it stands, with some changes."""
    plain = {
        name: "" if getattr(offer, name) is None else getattr(offer, name)
        for name in [
            "title",
            "slug",
            "seo_title",
            "search_description",
            "summary",
            "topic",
            "action_label",
            "door",
            "time_needed",
            "duration",
            "cost",
            "where",
            "good_for",
            "hours_per_month",
            "closed_message",
            "checked_on",
        ]
    }
    lists = {
        "benefits": streamfield([("benefit", dict(block.value)) for block in offer.benefits]),
        "figures": streamfield(
            [("fact", block.value and block.value.pk) for block in offer.figures]
        ),
        "steps": streamfield([("step", block.value) for block in offer.steps]),
        "questions": streamfield(
            [
                (
                    "question",
                    {
                        "question": block.value["question"],
                        "answer": rich_text(
                            block.value["answer"].source, features=["ul", "ol", "link"]
                        ),
                    },
                )
                for block in offer.questions
            ]
        ),
    }
    data = nested_form_data(
        {
            **plain,
            **lists,
            "comments": {
                "TOTAL_FORMS": 0,
                "INITIAL_FORMS": 0,
                "MIN_NUM_FORMS": 0,
                "MAX_NUM_FORMS": "",
            },
        }
    )
    return {
        **data,
        "what_you_do": rich_text(offer.what_you_do),
        "safeguarding": rich_text(offer.safeguarding),
        "goals": offer.goals,
        "sizes": offer.sizes,
        "sectors": [sector.pk for sector in offer.sectors.all()],
        "is_open": "on",
        **changes,
    }


def edit(client, offer, **changes):
    data = {name: value for name, value in form_of(offer, **changes).items() if value is not None}
    return client.post(reverse("wagtailadmin_pages:edit", args=[offer.pk]), data)


def draft_of(offer):
    return OfferPage.objects.get(pk=offer.pk).get_latest_revision_as_object()


def words_of(response):
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def test_what_an_editor_ticks_is_saved_as_a_draft_and_shown_again(editor, offer):
    retail = Sector.objects.get(slug="retail")

    response = edit(
        editor, offer, goals=["hire", "grow"], sizes=["1-9"], sectors=[retail.pk], title="Hire well"
    )

    assert response.status_code == 302
    draft = draft_of(offer)
    assert (draft.goals, draft.sizes) == (["hire", "grow"], ["1-9"])
    assert list(draft.sectors.all()) == [retail]
    assert OfferPage.objects.get(pk=offer.pk).title == "Hire flexibly"
    page = BeautifulSoup(editor.get(response["Location"]).content, "html.parser")
    ticked = {box["value"] for box in page.select("[name=goals][checked], [name=sizes][checked]")}
    assert ticked == {"hire", "grow", "1-9"}


def test_nothing_ticked_means_no_restriction(editor, offer):
    edit(editor, offer, goals=None, sizes=None, sectors=None)

    draft = draft_of(offer)
    assert (draft.goals, draft.sizes, list(draft.sectors.all())) == ([], [], [])


def test_a_choice_that_does_not_exist_is_refused(editor, offer):
    revisions = offer.revisions.count()

    response = edit(editor, offer, goals=["hire", "world-peace"])

    assert response.status_code == 200
    assert "could not be saved due to validation errors" in words_of(response)
    assert offer.revisions.count() == revisions


def test_a_saved_draft_is_said_to_be_a_draft(editor, offer):
    response = edit(editor, offer, title="Hire well")

    [said] = get_messages(response.wsgi_request)
    offer.refresh_from_db()
    assert "Hire well" in str(said)
    assert "updated" in str(said)
    assert (offer.title, offer.has_unpublished_changes) == ("Hire flexibly", True)
    assert "Publish" in words_of(editor.get(response["Location"]))


def test_an_edited_offer_is_published_through_a_revision(editor, offer):
    edit(editor, offer, title="Hire well", goals=["contracts"], **{"action-publish": "1"})

    offer.refresh_from_db()
    assert (offer.title, offer.goals) == ("Hire well", ["contracts"])
    assert offer.live_revision == offer.get_latest_revision()


def test_a_page_saved_as_it_stands_is_unchanged(editor, offer):
    before = OfferPage.objects.filter(pk=offer.pk).values(
        "title", "goals", "sizes", "what_you_do", "hours_per_month", "checked_on", "cost"
    )
    kept = before.get()
    steps = [block.value for block in offer.steps]

    edit(editor, offer, **{"action-publish": "1"})

    offer.refresh_from_db()
    assert {**before.get(), "what_you_do": ""} == {**kept, "what_you_do": ""}
    assert [block.value for block in offer.steps] == steps


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("summary", "", "Enter a summary"),
        ("door", "", "Select a door colour"),
        ("time_needed", "", "Enter how much time it takes"),
        ("cost", "", "Enter the cost to the employer, or ‘Free’"),
        ("title", "x" * 61, "Title must be 60 characters or less"),
        ("hours_per_month", "1.5", "Enter the hours a month as a whole number"),
        ("checked_on", "2999-01-01", "Date checked must be today or in the past"),
        ("involves_under_18s", "on", "Enter the safeguarding arrangements"),
        ("is_open", None, "Enter what people see while this is closed"),
        ("steps-count", "1", "Add at least 3 steps"),
        ("benefits-count", "1", "Add at least 2 benefits"),
    ],
)
def test_publishing_says_what_is_missing_in_plain_words(editor, offer, field, value, message):
    changes = {field: value, "action-publish": "1"}
    if field == "is_open":
        changes["closed_message"] = ""
    if field == "involves_under_18s":
        changes["safeguarding"] = "null"  # what Draftail posts for an empty text

    response = edit(editor, offer, **changes)

    assert response.status_code == 200
    # The messages of streams stand in the data that the editor's script draws from.
    shown = response.content.decode().replace("\\u2018", "‘").replace("\\u2019", "’")
    assert message in shown


@pytest.mark.parametrize("name", ["desk", "partner"])
def test_nobody_else_edits_an_offer(client, person, offer, name):
    client.force_login(person(name))
    revisions = offer.revisions.count()

    response = edit(client, offer, title="Evil")

    assert response.status_code in (302, 403)
    assert offer.revisions.count() == revisions


def test_a_page_that_may_not_be_published_is_not_published_by_a_forged_post(client, person, offer):
    client.force_login(person("desk"))

    edit(client, offer, title="Evil", **{"action-publish": "1"})

    offer.refresh_from_db()
    assert offer.title == "Hire flexibly"


@pytest.mark.parametrize(
    "name", ["offers_offerlink", "partners_partner", "offers_sector", "impact_impactfact"]
)
def test_an_editor_reaches_the_lists_and_forms_of_the_snippets(editor, home, name):
    assert editor.get(reverse(f"wagtailsnippets_{name}:list")).status_code == 200
    assert editor.get(reverse(f"wagtailsnippets_{name}:add")).status_code == 200


def test_a_change_to_a_link_waits_as_a_draft(editor, home):
    link = OfferLink.objects.filter(room="now").first()
    approved = link.what_we_do

    response = editor.post(
        reverse("wagtailsnippets_offers_offerlink:edit", args=[link.pk]),
        {
            "partner": link.partner_id,
            "offer": link.offer_id,
            "role": link.role,
            "room": "full",
            "from_on": "",
            "what_we_do": "Something new",
        },
    )

    link.refresh_from_db()
    assert response.status_code == 302
    assert (link.what_we_do, link.room, link.has_unpublished_changes) == (approved, "now", True)
    assert link.get_latest_revision_as_object().what_we_do == "Something new"


def test_a_second_link_of_the_same_two_is_refused_in_words(editor, home):
    link = OfferLink.objects.first()

    response = editor.post(
        reverse("wagtailsnippets_offers_offerlink:add"),
        {
            "partner": link.partner_id,
            "offer": link.offer_id,
            "role": "lead",
            "room": "now",
            "what_we_do": "The same",
            "action-publish": "1",
        },
    )

    assert "This partner is linked to this offer already" in words_of(response)
    assert OfferLink.objects.filter(partner=link.partner, offer=link.offer).count() == 1


def test_the_list_of_links_asks_the_database_as_often_for_30_as_for_3(
    editor, home, django_assert_max_num_queries
):
    address = reverse("wagtailsnippets_offers_offerlink:list")
    everything = list(OfferLink.objects.all())
    editor.get(address)
    with django_assert_max_num_queries(200) as many:
        editor.get(address)
    for link in everything[3:]:
        link.delete()
    editor.get(address)
    with django_assert_max_num_queries(200) as few:
        editor.get(address)

    assert len(everything) > 10
    assert len(many) <= len(few) + 3, f"{len(few)} for 3, {len(many)} for {len(everything)}"


def test_a_retired_partner_cannot_come_back_through_its_links(editor, home):
    link = OfferLink.objects.published().first()
    Partner.objects.filter(pk=link.partner_id).update(is_active=False)
    link.save_revision().publish()

    assert link not in OfferLink.objects.published()
