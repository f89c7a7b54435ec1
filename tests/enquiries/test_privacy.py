"""The privacy notice: each version stays readable, and what people relied on is not rewritten."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db.models import ProtectedError

from enquiries.models import NoticeInUse, PrivacyNotice

pytestmark = pytest.mark.django_db


def read(response):
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def first(home, today):
    """The version of the demonstration content, as if it had applied for a year."""
    PrivacyNotice.objects.update(in_force_from=today - timedelta(days=365))
    return PrivacyNotice.objects.get()


@pytest.fixture
def make_notice(first, today):
    def make(version, days):
        return PrivacyNotice.objects.create(
            version=version,
            in_force_from=today + timedelta(days=days),
            body=f"<p>Words of {version}.</p>",
        )

    return make


def test_the_notice_in_force_is_shown_and_the_next_one_is_not(client, make_notice):
    make_notice("next", days=1)
    make_notice("now", days=0)

    text = client.get("/privacy/").content.decode()

    assert "Words of now." in text
    assert "next" not in text.split("<main")[1]
    assert client.get("/privacy/next/").status_code == 404


def test_a_version_stays_at_its_own_address(client, first, make_notice):
    make_notice("now", days=0)

    page = read(client.get("/privacy/2026-11/"))

    assert "no longer in force" in page.get_text()
    assert "This notice is about the personal data" in page.get_text()
    assert page.title.text.startswith("Privacy notice, version 2026-11")
    assert client.get("/privacy/now/").status_code == 200
    links = [link["href"] for link in read(client.get("/privacy/")).select("main a")]
    assert "/privacy/2026-11/" in links


def test_without_a_notice_there_is_no_page_and_the_forms_still_work(client, home, make_enquiry):
    PrivacyNotice.objects.all().delete()

    assert client.get("/privacy/").status_code == 404
    assert client.get("/enquire/").status_code == 200
    assert make_enquiry().privacy_notice is None


def test_an_enquiry_leads_to_the_very_text_that_applied(client, first, make_notice, make_enquiry):
    enquiry = make_enquiry()
    make_notice("now", days=0)

    page = client.get(enquiry.privacy_notice.get_absolute_url())

    assert enquiry.privacy_notice == first
    assert (
        first.body in page.content.decode().replace("\n", "")
        or "General Data" in read(page).get_text()
    )
    assert make_enquiry(email="else@example.com").privacy_notice.version == "now"


def test_a_notice_that_nobody_used_can_be_changed_and_deleted(first):
    first.body = "<p>Other words.</p>"
    first.save()

    first.delete()

    assert not PrivacyNotice.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{"body": "<p>Other words.</p>"}, {"version": "other"}, {"in_force_from": date(2026, 1, 1)}],
    ids=lambda change: next(iter(change)),
)
def test_a_notice_that_somebody_relied_on_is_not_rewritten(first, make_enquiry, change):
    make_enquiry()
    for name, value in change.items():
        setattr(first, name, value)

    with pytest.raises(NoticeInUse, match="Add a new version"):
        first.save()

    first.refresh_from_db()
    assert first.version == "2026-11"
    assert "Other words" not in first.body


def test_a_notice_that_somebody_relied_on_is_not_deleted(first, make_enquiry):
    make_enquiry()

    with pytest.raises(ProtectedError):
        first.delete()


def test_its_text_may_be_confirmed_afterwards(first, make_enquiry):
    make_enquiry()
    first.to_be_confirmed = False

    first.save()

    assert not PrivacyNotice.objects.get().to_be_confirmed


# -- In the CMS ----------------------------------------------------------------------------

LIST = "/admin/snippets/enquiries/privacynotice/"


def draftail(words):
    import json

    block = {
        "key": "aaaaa",
        "text": words,
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [],
    }
    return json.dumps({"blocks": [block], "entityMap": {}})


def form_of(client, address):
    """What the browser would send back if nothing was changed."""
    page = read(client.get(address))
    fields = {}
    for field in page.select("main form input[name], main form textarea[name]"):
        if field.get("type") == "checkbox" and not field.has_attr("checked"):
            continue
        fields[field["name"]] = field.get("value", field.text) or ""
    return fields


@pytest.mark.parametrize(("name", "may"), [("admin", True), ("editor", False), ("desk", False)])
def test_administrators_edit_the_notices(client, person, first, name, may):
    client.force_login(person(name))

    assert client.get(LIST).status_code == (200 if may else 302)
    assert client.get(f"{LIST}add/").status_code == (200 if may else 302)


def test_an_administrator_adds_a_version(client, person, first, today):
    client.force_login(person("admin"))
    fields = {"version": "2027-01", "in_force_from": str(today), "body": draftail("New words.")}

    response = client.post(f"{LIST}add/", fields)

    assert response.status_code == 302
    assert "New words." in client.get("/privacy/").content.decode()


def test_a_version_cannot_start_in_the_past(client, person, first, today):
    client.force_login(person("admin"))
    yesterday = str(today - timedelta(days=1))
    fields = {"version": "2027-01", "in_force_from": yesterday, "body": draftail("New words.")}

    response = client.post(f"{LIST}add/", fields)

    assert "Enter today or a later day" in response.content.decode()
    assert PrivacyNotice.objects.count() == 1


def test_the_cms_refuses_to_rewrite_a_version_in_words_and_keeps_what_was_typed(
    client, person, first, make_enquiry
):
    make_enquiry()
    client.force_login(person("admin"))
    address = f"{LIST}edit/{first.pk}/"

    response = client.post(address, {**form_of(client, address), "body": draftail("Better words.")})

    text = response.content.decode()
    assert response.status_code == 200
    assert "Add a new version" in text
    assert "Better words." in text
    first.refresh_from_db()
    assert "Better words." not in first.body


def test_the_cms_lets_a_version_in_use_be_confirmed_without_touching_its_text(
    client, person, first, make_enquiry
):
    make_enquiry()
    client.force_login(person("admin"))
    address = f"{LIST}edit/{first.pk}/"
    fields = form_of(client, address)
    del fields["to_be_confirmed"]

    response = client.post(address, fields)

    assert response.status_code == 302
    first.refresh_from_db()
    assert not first.to_be_confirmed


@pytest.mark.parametrize("way", ["alone", "with others"])
def test_the_cms_refuses_in_words_to_delete_a_version_in_use(
    client, person, first, make_enquiry, way
):
    make_enquiry()
    client.force_login(person("admin"))
    address = f"{LIST}delete/{first.pk}/"
    if way == "with others":
        address = f"/admin/bulk/enquiries/privacynotice/delete/?id={first.pk}"

    page = client.post(address, follow=True)

    assert "people have sent us their details under it" in page.content.decode()
    assert PrivacyNotice.objects.filter(pk=first.pk).exists()


def test_a_version_can_be_previewed_before_it_applies(client, person, make_notice):
    notice = make_notice("next", days=5)
    client.force_login(person("admin"))
    address = f"{LIST}edit/{notice.pk}/"

    client.post(f"{LIST}preview/{notice.pk}/", form_of(client, address))
    response = client.get(f"{LIST}preview/{notice.pk}/?mode=")

    assert "Words of next." in response.content.decode()


def test_the_search_finds_the_notice_in_force_and_no_earlier_one(client, first, make_notice, today):
    PrivacyNotice.objects.create(
        version="now", in_force_from=today, body="<p>The xylophone clause.</p>"
    )

    assert "/privacy/" in str(read(client.get("/search/?q=xylophone")).main)
    results = read(client.get("/search/?q=Localism")).main
    assert not results.select("a[href^='/privacy']")
