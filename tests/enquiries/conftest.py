from dataclasses import replace
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from enquiries.stamps import Stamp

ANSWERS = {
    "offers": ["mentor-a-young-person"],
    "organisation": "Canal Bakery",
    "size": "10-49",
    "sector": "retail",
    "postcode": "n12ud",
    "name": "Sam Okafor",
    "role": "Owner",
    "email": "sam@example.com",
    "phone": "020 7946 0999",
    "message": "We open in spring.",
}


class Employer:
    """Somebody with a browser: fills in the form, checks the answers, sends them."""

    def __init__(self, client):
        self.client = client

    def open_form(self, address="/enquire/", **headers):
        """The form, as if it had been opened 5 minutes ago; returns its stamp."""
        page = self.read(self.client.get(address, headers=headers or None))
        stamp = Stamp.read(page.select_one("[name=stamp]")["value"])
        return str(replace(stamp, drawn_at=stamp.drawn_at - timedelta(minutes=5)))

    def post(self, stamp, **changes):
        """Press ‘Continue’."""
        return self.client.post("/enquire/", {**ANSWERS, "stamp": stamp, **changes})

    def fill_in(self, **changes):
        """Up to the check page; returns the key it carries."""
        response = self.post(self.open_form(), **changes)
        assert (response.status_code, response["Location"]) == (303, "/enquire/check/")
        return self.key()

    def key(self):
        page = self.read(self.client.get("/enquire/check/"))
        return page.select_one("[name=key]")["value"]

    def shown(self):
        page = self.read(self.client.get("/enquire/check/"))
        return page.select_one("[name=shown]")["value"]

    def send(self, key, **more):
        """Press ‘Send enquiry’."""
        return self.client.post("/enquire/check/", {"key": key, **more})

    @staticmethod
    def read(response):
        """The page as the browser sees it."""
        return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def employer(client, home):
    return Employer(client)
