"""The door: where an offer begins. The names A1 to A7 are acceptance lines of the design."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from offers.models import OfferPage
from portal import door, health
from portal.models import KNOWN, OfferRoute, PortalHealth, PortalSettings

pytestmark = pytest.mark.django_db

SLUG = "hire-flexibly"
DOOR = f"/start/{SLUG}/"
FORM = f"/enquire/?offer={SLUG}"
INSTEAD = f"{FORM}&portal=unavailable"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def offer(home):
    return OfferPage.objects.get(slug=SLUG)


def leads(client, address=DOOR):
    return client.get(address)["Location"]


def there(portal, offer):
    return f"{portal.url}/start?offer={offer.translation_key}&source=islington-aspires"


# -- A1 -------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_well", [True, False, None])
@pytest.mark.parametrize("stage", ["off", "announced", "live"])
def test_a1_the_stage_and_the_portals_health_decide(client, switch, portal, offer, stage, is_well):
    switch(stage, is_well=is_well)
    to = FORM
    if stage == "live":
        to = there(portal, offer) if is_well else INSTEAD

    answer = client.get(DOOR)

    assert (answer.status_code, answer["Location"]) == (303, to)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert leads(client, f"{DOOR}?via=form") == FORM


def test_a1_without_a_portal_it_is_the_form(client, home):
    assert leads(client) == FORM


@pytest.mark.parametrize(
    ("stage", "way", "is_there"),
    [
        *(("off", "portal", False), ("announced", "portal", True), ("live", "form", False)),
        *(("live", "inherit", True), ("off", "inherit", False)),
    ],
)
def test_a1_one_offer_goes_its_own_way(client, switch, portal, offer, stage, way, is_there):
    found = switch(stage)
    found.routes.add(OfferRoute(offer=offer, way=way))
    found.save()

    assert leads(client) == (there(portal, offer) if is_there else FORM)
    other = leads(client, "/start/mentor-a-young-person/")
    assert other.startswith(portal.url) == (stage == "live")


def test_a1_what_is_no_offer_leads_to_the_form(client, switch):
    switch("live")

    assert leads(client, "/start/no-such-offer/") == "/enquire/?offer=no-such-offer"


def test_a1_a_template_that_is_none_any_more_leads_to_the_form(client, switch):
    switch("live")
    PortalSettings.objects.update(link_template="{+base}/{offer:x}")
    door.forget()

    assert leads(client) == INSTEAD


def test_a1_the_form_says_in_a_line_that_the_portal_does_not_answer(client, switch):
    switch("live", is_well=False)

    page = client.get(DOOR, follow=True).content.decode()

    assert "The Business Portal does not answer at the moment" in page
    assert "does not answer" not in client.get(FORM).content.decode()


def test_a1_a_host_that_is_not_allowed_any_more_is_not_led_to(client, switch, settings):
    switch("live")
    settings.PORTAL_ALLOWED_HOSTS = ["elsewhere.example"]

    assert leads(client) == INSTEAD


# -- A2, A3: health -------------------------------------------------------------------------


def verdicts(portal, answers, now):
    found = []
    for number, status in enumerate(answers):
        portal.health = status
        health.check(now + number * MINUTE)
        found.append(PortalHealth.objects.get().is_healthy)
    return found


def test_a2_two_bad_answers_do_not_flap_three_do_and_recovery_needs_two(switch, portal):
    switch("live", is_well=True)
    now = timezone.now()

    assert verdicts(portal, [503, 500, 200], now) == [True, True, True]
    assert verdicts(portal, [503, 301, 404], now) == [True, True, False]
    assert verdicts(portal, [200, 503, 200, 200], now) == [False, False, False, True]
    assert "/health/" not in portal.asked  # a redirect is not followed


def test_a2_a_portal_that_is_gone_is_not_well(switch, portal, settings):
    settings.PORTAL_ALLOWED_HOSTS = [portal.host, "127.0.0.1:9"]
    switch("live", is_well=True, base_url="http://127.0.0.1:9")

    for _ in range(3):
        health.check(timezone.now())

    seen = PortalHealth.objects.get()
    assert (seen.is_healthy, seen.last_error) == (False, "No answer (ConnectionRefusedError)")


def test_a2_nothing_is_asked_of_a_host_that_is_not_allowed(switch, portal, settings):
    switch("live")
    settings.PORTAL_ALLOWED_HOSTS = []

    health.check(timezone.now())

    assert portal.asked == []
    assert "may not send anybody" in PortalHealth.objects.get().last_error


def test_a2_an_answer_is_known_at_the_door_at_once(client, switch, portal):
    switch("live", is_well=None)
    assert leads(client) == INSTEAD

    for _ in range(2):
        health.check(timezone.now())

    assert leads(client).startswith(portal.url)


def test_a3_when_nobody_checks_any_more_it_is_the_form(client, switch, portal):
    switch("live")
    assert leads(client).startswith(portal.url)

    PortalHealth.objects.update(checked_at=timezone.now() - 6 * MINUTE)
    door.forget()

    assert leads(client) == INSTEAD


def test_a3_a_bad_answer_does_not_revive_an_old_verdict(client, switch, portal):
    switch("live")
    PortalHealth.objects.update(checked_at=timezone.now() - timedelta(days=60))
    portal.health = 503

    health.check(timezone.now())

    assert leads(client) == INSTEAD


def test_a3_another_address_begins_without_a_verdict(client, switch, portal):
    found = switch("live")
    found.base_url = f"{portal.url}/new"
    found.save()

    assert leads(client) == INSTEAD


@pytest.mark.parametrize("location", ["http://[::1", "http://\u2100/"])
def test_a2_whatever_the_portal_answers_it_is_heard(switch, portal, location):
    switch("live", is_well=None)
    portal.health, portal.redirects_to = 302, location

    health.check(timezone.now())

    assert PortalHealth.objects.get().last_error == "It answered 302"


def test_without_a_portal_nobody_is_asked_and_nothing_is_stored(home, portal, switch):
    door.known()
    with CaptureQueriesContext(connection) as queries:
        health.check(timezone.now())
    assert len(queries) == 0

    switch("off", is_well=None)
    health.check(timezone.now())
    assert portal.asked == []
    assert not PortalHealth.objects.exists()


def test_a_connection_is_watched_before_employers_see_anything(switch, portal):
    switch("off", is_well=None, is_connected=True)

    health.check(timezone.now())

    assert portal.asked == ["/health"]


# -- A4 -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "https://portal.islington.gov.uk.evil.example",
        "https://x@portal.islington.gov.uk",
        "https://portal.islington.gov.uk@evil.example",
        "https://evil.example/portal.islington.gov.uk",
        "https://portal.islington.gov.uk:8443",
        "http://portal.islington.gov.uk",
        "//portal.islington.gov.uk",
        "javascript:alert(1)",
        "https://portal.islington.gov.uk\\@evil.example",
        "https://",
        "https://[::1",
        "https://portal.islington.gov.uk:port",
        "https://portal.islington.gov.uk\n.evil.example",
    ],
)
def test_a4_a_stranger_is_refused_as_the_address(switch, settings, address):
    settings.PORTAL_ALLOWED_HOSTS = ["portal.islington.gov.uk"]

    with pytest.raises(ValidationError) as refused:
        switch("live", base_url=address)

    assert "base_url" in refused.value.message_dict


@pytest.mark.parametrize(
    "link_template",
    [
        "https://evil.example/start{?offer}",
        "{+base}.evil.example/start",
        "{+base}@evil.example/{offer}",
        "/start/{offer}",
        "{base}/start",
        "javascript:alert({offer})",
        "{offer}",
        "//evil.example/{offer}",
        "{+base}/{offer:x}",
        "{+base}/{offer:}",
        "{+base}/start",
    ],
)
def test_a4_a_template_that_leads_elsewhere_is_refused(switch, settings, link_template):
    settings.PORTAL_ALLOWED_HOSTS = ["portal.islington.gov.uk"]

    with pytest.raises(ValidationError) as refused:
        switch("live", base_url="https://portal.islington.gov.uk", link_template=link_template)

    assert "link_template" in refused.value.message_dict


@pytest.mark.parametrize(
    "path", ["@evil.example", ".evil.example", "https://evil.example/", "health", "//x?y", "/a b"]
)
def test_a4_what_is_no_path_is_refused(switch, path):
    with pytest.raises(ValidationError) as refused:
        switch("off", health_path=path)

    assert list(refused.value.message_dict) == ["health_path"]


def test_a4_the_address_is_an_address_alone_and_a_wrong_port_is_named(switch, portal, settings):
    for end in ("?x=1", "#z", "/x?y=1#z"):
        with pytest.raises(ValidationError) as refused:
            switch("live", base_url=f"{portal.url}{end}")
        assert refused.value.message_dict == {"base_url": ["Enter the address without ? and #"]}
    settings.PORTAL_ALLOWED_HOSTS = ["portal.example"]
    with pytest.raises(ValidationError) as refused:
        switch("live", base_url="https://portal.example:8443")
    assert "‘portal.example:8443’" in refused.value.message_dict["base_url"][0]


def test_a4_a_template_may_say_it_otherwise(client, switch, portal, offer):
    switch("live", link_template="{+base}/o/{offer}/begin{?source}")

    to = urlsplit(leads(client))
    assert to.path == f"/o/{offer.translation_key}/begin"
    assert parse_qs(to.query) == {"source": ["islington-aspires"]}


def test_a_switch_without_an_address_or_a_notice_is_refused(switch):
    for wrong, field in (
        ({"stage": "live", "base_url": ""}, "base_url"),
        ({"stage": "off", "base_url": "", "is_connected": True}, "base_url"),
        ({"stage": "announced", "announcement": ""}, "announcement"),
        ({"stage": "announced", "announcement": "<p> </p>"}, "announcement"),
    ):
        with pytest.raises(ValidationError) as refused:
            switch(**wrong)
        assert list(refused.value.message_dict) == [field]


# -- A5, A6, A7 -----------------------------------------------------------------------------


def test_a5_pages_are_the_same_in_all_stages_but_for_the_notice(client, switch, offer):
    def pages():
        paths = ("/", offer.url, "/ways-to-get-involved/", "/partners/")
        return [client.get(path).content.decode() for path in paths]

    switch("off")
    off = pages()
    switch("live")
    live = pages()
    switch("announced", announcement="<p>The <b>portal</b> opens in May.</p>")
    announced = pages()

    assert live == off
    for page, before in zip(announced, off, strict=True):
        shown = BeautifulSoup(page, "html.parser")
        notice = shown.find(string="portal").find_parent("div", class_="phase").extract()
        assert notice.get_text(" ", strip=True) == "The portal opens in May."
        rest = BeautifulSoup(before, "html.parser")
        assert "".join(shown.prettify().split()) == "".join(rest.prettify().split())


def test_a5_while_it_is_off_a_page_takes_no_query_more(client, home, offer):
    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(offer.url)
        return {one["sql"] for one in found if "portal_" in one["sql"]}

    client.get(offer.url)
    assert queries() == set()
    with CaptureQueriesContext(connection) as found:
        client.get(DOOR)
    assert len(found) == 0


def test_a6_a_switch_is_known_at_once_here_and_within_a_minute_elsewhere(
    client, switch, portal, monkeypatch
):
    held = []
    keep = cache.get_or_set

    def get_or_set(key, make, timeout):
        held.append((key, timeout))
        return keep(key, make, timeout)

    monkeypatch.setattr(cache, "get_or_set", get_or_set)
    switch("off")
    assert leads(client) == FORM
    found = PortalSettings.objects.get()
    found.stage = "live"
    found.save()

    assert leads(client).startswith(portal.url)
    assert {key for key, _ in held} == {KNOWN}
    assert all(timeout <= 60 for _, timeout in held)


def test_a7_who_switches_needs_the_permission_and_stands_in_the_log(switch, sign_in, person):
    found = switch("off")
    address = reverse("wagtailsettings:edit", args=["portal", "portalsettings", found.site_id])
    data = {
        "stage": "live",
        "base_url": found.base_url,
        "link_template": found.link_template,
        "health_path": "/health",
        "announcement": "null",
        "routes-TOTAL_FORMS": "0",
        "routes-INITIAL_FORMS": "0",
    }

    for name in ("editor", "desk", "partner"):
        assert sign_in(name).post(address, data).status_code == 302
        assert PortalSettings.objects.get().stage == "off"
    assert sign_in("admin").get(address).status_code == 200
    answer = sign_in("admin").post(address, data)

    assert answer.status_code == 302, answer.context["form"].errors
    assert PortalSettings.objects.get().stage == "live"
    entry = ModelLogEntry.objects.get(action="portal.stage")
    assert (entry.user, entry.data) == (person("admin"), {"from": "off", "to": "live"})


def test_a_cache_that_is_away_loses_no_page(switch, monkeypatch):
    def refuse(*given, **more):
        raise ConnectionError

    switch("announced")
    monkeypatch.setattr(cache, "get_or_set", refuse)

    assert door.known().announcement == "<p>It comes.</p>"


def test_what_is_known_stays_known_beside_the_sizes_of_many_pictures(db):
    known = door.known()
    for number in range(2_000):
        cache.set(f"picture-{number}", number)

    assert cache.get(KNOWN) == known
