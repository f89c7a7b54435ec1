"""H3 of the design: every status that the contract names is produced here, once each."""

import json
import uuid
from pathlib import Path

import pytest
from django.utils import timezone
from wagtail.models import APIToken

from casestudies.models import CaseStudyPage
from enquiries import services
from enquiries.models import Enquiry, PrivacyNotice
from offers.models import OfferPage
from partners.models import Partner
from portal import door, feed
from portal import services as portal_services
from portal.models import PortalSettings

pytestmark = pytest.mark.django_db
API = "/api/portal/v1"
DOCUMENT = json.loads((Path(__file__).parents[2] / "docs/portal/openapi.json").read_text())
STATUSES = sorted(
    (one["operationId"], int(status))
    for methods in DOCUMENT["paths"].values()
    for one in methods.values()
    for status in one["responses"]
)
THINGS = {"readOffer": "offers", "readCaseStudy": "case-studies", "readPartner": "partners"}
FEEDS = {"readContentFeed": "content", "readEnquiryFeed": "enquiries"}
NOBODY = uuid.UUID(int=7)


@pytest.fixture
def things(switch, make_enquiry):
    """One of each kind that is there, and one that is gone."""
    PrivacyNotice.objects.update(names_portal=True)
    switch("off", is_connected=True)
    feed.reconcile(timezone.now())
    offers, studies = OfferPage.objects.published(), CaseStudyPage.objects.published()
    pairs = {
        "readOffer": [page.translation_key for page in offers[:2]],
        "readCaseStudy": [page.translation_key for page in studies[:2]],
        "readPartner": [partner.uuid for partner in Partner.objects.published()[:2]],
    }
    offers.get(translation_key=pairs["readOffer"][1]).unpublish()
    studies.get(translation_key=pairs["readCaseStudy"][1]).unpublish()
    Partner.objects.filter(uuid=pairs["readPartner"][1]).update(is_active=False)
    feed.reconcile(timezone.now())
    kept, gone = make_enquiry(), make_enquiry()
    services.erase(enquiry=gone, now=timezone.now())
    return {**pairs, "enquiry": [kept.uuid, gone.uuid]}


@pytest.mark.parametrize(("operation", "status"), STATUSES)
def test_h3_every_status_of_the_contract_is_produced(client, things, person, operation, status):
    token = portal_services.make_token(by=None, now=timezone.now())
    if status == 403:
        token = APIToken.create_token(user=person("desk"), name="Desk")[1]
    headers = {"authorization": "" if status == 401 else f"Bearer {token}"}
    there, gone = things.get(operation, things["enquiry"])
    of = {404: NOBODY, 410: gone}.get(status, there)
    media = "text/plain" if status == 415 else "application/json"
    sent = {
        "organisation": {"name": "Canal Bikes"},
        "contact": {"name": "Jo", "email": "jo@example.org"},
    }
    news = {"status": "received", "occurred_at": timezone.now().isoformat()}
    if status == 422:
        sent, news = {}, {}

    if status == 404 and (operation in FEEDS or operation == "createEnquiry"):
        PortalSettings.objects.update(is_connected=False)
        door.forget()

    def put(path, data):
        body = {400: "{", 413: " " * 1_000_001}.get(status) or json.dumps(data)
        return client.put(f"{API}{path}", body, content_type=media, headers=headers)

    if operation in FEEDS:
        number = "x" if status == 422 else 0
        path = f"{API}/feeds/{FEEDS[operation]}?afterChangeNumber={number}"
        answer = client.get(path, headers=headers)
    elif operation in THINGS:
        path = f"{API}/{THINGS[operation]}/{of}"
        if status == 304:
            headers["if-none-match"] = client.get(path)["ETag"]
        answer = client.get(path, headers=headers)
    elif operation == "readEnquiry":
        answer = client.get(f"{API}/enquiries/{of}", headers=headers)
    elif operation == "createEnquiry":
        key = there if status == 409 else uuid.uuid4()
        if status in {200, 410}:
            put(f"/enquiries/{key}", sent)
        if status == 410:
            services.erase(enquiry=Enquiry.objects.get(uuid=key), now=timezone.now())
        answer = put(f"/enquiries/{key}", sent)
    else:
        path = f"/enquiries/{of}/updates/{NOBODY}"
        if status in {200, 409}:
            put(path, news)
        answer = put(path, news if status != 409 else {**news, "note": "Else"})

    assert answer.status_code == status
