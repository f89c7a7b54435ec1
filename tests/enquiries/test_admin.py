"""The desk's screens: for the desk and administrators, and for nobody else."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex
from wagtail.snippets.models import get_snippet_models

from enquiries import services
from enquiries.models import DeskSettings, Enquiry, PrivacyNotice, ReplyTemplate, SchoolTerm
from offers.models import OfferLink, OfferPage
from outbox.models import Message
from outbox.services import mark_bounced
from partners.models import Partner

LIST = "/admin/enquiries/"
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7|add:7 }}'
MAY = ["desk", "admin"]
MAY_NOT = ["anonymous", "partner", "editor"]


@pytest.fixture
def enquiry(make_enquiry):
    return make_enquiry(organisation="Canary Bakery")


@pytest.fixture
def quarantined(make_enquiry):
    return make_enquiry(suspicion="The form was not ours")


def main(response):
    return BeautifulSoup(response.content, "html.parser").main


def references(response):
    """The references in a list, in its order."""
    return [enquiry.reference for enquiry in response.context["object_list"]]


# -- Who may ------------------------------------------------------------------------------


def addresses(enquiry):
    return {
        "list": ("get", LIST),
        "results": ("get", f"{LIST}results/"),
        "inspect": ("get", f"{LIST}inspect/{enquiry.pk}/"),
        "release": ("post", f"{LIST}release/{enquiry.pk}/"),
    }


SCREENS = ["list", "results", "inspect", "release"]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", MAY_NOT)
def test_nobody_else_gets_to_a_screen_of_the_desk(sign_in, quarantined, name, screen):
    method, address = addresses(quarantined)[screen]
    client = sign_in(name)

    response = getattr(client, method)(address)

    assert response.status_code in (302, 403)
    if response.status_code == 302:
        assert response["Location"].split("?")[0] in ("/accounts/login/", "/admin/")
    assert quarantined.reference.encode() not in response.content
    quarantined.refresh_from_db()
    assert quarantined.is_quarantined


@pytest.mark.parametrize("screen", ["list", "inspect"])
def test_an_editor_is_sent_back_with_a_message(sign_in, enquiry, screen):
    method, address = addresses(enquiry)[screen]

    response = getattr(sign_in("editor"), method)(address)

    assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert [str(message).strip() for message in get_messages(response.wsgi_request)] == [
        "Sorry, you do not have permission to access this area."
    ]


@pytest.mark.parametrize("screen", ["list", "results", "inspect"])
@pytest.mark.parametrize("name", MAY)
def test_the_desk_and_administrators_see_enquiries(sign_in, enquiry, name, screen):
    method, address = addresses(enquiry)[screen]

    response = getattr(sign_in(name), method)(address)

    assert response.status_code == 200
    assert "Canary Bakery" in response.content.decode()


@pytest.mark.parametrize("name", MAY)
def test_the_desk_and_administrators_release_with_one_post(sign_in, quarantined, person, name):
    response = sign_in(name).post(f"{LIST}release/{quarantined.pk}/")

    quarantined.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, f"{LIST}inspect/{quarantined.pk}/")
    assert not quarantined.is_quarantined
    assert quarantined.timeline.get(kind="released").actor == person(name)
    assert Message.objects.count() == 2


def test_a_link_never_releases(sign_in, quarantined):
    assert sign_in("desk").get(f"{LIST}release/{quarantined.pk}/").status_code == 200

    quarantined.refresh_from_db()
    assert quarantined.is_quarantined


def test_somebody_who_may_only_look_cannot_release(sign_in, quarantined, person):
    editors = Group.objects.get(name="Editors")
    editors.permissions.add(Permission.objects.get(codename="view_enquiry"))

    response = sign_in("editor").post(f"{LIST}release/{quarantined.pk}/")

    quarantined.refresh_from_db()
    assert response.status_code in (302, 403)
    assert quarantined.is_quarantined
    page = sign_in("editor").get(f"{LIST}inspect/{quarantined.pk}/")
    assert "Release from quarantine" not in page.content.decode()


def test_an_enquiry_that_does_not_exist_is_not_found(sign_in, home):
    client = sign_in("desk")

    assert client.get(f"{LIST}inspect/999999/").status_code == 404
    assert client.post(f"{LIST}release/999999/").status_code == 404


@pytest.mark.parametrize("name", ["add", "edit", "delete", "copy", "history", "usage", "choose"])
def test_there_is_no_address_to_change_an_enquiry_by_hand(name):
    for arguments in ([], [1]):
        with pytest.raises(NoReverseMatch):
            reverse(f"enquiries:{name}", args=arguments)


@pytest.mark.parametrize("tail", ["new/", "add/", "edit/{}/", "delete/{}/", "{}/", "history/{}/"])
def test_even_an_administrator_finds_no_other_screen(sign_in, enquiry, tail):
    client = sign_in("admin")

    assert client.get(LIST + tail.format(enquiry.pk)).status_code == 404
    assert client.post(LIST + tail.format(enquiry.pk)).status_code == 404


# -- An editor sees no enquiry anywhere ---------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/pages/",
        "/admin/pages/search/?q=Okafor",
        "/admin/search/?q=Okafor",
        "/admin/snippets/",
        "/admin/reports/site-history/",
        "/admin/reports/workflow/",
        "/admin/reports/aging-pages/",
        "/admin/settings/enquiries/desksettings/",
        "/admin/users/",
        "/admin/snippets/enquiries/enquiry/",
        "/admin/snippets/choose/enquiries/enquiry/",
        "/admin/images/",
    ],
)
def test_an_editor_meets_no_enquiry(sign_in, enquiry, address):
    """Wagtail's screens may lead away (302) or not exist (404); none shows an enquiry."""
    response = sign_in("editor").get(address)

    assert response.status_code in (200, 302, 404)
    for secret in (enquiry.reference, "Canary", "sam@example.com", LIST, "Enquiry desk"):
        assert secret not in response.content.decode()


def test_the_usage_of_an_offer_tells_an_editor_nothing_about_enquiries(sign_in, make_enquiry):
    enquiry = make_enquiry(offers=["hire-flexibly"])
    offer = OfferPage.objects.get(slug="hire-flexibly")

    response = sign_in("editor").get(reverse("wagtailadmin_pages:usage", args=[offer.pk]))

    assert response.status_code == 200
    assert "enquir" not in main(response).get_text().lower()
    assert enquiry.reference not in response.content.decode()


def test_enquiries_are_in_no_index_of_references(enquiry):
    kinds = {(row.content_type.app_label) for row in ReferenceIndex.objects.all()}
    targets = {(row.to_content_type.app_label) for row in ReferenceIndex.objects.all()}
    assert "enquiries" not in kinds | targets


def test_an_enquiry_is_no_snippet():
    snippets = [model for model in get_snippet_models() if model._meta.app_label == "enquiries"]

    assert set(snippets) == {PrivacyNotice, ReplyTemplate, SchoolTerm}


@pytest.mark.parametrize(("name", "sees"), [("editor", False), ("desk", True), ("admin", True)])
def test_the_home_of_the_cms_shows_the_desk_to_those_who_may_see_it(sign_in, enquiry, name, sees):
    text = sign_in(name).get("/admin/").content.decode()

    assert ("<b>1</b> New" in text) is sees
    assert (LIST in text) is sees


# -- The panel ----------------------------------------------------------------------------


def test_the_panel_counts_what_needs_the_desk(sign_in, make_enquiry, desk, person):
    for _ in range(2):
        make_enquiry()
    make_enquiry(suspicion="The form was not ours")
    taken = make_enquiry()
    by = person("desk")
    services.assign(enquiry=taken, to=by, by=by, now=timezone.now())
    Message.objects.filter(pk=Message.objects.first().pk).update(
        state="dead", settled_at=timezone.now()
    )

    text = sign_in("desk").get("/admin/").content.decode()

    assert "<b>2</b> New" in text
    assert "<b>1</b> In quarantine" in text
    assert "1 message</a> could not be delivered" in text
    assert "No mailbox is proven" not in text


def test_the_panel_says_in_red_that_no_mailbox_is_proven(sign_in, desk):
    DeskSettings.objects.update(mailbox="", backup_mailbox="")

    page = main(sign_in("desk").get("/admin/"))

    assert "No mailbox is proven" in page.select_one(".help-critical").get_text()


def test_the_links_of_the_panel_lead_to_what_they_count(sign_in, make_enquiry):
    new, kept_apart = make_enquiry(), make_enquiry(suspicion="The form was not ours")
    client = sign_in("desk")
    links = [link["href"] for link in main(client.get("/admin/")).select(f"a[href^='{LIST}']")]

    assert references(client.get(links[0])) == [new.reference]
    assert references(client.get(links[-1])) == [kept_apart.reference]


def test_the_panel_names_in_red_each_address_that_is_not_proven(sign_in, desk):
    mark_bounced(address=desk.mailbox, why="Refused", now=timezone.now())
    link = OfferLink.objects.published().first()
    OfferLink.objects.filter(pk=link.pk).update(contact_email="intake@example.org")

    red = [
        part.get_text() for part in main(sign_in("desk").get("/admin/")).select(".help-critical")
    ]

    assert any(desk.mailbox in text and "intake@example.org" in text for text in red)
    assert desk.backup_mailbox not in "".join(red)


# -- The list -----------------------------------------------------------------------------


def test_the_list_shows_the_newest_first_and_leads_to_each(sign_in, make_enquiry):
    now = timezone.now()
    old = make_enquiry(now=now - timedelta(days=2))
    new = make_enquiry(now=now)

    response = sign_in("desk").get(LIST)

    assert references(response) == [new.reference, old.reference]
    links = [link["href"] for link in main(response).select("td a")]
    assert f"{LIST}inspect/{new.pk}/" in links


def test_an_organisation_may_have_a_number_for_its_name(sign_in, make_enquiry):
    enquiry = make_enquiry(organisation="118118 Directory Ltd")

    assert references(sign_in("desk").get(LIST, {"q": "118118"})) == [enquiry.reference]


@pytest.mark.parametrize(
    "typed",
    [
        lambda enquiry: enquiry.reference,
        lambda enquiry: enquiry.reference.lower().replace("-", " "),
        lambda enquiry: enquiry.reference[3:].replace("-", ""),
        lambda _: "canary",
        lambda _: "Okafor",
        lambda _: "sam@",
    ],
    ids=["reference", "as spoken", "without IA", "organisation", "person", "e-mail"],
)
def test_the_list_finds_what_the_desk_types(sign_in, enquiry, make_enquiry, typed):
    make_enquiry(organisation="Other", name="Alex Day", email="alex@other.example")

    response = sign_in("desk").get(LIST, {"q": typed(enquiry)})

    assert references(response) == [enquiry.reference]


@pytest.mark.parametrize(
    "typed", ["02079460999", "+442079460999", "0044 20 7946 0999", "7946-0999"]
)
def test_the_list_finds_a_phone_number_however_it_is_spaced(sign_in, enquiry, make_enquiry, typed):
    make_enquiry(phone="020 7946 0111")

    assert references(sign_in("desk").get(LIST, {"q": typed})) == [enquiry.reference]


@pytest.mark.parametrize(
    "typed", ["%", "\x00", "'", '"', "x" * 5_000, "7" * 60_000, "004400", "(((", "\u202e", "🥐"]
)
def test_odd_searches_are_answered(sign_in, enquiry, typed):
    assert sign_in("desk").get(LIST, {"q": typed}).status_code == 200


@pytest.fixture
def three(make_enquiry, person):
    """One new for an offer, one taken by the desk from a large employer, one in quarantine."""
    now = timezone.now()
    first = make_enquiry(offers=["hire-flexibly"], size="1-9", now=now - timedelta(days=10))
    second = make_enquiry(offers=["not-sure"], size="250-plus", now=now - timedelta(days=5))
    services.assign(enquiry=second, to=person("desk"), by=person("desk"), now=now)
    third = make_enquiry(
        offers=["hire-flexibly", "recruit-locally"],
        size="1-9",
        now=now,
        suspicion="The form was not ours",
    )
    return [first, second, third]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "new"}, {0}),
        ({"state": "with_desk"}, {1}),
        ({"state": ["new", "with_desk"]}, {0, 1}),
        ({"state": "closed"}, set()),
        ({"needs": "quarantined"}, {2}),
        ({"needs": "new"}, {0}),
        ({"owner": "null"}, {0, 2}),
        ({"source": "phone"}, set()),
        ({"sector": "retail"}, {0, 1, 2}),
        ({"size": "250-plus"}, {1}),
        ({"size": ["1-9", "250-plus"]}, {0, 1, 2}),
        ({"offer": "hire-flexibly"}, {0, 2}),
        ({"offer": "recruit-locally", "needs": "quarantined"}, {2}),
        ({"offer": "mentor-a-young-person"}, set()),
        ({"offer": "9" * 30}, {0, 1, 2}),  # nonsense filters nothing
        ({"state": "new", "needs": "new"}, {0}),
    ],
    ids=str,
)
def test_the_list_is_filtered(sign_in, three, query, found):
    response = sign_in("desk").get(LIST, query)

    assert set(references(response)) == {three[place].reference for place in found}
    assert len(references(response)) == len(found)


def test_the_list_is_filtered_by_the_day_it_was_received(sign_in, three):
    today = timezone.localdate()
    week = {
        "created_at_from": today - timedelta(days=6),
        "created_at_to": today - timedelta(days=1),
    }

    response = sign_in("desk").get(LIST, week)

    assert references(response) == [three[1].reference]


@pytest.mark.parametrize(
    "query",
    [
        *({"state": "nonsense"}, {"offer": "x"}, {"created_at_from": "x"}, {"size": "7"}),
        *({"needs": "x"}, {"owner": "x"}, {"owner": "9" * 30}, {"partner": "9" * 30}),
        *({"sector": "\x00"}, {"source": "x"}),
    ],
    ids=str,
)
def test_a_filter_that_makes_no_sense_is_answered(sign_in, three, query):
    assert sign_in("desk").get(LIST, query).status_code == 200


@pytest.mark.parametrize("address", [LIST, f"{LIST}?q=canal", f"{LIST}?state=new", "/admin/"])
def test_the_list_asks_the_database_as_often_for_30_enquiries_as_for_3(
    sign_in, make_enquiry, address
):
    client = sign_in("desk")

    def queries(number):
        while Enquiry.objects.count() < number:
            make_enquiry()
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    few = queries(3)
    # Beyond a page of 20 Wagtail draws a pager, which asks nothing.
    assert queries(30) == few
    if address.startswith(LIST):
        assert few <= 15


# -- One enquiry --------------------------------------------------------------------------


def test_one_enquiry_shows_its_people_interests_timeline_and_messages(sign_in, enquiry):
    text = main(sign_in("desk").get(f"{LIST}inspect/{enquiry.pk}/")).get_text(" ", strip=True)

    for words in (
        enquiry.reference,
        "Canary Bakery",
        "Sam Okafor , Owner",
        "10 to 49",
        "Retail",
        "N1 2UD",
        "sam@example.com",
        "020 7946 0999",
        "We open in spring.",
        "Mentoring a young person",
        "Received",
        "Sent to the desk",
        "Acknowledged to the employer",
        "Waiting to sam@example.com",
        "by website",
        enquiry.privacy_notice.version,
    ):
        assert words in text or words.replace(" ,", ",") in text


@pytest.mark.parametrize("state", ["handed_over", "accepted"])
def test_what_can_be_done_begins_with_no_dot(sign_in, make_enquiry, person, desk, state):
    interest = make_enquiry(offers=["hire-flexibly"]).interests.get()
    given = {"interest": interest, "by": person("desk"), "desk": desk, "now": timezone.now()}
    services.hand_over(**given, to=Partner.objects.get(slug="timewise"))
    if state == "accepted":
        services.accept(**given)

    page = sign_in("desk").get(reverse("enquiries:inspect", args=[interest.enquiry_id]))

    cell = main(page).select_one("#interests td:last-child, table.listing td:last-child")
    said = [word.strip() for word in " ".join(cell.get_text().split()).split("·")]
    assert all(said)
    assert said[-3:] == ["Take back", "Close", "Not wanted any more"]


def test_one_enquiry_shows_why_a_message_was_not_delivered(sign_in, enquiry):
    Message.objects.filter(purpose="enquiry_received").update(
        attempts=3, last_error="ConnectionRefusedError: refused <b>"
    )

    response = sign_in("desk").get(f"{LIST}inspect/{enquiry.pk}/")

    text = main(response).get_text(" ", strip=True)
    assert "tried 3 times" in text
    assert "ConnectionRefusedError: refused <b>" in text


def test_only_a_quarantined_enquiry_can_be_released(sign_in, enquiry, quarantined):
    client = sign_in("desk")
    button = "Release from quarantine"

    assert button in client.get(f"{LIST}inspect/{quarantined.pk}/").content.decode()
    assert button not in client.get(f"{LIST}inspect/{enquiry.pk}/").content.decode()


@pytest.mark.parametrize("suspicion", ["", HOSTILE], ids=["accepted", "quarantined"])
def test_hostile_text_is_shown_as_text(sign_in, make_enquiry, suspicion):
    enquiry = make_enquiry(
        organisation=HOSTILE,
        name=HOSTILE,
        role=HOSTILE,
        message=HOSTILE,
        email='"><script>alert(1)</script>"@example.com',
        phone='"><script>',
        suspicion=suspicion,
    )
    Message.objects.update(last_error=HOSTILE)
    client = sign_in("desk")

    for address in (LIST, f"{LIST}?q=script", f"{LIST}inspect/{enquiry.pk}/"):
        response = client.get(address)
        page = BeautifulSoup(response.content, "html.parser")
        assert response.status_code == 200
        assert b"<script>alert" not in response.content
        assert not page.select("[onerror]")
        assert HOSTILE in page.get_text()
    client.post(f"{LIST}release/{enquiry.pk}/")
    assert b"<script>alert" not in client.get("/admin/").content


def test_the_screen_of_one_enquiry_offers_no_way_to_edit_or_delete_it(sign_in, enquiry):
    page = main(sign_in("admin").get(f"{LIST}inspect/{enquiry.pk}/"))

    words = {link.get_text(strip=True) for link in page.select("a, button")}
    assert not words & {"Edit", "Delete", "Copy", "History"}


# -- The settings of the desk -------------------------------------------------------------


@pytest.mark.parametrize("name", ["editor", "desk", "partner", "anonymous"])
def test_the_promise_of_the_desk_is_not_changed_by_others(sign_in, desk, name):
    client = sign_in(name)
    address = f"/admin/settings/enquiries/desksettings/{desk.site_id}/"

    assert client.get(address).status_code == 302
    assert client.post(address, {"team_name": "Evil"}).status_code == 302
    assert "desksettings" not in client.get("/admin/", follow=False).content.decode()
    desk.refresh_from_db()
    assert desk.team_name != "Evil"


def test_an_administrator_changes_the_settings_of_the_desk(sign_in, desk):
    client = sign_in("admin")
    address = f"/admin/settings/enquiries/desksettings/{desk.site_id}/"

    assert client.get(address).status_code == 200
    response = client.post(
        address,
        {
            "team_name": "The team",
            "phone": "020 7946 0123",
            "opens": "08:30",
            "closes": "16:00",
            "mailbox": "team@example.org",
            "backup_mailbox": "",
            "reply_promise_days": "3",
        },
    )

    desk.refresh_from_db()
    assert response.status_code == 302
    assert (desk.team_name, desk.reply_promise_days) == ("The team", 3)
