"""
Every address of ours in the CMS × every role, GET and POST, taken from the URL configuration.

What each answers to those who may is in the matrix of its app; here nobody else gets in, reads a
word of it or changes anything, and an address that is in no row fails.
"""

import re
import uuid
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import timezone
from wagtail.models import Revision

from casestudies import services as casestudies
from casestudies.models import Basis, CaseStudyPage, Permission, SignOff, StoryRequest
from core.models import PreviewLink
from core.services import share_preview
from enquiries.models import Enquiry, TimelineEntry
from offers.models import OfferLink, Sector
from outbox.models import Mailbox, Message
from partners.models import Invitation, Membership, Partner
from partners.services import invite

APPS = ("accounts", "casestudies", "core", "enquiries", "home", "impact", "offers", "outbox")
APPS += ("partners", "portal", "search")
ROLES = ["anonymous", "partner", "partner2", "editor", "desk", "admin"]
CANARY = "Kookaburra"
EDITORS, DESK, ADMIN = {"editor", "admin"}, {"desk", "admin"}, {"admin"}
INSIDE = {"editor", "desk", "admin"}

# Who may, by the namespace of an address, or by its own name where it has none.
MAY = {
    "enquiries": DESK,
    "website_messages": DESK,
    "mail": DESK,
    "mailboxes": DESK,
    "members": EDITORS,
    "invitations": EDITORS,
    "permissions": EDITORS,
    "sign_offs": EDITORS,
    "ask_for_sign_off": EDITORS,
    "story_requests": EDITORS,
    "ask_for_story": EDITORS,
    "withdraw_story_request": EDITORS,
    "secret_previews": EDITORS,
    "withdraw_secret_preview": EDITORS,
    "pages_with_a_councillor": EDITORS,
    "pages_with_a_councillor_results": EDITORS,
    "pages_due_for_review": EDITORS,
    "pages_due_for_review_results": EDITORS,
    "wagtailsnippets_enquiries_privacynotice": ADMIN,
    "wagtailsnippets_enquiries_replytemplate": DESK,
    "wagtailsnippets_enquiries_schoolterm": DESK,
    "wagtailsnippets_casestudies_casestudytag": EDITORS,
    "wagtailsnippets_offers_offerlink": EDITORS,
    "wagtailsnippets_offers_sector": EDITORS,
    "wagtailsnippets_partners_partner": EDITORS,
    "wagtailsnippets_impact_impactfact": EDITORS,
    # Wagtail lets everybody who is in the CMS choose a snippet; no personal data is one.
    **dict.fromkeys(
        (
            "wagtailsnippetchoosers_casestudies_casestudytag",
            "wagtailsnippetchoosers_enquiries_privacynotice",
            "wagtailsnippetchoosers_enquiries_replytemplate",
            "wagtailsnippetchoosers_enquiries_schoolterm",
            "wagtailsnippetchoosers_impact_impactfact",
            "wagtailsnippetchoosers_offers_offerlink",
            "wagtailsnippetchoosers_offers_sector",
            "wagtailsnippetchoosers_partners_partner",
        ),
        INSIDE,
    ),
    "wagtailusers_users": ADMIN,
    **dict.fromkeys(
        (
            "portal_connection",
            "portal_show_secret",
            "portal_rotate_secret",
            "portal_make_token",
            "portal_revoke_token",
            "portal_resume",
            "portal_replay_all",
            "portal_replay",
            "portal_set_aside",
        ),
        ADMIN,
    ),
}


def addresses(resolver=None, begin="", space=""):
    """(address with its parameters, namespace or name) of every view of ours under `/admin/`."""
    for one in (resolver or get_resolver()).url_patterns:
        address = begin + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one, address, one.namespace or space)
        elif address.startswith("admin/") and is_ours(one, space) and not is_wagtails(address):
            yield address, space if space in MAY or not one.name else one.name


def is_wagtails(address):
    """
    What Wagtail answers before it asks who it is: that no workflow waits; and, to anybody inside,
    that a snippet cannot be made where it is chosen, which it does by failing.
    """
    return "workflow/confirm_cancellation" in address or address.endswith("/create/")


def is_ours(pattern, space):
    view = getattr(pattern.callback, "view_class", pattern.callback)
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    ours = view.__module__.partition(".")[0] in APPS
    return ours or space.startswith(("wagtailsnippets_", "wagtailsnippetchoosers_"))


ALL = sorted({(address, row) for address, row in addresses()})


def test_every_address_has_its_row_and_every_row_an_address():
    assert {row for _, row in ALL} == set(MAY)
    assert len(ALL) > 150


@pytest.fixture
def keys(make_enquiry, person, desk):
    """Of each kind of thing one that is there, with the canary in all that it says."""
    now = timezone.now()
    enquiry = make_enquiry(organisation=CANARY, offers=["hire-flexibly"])
    partner = Partner.objects.get(slug="big-alliance")
    partner.name = CANARY
    partner.save_revision(user=person("partner"))
    link = OfferLink.objects.filter(partner=partner).first()
    link.what_we_do = CANARY
    link.save_revision(user=person("partner"))
    page = CaseStudyPage.objects.order_by("pk").first()
    page.employer_name = page.summary = CANARY
    page.is_example, page.basis = False, Basis.APPROVAL
    page.save_revision(user=person("editor2"))
    story = casestudies.ask_for_story(
        organisation=CANARY,
        person=CANARY,
        email="kookaburra@example.com",
        sector=None,
        size="",
        offers=[],
        by=person("editor2"),
        now=now,
    )
    permission = Permission.objects.create(
        case_study=page,
        organisation=CANARY,
        person=CANARY,
        evidence=CANARY,
        covers_words=True,
        given_on=now,
        until=now,
        created_at=now,
    )
    by = {"by": person("editor2"), "now": now, "key": uuid.uuid4()}
    sign_off = casestudies.ask_for_sign_off(
        page=page, to="kookaburra@example.com", contact=CANARY, note=CANARY, **by
    )
    preview = share_preview(page=page, **by)
    invitation = invite(partner=partner, email="kookaburra@example.com", is_lead=False, **by)
    return {
        "enquiries": enquiry.pk,
        "interest": enquiry.interests.get().pk,
        "website_messages": 1,
        "mail": Message.objects.order_by("pk").first().pk,
        "mailboxes": Mailbox.objects.order_by("pk").first().pk,
        "members": Membership.objects.order_by("pk").first().pk,
        "invitations": invitation.pk,
        "permissions": permission.pk,
        "sign_offs": sign_off.pk,
        "ask_for_sign_off": page.pk,
        "withdraw_story_request": story.pk,
        "page_id": page.pk,
        "link_id": preview.pk,
        "wagtailsnippets_offers_offerlink": link.pk,
        "wagtailsnippets_partners_partner": partner.pk,
        "wagtailsnippets_offers_sector": Sector.objects.order_by("pk").first().pk,
        "wagtailusers_users": person("editor2").pk,
        "revision_id": link.latest_revision.pk,
        "pk": 1,
    }


def filled_in(address, row, keys):
    """An address that can be asked for: each of its parameters is a key that is there."""

    def key(match):
        name = match["name"]
        if name == "action_name":
            return "approve"
        if name in ("revision_id_a", "revision_id_b"):
            return "live" if name.endswith("a") else "latest"
        if name == "pk" and "interest/" in address:
            return str(keys["interest"])
        return str(keys.get(row if name == "pk" else name, keys.get(name, 1)))

    path = re.sub(r"<(?:\w+:)?(?P<name>\w+)>", key, address)
    path = re.sub(r"\(\?P<(?P<name>\w+)>[^)]*\)", key, address) if "(?P<" in address else path
    return "/" + path.replace(r"\.", ".").rstrip("$")


def seen():
    """What would tell that something was done, without the long texts."""
    models = (Enquiry, TimelineEntry, Permission, SignOff, StoryRequest, PreviewLink)
    models += (Invitation, Membership, Mailbox, Message)
    versions = ("pk", "live", "latest_revision")
    return [
        *(list(model.objects.order_by("pk").values_list()) for model in models),
        *(
            list(model.objects.order_by("pk").values_list(*versions))
            for model in (Partner, OfferLink, CaseStudyPage)
        ),
        list(Revision.objects.order_by("pk").values_list("pk", flat=True)),
    ]


def has_a_title(response):
    """Whether a page names itself before it names the site; what is no page has nothing to name."""
    if response.streaming or not response["Content-Type"].startswith("text/html"):
        return True
    title = re.search("<title>(.*?)</title>", response.content.decode(), re.DOTALL)
    return title is None or not title[1].strip().startswith("-")


@contextmanager
def undone():
    """Whatever is done inside is taken back, so that one row does not change the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_role_gets_in_where_its_row_says_and_nowhere_else(keys, person, role, method):
    client = Client()
    if role != "anonymous":
        client.force_login(person(role))
    before = seen()
    allowed = 0
    for address, row in ALL:
        path = filled_in(address, row, keys)
        where = (row, path, role, method)
        with undone():
            response = getattr(client, method)(path)
            changed = seen() != before
        refused = response.status_code in (403, 404, 405) or (
            response.status_code == 302
            and response["Location"].startswith(("/admin/", "/accounts/login/"))
        )
        if role in MAY[row]:
            allowed += response.status_code == 200
            assert response.status_code < 500, where
            assert has_a_title(response), where
        else:
            assert refused, where
            assert CANARY not in response.content.decode(errors="replace"), where
            assert not changed, where
        if method == "get":
            assert not changed, where
    if role in INSIDE and method == "get":
        assert allowed > 10
