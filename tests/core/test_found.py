"""How search engines and whoever shares a page find it: addresses, descriptions, pictures."""

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import Group
from django.template import Context, Template
from django.utils import timezone
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from casestudies.models import CaseStudyPage
from home.models import HomePage, PlainPage
from offers.models import OfferIndexPage, OfferPage
from partners.models import Partner
from tests.hostile import CORPUS
from tests.public_pages import all_paths
from tests.publishing import publish

pytestmark = pytest.mark.django_db

NOINDEX = '<meta name="robots" content="noindex">'


@pytest.fixture(autouse=True)
def _address(settings):
    settings.BASE_URL = "https://aspires.example.org"


def text_of(client, path: str, **options) -> str:
    return client.get(path, **options).content.decode()


def canonical(text: str) -> str | None:
    """The address a page names as its own; None if it names none. Never two."""
    found = re.findall(r'<link rel="canonical" href="([^"]*)">', text)
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("/", "/"),
        ("/?utm_source=x&fbclid=y", "/"),
        ("/ways-to-get-involved/hire-flexibly/?gclid=1", "/ways-to-get-involved/hire-flexibly/"),
        ("/case-studies/?page=1", "/case-studies/"),
        ("/case-studies/?page=2&utm_source=x", "/case-studies/?page=2"),
        ("/case-studies/fanlight-foods/", "/case-studies/fanlight-foods/"),
        ("/partners/big-alliance/?x=1", "/partners/big-alliance/"),
        ("/impact/", "/impact/"),
        ("/search/", "/search/"),
        ("/enquire/?offer=hire-flexibly", "/enquire/"),
        ("/what-suits-us/?goal=hire&hours=4", "/what-suits-us/"),
    ],
)
def test_a_page_names_one_address_on_the_sites_own_host(client, asked, path):
    text = text_of(client, asked, HTTP_HOST="localhost")

    assert canonical(text) == f"https://aspires.example.org{path}"
    assert f'<meta property="og:url" content="https://aspires.example.org{path}">' in text
    assert "robots" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/no-such-page/",
        "/partners/no-such-partner/",
        "/search/?q=mentor",
        "/enquire/check/",
        "/accounts/login/",
        "/accounts/password/reset/",
    ],
)
def test_what_search_engines_should_leave_out_says_so_and_names_no_address(client, path):
    text = text_of(client, path)

    assert text.count(NOINDEX) == 1
    assert canonical(text) is None
    assert "og:url" not in text


def meta(text: str) -> dict[str, str]:
    """What a page says by its meta elements, by name or property."""
    found = {}
    for tag in re.findall(r"<meta ([^>]*)>", text):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        for name in ("name", "property"):
            if name in attributes:
                assert attributes[name] not in found, attributes[name]
                found[attributes[name]] = unescape(attributes["content"])
    return found


def title(text: str) -> str:
    return unescape(re.search(r"<title>(.*?) – Islington Aspires</title>", text)[1])


def things(text: str) -> dict[str, dict]:
    """What a page tells machines, by type."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    found = [thing for block in blocks for thing in json.loads(block)["@graph"]]
    assert len({thing["@type"] for thing in found}) == len(found)
    return {thing["@type"]: thing for thing in found}


# -- Titles, descriptions, pictures -------------------------------------------------------


def test_titles_and_descriptions_fit_and_are_unlike_each_other(client):
    texts = {path: text_of(client, path) for path in all_paths()}
    found = {path: text for path, text in texts.items() if (canonical(text) or "").endswith(path)}

    titles = {path: title(text) for path, text in found.items()}
    descriptions = {path: meta(text)["description"] for path, text in found.items()}

    assert {path: words for path, words in titles.items() if not 4 <= len(words) <= 65} == {}
    assert {
        path: words for path, words in descriptions.items() if not 50 <= len(words) <= 160
    } == {}
    assert len(set(titles.values())) == len(set(descriptions.values())) == len(found) > 40


@pytest.mark.parametrize(
    ("path", "kind", "picture"),
    [
        ("/", "website", "site"),
        ("/ways-to-get-involved/mentor-a-young-person/", "website", "indigo"),
        ("/case-studies/fanlight-foods/", "article", None),
        ("/partners/big-alliance/", "website", "site"),
        ("/impact/", "website", "site"),
        ("/no-such-page/", "website", "site"),
    ],
)
def test_a_shared_page_has_its_words_and_the_picture_of_its_door(client, path, kind, picture):
    door = picture or CaseStudyPage.objects.get(slug="fanlight-foods").door
    text = text_of(client, path)

    said = meta(text)

    assert said["og:type"] == kind
    assert said["og:title"] == title(text)
    assert said["og:description"] == said["description"]
    assert said["og:site_name"] == "Islington Aspires"
    assert said["og:locale"] == "en_GB"
    assert said["og:image"] == f"https://aspires.example.org/static/img/og/{door}.png"
    assert said["og:image:alt"]
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["twitter:card"] == "summary_large_image"


def test_there_is_a_light_picture_for_every_door_and_one_for_the_site(settings):
    folder = Path(settings.STATICFILES_DIRS[0]) / "img" / "og"
    doors = {value for value, _ in OfferPage._meta.get_field("door").choices}

    assert {path.stem for path in folder.iterdir()} == {*doors, "site"}
    for path in folder.iterdir():
        assert Image.open(path).size == (1200, 630)
        assert path.stat().st_size <= 40_000


def test_a_page_without_a_description_is_described_by_its_opening_words(client, home):
    plain = PlainPage(title="Parking", slug="parking", lede="Where to park.", body="<p>Here.</p>")
    bare = PlainPage(title="Trees", slug="trees", body="<p>Green.</p>")
    for page in (plain, bare):
        home.add_child(instance=page)
    OfferPage.objects.filter(slug="hire-flexibly").update(search_description="")
    offer = OfferPage.objects.get(slug="hire-flexibly")

    assert meta(text_of(client, plain.url))["description"] == "Where to park."
    assert meta(text_of(client, bare.url))["description"] == "Trees"
    assert meta(text_of(client, offer.url))["description"] == offer.summary


def test_quotation_marks_in_a_title_stay_in_the_title(client, home):
    page = PlainPage(title='A "door" <for> one & all', slug="quoted", body="<p>Here.</p>")
    home.add_child(instance=page)

    text = text_of(client, page.url)

    assert title(text) == meta(text)["og:title"] == page.title
    literal = Template('{% load core_tags %}{% titled %}The "one"\n  door{% endtitled %}')
    assert 'content="The &quot;one&quot; door"' in literal.render(Context())


# -- What machines read -------------------------------------------------------------------


def test_the_home_page_tells_of_the_partnership_and_its_search(client):
    said = things(text_of(client, "/"))

    assert said.keys() == {"Organization", "WebSite"}
    assert said["Organization"]["parentOrganization"]["name"] == "Islington Council"
    target = said["WebSite"]["potentialAction"]["target"]["urlTemplate"]
    assert target == "https://aspires.example.org/search/?q={search_term_string}"
    assert client.get(target.replace("{search_term_string}", "mentor")).status_code == 200


def test_an_offer_is_a_service_of_those_who_lead_it(client):
    offer = OfferPage.objects.get(slug="mentor-a-young-person")
    OfferPage.objects.update(to_be_confirmed=False)
    offer.offer_links.exclude(partner__slug="big-alliance").update(role="support")
    draft = Partner.objects.create(name="Draft", slug="draft", kind="charity", role="x", live=False)
    offer.offer_links.create(partner=draft, what_we_do="Much")

    said = things(text_of(client, offer.url))["Service"]

    assert said["name"] == offer.title
    assert said["url"] == f"https://aspires.example.org{offer.url}"
    assert [partner["name"] for partner in said["provider"]] == [
        link.partner.name for link in offer.delivery if link.role == "lead"
    ]
    assert said["areaServed"]["name"] == "Islington, London"
    assert said["offers"]["availability"] == "https://schema.org/InStock"


def test_terms_that_are_still_to_be_confirmed_are_told_to_no_machine(client):
    OfferPage.objects.update(to_be_confirmed=True)

    said = things(text_of(client, "/ways-to-get-involved/mentor-a-young-person/"))["Service"]

    assert said["name"] == "Mentor a young person"
    assert not {"provider", "offers"} & said.keys()


@pytest.mark.parametrize(("cost", "price"), [("Free", "0"), ("Free for small firms", None)])
def test_an_offer_has_a_price_only_if_it_is_free_and_says_when_it_is_closed(client, cost, price):
    OfferPage.objects.filter(slug="hire-flexibly").update(
        is_open=False, cost=cost, to_be_confirmed=False
    )

    text = text_of(client, "/ways-to-get-involved/hire-flexibly/")

    terms = things(text)["Service"]["offers"]
    assert terms["availability"] == "https://schema.org/OutOfStock"
    assert terms.get("price") == price


def test_a_case_study_is_an_article_about_the_employer(client):
    study = CaseStudyPage.objects.get(slug="fanlight-foods")

    said = things(text_of(client, study.url))["Article"]

    assert said["headline"] == study.title
    assert said["datePublished"] == study.first_published_at.isoformat()
    assert said["dateModified"] == study.last_published_at.isoformat()
    assert said["about"][0]["name"] == f"{study.employer_name} (example)"
    assert [thing["name"] for thing in said["about"][1:]] == [offer.title for offer in study.offers]
    assert said["author"]["name"] == said["publisher"]["name"] == "Islington Aspires"


def test_machines_read_the_trail_that_people_see(client):
    for path in all_paths():
        text = text_of(client, path)
        if NOINDEX in text or path == "/":
            assert "BreadcrumbList" not in text or NOINDEX in text
            continue
        shown = re.search(r'aria-label="Breadcrumb"><ol>(.*?)</ol>', text, re.DOTALL)[1]
        links = [
            (unescape(name), f"https://aspires.example.org{address}")
            for address, name in re.findall(r'<a href="([^"]*)">(.*?)</a>', shown)
        ]

        items = things(text)["BreadcrumbList"]["itemListElement"]

        assert [(item["name"], item["item"]) for item in items[:-1]] == links, path
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        assert items[-1].keys() == {"@type", "position", "name"}
        assert len(items) > 1


def test_no_text_can_leave_the_block_it_is_written_in(client):
    evil = "</script><script>alert(1)</script><!-- & \u2028 {{7*7}}"
    OfferPage.objects.filter(slug="hire-flexibly").update(title=evil, topic=evil[:60])
    Partner.objects.filter(slug="timewise").update(name=evil)

    for path in ("/ways-to-get-involved/hire-flexibly/", "/partners/timewise/"):
        text = text_of(client, path)

        assert "alert(1)</script>" not in text
        trail = things(text)["BreadcrumbList"]["itemListElement"]
        assert trail[-1]["name"] == evil


def test_what_machines_read_costs_no_query(client, django_assert_num_queries):
    offer = OfferPage.objects.get(slug="mentor-a-young-person")
    study = CaseStudyPage.objects.get(slug="fanlight-foods")
    for page in (offer, study):
        text_of(client, page.url)
    _ = offer.delivery, study.offers  # the page asks for these anyway

    with django_assert_num_queries(0):
        assert offer.structured_data()
        assert study.structured_data()


# -- Sitemap, robots, moves ---------------------------------------------------------------


def sitemap(client, **options) -> dict[str, str | None]:
    """The date of the last change by address, as the sitemap says."""
    response = client.get("/sitemap.xml", **options)
    assert response["Content-Type"] == "application/xml"
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    return {
        url.find(f"{space}loc").text: url.findtext(f"{space}lastmod")
        for url in ElementTree.fromstring(response.content)
    }


def test_the_sitemap_lists_every_page_that_may_be_found_and_no_other(client):
    dates = sitemap(client, HTTP_HOST="localhost")

    names = {path: canonical(text_of(client, path)) for path in all_paths()}
    search = "https://aspires.example.org/search/"
    assert set(dates) == {address for address in names.values() if address} - {search}
    assert len(dates) == len(set(dates))
    loaded = timezone.localdate(HomePage.objects.get().last_published_at).isoformat()
    assert dates["https://aspires.example.org/"] == loaded
    assert dates["https://aspires.example.org/partners/big-alliance/"] == loaded
    assert dates["https://aspires.example.org/impact/"] is None


def test_the_sitemap_leaves_out_drafts_and_private_pages(client, home):
    Page.objects.get(slug="hire-flexibly").specific.unpublish()
    restriction = PageViewRestriction.objects.create(
        page=Page.objects.get(slug="case-studies"), restriction_type="groups"
    )
    restriction.groups.add(Group.objects.get(name="Editors"))
    Partner.objects.filter(slug="timewise").update(is_active=False)
    Partner.objects.filter(slug="kx-recruit").update(live=False)

    paths = {urlsplit(address).path for address in sitemap(client)}

    assert not any("case-studies" in path or "hire-flexibly" in path for path in paths)
    assert paths.isdisjoint({"/partners/timewise/", "/partners/kx-recruit/"})
    assert {"/", "/partners/", "/partners/big-alliance/"} <= paths


def test_the_sitemap_takes_as_many_queries_for_30_pages_as_for_3(
    client, django_assert_max_num_queries
):
    study = CaseStudyPage.objects.get(slug="fanlight-foods")
    sitemap(client)
    with django_assert_max_num_queries(4):
        before = sitemap(client)
    for number in range(27):
        publish(study.copy(update_attrs={"slug": f"copy-{number}"}, copy_revisions=False))

    with django_assert_max_num_queries(4):
        assert len(sitemap(client)) == len(before) + 27


def test_robots_are_told_where_the_sitemap_is_and_what_to_leave_out(client, settings):
    response = client.get("/robots.txt")

    lines = response.content.decode().splitlines()
    assert response["Content-Type"].startswith("text/plain")
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /enquire/sent/", "Disallow: /search/?"} < set(lines)
    assert "Disallow: /" not in lines
    assert lines[-1].startswith("Sitemap: http")
    assert lines[-1].endswith("/sitemap.xml")
    left_out = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")]
    for address in sitemap(client):
        assert not urlsplit(address).path.startswith(tuple(left_out)), address


def test_a_page_that_was_renamed_is_found_at_its_new_address_with_the_query(
    client, django_capture_on_commit_callbacks
):
    offers = OfferIndexPage.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        offers.slug = "get-involved"
        offers.save_revision().publish()

    for path in ("", "hire-flexibly/"):
        old, new = f"/ways-to-get-involved/{path}", f"/get-involved/{path}"
        plain = client.get(old)
        asked = client.get(f"{old}?a=1&b=%C3%A9&c=%0d%0ax")

        assert (plain.status_code, asked.status_code) == (301, 301)
        assert plain["Location"].rstrip("/") == new.rstrip("/")
        assert asked["Location"] == f"{plain['Location']}?a=1&b=%C3%A9&c=%0d%0ax"
        assert client.get(asked["Location"], follow=True).status_code == 200
    assert client.get("/ways-to-get-involved/no-such-offer/?a=1").status_code == 404


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("/about/", "/about/?a=1"),
        ("/about/#how", "/about/?a=1#how"),
        ("/search/?q=mentor", "/search/?q=mentor"),
        ("https://example.org/x", "https://example.org/x?a=1"),
    ],
)
def test_a_redirect_keeps_what_its_target_says(client, home, link, leads_to):
    Redirect.objects.create(old_path="/old", redirect_link=link)

    assert client.get("/old/")["Location"] == link
    assert client.get("/old/?a=1")["Location"] == leads_to


@pytest.mark.parametrize("text", CORPUS, ids=lambda text: ascii(text[:20]))
def test_a_redirect_leads_on_with_any_text(client, home, text):
    Redirect.objects.create(old_path="/old", redirect_link="/about/")

    response = client.get("/old/", {"a": text})

    assert response.status_code == 301
    assert urlsplit(response["Location"]).path == "/about/"
    assert client.get(response["Location"]).status_code == 200


def test_a_branch_that_was_moved_is_found_with_all_below_it(
    client, home, django_capture_on_commit_callbacks
):
    folder = PlainPage(title="Employers", slug="employers", body="<p>Here.</p>")
    home.add_child(instance=folder)
    with django_capture_on_commit_callbacks(execute=True):
        OfferIndexPage.objects.get().move(folder, pos="last-child")

    response = client.get("/ways-to-get-involved/hire-flexibly/", follow=True)

    assert response.redirect_chain[0][1] == 301
    assert response.request["PATH_INFO"] == "/employers/ways-to-get-involved/hire-flexibly/"
    assert response.status_code == 200


def test_no_page_can_be_put_behind_a_shared_password(client, home, person):
    client.force_login(person("admin"))

    form = json.loads(text_of(client, f"/admin/pages/{home.pk}/privacy/"))["html"]

    offered = re.findall(r'type="radio"[^>]*value="(\w+)"', form)
    assert sorted(offered) == ["groups", "login", "none"]


@pytest.mark.parametrize("query", ["", "?utm_source=leaflet"])
def test_a_redirect_does_not_tell_where_a_page_is_that_is_not_public(client, home, query):
    draft, private = OfferPage.objects.published().in_order()[:2]
    for page in (draft, private):
        Redirect.objects.create(old_path=f"/old-{page.pk}", redirect_page=page)
        assert client.get(f"/old-{page.pk}/{query}").status_code == 301
    draft.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    answers = [client.get(f"/old-{page.pk}/{query}") for page in (draft, private)]

    assert [answer.status_code for answer in answers] == [404, 404]
