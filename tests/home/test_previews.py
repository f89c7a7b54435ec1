"""What editors see before they publish: every kind of page, snippet and block, gaps and all."""

import pytest
from bs4 import BeautifulSoup
from django.db import models
from django.urls import reverse
from modelcluster.fields import ParentalManyToManyField
from wagtail.blocks import StreamBlock, StructValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, get_page_models
from wagtail.test.utils.form_data import querydict_from_html

from home.models import HomePage
from impact.models import ImpactFact
from offers.models import OfferLink, OfferPage
from partners.models import Partner

PAGE_TYPES = [model for model in get_page_models() if model is not Page]
SNIPPET = "w-editor-form"  # the id of the form that edits one


@pytest.fixture
def editor(client, person):
    client.force_login(person("editor"))
    return client


def form_on(client, address, model, form_id="page-edit-form"):
    """What a browser would post from an editing screen that nobody has touched, without streams."""
    data = querydict_from_html(client.get(address).content.decode(), form_id=form_id).dict()
    for field in model._meta.get_fields():
        if isinstance(field, StreamField):
            data[f"{field.name}-count"] = "0"
    return data


def preview(client, address, data):
    """What the preview panel does: post what the form holds, then draw it."""
    posted = client.post(address, data)
    assert posted.json() == {"is_valid": True, "is_available": True}
    return drawn(client.get(address, {"in_preview_panel": "true"}))


def drawn(response):
    """The page of a preview: with the site's style sheet, and no word of a template's trouble."""
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select("link[rel=stylesheet][href$='css/site.css']")
    words = page.main.get_text(" ", strip=True)
    assert "None" not in words
    return page


@pytest.mark.parametrize("model", [model for model in PAGE_TYPES if model is not HomePage])
def test_a_new_page_with_nothing_in_it_has_a_preview(editor, home, model):
    parent = model.allowed_parent_page_models()[0]._default_manager.first()
    if model.max_count:
        model.objects.get().delete()
    where = [model._meta.app_label, model._meta.model_name, parent.pk]
    data = form_on(editor, reverse("wagtailadmin_pages:add", args=where), model)

    page = preview(editor, reverse("wagtailadmin_pages:preview_on_add", args=where), data)
    assert page.h1.get_text(strip=True) == "Placeholder title"


@pytest.mark.parametrize("model", PAGE_TYPES)
def test_a_page_whose_texts_were_all_removed_has_a_preview(editor, home, model):
    found = model.objects.live().first()
    data = form_on(editor, reverse("wagtailadmin_pages:edit", args=[found.pk]), model)
    for field in model._meta.get_fields():
        if isinstance(field, RichTextField):
            data[field.name] = "null"  # what its editor posts where there is no text
        elif isinstance(field, models.CharField | models.TextField | models.DateField):
            data[field.name] = ""
        elif isinstance(field, ParentalManyToManyField | models.BooleanField):
            data.pop(field.name, None)
    page = preview(editor, reverse("wagtailadmin_pages:preview_on_edit", args=[found.pk]), data)
    assert page.h1.get_text(strip=True) == "Placeholder title"


@pytest.mark.parametrize("model", PAGE_TYPES)
def test_a_saved_draft_has_a_preview(editor, home, model):
    found = model.objects.live().first()
    found.title = "A better title"
    found.save_revision()

    page = drawn(editor.get(reverse("wagtailadmin_pages:view_draft", args=[found.pk])))

    assert page.h1.get_text(strip=True) == "A better title"


def blocks_of(stream):
    """Every block that an editor can pick, in streams within streams too."""
    for block in stream.child_blocks.values():
        yield block
        for inner in getattr(block, "child_blocks", {}).values():
            if isinstance(inner, StreamBlock):
                yield from blocks_of(inner)


BLOCKS = {
    f"{model.__name__}.{field.name}.{block.name}": block
    for model in PAGE_TYPES
    for field in model._meta.get_fields()
    if isinstance(field, StreamField)
    for block in blocks_of(field.stream_block)
}


@pytest.mark.parametrize("name", BLOCKS)
def test_the_block_picker_shows_a_block_as_the_site_draws_it(editor, name):
    block = BLOCKS[name]
    address = reverse("wagtailadmin_block_preview")

    page = drawn(editor.get(address, {"id": block.definition_prefix}))

    assert block.is_previewable
    assert block.get_description()
    words = page.main.get_text(" ", strip=True)
    value = block.get_preview_value()
    for part in value.values() if isinstance(value, StructValue) else [value]:
        assert BeautifulSoup(str(part or ""), "html.parser").get_text(" ", strip=True) in words


def test_a_block_preview_holds_what_the_block_would_accept():
    for block in BLOCKS.values():
        block.clean(block.get_preview_value())


def test_there_are_blocks_to_preview():
    assert "OfferPage.questions.question" in BLOCKS


def test_a_partner_shows_its_page_with_what_was_typed(editor, home):
    partner = Partner.objects.get(slug="big-alliance")
    data = form_on(
        editor,
        reverse("wagtailsnippets_partners_partner:edit", args=[partner.pk]),
        Partner,
        SNIPPET,
    )
    data["role"] = "Mentoring on the moon"

    page = preview(
        editor, reverse("wagtailsnippets_partners_partner:preview_on_edit", args=[partner.pk]), data
    )

    assert page.h1.get_text(strip=True) == "BIG Alliance"
    assert "Mentoring on the moon" in page.main.get_text()
    assert "Mentor a young person" in page.main.get_text()


def test_a_new_partner_with_nothing_but_an_address_has_a_preview(editor, home):
    data = form_on(editor, reverse("wagtailsnippets_partners_partner:add"), Partner, SNIPPET)
    data["slug"] = "new-partner"

    page = preview(editor, reverse("wagtailsnippets_partners_partner:preview_on_add"), data)

    assert not page.select(".story")  # nobody worked with it yet


def test_an_offer_link_shows_its_offer_with_what_was_typed(editor, home):
    link = OfferLink.objects.get(partner__slug="big-alliance", offer__slug="mentor-a-young-person")
    where = reverse("wagtailsnippets_offers_offerlink:edit", args=[link.pk])
    data = form_on(editor, where, OfferLink, SNIPPET)
    data |= {"role": "support", "what_we_do": "We mentor on the moon."}

    page = preview(
        editor, reverse("wagtailsnippets_offers_offerlink:preview_on_edit", args=[link.pk]), data
    )

    rows = [row.get_text(" ", strip=True) for row in page.select("ul.partners li")]
    assert page.h1.get_text(strip=True) == "Mentor a young person"
    assert rows[0].startswith("BIG Alliance Supports it")
    assert "We mentor on the moon." in rows[0]
    assert len([row for row in rows if row.startswith("BIG Alliance")]) == 1


def test_a_new_offer_link_shows_the_offer_with_it(editor, home):
    offer = OfferPage.objects.get(slug="pay-the-london-living-wage")
    partner = Partner.objects.get(slug="timewise")
    data = form_on(editor, reverse("wagtailsnippets_offers_offerlink:add"), OfferLink, SNIPPET)
    data |= {"offer": offer.pk, "partner": partner.pk, "role": "lead", "room": "now"}

    page = preview(editor, reverse("wagtailsnippets_offers_offerlink:preview_on_add"), data)

    assert page.h1.get_text(strip=True) == offer.title
    assert "Timewise" in page.select_one("ul.partners").get_text()
    assert not OfferLink.objects.filter(offer=offer, partner=partner).exists()


def test_an_impact_fact_shows_how_the_impact_page_draws_it(editor, home):
    fact = ImpactFact.objects.get(figure="1,023")
    where = reverse("wagtailsnippets_impact_impactfact:edit", args=[fact.pk])
    data = form_on(editor, where, ImpactFact, SNIPPET)
    data |= {"figure": "1,024", "comparison_figure": "900"}

    page = preview(
        editor, reverse("wagtailsnippets_impact_impactfact:preview_on_edit", args=[fact.pk]), data
    )

    words = page.main.get_text(" ", strip=True)
    assert "1,024" in words
    assert "900" in words
    assert "108" not in words


@pytest.mark.parametrize("name", ["desk", "partner"])
@pytest.mark.parametrize("model", [Partner, OfferLink, ImpactFact])
def test_nobody_else_gets_a_preview(client, person, model, name):
    client.force_login(person(name))
    where = f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}:preview_on_edit"

    response = client.get(reverse(where, args=[model.objects.first().pk]))

    assert response.status_code in (302, 403)
