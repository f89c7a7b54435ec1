"""(d) of the design: what the portal reads, tells and sends. D1 to D10 are named in the tests."""

import itertools
import json
import uuid
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import APIToken, ModelLogEntry

from accounts.models import User
from enquiries import services
from enquiries.models import Enquiry, Handover, PrivacyNotice, TimelineEntry
from enquiries.services.elsewhere import READ_BY_PORTAL
from offers.models import OfferLink, OfferPage
from outbox.models import Message
from partners.models import Partner
from portal import feed
from portal.models import PORTAL_USER, Change, PortalUpdate

pytestmark = pytest.mark.django_db
API = "/api/portal/v1"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def portal_user(home):
    user = User.objects.create_user(PORTAL_USER, first_name="Business Portal")
    permissions = Permission.objects.filter(codename__in=["portal_read", "portal_write"])
    user.user_permissions.set(permissions)
    return user


@pytest.fixture
def token(portal_user):
    return APIToken.create_token(user=portal_user, name="Portal")[1]


@pytest.fixture
def connected(switch):
    PrivacyNotice.objects.update(names_portal=True, in_force_from=date(2026, 1, 1))
    return switch("off", is_connected=True)


@pytest.fixture
def get(client, token, connected):
    def get(path, **headers):
        given = {"authorization": f"Bearer {token}", **headers}
        return client.get(f"{API}{path}", headers=given)

    return get


@pytest.fixture
def put(client, token, connected):
    def put(path, data, content_type="application/json", **headers):
        given = {"authorization": f"Bearer {token}", **headers}
        body = data if isinstance(data, str) else json.dumps(data)
        return client.put(f"{API}{path}", body, content_type=content_type, headers=given)

    return put


@pytest.fixture
def enquiry(make_enquiry):
    return make_enquiry(
        offers=["mentor-a-young-person"], now=timezone.now() - timedelta(minutes=90)
    )


def update(enquiry, key=None):
    return f"/enquiries/{enquiry.uuid}/updates/{key or uuid.uuid4()}"


def news(status, *, minutes_ago=10, **more):
    at = timezone.now() - minutes_ago * MINUTE
    return {"status": status, "occurred_at": at.isoformat(), **more}


def state(enquiry):
    return enquiry.interests.get().state


def told():
    return Message.objects.for_portal().count()


def new_enquiry(**changes):
    offer = OfferPage.objects.get(slug="mentor-a-young-person")
    return {
        "offers": [str(offer.translation_key)],
        "organisation": {"name": "Canal Bikes", "size_band": "50-249", "postcode": "n1 9ag"},
        "contact": {"name": "Jo Bloggs", "email": "jo@example.org", "phone": None},
        "message": "In spring.",
        "portal_reference": "BP-009112",
        **changes,
    }


def test_the_portal_reads_what_the_employer_sent(get, enquiry):
    said = get(f"/enquiries/{enquiry.uuid}").json()

    assert said["reference"] == enquiry.reference
    assert said["organisation"]["name"] == enquiry.organisation
    assert said["contact"]["email"] == enquiry.email
    (interest,) = said["interests"]
    assert interest["state"] == "new"
    assert interest["offer"]["name"] == "Mentor a young person"
    assert said["privacy_notice"] == enquiry.privacy_notice.version


def test_d1_a_repeat_gets_the_same_answer_and_leaves_one_row(put, enquiry):
    address, said = update(enquiry), news("in_progress", note="Passed on")

    first, again = put(address, said), put(address, said)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["applied"] is True
    assert first.json()["interest_state"] == "accepted"
    assert PortalUpdate.objects.count() == 1
    assert TimelineEntry.objects.filter(kind="accepted").count() == 1


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_d2_in_any_order_and_each_sent_twice_the_end_is_the_same(put, enquiry, order):
    three = [
        (uuid.uuid4(), news("with_partner", minutes_ago=30)),
        (uuid.uuid4(), news("in_progress", minutes_ago=20)),
        (uuid.uuid4(), news("resolved", minutes_ago=10, outcome="placed", count=2)),
    ]
    for number in order:
        key, said = three[number]
        assert put(update(enquiry, key), said).status_code == 201
        assert put(update(enquiry, key), said).status_code == 200

    interest = enquiry.interests.get()
    assert (interest.state, interest.outcome, interest.outcome_count) == ("closed", "placed", 2)
    assert PortalUpdate.objects.count() == 3


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_at_one_moment_the_end_does_not_hang_on_their_order(put, enquiry, order):
    said = news("with_partner")
    two = [
        (uuid.UUID(int=1), {**said, "status": "in_progress"}),
        (uuid.UUID(int=2), {**said, "status": "withdrawn"}),
    ]
    for number in order:
        assert put(update(enquiry, two[number][0]), two[number][1]).status_code == 201

    assert state(enquiry) == "withdrawn"


def test_news_of_the_very_second_in_which_it_was_last_said_to_change_is_news(get, put, enquiry):
    at = get(f"/enquiries/{enquiry.uuid}").json()["interests"][0]["state_since"]

    answer = put(update(enquiry), {"status": "closed", "occurred_at": at})

    assert answer.json()["applied"] is True


def test_what_happened_in_the_portal_before_it_handed_the_enquiry_over_is_news(put):
    key = uuid.uuid4()
    put(f"/enquiries/{key}", new_enquiry())
    enquiry = Enquiry.objects.get(uuid=key)

    closed = put(update(enquiry), news("closed", minutes_ago=2))
    before = put(update(enquiry), news("in_progress", minutes_ago=5))

    assert closed.json()["applied"] is True
    assert before.json() == {**before.json(), "applied": False, "interest_state": "closed"}


def test_a_body_that_is_too_large_is_a_problem_and_no_failure(put, settings):
    settings.DEBUG = True

    answer = put(f"/enquiries/{uuid.uuid4()}", new_enquiry(message="x" * 3_000_000))

    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_d3_news_from_before_is_history(put, enquiry):
    put(update(enquiry), news("resolved", minutes_ago=10))
    late = put(update(enquiry), news("in_progress", minutes_ago=20, note="Called them"))

    assert (late.status_code, late.json()["applied"]) == (201, False)
    assert late.json()["interest_state"] == state(enquiry) == "closed"
    entry = enquiry.timeline.order_by("-pk").first()
    assert (entry.kind, "Called them" in entry.text) == ("portal_told", True)


def test_what_the_desk_did_since_is_not_undone(put, enquiry, person, desk):
    services.close(
        interest=enquiry.interests.get(),
        outcome="advised",
        by=person("desk"),
        now=timezone.now() - 5 * MINUTE,
    )

    assert put(update(enquiry), news("in_progress", minutes_ago=6)).json()["applied"] is False
    assert state(enquiry) == "closed"


@pytest.mark.parametrize("change", [{"note": "Else"}, {"status": "withdrawn"}])
def test_d4_the_same_id_for_something_else_is_a_conflict(put, enquiry, change):
    address, said = update(enquiry), news("in_progress")
    put(address, said)

    other = put(address, {**said, **change})

    assert other.status_code == 409
    assert other.json()["type"].endswith("/problems/update-id-conflict")
    assert state(enquiry) == "accepted"


def test_d4_the_same_id_for_another_enquiry_is_a_conflict(put, enquiry, make_enquiry):
    key, said = uuid.uuid4(), news("received")
    other = make_enquiry()
    assert put(update(enquiry, key), said).status_code == 201

    assert put(update(other, key), said).status_code == 409


def test_d5_what_the_portal_did_is_not_told_to_it(put, enquiry):
    feed.reconcile(timezone.now())
    before = told()
    number = Change.objects.enquiries().get().number

    put(update(enquiry), news("with_partner"))
    put(update(enquiry), news("received"))
    put(f"/enquiries/{uuid.uuid4()}", new_enquiry())

    assert told() == before
    assert Change.objects.enquiries().get(uuid=enquiry.uuid).number > number


def mails():
    return sorted(Message.objects.mails().values_list("purpose", "recipient"))


def test_d6_an_enquiry_of_the_portal_goes_the_way_of_the_forms(
    put, get, make_enquiry, desk, person
):
    same = {
        "organisation": "Canal Bikes",
        "size": "50-249",
        "sector": "",
        "postcode": "N1 9AG",
        "name": "Jo Bloggs",
        "role": "",
        "email": "jo@example.org",
        "phone": "",
        "message": "In spring.",
    }
    by_form = make_enquiry(offers=["mentor-a-young-person"], **same)
    by_mail = mails()
    Message.objects.mails().update(purpose="before")
    key = uuid.uuid4()

    answer = put(f"/enquiries/{key}", new_enquiry())

    assert answer.status_code == 201
    found = Enquiry.objects.get(uuid=key)
    assert [one for one in mails() if one[0] != "before"] == by_mail
    assert (found.source, found.portal_reference) == ("portal", "BP-009112")
    assert found.reply_due_on == by_form.reply_due_on
    for field in ("organisation", "size", "postcode", "name", "email", "message"):
        assert getattr(found, field) == getattr(by_form, field)
    topics = [list(one.interests.values_list("topic", "state")) for one in (found, by_form)]
    assert topics[0] == topics[1]

    partner = Partner.objects.published().first()
    for one in (found, by_form):
        services.hand_over(
            interest=one.interests.get(),
            to=partner,
            by=person("desk"),
            desk=desk,
            now=timezone.now(),
        )
    assert get(f"/enquiries/{key}").json()["interests"][0]["partner"]["name"] == partner.name


def test_a_repeat_of_an_enquiry_is_harmless_and_another_under_its_id_a_conflict(put):
    address = f"/enquiries/{uuid.uuid4()}"

    first, again = put(address, new_enquiry()), put(address, new_enquiry())
    OfferPage.objects.update(is_open=False)
    later = put(address, new_enquiry())
    other = put(address, new_enquiry(message="Another"))

    assert [one.status_code for one in (first, again, later, other)] == [201, 200, 200, 409]
    assert first.json() == again.json() == later.json()
    assert Enquiry.objects.count() == 1


def unpublish(enquiry):
    OfferPage.objects.get(slug="mentor-a-young-person").unpublish()


def rename(enquiry):
    OfferPage.objects.filter(slug="mentor-a-young-person").update(slug="mentor")


def add(enquiry):
    Enquiry.objects.update(digest="as the employer has changed it")


@pytest.mark.parametrize("meanwhile", [unpublish, rename, add])
def test_a_repeat_gets_the_same_answer_whatever_happened_meanwhile(put, meanwhile):
    address = f"/enquiries/{uuid.uuid4()}"
    sent = new_enquiry()
    first = put(address, sent)
    meanwhile(Enquiry.objects.get())

    again = put(address, sent)
    assert (again.status_code, again.json()) == (200, first.json())


def test_another_reference_under_the_same_id_is_a_conflict(put):
    address, sent = f"/enquiries/{uuid.uuid4()}", new_enquiry()
    put(address, sent)

    assert put(address, {**sent, "portal_reference": "BP-2"}).status_code == 409


@pytest.mark.parametrize("sign", ["\u0958", "\U0001d160"])
def test_a_reference_that_grows_when_it_is_cleaned_is_kept(put, enquiry, sign):
    long = sign * 100

    assert put(update(enquiry), news("received", portal_reference=long)).status_code == 201
    sent = new_enquiry(portal_reference=long)
    assert put(f"/enquiries/{uuid.uuid4()}", sent).status_code == 201
    assert {len(one.portal_reference) for one in Enquiry.objects.all()} == {100}


def test_an_id_may_be_written_in_capitals(get, put, enquiry):
    capitals = str(enquiry.uuid).upper()

    assert get(f"/enquiries/{capitals}").json()["id"] == str(enquiry.uuid)
    address = f"/enquiries/{capitals}/updates/{str(uuid.uuid4()).upper()}"
    assert put(address, news("received")).status_code == 201


def test_what_the_portal_arranged_is_called_that_at_the_desk_and_nothing_is_written_for_it(
    put, enquiry, client, person
):
    put(update(enquiry), news("in_progress"))
    interest = enquiry.interests.get()
    client.force_login(person("desk"))

    page = client.get(f"/admin/enquiries/inspect/{enquiry.pk}/").content.decode()
    answer = client.post(f"/admin/enquiries/interest/brief/{interest.pk}/", {"text": "Words"})

    assert "Arranged in the Business Portal" in page
    assert "tell them yourself" not in page
    assert "Write to the partner" not in page
    assert answer.status_code == 409
    for action in ("take-back", "close"):
        screen = client.get(f"/admin/enquiries/interest/{action}/{interest.pk}/")
        assert "the partner is told nothing by us" in screen.content.decode()


def test_what_the_portal_sets_back_shows_the_partner_no_employer(
    put, enquiry, person, desk, now, client
):
    interest, partner = enquiry.interests.get(), Partner.objects.get(slug="big-alliance")
    given = {"interest": interest, "desk": desk, "now": now - 40 * MINUTE}
    services.hand_over(**given, to=partner, by=person("desk"))
    services.accept(**given)

    put(update(enquiry), news("with_partner", partner=str(partner.uuid)))

    handover = Handover.objects.open().get(interest=interest)
    assert handover.accepted_at is None
    page = client.get(reverse("handover", args=[handover.token])).content.decode()
    assert enquiry.name not in page


def test_a_partner_that_the_employer_refused_is_not_given_it(put, enquiry, person, desk, now):
    put(update(enquiry), news("in_progress", minutes_ago=30))
    refused = enquiry.interests.get().partner
    services.refuse_partner(
        interest=enquiry.interests.get(), text="", desk=desk, now=now - 20 * MINUTE
    )

    named = put(update(enquiry), news("with_partner", partner=str(refused.uuid)))
    assert named.status_code == 422
    assert "would rather not work with" in named.json()["detail"]
    put(update(enquiry), news("with_partner"))
    assert enquiry.interests.get().partner != refused
    with pytest.raises(services.PartnerIsUnwanted):
        services.hand_over(
            interest=enquiry.interests.get(), to=refused, by=person("desk"), desk=desk, now=now
        )


def test_the_id_of_an_enquiry_of_the_site_is_a_conflict(put, enquiry):
    assert put(f"/enquiries/{enquiry.uuid}", new_enquiry()).status_code == 409


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"offers": ["0b6e2f0e-0000-4000-8000-000000000000"]}, ["body", "offers", 0]),
        ({"organisation": {"name": ""}}, ["body", "organisation", "name"]),
        ({"organisation": {"name": "x", "postcode": "?"}}, ["body", "organisation", "postcode"]),
        ({"contact": {"name": "x", "email": "nobody"}}, ["body", "contact", "email"]),
        ({"contact": {"name": "x" * 201, "email": "a@b.example"}}, ["body", "contact", "name"]),
        ({"message": "x" * 1001}, ["body", "message"]),
    ],
)
def test_what_our_form_refuses_is_refused_by_name(put, changes, place):
    answer = put(f"/enquiries/{uuid.uuid4()}", new_enquiry(**changes))

    assert answer.status_code == 422
    assert place in [error["loc"] for error in answer.json()["errors"]]
    assert not Enquiry.objects.exists()


WRONG = [
    ("no token", 401),
    ("a token of nothing", 401),
    ("a revoked token", 401),
    ("a token of somebody else", 403),
    ("an unknown enquiry", 404),
    ("one that was erased", 410),
    ("an unknown status", 422),
    ("no time zone", 422),
    ("no time", 422),
    ("the future", 422),
    ("long ago", 422),
    ("an unknown interest", 422),
    ("an unknown partner", 422),
    ("a long note", 422),
    ("half a character", 422),
    ("no JSON", 400),
    ("a list", 422),
    ("another media type", 415),
]


@pytest.mark.parametrize(("case", "status"), WRONG, ids=[case for case, _ in WRONG])
def test_d7_every_refusal_is_a_problem_in_words(put, enquiry, token, person, now, case, status):
    headers, address, more = {}, update(enquiry), {}
    said = news("in_progress")
    match case:
        case "no token":
            headers = {"authorization": ""}
        case "a token of nothing":
            headers = {"authorization": "Bearer wagtail_é"}
        case "a revoked token":
            APIToken.objects.get().revoke()
        case "a token of somebody else":
            other = APIToken.create_token(user=person("desk"), name="Desk")[1]
            headers = {"authorization": f"Bearer {other}"}
        case "an unknown enquiry":
            address = f"/enquiries/{uuid.uuid4()}/updates/{uuid.uuid4()}"
        case "one that was erased":
            services.erase(enquiry=enquiry, now=now)
        case "an unknown status":
            said["status"] = "lost"
        case "no time zone":
            said["occurred_at"] = "2026-11-21T11:00:00"
        case "no time":
            said["occurred_at"] = "soon"
        case "the future":
            said["occurred_at"] = "2999-11-21T11:00:00Z"
        case "long ago":
            said["occurred_at"] = "0001-01-01T00:00:00+14:00"
        case "an unknown interest":
            said["interest"] = str(uuid.uuid4())
        case "an unknown partner":
            said["partner"] = str(uuid.uuid4())
        case "a long note":
            said["note"] = "x" * 1001
        case "half a character":
            said["note"] = "\ud800"
        case "no JSON":
            said = "{"
        case "a list":
            said = []
        case "another media type":
            more = {"content_type": "text/plain"}

    answer = put(address, said, **more, **headers)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert set(answer.json()) >= {"type", "title", "status", "detail"}
    for error in answer.json().get("errors", []):
        assert {"sent", "news"}.isdisjoint(error["loc"])
    assert answer.json()["status"] == status
    if status == 401:
        assert answer["WWW-Authenticate"] == "Bearer"
    assert PortalUpdate.objects.count() == 0


@pytest.fixture
def now():
    return timezone.now()


def test_d8_a_revoked_token_stops_at_once(get, enquiry):
    assert get(f"/enquiries/{enquiry.uuid}").status_code == 200
    APIToken.objects.get().revoke()

    assert get(f"/enquiries/{enquiry.uuid}").status_code == 401
    assert get("/feeds/enquiries").status_code == 401


def test_d9_each_reading_stands_in_the_enquirys_history(get, enquiry, sign_in):
    get(f"/enquiries/{enquiry.uuid}")
    get(f"/enquiries/{enquiry.uuid}")

    page = sign_in("desk").get(reverse("enquiries:inspect", args=[enquiry.pk])).content.decode()
    assert page.count("Read by the Business Portal") >= 1
    assert enquiry.timeline.filter(kind="portal_read").count() == 2
    entries = ModelLogEntry.objects.filter(action=READ_BY_PORTAL, object_id=enquiry.pk)
    assert [entry.user.email for entry in entries] == [PORTAL_USER] * 2


def test_d10_erasing_is_told_leaves_a_tombstone_and_then_it_is_gone(get, enquiry, now):
    services.erase(enquiry=enquiry, now=now)

    assert Message.objects.for_portal().order_by("-pk").first().purpose == "enquiry_deleted"
    (item,) = get("/feeds/enquiries").json()["items"]
    assert (item["state"], item["id"], "data" in item) == ("deleted", str(enquiry.uuid), False)
    assert get(f"/enquiries/{enquiry.uuid}").status_code == 410


def test_of_an_erased_enquiry_no_fingerprint_stays_and_a_repeat_is_gone(put, switch, now):
    address, sent = f"/enquiries/{uuid.uuid4()}", new_enquiry()
    put(address, sent)
    found = Enquiry.objects.get()
    put(update(found), news("received", note="Sam called"))
    switch("off", is_connected=False)
    services.erase(enquiry=found, now=now)
    assert set(PortalUpdate.objects.values_list("digest", flat=True)) == {""}

    switch("off", is_connected=True)
    assert put(address, sent).status_code == 410


def test_the_feed_of_enquiries_has_ids_alone_and_is_kept_nowhere(get, enquiry):
    page = get("/feeds/enquiries")
    (item,) = page.json()["items"]

    assert set(item["data"]) == {"id", "href"}
    assert page["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in page
    assert page.json()["next"].endswith(f"afterChangeNumber={item['modified']}")


def test_an_enquiry_sent_under_a_notice_that_names_no_portal_is_not_there(get, put, make_enquiry):
    PrivacyNotice.objects.update(names_portal=False)
    enquiry = make_enquiry()

    assert get(f"/enquiries/{enquiry.uuid}").status_code == 404
    assert put(update(enquiry), news("received")).status_code == 404
    assert get("/feeds/enquiries").json()["items"] == []


def test_without_a_partner_named_whoever_leads_the_offer_has_it(put, enquiry):
    put(update(enquiry), news("with_partner"))

    interest = enquiry.interests.get()
    links = OfferLink.objects.published().filter(offer=interest.offer, role="lead").lead_first()
    assert interest.partner == links.first().partner
    assert interest.due_on is not None


def test_a_partner_of_ours_that_has_it_no_more_is_told(put, enquiry, person, desk, now):
    first, second = Partner.objects.published().in_order()[:2]
    services.hand_over(
        interest=enquiry.interests.get(),
        to=first,
        by=person("desk"),
        desk=desk,
        now=now - 30 * MINUTE,
    )
    put(update(enquiry), news("in_progress", partner=str(second.uuid)))

    interest = enquiry.interests.get()
    assert (interest.partner, interest.state) == (second, "accepted")
    assert not interest.handovers.open().exists()


def test_received_changes_no_state_and_keeps_the_portals_reference(put, enquiry):
    answer = put(update(enquiry), news("received", portal_reference="BP-1"))

    assert answer.json()["applied"] is True
    assert state(enquiry) == "new"
    enquiry.refresh_from_db()
    assert enquiry.portal_reference == "BP-1"


@pytest.mark.parametrize("path", ["/feeds/enquiries", f"/enquiries/{uuid.UUID(int=1)}"])
def test_while_nobody_is_connected_a_stranger_is_asked_for_a_token_and_the_portal_told_nothing(
    client, home, token, path
):
    assert client.get(f"{API}{path}").status_code == 401
    found = client.get(f"{API}{path}", headers={"authorization": f"Bearer {token}"})
    assert found.status_code == 404


def test_f5_the_portals_user_cannot_sign_in_to_the_cms(client, portal_user):
    assert not portal_user.has_usable_password()
    assert not client.login(email=PORTAL_USER, password="")
    client.force_login(portal_user)

    answer = client.get("/admin/")

    assert answer.status_code in {302, 403}
    assert not portal_user.has_perm("wagtailadmin.access_admin")
