"""Every link in every mail: opening it changes nothing, and none can be made up."""

import re
import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from casestudies import services as casestudies
from casestudies.models import Basis, CaseStudyPage, SignOff
from core.services import share_preview
from enquiries import services
from enquiries.models import Handover
from enquiries.tasks import watch_handovers
from offers.models import FreshnessCheck, OfferLink
from offers.tasks import keep_links_fresh
from outbox.models import Message
from partners.models import Invitation, Partner
from partners.services import invite

DAY = timedelta(days=1)
# Kinds of mail that this test must have written; the others have links of the same kinds.
PURPOSES = {
    "enquiry_acknowledgement",
    "enquiry_received",
    "enquiry_reply",
    "enquiry_download_link",
    "enquiry_erasure_link",
    "enquiry_confirm_email",
    "interest_handed_over",
    "partner_introduced",
    "partner_invitation",
    "story_asked",
    "sign_off_asked",
    "still_right",
    "offer_links_lapsed",
}
WRITTEN_BY_READING = {"sessions.session", "enquiries.formday"}


@pytest.fixture
def mails(make_enquiry, person, desk):
    """One of each kind of mail with a link; the tokens by the names of their addresses."""
    now, by = timezone.now(), person("desk")
    editor = {"by": person("editor"), "now": now, "key": uuid.uuid4()}
    enquiry = make_enquiry(offers=["mentor-a-young-person"])
    services.reply(enquiry=enquiry, text="Hello", by=by, desk=desk, now=now, key=uuid.uuid4())
    for kind in ("download_link", "erasure_link"):
        services.send_code(enquiry=enquiry, kind=kind, key=uuid.uuid4(), desk=desk, now=now)
    services.ask_for_email(
        enquiry=enquiry, email="new@example.com", desk=desk, now=now, key=uuid.uuid4()
    )
    partner = Partner.objects.get(slug="big-alliance")
    interest = enquiry.interests.get()
    services.hand_over(interest=interest, to=partner, by=by, desk=desk, now=now)
    handover = Handover.objects.get()
    services.take_up(handover=handover, member=None, desk=desk, now=now)
    invite(partner=partner, email="new.member@example.com", is_lead=False, **editor)
    page = CaseStudyPage.objects.order_by("pk").first()
    page.is_example, page.basis = False, Basis.APPROVAL
    page.save_revision(user=person("editor"))
    sign_off = casestudies.ask_for_sign_off(
        page=page, to="sam@example.com", contact="Sam", note="", **editor
    )
    story = casestudies.ask_for_story(
        organisation="Canal Bakery",
        person="Sam",
        email="sam@example.com",
        sector=None,
        size="",
        offers=[],
        by=person("editor"),
        now=now,
    )
    preview = share_preview(page=page, **editor)
    at_work = _at_work(now)
    OfferLink.objects.filter(partner=partner).update(confirmed_at=at_work - 31 * DAY)
    kx = OfferLink.objects.filter(partner__slug="kx-recruit")
    kx.update(confirmed_at=at_work - 91 * DAY)
    keep_links_fresh(at_work)
    FreshnessCheck.objects.update(asked_at=now)
    watch_handovers(at_work)
    return {
        "track": enquiry.track_token,
        "enquire_sent": enquiry.token,
        "handover": handover.token,
        "still_right": FreshnessCheck.objects.first().token,
        "story": story.token,
        "sign_off": sign_off.token,
        "preview": preview.token,
        "invitation": Invitation.objects.get(email="new.member@example.com").token,
    }


def _at_work(now):
    """Noon of a working day not long ago."""
    from core.working_days import is_working_day

    day = now.replace(hour=12)
    while not is_working_day(day.date()) or day > now:
        day -= DAY
    return day


def everything():
    return {
        model._meta.label_lower: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models()
        if model._meta.managed and model._meta.label_lower not in WRITTEN_BY_READING
    }


def test_every_link_in_every_mail_is_opened_ten_times_and_nothing_changes(client, mails):
    written = set(Message.objects.values_list("purpose", flat=True))
    assert written >= PURPOSES
    texts = Message.objects.values_list("body", "body_html")
    pattern = re.compile(re.escape(settings.BASE_URL) + r"(/[^\s\"<]*)")
    paths = {path for pair in texts for text in pair for path in pattern.findall(text)}
    paths |= {reverse("preview", args=[mails["preview"]])}
    assert len(paths) > 12
    opened = {path: client.get(path).status_code for path in paths}  # what reading alone writes
    assert set(opened.values()) <= {200, 302}
    before = everything()

    for path in sorted(paths):
        for _ in range(10):
            assert client.get(path).status_code == opened[path], path
            assert client.head(path).status_code == opened[path], path

    after = everything()
    assert {name for name in after if after[name] != before[name]} == set()


@pytest.mark.parametrize(
    "name",
    [
        *("track", "enquire_sent", "handover", "still_right"),
        *("story", "sign_off", "preview", "invitation"),
    ],
)
def test_200_tampered_tokens_of_each_kind_get_one_answer(client, mails, name):
    good = reverse(name, args=[mails[name]])
    assert client.get(good).status_code == 200
    before, read, acted = everything(), set(), set()

    for place in range(200):
        token = mails[name]
        at = place % len(token)
        other = "A" if token[at] != "A" else "B"
        bad = reverse(name, args=[token[:at] + other + token[at + 1 :]])
        for method, answers in ((client.get, read), (client.post, acted)):
            response = method(bad)
            answers.add((response.status_code, response.content))

    ((seen, _),), ((done, _),) = read, acted  # one answer each
    assert seen == 404
    assert done in (404, 405)  # some pages take no POST, whatever the token
    assert everything() == before
    assert SignOff.objects.filter(answer="").exists()
