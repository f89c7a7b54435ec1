"""
(b) of the design: the content feed and its things. Lines B1 to B8 are named in the tests; B9 is
in `make proof`, B10 in `tests/faults/test_portal_race.py`.
"""

import random
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from casestudies.models import CaseStudyPage
from offers.models import OfferLink, OfferPage
from partners.models import Partner
from portal import feed, tasks
from portal.models import Change, Counter
from tests.many import many_case_studies

pytestmark = pytest.mark.django_db
FEED = "/api/portal/v1/feeds/content"


@pytest.fixture
def connected(switch):
    switch("off", is_connected=True)
    feed.reconcile(timezone.now())


def walk(client, address=FEED):
    """Every item from the start, as a portal reads them, and how many pages that took."""
    items, pages = [], 0
    while True:
        page = client.get(address).json()
        pages += 1
        if not page["items"]:
            assert page["next"].endswith(address.removeprefix("http://127.0.0.1:8000")) or not items
            return items, pages
        items += page["items"]
        address = page["next"].removeprefix("http://127.0.0.1:8000")


def mirror(client):
    """What a portal holds that began at the start: {(kind, id): data}."""
    held = {}
    for item in walk(client)[0]:
        held.pop((item["kind"], item["id"]), None)
        if item["state"] == "updated":
            held[item["kind"], item["id"]] = item["data"]
    return held


def public(client):
    """What anybody can open on the site: {kind: titles}."""
    return {
        "offer": {page.title for page in OfferPage.objects.all() if opens(client, page.url)},
        "case-study": {
            page.title for page in CaseStudyPage.objects.all() if opens(client, page.url)
        },
        "partner": {
            partner.name
            for partner in Partner.objects.all()
            if opens(client, partner.get_absolute_url())
        },
    }


def opens(client, address):
    return bool(address) and client.get(address).status_code == 200


def names(client):
    found = {"offer": set(), "case-study": set(), "partner": set()}
    for (kind, _), data in mirror(client).items():
        found[kind].add(data["name"])
    return found


def thing(offer):
    return f"/api/portal/v1/offers/{offer.translation_key}"


@pytest.fixture
def offer(home):
    return OfferPage.objects.get(slug="mentor-a-young-person")


@pytest.mark.usefixtures("connected")
def test_the_feed_says_what_is_published(client):
    assert names(client) == public(client)
    assert all(names(client).values())


@pytest.mark.usefixtures("connected")
def test_an_offer_says_who_delivers_it_and_where_it_begins(client, offer):
    data = client.get(thing(offer)).json()

    assert data["name"] == "Mentor a young person"
    assert data["start_url"] == "http://127.0.0.1:8000/start/mentor-a-young-person/"
    assert data["url"] == f"http://127.0.0.1:8000{offer.url}"
    assert {partner["name"] for partner in data["partners"]} == {
        link.partner.name for link in OfferLink.objects.published().filter(offer=offer)
    }


@pytest.mark.usefixtures("connected")
def test_b1_a_draft_edit_never_appears(client, offer):
    offer.title = "Only drafted"
    offer.save_revision()
    feed.reconcile(timezone.now())

    assert "Only drafted" not in names(client)["offer"]
    assert feed.reconcile(timezone.now()) == 0


@pytest.mark.usefixtures("connected")
def test_b2_publish_unpublish_publish_again_and_delete_are_mirrored(client, offer):
    offer.title = "A new name"
    offer.save_revision().publish()
    feed.reconcile(timezone.now())
    assert "A new name" in names(client)["offer"]

    offer.unpublish()
    feed.reconcile(timezone.now())
    assert "A new name" not in names(client)["offer"]
    assert client.get(thing(offer)).status_code == 410

    offer.save_revision().publish()
    feed.reconcile(timezone.now())
    assert "A new name" in names(client)["offer"]
    assert client.get(thing(offer)).status_code == 200

    offer.delete()
    feed.reconcile(timezone.now())
    assert "A new name" not in names(client)["offer"]
    assert client.get(thing(offer)).status_code == 410


def act(chance):
    """One thing an editor may do, at random; each of them Wagtail tells differently of, or not."""
    page = chance.choice([*OfferPage.objects.order_by("pk"), *CaseStudyPage.objects.order_by("pk")])
    partner = chance.choice(list(Partner.objects.order_by("pk")))
    offers = list(OfferPage.objects.order_by("pk"))

    def restrict():
        target = chance.choice([page, page.get_parent()])
        if target.view_restrictions.exists():
            target.view_restrictions.all().delete()
        else:
            PageViewRestriction.objects.create(page=target, restriction_type="login")

    def rename():
        page.title = f"Name {chance.randrange(10**6)}"
        page.save_revision()
        type(page).objects.filter(pk=page.pk).update(title=page.title)

    def move():
        slug = f"slug-{chance.randrange(10**6)}"
        parent = page.get_parent().specific
        parent.slug = slug
        parent.save()

    def toggle():
        partner.is_active = not partner.is_active
        partner.save()

    def call():
        Partner.objects.filter(pk=partner.pk).update(name=f"Partner {chance.randrange(10**6)}")

    def link():
        OfferLink.objects.get_or_create(
            partner=partner, offer=chance.choice(offers), defaults={"what_we_do": "Much"}
        )

    def unlink():
        OfferLink.objects.filter(partner=partner).delete()

    def unpublish():
        page.unpublish()

    def go_live():
        if page.get_parent() and isinstance(page, OfferPage):
            page.save_revision().publish()

    def delete():
        if chance.random() < 0.2:
            page.delete()

    deeds = [restrict, rename, move, toggle, call, link, unlink, unpublish, go_live, delete]
    chance.choice(deeds)()


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize("seed", range(6))
def test_b3_after_any_history_the_mirror_is_what_is_public(client, seed):
    chance = random.Random(seed)
    held, after = mirror(client), Counter.objects.get().number
    for _ in range(8):
        for _ in range(chance.randrange(1, 4)):
            act(chance)
        feed.reconcile(timezone.now())
        items, _ = walk(client, f"{FEED}?afterChangeNumber={after}")
        for item in items:
            held.pop((item["kind"], item["id"]), None)
            if item["state"] == "updated":
                held[item["kind"], item["id"]] = item["data"]
        after = Counter.objects.get().number

    assert held == mirror(client)
    assert names(client) == public(client)
    addresses = [data["url"].removeprefix("http://127.0.0.1:8000") for data in held.values()]
    assert all(opens(client, address) for address in addresses)


@pytest.mark.usefixtures("connected")
def test_b4_a_second_look_records_nothing(django_assert_max_num_queries):
    before = list(Change.objects.order_by("number").values())

    with django_assert_max_num_queries(16):
        assert feed.reconcile(timezone.now()) == 0
    assert list(Change.objects.order_by("number").values()) == before


@pytest.mark.usefixtures("connected")
def test_b5_a_scheduled_draft_never_leaks(client, offer):
    index = offer.get_parent()
    copied = offer.copy(
        to=index, keep_live=False, update_attrs={"title": "Embargoed", "slug": "embargoed"}
    )
    copied.go_live_at = timezone.now() + timedelta(days=2)
    copied.save_revision().publish()
    feed.reconcile(timezone.now())

    assert "Embargoed" not in names(client)["offer"]
    assert copied.translation_key != offer.translation_key
    assert client.get(thing(copied)).status_code == 404
    assert client.get(thing(offer)).json()["name"] == offer.title


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize("above", [False, True])
def test_b6_what_is_made_private_leaves_the_feed_and_is_gone(client, offer, above):
    page = offer.get_parent() if above else offer
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    feed.reconcile(timezone.now())

    assert offer.title not in names(client)["offer"]
    assert client.get(thing(offer)).status_code == 410
    (item,) = [one for one in walk(client)[0] if one["id"] == str(offer.translation_key)]
    assert (item["state"], "data" in item) == ("deleted", False)


@pytest.mark.usefixtures("connected")
def test_b7_many_items_page_and_the_last_page_is_empty_and_points_to_itself(client):
    many_case_studies(250)
    feed.reconcile(timezone.now())

    items, pages = walk(client)
    numbers = [item["modified"] for item in items]
    assert len(items) == Change.objects.count() > 250
    assert numbers == sorted(set(numbers))
    assert pages == -(-len(items) // 100) + 1
    last = client.get(f"{FEED}?afterChangeNumber={numbers[-1]}")
    assert last.json()["items"] == []
    assert last.json()["next"] == f"http://127.0.0.1:8000{FEED}?afterChangeNumber={numbers[-1]}"
    assert last["Cache-Control"] == "public, max-age=8"
    assert client.get(FEED)["Cache-Control"] == "public, max-age=60"
    assert client.get(FEED)["Access-Control-Allow-Origin"] == "*"


@pytest.mark.usefixtures("connected")
def test_a_page_of_the_feed_is_one_query_however_long_it_is(client, django_assert_num_queries):
    many_case_studies(120)
    feed.reconcile(timezone.now())

    client.get(FEED)
    with django_assert_num_queries(1):
        assert len(client.get(FEED).json()["items"]) == 100


@pytest.mark.usefixtures("connected")
def test_b8_what_the_portal_has_is_not_sent_again(client, offer):
    first = client.get(thing(offer))
    again = client.get(thing(offer), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

    offer.title = "Changed"
    offer.save_revision().publish()
    feed.reconcile(timezone.now())

    later = client.get(thing(offer), headers={"if-none-match": first["ETag"]})
    assert (later.status_code, later.json()["name"]) == (200, "Changed")


@pytest.mark.parametrize(
    "address",
    [
        FEED,
        "/api/portal/v1/offers/0b6e2f0e-0000-4000-8000-000000000000",
        "/api/portal/v1/nothing",
        "/api/portal/v1/nothing/",
        "/api/portal/",
        "/api/portal",
        "/api/portal/v2/feeds/content",
    ],
)
def test_while_nobody_is_connected_nothing_is_there_and_nothing_is_stored(client, home, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)

    assert not [query["sql"] for query in seen if "portal_" in query["sql"]]
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert Client(enforce_csrf_checks=True).put(address).status_code in {404, 405}
    tasks.keep_feed(timezone.now())
    assert not Change.objects.exists()
    assert not Counter.objects.exists()


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize("after", ["-1", "x", "1.5", "", "9" * 30, "١", "%00"])
def test_a_number_that_is_none_is_named(client, after):
    answer = client.get(f"{FEED}?afterChangeNumber={after}")

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["loc"] == ["query", "afterChangeNumber"]


@pytest.mark.usefixtures("connected")
def test_the_worker_keeps_the_feed(client, offer):
    offer.unpublish()

    call_command("work", "--once")

    assert offer.title not in names(client)["offer"]
