"""Somebody who acts for a partner in the partner area, for tests of several apps."""

import re

from bs4 import BeautifulSoup
from django.core import mail

from outbox.models import Message

OWN = "/partner/big-alliance/"  # of partner@example.org, who leads it
OTHER = "/partner/kx-recruit/"


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


def told_by_wagtail():
    """To whom mails went that are Wagtail's own."""
    return [address for sent in mail.outbox for address in sent.to]
