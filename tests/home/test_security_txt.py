"""`/.well-known/security.txt`, by RFC 9116."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from home.models import SecurityContact

ADDRESS = "/.well-known/security.txt"
pytestmark = pytest.mark.django_db


def fields(response):
    return [tuple(line.split(": ", 1)) for line in response.content.decode().splitlines()]


@pytest.fixture
def admin(client, person):
    """A browser in which an administrator is signed in."""
    client.force_login(person("admin"))
    return client


def test_it_is_plain_text_with_the_fields_of_the_standard(client, home, settings):
    response = client.get(ADDRESS)

    found = fields(response)
    names = [name for name, _ in found]
    values = dict(found)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert names.count("Expires") == names.count("Preferred-Languages") == 1
    assert names.count("Contact") >= 1
    assert found[0] == ("Contact", "mailto:aspires@example.org")
    assert values["Canonical"] == settings.BASE_URL + ADDRESS
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", values["Expires"])
    expires = datetime.fromisoformat(values["Expires"])
    assert timedelta(0) < expires - datetime.now(UTC) < timedelta(days=365)


def test_every_address_in_it_leads_somewhere(client, home, settings):
    for name, value in fields(client.get(ADDRESS)):
        if value.startswith(settings.BASE_URL) and name != "Canonical":
            assert client.get(value.removeprefix(settings.BASE_URL)).status_code == 200


def test_it_sets_no_cookie_and_takes_no_post(client, home):
    assert not client.get(ADDRESS).cookies
    assert client.post(ADDRESS).status_code == 405


def test_without_a_contact_there_is_none(client, home):
    SecurityContact.objects.update(contact="")

    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize(
    ("contact", "days", "words"),
    [
        ("team@example.org", 0, "Enter a day from tomorrow on, within 364 days"),
        ("team@example.org", 365, "Enter a day from tomorrow on, within 364 days"),
        ("team@example.org", None, "Enter until when the address holds"),
        ("team@example.org", 1, ""),
        ("team@example.org", 364, ""),
        ("", None, ""),
    ],
)
def test_the_day_lies_within_a_year(admin, contact, days, words, today):
    expires_on = "" if days is None else str(today + timedelta(days=days))
    site = SecurityContact.objects.get().site_id

    response = admin.post(
        f"/admin/settings/home/securitycontact/{site}/",
        {"contact": contact, "expires_on": expires_on},
    )

    assert response.status_code == (200 if words else 302)
    assert words in response.content.decode()


@pytest.mark.parametrize("name", ["editor", "desk"])
def test_only_administrators_change_it(client, person, home, name):
    client.force_login(person(name))
    site = SecurityContact.objects.get().site_id

    assert client.get(f"/admin/settings/home/securitycontact/{site}/").status_code == 302
