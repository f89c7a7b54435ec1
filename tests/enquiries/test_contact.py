"""How to reach the team: the same things in the same order on every page that says it."""

import pytest
from django.conf import settings

from tests.enquiries.test_website import post as post_message
from tests.public_pages import PAGES

PATTERN = "includes/contact.html"
TEMPLATES = settings.BASE_DIR / "templates"
ORDER = [
    "Call, Monday to Friday, 9am to 5pm",
    "020 7946 0123",
    "Find out about call charges",
    "We reply within 2 working days",
    "aspires@example.org",
    "Demonstration details, to be confirmed by the council",
]


@pytest.fixture
def pages(client, employer):
    """One page of each kind, and those that only a POST leads to."""
    found = [client.get(path) for path in PAGES.values()]
    key = employer.fill_in()
    found.append(client.get("/enquire/check/"))
    found.append(client.get(employer.send(key)["Location"]))
    found.append(client.get(post_message(client)["Location"]))
    return found


@pytest.mark.django_db
def test_hours_cost_and_reply_time_stand_with_phone_and_email_in_one_order(employer, pages):
    wanted = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if f'"{PATTERN}"' in path.read_text()
    }
    seen = set()
    for response in pages:
        seen |= {template.name for template in response.templates}
        for contact in employer.read(response).select("ul.contact"):
            assert list(contact.stripped_strings) == ORDER, response.request["PATH_INFO"]
            assert [link["href"] for link in contact.select("a")] == [
                "tel:+442079460123",
                "https://www.gov.uk/call-charges",
                "mailto:aspires@example.org",
            ]

    assert wanted - seen == {"home/styleguide.html"}  # for those who work on the site only
