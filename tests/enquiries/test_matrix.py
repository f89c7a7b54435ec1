"""Every address of the desk × every role × an object that is there and one that is not."""

import uuid
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from enquiries import services
from enquiries.models import Enquiry, TimelineEntry

ROLES = ["anonymous", "partner", "editor", "desk", "admin"]
MAY = {"desk", "admin"}
NOT_THERE = 999_999
NAMESPACES = ["enquiries", "website_messages"]

# What those who may get: for GET, and for a POST with nothing filled in. 302 after a POST: done.
EXPECTED = {
    "enquiries:index": (200, 405),
    "enquiries:index_results": (200, 405),
    "enquiries:inspect": (200, 405),
    "enquiries:log": (200, 422),
    "enquiries:report": (200, 405),
    "enquiries:assign": (200, 302),
    "enquiries:take": (200, 302),
    "enquiries:note": (200, 422),
    "enquiries:reply": (200, 422),
    "enquiries:ask": (200, 422),
    "enquiries:answered": (200, 422),
    "enquiries:read": (200, 302),
    "enquiries:settle": (200, 302),
    "enquiries:quarantine": (200, 422),
    "enquiries:release": (200, 302),
    "enquiries:merge": (200, 422),
    "enquiries:offers": (200, 409),
    "enquiries:erase": (200, 422),
    "enquiries:held": (200, 405),
    "enquiries:hand-over": (200, 422),
    "enquiries:brief": (200, 422),
    "enquiries:accepted": (200, 409),
    "enquiries:declined": (200, 409),
    "enquiries:take-back": (200, 409),
    "enquiries:close": (200, 422),
    "enquiries:withdrawn": (200, 302),
    "enquiries:reopen": (200, 409),
    "enquiries:story": (200, 409),
    "website_messages:index": (200, 405),
    "website_messages:index_results": (200, 405),
    "website_messages:inspect": (200, 405),
    "website_messages:release": (405, 302),
    "website_messages:handle": (405, 302),
}


def addresses():
    """(name, whether it is about one object) of every pattern of the desk."""
    for namespace in NAMESPACES:
        _, resolver = get_resolver().namespace_dict[namespace]
        for name, found in resolver.reverse_dict.lists():
            if isinstance(name, str):
                yield f"{namespace}:{name}", bool(found[0][0][0][1])


def test_every_address_of_the_desk_has_its_row():
    assert {name for name, _ in addresses()} == set(EXPECTED)


@pytest.fixture
def things(make_enquiry, make_website_message):
    """The objects that addresses are about: (what is there, what is not)."""
    enquiry = make_enquiry(organisation="Canary Bakery", offers=["hire-flexibly"])
    message = make_website_message()
    return {
        "enquiries": enquiry.pk,
        "interests": enquiry.interests.get().pk,
        "website_messages": message.pk,
    }


@pytest.fixture
def make_website_message(desk):
    def make():
        answers = {"topic": "other", "page": "", "message": "Canary", "name": "", "email": ""}
        return services.send_website_message(
            key=uuid.uuid4(), answers=answers, desk=desk, now=timezone.now()
        )

    return make


def of_interests(name):
    return "/interest/" in reverse(name, args=[1])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_role_gets_what_its_row_says(things, person, role, method):
    client = Client()
    if role != "anonymous":
        client.force_login(person(role))
    for name, about_one in addresses():
        kind = name.partition(":")[0]
        if about_one and kind == "enquiries" and of_interests(name):
            kind = "interests"
        for pk in [things[kind], NOT_THERE] if about_one else [None]:
            before = seen()
            with undone():
                response = getattr(client, method)(reverse(name, args=[pk] if pk else []))
                changed = seen() != before
            where = (name, role, method, pk)

            if role not in MAY:
                assert response.status_code in (302, 403, 405), where
                assert response.get("Location", "/admin/").startswith(
                    ("/admin/", "/accounts/login/")
                ), where
                assert b"Canary" not in response.content, where
            elif pk == NOT_THERE:
                assert response.status_code in (404, 405), where
            else:
                assert response.status_code == EXPECTED[name][method == "post"], where
            if role not in MAY or method == "get":
                assert not changed, where


def seen():
    """What would tell that something was done."""
    return (
        TimelineEntry.objects.count(),
        list(Enquiry.objects.values_list("pk", "owner", "quarantined_at", "merged_into")),
    )


@contextmanager
def undone():
    """Whatever is done inside is taken back, so that one row does not change the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
