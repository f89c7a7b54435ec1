"""Every address of the partner area × every role × an object of this partner and of another."""

import uuid
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from wagtail.models import Revision, WorkflowState

from accounts.models import User
from enquiries import services
from enquiries.models import Handover, TimelineEntry
from offers.models import OfferLink
from outbox.models import Mailbox, Message
from partners.models import Invitation, Membership, Partner

OURS, THEIRS = "big-alliance", "kx-recruit"
CANARY = "Kookaburra"  # the name of a member of ours, and of an employer handed to us
ROLES = [
    *("anonymous", "member", "member of another", "lead", "lead of another", "coordinator"),
    *("editor", "desk", "admin"),
]
ANYBODY = {role for role in ROLES if role != "anonymous"}
PROPOSERS = {"member", "lead", "coordinator"}
MEMBERS = {"member", "lead"}
LEADS = {"lead"}

# Who may, and what they get: for GET, and for a POST with nothing filled in. 303: it was done.
EXPECTED = {
    "partner_overview": (PROPOSERS, 200, 405),
    "partner_profile": (PROPOSERS, 200, 405),
    "partner_profile_edit": (PROPOSERS, 200, 422),
    "partner_profile_take_back": (PROPOSERS, 200, 303),
    "partner_members": (MEMBERS, 200, 405),
    "partner_invite": (LEADS, 200, 422),
    "partner_member_lead": (LEADS, 200, 303),
    "partner_member_remove": (LEADS, 200, 303),
    "partner_invitation_again": (LEADS, 200, 303),
    "partner_invitation_withdraw": (LEADS, 200, 303),
    "partner_offers": (PROPOSERS, 200, 405),
    "partner_offer_add": (PROPOSERS, 200, 422),
    "partner_offer_edit": (PROPOSERS, 200, 422),
    "partner_offer_take_back": (PROPOSERS, 200, 303),
    "partner_offer_pause": (MEMBERS, 200, 303),
    "partner_offer_withdraw": (MEMBERS, 200, 303),
    "partner_offer_contact": (MEMBERS, 200, 303),
    "partner_offer_code": (MEMBERS, 200, 422),
    "partner_still_right": (MEMBERS, 200, 422),
    "partner_interests": (MEMBERS, 200, 405),
    "partner_interest": (MEMBERS, 200, 422),
    "partner_interest_report": (MEMBERS, 200, 422),
    "partner_interest_outcome": (MEMBERS, 200, 422),
    "partner_interest_give_back": (MEMBERS, 200, 422),
}
ELSEWHERE = {"partner_area", "invitation"}  # about no partner; their tests stand below
UNTOUCHED = {"partner_profile_take_back", "partner_offer_take_back"}  # nothing waits there


def addresses():
    """By name, the arguments of every address of the partner area and of invitations."""
    return {
        name: set(found[0][0][0][1])
        for name, found in get_resolver().reverse_dict.lists()
        if isinstance(name, str)
        and found[0][0][0][0].startswith(("partner/", "accounts/invitation/"))
    }


def test_every_address_of_the_area_has_its_row():
    assert set(addresses()) == set(EXPECTED) | ELSEWHERE


def test_no_address_of_the_area_is_without_a_name():
    begins = ("partner/", "accounts/invitation/")
    patterns = [
        pattern
        for included in get_resolver().url_patterns
        for pattern in getattr(included, "url_patterns", [])
        if str(pattern.pattern).startswith(begins)
    ]

    assert len(patterns) == len(addresses())
    assert all(pattern.name for pattern in patterns)


@pytest.fixture
def clients(person, make_member):
    """A client for each role."""
    users = {name: person(name) for name in ("editor", "desk", "admin")}
    users["lead"], users["lead of another"] = person("partner"), person("partner2")
    for role, slug in (("member", OURS), ("member of another", THEIRS), ("coordinator", "iwork")):
        users[role] = User.objects.create_user(
            f"{role.replace(' ', '-')}@example.org", "x", first_name=CANARY if slug == OURS else ""
        )
        Membership.objects.create(
            user=users[role],
            partner=Partner.objects.get(slug=slug),
            joined_at=timezone.now(),
            is_coordinator=role == "coordinator",
        )
    made = {role: Client() for role in ROLES}
    for role, user in users.items():
        made[role].force_login(user)
    return made


@pytest.fixture
def objects(clients, make_enquiry, desk, person):
    """What addresses are about, by argument: of our partner, and of another."""

    def handover(slug):
        enquiry = make_enquiry(organisation=CANARY if slug == OURS else "Galah")
        interest = enquiry.interests.first()
        partner, now = Partner.objects.get(slug=slug), timezone.now()
        services.hand_over(interest=interest, to=partner, by=person("desk"), desk=desk, now=now)
        handed = Handover.objects.open().get(interest=interest)
        return services.take_up(handover=handed, member=None, desk=desk, now=now).uuid

    return {slug: {**_objects_of(slug), "handover": handover(slug)} for slug in (OURS, THEIRS)}


def _objects_of(slug):
    partner = Partner.objects.get(slug=slug)
    invitation = Invitation.objects.create(
        partner=partner,
        email=f"{slug}@example.com",
        created_at=timezone.now() - timedelta(days=2),
        expires_at=timezone.now() + timedelta(days=5),
    )
    link = partner.offer_links.first()
    address = f"intake-{slug}@example.com"
    OfferLink.objects.filter(partner=partner).update(contact_email=address)
    Mailbox.objects.create(address=address, proven_at=timezone.now())
    member = partner.memberships.get(is_lead=False)
    return {"invitation": invitation.uuid, "link": link.uuid, "member": member.uuid}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_its_row_says(clients, objects, role, method):
    client = clients[role]
    for name, arguments in addresses().items():
        if name in ELSEWHERE:
            continue
        may, of_get, of_post = EXPECTED[name]
        kinds = arguments - {"slug"}
        for of in [OURS, THEIRS, "nobody"] if kinds else [OURS]:
            about = {kind: objects[of][kind] if of in objects else uuid.uuid4() for kind in kinds}
            before = seen()
            with undone():
                response = getattr(client, method)(
                    reverse(name, kwargs={"slug": OURS, **about}), {"once": str(uuid.uuid4())}
                )
                changed = seen() != before
            where = (name, role, method, of)

            if method == "post" and of_post == 405:
                assert response.status_code == 405, where
            elif role == "anonymous":
                assert response.status_code == 302, where
                assert response["Location"].startswith("/accounts/login/?next="), where
            elif role not in may or of != OURS:
                assert response.status_code == 404, where
            else:
                assert response.status_code == (of_post if method == "post" else of_get), where
            acted = role in may and of == OURS and method == "post" and of_post == 303
            assert changed == (acted and name not in UNTOUCHED), where
            if role not in MEMBERS:
                assert CANARY.encode() not in response.content, where
            assert response.status_code == 405 or "no-store" in response["Cache-Control"], where


@pytest.mark.parametrize("role", ROLES)
def test_the_beginning_of_the_area_is_for_whoever_is_signed_in(clients, role):
    response = clients[role].get("/partner/")

    assert response.status_code == (
        200 if role in {"coordinator", "editor", "desk", "admin"} else 302
    )
    if role == "anonymous":
        assert response["Location"] == "/accounts/login/?next=/partner/"
    elif response.status_code == 302:
        own = THEIRS if "another" in role else OURS
        assert response["Location"] == f"/partner/{own}/"
    assert clients[role].post("/partner/").status_code == 405


@pytest.mark.parametrize("role", ROLES)
def test_the_link_of_an_invitation_is_for_its_address_alone(clients, objects, role):
    invitation = Invitation.objects.get(uuid=objects[OURS]["invitation"])
    path = f"/accounts/invitation/{invitation.token}/"
    before = seen()

    shown, sent = clients[role].get(path), clients[role].post(path)

    assert shown.status_code == 200
    assert sent.status_code == (422 if role == "anonymous" else 409)
    assert seen() == before
    for token in ("x", f"{invitation.token}x", Invitation(uuid=uuid.uuid4()).token):
        for method in ("get", "post"):
            answer = getattr(clients[role], method)(f"/accounts/invitation/{token}/")
            assert answer.status_code == 404


def seen():
    """What would tell that something was done."""
    return (
        list(Membership.objects.order_by("pk").values()),
        list(Invitation.objects.order_by("pk").values()),
        list(OfferLink.objects.order_by("pk").values()),
        list(Partner.objects.order_by("pk").values()),
        WorkflowState.objects.count(),
        Revision.objects.count(),
        Message.objects.count(),
        TimelineEntry.objects.count(),
        list(Handover.objects.order_by("pk").values()),
        Mailbox.objects.count(),
        User.objects.count(),
    )


@contextmanager
def undone():
    """Whatever is done inside is taken back, so that one row does not change the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
