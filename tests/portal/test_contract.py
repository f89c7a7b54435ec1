"""(h) of the design: the contract, and the portal that everybody can run. H1, H2 and H4."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from openapi_spec_validator import OpenAPIV31SpecValidator

from enquiries.models import PrivacyNotice
from portal import feed, services
from portal.api import api
from portal.follower import Follower
from portal.models import Change

COMMITTED = Path(__file__).parents[2] / "docs" / "portal" / "openapi.json"
METHODS = {"get", "put", "post", "patch", "delete"}


@pytest.fixture
def document():
    return json.loads(COMMITTED.read_text())


def operations(document):
    return [
        (path, method, one)
        for path, methods in document["paths"].items()
        for method, one in methods.items()
        if method in METHODS
    ]


def test_h1_the_committed_contract_is_what_the_site_does(document):
    """`manage.py portal_contract` writes it anew."""
    assert json.loads(json.dumps(api.get_openapi_schema())) == document


def test_h2_it_is_a_valid_openapi_document(document):
    OpenAPIV31SpecValidator(document).validate()
    assert document["openapi"].startswith("3.1.")


def test_h2_it_holds_the_rules_of_the_governments_linter(document):
    info = document["info"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", info["version"])
    assert info["description"]
    assert info["license"]["name"]
    assert info["contact"]["url"].startswith("http")
    names = [one["operationId"] for _, _, one in operations(document)]
    assert len(set(names)) == len(names) == 8
    for path, _, one in operations(document):
        assert re.fullmatch(r"(/([a-z0-9-]+|\{[a-z]+\}))+", path)
        assert one["summary"]
        assert one["description"]
        assert one["tags"]


def test_h2_every_refusal_is_a_problem_and_the_events_are_described(document):
    for _, _, one in operations(document):
        for status, answer in one["responses"].items():
            if int(status) >= 400:
                assert set(answer["content"]) == {"application/problem+json"}
    assert set(document["webhooks"]) == {"event"}


@pytest.mark.django_db
def test_h4_the_simulator_mirrors_the_content_and_the_enquiries(
    client, switch, make_enquiry, monkeypatch, capsys
):
    def urlopen(request, **more):
        """The site's answer, without a network."""
        kind = request.get_header("Content-type", "application/json")
        answer = client.generic(
            request.get_method(),
            request.selector,
            request.data or b"",
            content_type=kind,
            headers={"authorization": request.get_header("Authorization")},
        )
        assert answer.status_code < 300
        return BytesIO(answer.content)

    monkeypatch.setattr("urllib.request.urlopen", urlopen)
    PrivacyNotice.objects.update(names_portal=True)
    switch("off", is_connected=True)
    enquiry = make_enquiry()
    feed.reconcile(timezone.now())
    token = services.make_token(by=None, now=timezone.now())
    address = "http://127.0.0.1:8000/api/portal/v1"

    call_command("portal_simulator", "--once", api=address, token=token)
    follower = Follower(address, token)
    follower.catch_up()

    told = {(change.kind, str(change.uuid)): change.data for change in Change.objects.content()}
    assert follower.content == told
    assert f"{len(told)} things, enquiries: 1" in capsys.readouterr().out
    assert follower.enquiries[str(enquiry.uuid)]["reference"] == enquiry.reference
    assert enquiry.portal_updates.get().status == "received"
    assert follower.acknowledge(str(enquiry.uuid))["applied"] is True
    assert follower.catch_up() == 0
    assert enquiry.portal_updates.count() == 1
