import re

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from outbox.models import Message
from partners.models import Membership, Partner

OWN = "/partner/big-alliance/"  # of partner@example.org, who leads it
OTHER = "/partner/kx-recruit/"


@pytest.fixture
def big_alliance(home):
    return Partner.objects.get(slug="big-alliance")


@pytest.fixture
def make_member(person, home):
    """Make a demonstration account act for a partner: `make_member("desk", "timewise")`."""

    def make(name, slug, **rights):
        return Membership.objects.create(
            user=person(name),
            partner=Partner.objects.get(slug=slug),
            joined_at=timezone.now(),
            **rights,
        )

    return make


@pytest.fixture
def lead(sign_in):
    """The client of somebody who leads BIG Alliance."""
    return sign_in("partner")


def words(response):
    """What stands in the main part of a page."""
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split())


def once(response):
    """The key that makes the form of a page act once."""
    return BeautifulSoup(response.content, "html.parser").select_one("[name=once]")["value"]


def mails(purpose):
    return Message.objects.filter(purpose=purpose).order_by("pk")


def link_in(message):
    """The path of the first link of a mail."""
    return "/" + re.search(r"https?://\S+", message.body)[0].split("/", 3)[3]
