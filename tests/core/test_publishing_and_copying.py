"""What the editing screen refuses is refused by Wagtail's other ways too, in words."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from casestudies.models import CaseStudyPage
from core.models import NotWhole
from home.models import AccessibilityStatementPage, CookiesPage, HomePage, PlainPage
from offers.models import OfferIndexPage, OfferPage


@pytest.fixture
def editor(client, home, person):
    client.force_login(person("editor"))
    return client


def publish(editor, *pages, **more):
    """Choose pages in the list and press ‘Publish’: the words that come back."""
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    numbers = "&".join(f"id={page.pk}" for page in pages)
    response = editor.post(f"{address}?{numbers}&next=/admin/", more)
    assert response.status_code == 302
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def draft(home):
    """An offer with nothing but a title."""
    page = OfferPage(title="Nothing but a title", slug="title-only", live=False)
    OfferIndexPage.objects.get().add_child(instance=page)
    page.save_revision(clean=False)
    return page


def test_a_draft_with_gaps_is_not_published_from_the_list(editor, draft):
    said = publish(editor, draft)

    assert not OfferPage.objects.get(pk=draft.pk).live
    assert said[-1].startswith("Nothing was published. Open ‘Nothing but a title’")


def test_what_the_page_itself_refuses_is_not_published_from_the_list(editor):
    offer = OfferPage.objects.get(slug="mentor-a-young-person")
    offer.safeguarding = ""
    offer.save_revision()

    publish(editor, offer)

    assert OfferPage.objects.get(pk=offer.pk).safeguarding


def test_pages_below_are_looked_at_too(editor, draft):
    publish(editor, draft.get_parent(), include_descendants="on")

    assert not OfferPage.objects.get(pk=draft.pk).live


def test_what_is_complete_is_published_from_the_list(editor, home):
    page = PlainPage(title="Complete", slug="complete", body="<p>Words</p>", live=False)
    home.add_child(instance=page)
    page.save_revision()

    publish(editor, page)

    assert PlainPage.objects.get(pk=page.pk).live


@pytest.mark.parametrize(
    ("of", "slug"),
    [
        ("about", "search"),
        ("about", " search"),
        ("fanlight-foods", "feed"),
        ("fanlight-foods", "admin"),
    ],
)
def test_a_copy_takes_no_address_of_a_view(editor, home, of, slug):
    page = home.get_descendants().get(slug=of)
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    form = {
        "new_title": "A copy",
        "new_slug": slug,
        "new_parent_page": page.get_parent().pk,
        "copy_subpages": "",
        "publish_copies": "on",
    }

    response = editor.post(address, form)

    assert response.status_code == 302
    assert not home.get_descendants().filter(slug=slug.strip()).exists()
    assert editor.post(address, {**form, "new_slug": "a-copy"}).status_code == 302
    assert home.get_descendants().filter(slug="a-copy").exists()


def test_a_page_of_wagtails_own_kind_can_be_copied(editor, home):
    page = home.add_child(instance=Page(title="Welcome", slug="welcome"))

    assert editor.get(reverse("wagtailadmin_pages:copy", args=[page.pk])).status_code == 200


def test_a_live_page_with_an_unfinished_draft_keeps_no_others_from_being_published(editor, home):
    offer = OfferPage.objects.get(slug="hire-flexibly")
    offer.summary = ""
    offer.save_revision(clean=False)
    waiting = OfferPage.objects.get(slug="visit-a-school")
    waiting.unpublish()

    publish(editor, offer.get_parent(), include_descendants="on")

    assert OfferPage.objects.get(pk=waiting.pk).live


# -- By a second pair of eyes --------------------------------------------------------------------


@pytest.fixture
def approve(client, person):
    """One editor submits the draft as it stands, another approves it on that screen."""

    def approve(page, **headers):
        page.get_workflow().start(page, person("editor"))
        state = page.current_workflow_task_state
        client.force_login(person("editor2"))
        address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
        return client.post(address, {"comment": ""}, headers=headers)

    return approve


def test_what_has_gaps_is_not_approved_and_the_words_say_what_is_missing(home, approve):
    offer = OfferPage.objects.get(slug="mentor-a-young-person")
    offer.safeguarding = ""
    offer.save_revision()

    response = approve(offer)

    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[offer.pk])
    [said] = get_messages(response.wsgi_request)
    assert "Safeguarding: Enter the safeguarding arrangements" in str(said)
    after = OfferPage.objects.get(pk=offer.pk)
    assert after.safeguarding
    assert after.workflow_in_progress


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"summary": ""}, "Summary: Enter a summary."),
        ({"checked_on": None}, "Date checked: Enter when somebody last checked this page."),
        ({"steps": []}, "Steps: Add at least 3 steps."),
    ],
)
def test_a_gap_is_said_in_words_and_never_an_error_of_the_server(home, approve, changes, words):
    offer = OfferPage.objects.get(slug="hire-flexibly")
    for name, value in changes.items():
        setattr(offer, name, value)
    offer.save_revision(clean=False)

    response = approve(offer, **{"X-Requested-With": "XMLHttpRequest"})

    assert response.json()["redirect"] == reverse("wagtailadmin_pages:edit", args=[offer.pk])
    assert words in str(next(iter(get_messages(response.wsgi_request))))


def test_a_case_study_without_an_offer_is_published_in_no_way(editor, home, approve):
    study = CaseStudyPage.objects.get(slug="fanlight-foods")
    study.did.set([])
    study.title = "Changed"
    study.save_revision()

    publish(editor, study)
    response = approve(study)

    assert "Select what they did." in str(next(iter(get_messages(response.wsgi_request))))
    with pytest.raises(NotWhole):
        study.get_latest_revision().publish()
    assert CaseStudyPage.objects.get(pk=study.pk).title != "Changed"


def test_an_older_version_that_is_whole_is_published_again(home):
    offer = OfferPage.objects.get(slug="hire-flexibly")
    before = offer.save_revision()
    offer.title = "Hire well"
    offer.save_revision().publish()

    before.publish()

    assert OfferPage.objects.get(pk=offer.pk).title == "Hire flexibly"


# -- Pages the site cannot do without ----------------------------------------------------------


@pytest.mark.parametrize("model", [HomePage, AccessibilityStatementPage, CookiesPage])
@pytest.mark.parametrize("action", ["delete", "unpublish", "move"])
def test_a_page_that_the_site_needs_is_not_taken_away(client, person, home, model, action):
    client.force_login(person("admin"))
    page = model.objects.get()
    parent = page.get_parent()
    to = PlainPage.objects.first() if model is HomePage else Page.objects.get(depth=1)
    address = (
        reverse("wagtailadmin_pages:move_confirm", args=[page.pk, to.pk])
        if action == "move"
        else reverse(f"wagtailadmin_pages:{action}", args=[page.pk])
    )
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])

    response = client.post(address)
    together = client.post(f"{bulk}?id={page.pk}", {"chooser": to.pk})

    assert response.status_code == 302
    if model is not HomePage or action == "unpublish":  # Wagtail offers a root to no move
        said = " ".join(str(message) for message in get_messages(response.wsgi_request))
        assert "The site needs" in said
    assert together.status_code in (200, 302)
    after = model.objects.get()
    assert (after.live, after.get_parent()) == (True, parent)


def test_a_page_that_the_site_needs_does_not_expire(home):
    page = CookiesPage.objects.get()
    page.expire_at = timezone.now() + timedelta(days=1)

    with pytest.raises(NotWhole, match="The site needs this page"):
        page.save_revision().publish()
