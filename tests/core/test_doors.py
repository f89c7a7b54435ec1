"""What is open to whom, and what is said when the database is away."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from wagtail.documents.models import Document

from core.models import Heartbeat
from offers.models import OfferPage

NOW = timezone.now()


def test_an_editor_sees_the_preview_in_a_frame_of_the_cms(client, person):
    client.force_login(person("editor"))
    offer = OfferPage.objects.get(slug="hire-flexibly")

    response = client.get(f"/admin/pages/{offer.pk}/edit/preview/")

    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


def test_no_public_page_may_be_framed(client, db):
    assert "frame-ancestors 'none'" in client.get("/")["Content-Security-Policy"]


def test_documents_are_not_served_past_their_permissions(client, db):
    document = Document.objects.create(
        title="Minutes", file=ContentFile(b"secret", name="minutes.pdf")
    )

    assert client.get(f"/media/{document.file.name}").status_code == 404


@pytest.mark.parametrize("path", ["/", "/enquire/", "/partners/"])
def test_a_database_that_is_away_gives_503_and_when_to_try_again(client, monkeypatch, path):
    def away(*args, **kwargs):
        raise OperationalError("the database is away")

    monkeypatch.setattr("django.db.models.query.QuerySet._fetch_all", away)
    client.raise_request_exception = False

    response = client.get(path)

    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "Try again in a minute" in response.content.decode()


def test_a_turn_that_a_wrong_clock_noted_for_years_ahead_does_not_stop_a_task(db):
    Heartbeat.objects.beat("tidy", now=NOW + timedelta(days=1_000))

    assert Heartbeat.objects.claim("tidy", now=NOW, every=timedelta(minutes=1))


@pytest.mark.django_db
def test_a_form_in_other_letters_than_utf_8_gets_400_also_with_a_token():
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get("/enquire/")
    response = client.generic(
        "POST",
        "/enquire/",
        "a=1",
        content_type="application/x-www-form-urlencoded; charset=iso-8859-1",
        headers={"x-csrftoken": client.cookies["csrftoken"].value},
    )

    assert response.status_code == 400
    assert "We could not read that request" in response.content.decode()
