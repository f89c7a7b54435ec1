"""No wrong door: what is said to people whom this site is not for."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from core.models import OtherHelp


@pytest.fixture
def other_help(home):
    return OtherHelp.objects.get()


def drawn(other_help):
    return BeautifulSoup(
        render_to_string("includes/other_help.html", {"help": other_help}), "html.parser"
    )


def test_each_of_three_people_has_a_named_next_step(other_help):
    page = drawn(other_help)

    assert page.h2.text == "If this is not for you"
    assert [item.strong.text for item in page.select("li")] == [
        "You are looking for work.",
        "Your organisation is outside Islington.",
        "You want something else.",
    ]
    assert [link["href"] for link in page.select("li a")] == [
        "/partners/iwork/",
        "/partners/jobcentre-plus/",
        "/contact/website/",
    ]


def test_only_what_is_filled_in_is_drawn(other_help):
    other_help.jobseeker_text = ""
    other_help.outside_link = other_help.outside_address = ""

    outside, other = drawn(other_help).select("li")

    assert outside.a is None
    assert other.a


def test_without_any_text_nothing_is_drawn():
    assert drawn(OtherHelp()).text.strip() == ""
    assert OtherHelp().outside is None


@pytest.mark.parametrize(
    "address", ["/", "/partners/", "/a/?b=c#d", "https://example.org", "https://example.org/a?b"]
)
def test_an_address_is_a_path_or_a_secure_address(other_help, address):
    other_help.other_address = address

    other_help.full_clean()


@pytest.mark.parametrize(
    "address",
    [
        "partners/",
        "//evil.example/",
        "/\\evil.example/",
        "http://example.org",
        "https://",
        "javascript:alert(1)",
        "x https://example.org",
        "/a b",
        "/a\n",
    ],
)
def test_any_other_address_is_refused(other_help, address):
    other_help.other_address = address

    with pytest.raises(ValidationError) as refused:
        other_help.full_clean()

    assert refused.value.message_dict == {
        "other_address": ["Enter an address that starts with / or https://"]
    }


@pytest.mark.parametrize(
    ("empty", "message"),
    [
        ("outside_address", "Enter where the link leads"),
        ("outside_link", "Enter the words of the link"),
    ],
)
def test_a_link_has_words_and_an_address_or_neither(other_help, empty, message):
    setattr(other_help, empty, "")

    with pytest.raises(ValidationError) as refused:
        other_help.full_clean()

    assert refused.value.message_dict == {empty: [message]}


@pytest.mark.parametrize(("field", "limit"), [("jobseeker_text", 200), ("jobseeker_link", 60)])
def test_text_and_words_have_limits(other_help, field, limit):
    setattr(other_help, field, "x" * limit)
    other_help.full_clean()

    setattr(other_help, field, "x" * (limit + 1))
    with pytest.raises(ValidationError):
        other_help.full_clean()


@pytest.mark.parametrize(("name", "status"), [("editor", 200), ("admin", 200), ("desk", 302)])
def test_who_edits_the_site_writes_it(client, person, home, name, status):
    client.force_login(person(name))

    address = f"/admin/settings/core/otherhelp/{home.get_site().pk}/"
    assert client.get(address).status_code == status
