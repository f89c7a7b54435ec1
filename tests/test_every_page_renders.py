"""Every public page of the demonstration content works, and shows only what is public."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, get_page_models

from casestudies.models import CaseStudyIndexPage, CaseStudyOffer, CaseStudyPage
from home.models import PlainPage
from impact.models import ImpactFact
from offers.models import OfferIndexPage, OfferLink, OfferPage
from partners.models import Partner
from tests.public_pages import PAGES, all_paths, page_paths
from tests.publishing import publish

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HOME_QUERIES = 12
FINDER = "/what-suits-us/?goal=give-back&size=10-49&hours=4&sector=retail"
CANARY = "kookaburra"


def copy_of(page: Page, number: int, **fields) -> Page:
    """A further published page with the same content, but for these fields."""
    fields = {"title": f"{page.title} {number}", **fields}
    copy = page.copy(update_attrs={"slug": f"{page.slug}-{number}", **fields}, copy_revisions=False)
    publish(copy)
    return type(page).objects.get(pk=copy.pk)


def test_every_public_page_answers_200_with_one_h1_and_its_own_title(client):
    titles = {}
    for path in all_paths():
        response = client.get(path)
        text = response.content.decode()

        assert response.status_code == 200, path
        assert len(re.findall(r"<h1[\s>]", text)) == 1, path
        assert '<html lang="en-GB">' in text, path
        titles.setdefault(
            re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1].strip(), []
        ).append(path)
    assert {title: paths for title, paths in titles.items() if len(paths) > 1} == {}
    assert len(titles) > 45


def test_every_type_of_page_is_one_of_the_kinds_that_are_looked_at(client, home):
    shown = {type(client.get(path).context.get("page")) for path in PAGES.values()}

    assert set(get_page_models()) - {Page} - shown == set()


def test_only_pages_with_a_form_that_is_posted_load_the_script(client):
    for path in [*all_paths(), *PAGES.values()]:
        text = client.get(path).content.decode()

        assert ("/js/site" in text) == ('method="post"' in text), path


def test_content_pages_set_no_cookie_and_hold_nothing_of_the_visitor(client):
    for path in [*page_paths(), "/partners/", "/impact/", "/search/?q=mentor", FINDER]:
        response = client.get(path)

        assert not response.cookies, path
        assert b"csrfmiddlewaretoken" not in response.content, path


def test_no_page_holds_inline_style_or_script(client):
    for path in all_paths():
        text = client.get(path).content.decode()

        assert "<style" not in text, path
        assert not re.search(r"\sstyle=", text), path
        assert not re.search(r"\son[a-z]+=", text), path
        scripts = [tag for tag in re.findall(r"<script[^>]*>", text) if "ld+json" not in tag]
        assert all("src=" in tag for tag in scripts), path


def test_the_home_page_takes_few_queries(client, django_assert_max_num_queries):
    client.get("/")  # Wagtail keeps the paths of sites in its cache

    with django_assert_max_num_queries(HOME_QUERIES):
        client.get("/")


def queries(client: Client, path: str, django_assert_max_num_queries) -> int:
    client.get(path)
    with django_assert_max_num_queries(100) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_no_page_takes_more_queries_with_30_items_than_with_3(
    client, django_assert_max_num_queries, django_capture_on_commit_callbacks
):
    offers = list(OfferPage.objects.published().in_order())
    studies = list(CaseStudyPage.objects.published().newest_first())
    partners = list(Partner.objects.published().in_order())
    facts = list(ImpactFact.objects.in_order())
    kept_offer = OfferPage.objects.get(slug="mentor-a-young-person")
    kept_study = CaseStudyPage.objects.get(slug="big-alliance-mentoring")
    for things, kept in ((offers, kept_offer), (studies, kept_study)):
        for page in [thing for thing in things if thing.pk != kept.pk][2:]:
            page.delete()
    kept_partner = Partner.objects.get(slug="big-alliance")
    for partner in [partner for partner in partners if partner.pk != kept_partner.pk][2:]:
        partner.delete()
    for fact in facts[3:]:
        fact.delete()
    paths = [
        *("/", "/ways-to-get-involved/", "/case-studies/", "/partners/", "/impact/"),
        *(kept_offer.url, kept_study.url, kept_partner.get_absolute_url()),
        *("/search/?q=mentor", "/enquire/", FINDER),
    ]
    few = {path: queries(client, path, django_assert_max_num_queries) for path in paths}

    for number in range(27):
        offer = copy_of(kept_offer, number)
        study = copy_of(kept_study, number)
        study.did = [CaseStudyOffer(offer=kept_offer)]
        study.partners.set([kept_partner])
        publish(study)
        partner = Partner.objects.create(
            name=f"Partner {number}", slug=f"partner-{number}", kind="charity", role="Mentor"
        )
        for link in (
            OfferLink(partner=partner, offer=kept_offer, what_we_do="Much"),
            OfferLink(partner=kept_partner, offer=offer, what_we_do="Much"),
        ):
            link.save()
        ImpactFact.objects.create(
            figure=str(number),
            label=f"Fact {number}",
            period="2015",
            source_title="A report",
            source_on=timezone.localdate(),
            stale_after=timezone.localdate(),
            on_home=True,
        )
    many = {path: queries(client, path, django_assert_max_num_queries) for path in paths}

    assert {path: many[path] for path in paths if many[path] > few[path]} == {}


def test_nothing_that_is_not_public_shows_up_anywhere(client):
    offers, _studies = OfferIndexPage.objects.get(), CaseStudyIndexPage.objects.get()
    offer = OfferPage.objects.get(slug="mentor-a-young-person")
    study = CaseStudyPage.objects.published().about(offer).first()
    words = iter(f"{CANARY}{number}" for number in range(100))
    hidden_paths = []

    def hidden(page: Page, **fields) -> Page:
        """A published copy with a word of its own in every place a list could show."""
        word = next(words)
        new = copy_of(
            page,
            900 + len(hidden_paths),
            title=word,
            summary=word,
            search_description=word,
            **fields,
        )
        hidden_paths.append(new.url)
        return new

    def restrict(page: Page) -> None:
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
        restriction.groups.add(Group.objects.get(name="Editors"))

    for page in (offer, study):
        hidden(page).unpublish()
        restrict(hidden(page))
        expired = hidden(page)
        expired.expire_at = timezone.now() - timedelta(hours=1)
        expired.live, expired.expired = False, True
        expired.save()
    # a child of a private page, and a case study that names a private offer
    folder = PlainPage(title=next(words), slug="folder", body=f"<p>{next(words)}</p>", live=False)
    offers.get_parent().add_child(instance=folder)
    folder.save_revision().publish()
    child = hidden(study)
    child.move(folder, pos="last-child")
    hidden_paths += [folder.url, CaseStudyPage.objects.get(pk=child.pk).url]
    restrict(folder)
    private_offer = hidden(offer)
    restrict(private_offer)
    study.did.add(CaseStudyOffer(offer=private_offer))
    publish(study)
    # partners and their links
    retired = Partner.objects.create(
        name=next(words), slug="retired", kind="charity", role=next(words), is_active=False
    )
    draft = Partner.objects.create(
        name=next(words), slug="draft", kind="charity", role=next(words), live=False
    )
    partner = Partner.objects.get(slug="timewise")
    OfferLink.objects.create(partner=retired, offer=offer, what_we_do=next(words))
    OfferLink.objects.create(partner=partner, offer=offer, what_we_do=next(words), live=False)
    OfferLink.objects.create(partner=partner, offer=private_offer, what_we_do=next(words))
    study.partners.add(retired, draft)
    publish(study)
    ImpactFact.objects.create(
        figure="1",
        label=next(words),
        period="2015",
        source_title="A report",
        source_on=timezone.localdate(),
        stale_after=timezone.localdate() - timedelta(days=1),
        on_home=True,
    )

    searches = [f"/search/?q={CANARY}{number}" for number in range(30)]
    open_paths = [*all_paths(), *searches, f"/enquire/?offer={private_offer.slug}"]
    closed_paths = [*hidden_paths, "/partners/retired/", "/partners/draft/"]
    answers = {path: client.get(path) for path in [*open_paths, *closed_paths]}

    shown = {
        path
        for path, answer in answers.items()
        if CANARY in answer.content.decode().replace(path.partition("q=")[2] or "\0", "")
    }
    assert shown == set()
    assert {answers[path].status_code for path in closed_paths} <= {301, 302, 404}
    assert {answers[path].status_code for path in open_paths} == {200}


def test_the_canary_test_can_see_a_canary(client):
    copy_of(OfferPage.objects.get(slug="hire-flexibly"), 1, title=CANARY, summary=CANARY)

    assert CANARY in client.get("/").content.decode()
    assert CANARY in client.get(f"/search/?q={CANARY}").content.decode().split("</form>")[-1]


def test_pages_take_no_post(client):
    for path in page_paths():
        assert client.post(path).status_code == 405, path


def test_an_out_of_range_page_of_a_listing_is_not_found(client):
    for number in ("0", "99", "-1", "x", "1.0", "%00", "9" * 40):
        assert client.get(f"/case-studies/?page={number}").status_code == 404, number
