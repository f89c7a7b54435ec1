"""The way to a page is shorter than Wagtail’s own, and leads nowhere that Wagtail’s does not."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page, PageViewRestriction

from casestudies.models import CaseStudyIndexPage, CaseStudyPage
from home.models import PlainPage
from offers.models import OfferIndexPage, OfferPage
from tests.publishing import publish

OFFER = "/ways-to-get-involved/hire-flexibly/"
STUDY = "/case-studies/fanlight-foods/"
PATHS = ["/", "/about/", "/ways-to-get-involved/", OFFER, "/case-studies/", STUDY]


def routed(home, path):
    return home.route(None, [part for part in path.split("/") if part]).page


def page_at(home, path):
    """The page as Wagtail's own manager gives it."""
    return Page.objects.get(url_path=home.url_path + path[1:])


def restrict(page, kind="login"):
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=kind, password="open" if kind == "password" else ""
    )
    if kind == "groups":
        restriction.groups.set(Group.objects.filter(name="Editors"))
    return restriction


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_found_as_its_own_type_and_knows_the_pages_above(home, path):
    found = routed(home, path)
    afresh = page_at(home, path).specific

    assert type(found) is type(afresh)
    assert {field.name: getattr(found, field.attname) for field in found._meta.concrete_fields} == {
        field.name: getattr(afresh, field.attname) for field in afresh._meta.concrete_fields
    }
    assert [page.pk for page in found.trail()] == [page.pk for page in afresh.trail()]


@pytest.mark.parametrize(
    ("path", "limit"),
    [("/about/", 1), ("/case-studies/", 1), (OFFER, 2), (STUDY, 4)],
    ids=["a plain page", "a listing", "an offer", "a case study with its offers and partners"],
)
def test_each_part_of_an_address_takes_one_query_and_the_trail_none(home, path, limit):
    routed(home, path)

    with CaptureQueriesContext(connection) as seen:
        assert routed(home, path).trail()

    assert len(seen) == limit


@pytest.mark.parametrize("above", ["/", "/about/", "/ways-to-get-involved/", "/case-studies/"])
def test_what_does_not_exist_is_not_found(client, home, above):
    with pytest.raises(Http404):
        routed(home, f"{above}nowhere/")
    assert client.get(f"{above}nowhere/").status_code == 404


@pytest.mark.parametrize("path", PATHS[1:])
def test_what_is_not_live_is_not_found(home, path):
    page_at(home, path).specific.unpublish()

    with pytest.raises(Http404):
        routed(home, path)


def test_the_wrong_kind_of_page_below_a_page_is_found_as_wagtail_finds_it(home):
    study = CaseStudyPage.objects.get(slug="fanlight-foods")
    study.move(PlainPage.objects.get(slug="about"), pos="last-child")

    assert routed(home, "/about/fanlight-foods/") == study


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
@pytest.mark.parametrize("levels_up", [0, 1, 2, 3])
@pytest.mark.parametrize("path", [OFFER, STUDY])
def test_the_restrictions_of_a_page_and_of_all_above_it_hold(client, home, path, levels_up, kind):
    assert client.get(path).status_code == 200
    page = routed(home, path)
    for _ in range(levels_up):
        page = page.get_parent()
    restriction = restrict(page, kind)

    assert list(routed(home, path).get_view_restrictions()) == [restriction]
    response = client.get(path)
    if kind == "password":
        assert b"What changed" not in response.content
        assert b"What you do" not in response.content
        assert b'type="password"' in response.content
    else:
        assert response.status_code == 302
        assert response.url.startswith("/accounts/login/")


def test_restrictions_beside_a_page_and_below_it_do_not_hold(client, home):
    restrict(OfferPage.objects.get(slug="offer-work-experience"))
    restrict(CaseStudyPage.objects.get(slug="fanlight-foods"))

    assert not routed(home, OFFER).get_view_restrictions()
    assert client.get(OFFER).status_code == 200
    assert client.get("/case-studies/").status_code == 200


def test_a_mirrored_page_keeps_the_restrictions_of_the_page_it_mirrors(client, home):
    study = CaseStudyPage.objects.get(slug="fanlight-foods")
    mirror = CreatePageAliasAction(study, update_slug="mirror").execute(skip_permission_checks=True)
    second = CreatePageAliasAction(mirror, update_slug="second").execute(
        skip_permission_checks=True
    )
    restriction = restrict(study)

    for page in (mirror, second):
        assert list(routed(home, page.url).get_view_restrictions()) == [restriction]
        assert client.get(page.url).status_code == 302


def test_a_page_below_a_mirrored_page_keeps_those_restrictions_too(client, home):
    index = OfferIndexPage.objects.get()
    mirror = CreatePageAliasAction(index, update_slug="mirror", recursive=True).execute(
        skip_permission_checks=True
    )
    restriction = restrict(index)
    path = f"{mirror.url}hire-flexibly/"

    assert list(routed(home, path).get_view_restrictions()) == [restriction]
    assert client.get(path).status_code == 302


def test_every_page_has_the_restrictions_that_wagtail_gives_it(home):
    for page in [home, OfferIndexPage.objects.get(), CaseStudyPage.objects.first()]:
        restrict(page)
    restrict(PlainPage.objects.first(), "password")
    CreatePageAliasAction(CaseStudyIndexPage.objects.get(), update_slug="again").execute(
        skip_permission_checks=True
    )

    for page in Page.objects.filter(depth__gt=1).specific():
        ours, wagtails = page.get_view_restrictions(), Page.get_view_restrictions(page)
        assert set(ours) == set(wagtails), page.url_path


def test_a_page_that_expired_or_waits_for_its_day_is_not_found(client, home):
    study = CaseStudyPage.objects.get(slug="fanlight-foods")
    study.live, study.expired, study.expire_at = False, True, timezone.now()
    study.save()

    assert client.get(STUDY).status_code == 404


def test_a_draft_is_previewed_with_its_trail(client, home, person):
    study = CaseStudyPage.objects.get(slug="fanlight-foods")
    study.title = "A new title"
    study.save_revision()

    draft = study.get_latest_revision_as_object()
    response = draft.make_preview_request()

    assert "A new title" in response.content.decode()
    assert 'href="/case-studies/"' in response.content.decode()
    assert client.get(STUDY).context["page"].title != "A new title"


def test_a_page_that_moved_redirects(client, home, django_capture_on_commit_callbacks):
    study = CaseStudyPage.objects.get(slug="fanlight-foods")
    with django_capture_on_commit_callbacks(execute=True):
        study.slug = "fanlight"
        publish(study)

    response = client.get(STUDY)

    assert response.status_code == 301
    assert response.url == "/case-studies/fanlight/"
