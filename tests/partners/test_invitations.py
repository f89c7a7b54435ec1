"""Becoming a member: by a mailed link, once, and never with somebody else's account."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.contrib.auth import authenticate
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from accounts.models import User
from core.personal_data import erase_person, export_person
from core.tokens import make_token
from core.working_days import LONDON
from outbox.models import Message
from partners import services, tasks
from partners.models import INVITATION_PURPOSE, Invitation, Membership, Partner
from tests.members import OTHER, OWN, link_in, mails, once, words

INVITE = f"{OWN}members/invite/"
MEMBERS = f"{OWN}members/"
PASSWORD = "canal boats go slowly"
NEW = {"name": "Sam Okafor", "password": PASSWORD}


@pytest.fixture
def invite(big_alliance, person):
    """Invite an address for BIG Alliance."""

    def invite(email="sam@example.com", *, is_lead=False, partner=None, now=None):
        return services.invite(
            partner=partner or big_alliance,
            email=email,
            is_lead=is_lead,
            by=person("partner"),
            key=uuid.uuid4(),
            now=now or timezone.now(),
        )

    return invite


def path_of(invitation):
    return f"/accounts/invitation/{invitation.token}/"


def post(client, path, **fields):
    return client.post(path, {"once": once(client.get(path)), **fields})


# -- Inviting -----------------------------------------------------------------------------


def test_a_lead_invites_an_address_and_it_is_mailed_a_link(lead, big_alliance):
    answer = post(lead, INVITE, email="Sam@Example.com", may="propose")

    assert (answer.status_code, answer["Location"]) == (303, f"{MEMBERS}?done=invited")
    (mail,) = mails("partner_invitation")
    assert mail.recipient == "sam@example.com"
    assert mail.subject == "BIG Alliance invites you to Islington Aspires"
    assert link_in(mail).startswith("/accounts/invitation/")
    assert "sam" not in link_in(mail)
    page = words(lead.get(f"{MEMBERS}?done=invited"))
    assert "We have sent the invitation" in page
    assert "sam@example.com" in page


def test_pressing_twice_invites_once(lead):
    key = once(lead.get(INVITE))
    answers = [
        lead.post(INVITE, {"email": "sam@example.com", "may": "lead", "once": key})
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(mails("partner_invitation")) == 1
    assert Invitation.objects.get().is_lead


def test_the_next_address_from_the_same_form_is_invited_too_and_once(lead):
    key = once(lead.get(INVITE))
    for email in ("sam@example.com", "kim@example.com", "Kim@example.com"):
        lead.post(INVITE, {"email": email, "may": "propose", "once": key})

    assert [mail.recipient for mail in mails("partner_invitation")] == [
        "sam@example.com",
        "kim@example.com",
    ]


@pytest.mark.parametrize(
    ("sent", "last"),
    [
        (datetime(2026, 6, 1, 9, 30, tzinfo=LONDON), date(2026, 6, 15)),
        (datetime(2026, 10, 20, 0, 30, tzinfo=LONDON), date(2026, 11, 3)),  # the clocks go back
        (datetime(2026, 6, 1, 23, 30, tzinfo=UTC), date(2026, 6, 16)),  # the next day in London
    ],
)
def test_an_invitation_holds_to_the_end_of_the_day_it_names(invite, lead, sent, last):
    invitation = invite(now=sent)

    last_minute = datetime.combine(last, time(23, 59), LONDON)
    assert Invitation.objects.open(last_minute).exists()
    assert not Invitation.objects.open(last_minute + timedelta(minutes=1)).exists()
    assert invitation.works_until == last
    in_words = f"{last.day} {last:%B %Y}"
    assert f"{last:%A} {in_words}" in mails("partner_invitation").get().body


def test_members_and_the_council_read_the_same_last_day(invite, lead, client, person):
    invitation = invite()
    in_words = f"{invitation.works_until.day} {invitation.works_until:%B %Y}"
    assert f"It holds until {in_words}." in words(lead.get(MEMBERS))

    editor = person("editor")
    profile = UserProfile.get_for_user(editor)
    profile.current_time_zone = "Asia/Tokyo"
    profile.save()
    client.force_login(editor)

    assert in_words in client.get(reverse("invitations:index")).content.decode()


def test_the_key_of_somebody_elses_invitation_hides_nothing(lead, invite, person):
    theirs = invite(partner=Partner.objects.get(slug="kx-recruit"))

    answer = lead.post(
        INVITE, {"email": "kim@example.com", "may": "propose", "once": str(theirs.uuid)}
    )

    assert answer.status_code == 303
    assert Invitation.objects.filter(email="kim@example.com", partner__slug="big-alliance").exists()


@pytest.mark.parametrize("known", ["editor@example.org", "nobody@example.org"])
def test_nobody_learns_by_inviting_whether_there_is_an_account(lead, known):
    answer = post(lead, INVITE, email=known, may="propose")

    assert answer["Location"] == f"{MEMBERS}?done=invited"
    assert mails("partner_invitation").get().recipient == known


def test_a_member_is_not_invited_again(lead):
    answer = post(lead, INVITE, email="PARTNER@example.org", may="propose")

    assert answer.status_code == 422
    assert "Whoever has this address is a member already" in words(answer)
    assert not mails("partner_invitation")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "Enter the email address of the person you invite"),
        ({"email": "sam@example.com"}, "Select what they can do"),
        ({"email": "sam@example.com", "may": "everything"}, "Select what they can do"),
        ({"email": "sam", "may": "lead"}, "Enter an email address in the correct format"),
        ({"email": "a\x00b", "may": "lead"}, "Enter an email address in the correct format"),
        ({"email": "x" * 100_000 + "@example.com", "may": "lead"}, "must be 254 characters"),
        ({"email": "İ@example.com", "may": "lead"}, "Enter an email address in the correct format"),
        ({"email": "<script>", "may": "lead"}, "Enter an email address in the correct format"),
    ],
)
def test_what_is_entered_wrongly_is_told(lead, fields, message):
    answer = post(lead, INVITE, **fields)

    assert answer.status_code == 422
    assert message in words(answer)
    assert not Invitation.objects.exists()


def test_a_partner_invites_20_in_a_day(lead, invite):
    yesterday = timezone.now() - timedelta(days=1, minutes=1)
    invite("earlier@example.com", now=yesterday)
    for number in range(20):
        invite(f"sam{number}@example.com")

    answer = post(lead, INVITE, email="one-more@example.com", may="propose")

    assert answer.status_code == 429
    assert "20 invitations in a day" in words(answer)
    assert 'value="one-more@example.com"' in answer.content.decode()


def test_an_address_gets_3_in_a_day_from_all_partners_together(lead, invite):
    for slug in ("kx-recruit", "timewise", "iwork"):
        invite("Sam@example.com", partner=Partner.objects.get(slug=slug))

    answer = post(lead, INVITE, email="sam@EXAMPLE.com", may="propose")

    assert answer.status_code == 429
    assert "3 invitations in a day" in words(answer)


# -- Sending again, withdrawing -----------------------------------------------------------


def test_sent_again_the_new_link_opens_and_the_old_one_does_not(lead, client, invite):
    old = invite(is_lead=True)
    path = f"{OWN}invitations/{old.uuid}/again/"

    answer = post(lead, path)

    assert answer["Location"] == f"{MEMBERS}?done=again"
    new = Invitation.objects.unanswered().get()
    assert (new.email, new.is_lead) == ("sam@example.com", True)
    assert Client().get(path_of(old)).status_code == 404
    assert Client().get(path_of(new)).status_code == 200
    assert len(mails("partner_invitation")) == 2


def test_pressing_send_again_twice_sends_one(lead, invite):
    path = f"{OWN}invitations/{invite().uuid}/again/"
    key = once(lead.get(path))

    answers = [lead.post(path, {"once": key}) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [f"{MEMBERS}?done=again"] * 2
    assert len(mails("partner_invitation")) == 2


def test_an_invitation_that_was_answered_is_not_sent_again(lead, invite):
    invitation = invite()
    Client().post(path_of(invitation), NEW)

    answer = lead.post(f"{OWN}invitations/{invitation.uuid}/again/")

    assert answer["Location"] == f"{MEMBERS}?done=ended"
    assert len(mails("partner_invitation")) == 1


def test_a_withdrawn_invitation_opens_nothing(lead, invite):
    invitation = invite()
    path = f"{OWN}invitations/{invitation.uuid}/withdraw/"
    assert lead.get(path).status_code == 200
    assert Client().get(path_of(invitation)).status_code == 200

    answers = [lead.post(path), lead.post(path)]

    assert [answer["Location"] for answer in answers] == [f"{MEMBERS}?done=withdrawn"] * 2
    assert Client().get(path_of(invitation)).status_code == 404
    assert Client().post(path_of(invitation), NEW).status_code == 404
    assert not User.objects.filter(email="sam@example.com").exists()


def test_invitations_of_others_are_not_there(lead, invite):
    theirs = invite(partner=Partner.objects.get(slug="kx-recruit"))

    for page in ("again", "withdraw"):
        for begin in (OWN, OTHER):
            assert lead.post(f"{begin}invitations/{theirs.uuid}/{page}/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.withdrawn_at is None


# -- Accepting ----------------------------------------------------------------------------


def test_opening_the_link_changes_nothing(client, invite):
    invitation = invite()

    page = client.get(path_of(invitation))
    client.head(path_of(invitation))

    assert "BIG Alliance invites you" in words(page)
    assert "no-store" in page["Cache-Control"]
    assert b'content="noindex"' in page.content
    assert not User.objects.filter(email="sam@example.com").exists()
    assert Invitation.objects.unanswered().exists()


def test_whoever_accepts_gets_an_account_and_is_in(client, invite):
    invitation = invite()

    answer = client.post(path_of(invitation), NEW)

    assert (answer.status_code, answer["Location"]) == (303, "/partner/")
    user = User.objects.get(email="sam@example.com")
    assert (user.first_name, user.last_name) == ("Sam", "Okafor")
    assert not user.groups.exists()
    assert not user.has_perm("wagtailadmin.access_admin")
    membership = Membership.objects.get(user=user)
    assert (membership.partner.slug, membership.is_lead) == ("big-alliance", False)
    assert not membership.is_coordinator
    assert client.get("/partner/")["Location"] == OWN
    assert client.get(OWN).status_code == 200
    assert client.get(MEMBERS).status_code == 200
    assert client.get("/admin/").status_code == 302
    assert authenticate(email="sam@example.com", password=PASSWORD) == user


def test_who_is_invited_to_lead_leads(client, invite):
    client.post(path_of(invite(is_lead=True)), NEW)

    assert client.get(INVITE).status_code == 200


def test_the_link_works_once_and_a_second_press_lands_on_the_same_page(client, invite):
    path = path_of(invite())

    answers = [client.post(path, NEW), client.post(path, NEW), Client().post(path, NEW)]

    assert [answer["Location"] for answer in answers] == ["/partner/"] * 3
    assert User.objects.filter(email="sam@example.com").count() == 1
    assert Membership.objects.filter(user__email="sam@example.com").count() == 1
    # Opened again it leads there too, by way of the sign-in, and lets nobody in.
    stranger = Client()
    assert stranger.get(path)["Location"] == "/partner/"
    stranger.post(path, NEW)
    assert stranger.get("/partner/").status_code == 302
    assert stranger.get(OWN).status_code == 302


def test_whatever_is_wrong_with_the_link_the_answer_is_the_same(client, invite):
    now = timezone.now()
    expired = invite("old@example.com", now=now - timedelta(days=15))
    withdrawn = services.withdraw_invitation(invitation=invite(), by=expired.invited_by, now=now)
    retired = invite(partner=Partner.objects.get(slug="timewise"))
    Partner.objects.filter(slug="timewise").update(is_active=False)
    good = invite("good@example.com")
    tokens = [
        expired.token,
        withdrawn.token,
        retired.token,
        make_token("track", good.uuid, 1),
        make_token(INVITATION_PURPOSE, uuid.uuid4(), 1),
        make_token(INVITATION_PURPOSE, good.uuid, 2),
        good.token[:-1] + ("A" if good.token[-1] != "A" else "B"),
        "x",
        "%00",
        "%ed%a0%80",
        "<script>",
        "x" * 5000,
    ]

    for method in ("get", "post"):
        pages = {
            words(answer)
            for token in tokens
            if (answer := getattr(client, method)(f"/accounts/invitation/{token}/"))
            and answer.status_code == 404
        }
        assert len(pages) == 1
    assert all(client.get(f"/accounts/invitation/{one}/").status_code == 404 for one in tokens)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "Enter your full name"),
        ({"name": "x" * 100_000}, "Full name must be 150 characters or less"),
        ({"password": ""}, "Enter a password"),
        ({"password": "short"}, "Password must be 12 characters or more"),
        ({"password": "password1234"}, "Enter a password that is harder to guess"),
        ({"password": "sam@example.com"}, "Password must not be like your name or email address"),
        ({"password": "a\x00b" * 10}, "Enter a password in letters, numbers and signs"),
        ({"password": "ab c" * 25_000}, "Password must be 1,000 characters or less"),
    ],
)
def test_what_is_wrong_is_told_in_our_words_and_the_name_is_kept(client, invite, fields, message):
    answer = client.post(path_of(invite()), {**NEW, **fields})

    assert answer.status_code == 422
    assert message in words(answer)
    if "name" not in fields:
        assert 'value="Sam Okafor"' in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
    assert not User.objects.filter(email="sam@example.com").exists()


@pytest.mark.parametrize("name", ["İpek <script>alert(1)</script>", "a\x00b", "Ana\u202eLíva"])
def test_any_name_is_taken_as_text(client, invite, name):
    answer = client.post(path_of(invite()), {**NEW, "name": name})

    assert answer.status_code == 303
    page = client.get(MEMBERS).content.decode()
    assert "<script>alert" not in page
    assert "\x00" not in page


# -- With an account that is there ---------------------------------------------------------


@pytest.mark.parametrize("name", ["editor", "admin", "partner2"])
def test_an_account_is_never_taken_over(client, invite, person, name):
    invitation = invite(f"{name.upper()}@example.org")
    before = person(name).password

    page = client.get(path_of(invitation))
    answer = client.post(path_of(invitation), NEW)

    for response in (page, answer):
        assert response.status_code == 200
        assert "Sign in with it" in words(response)
    assert person(name).password == before
    assert not Membership.objects.filter(user=person(name), partner=invitation.partner).exists()
    assert client.get(OWN).status_code == 302


def test_the_page_leads_to_the_sign_in_and_back(client, invite):
    from home.demo.loader import PASSWORD as OURS

    path = path_of(invite("partner2@example.org"))
    assert f'href="/accounts/login/?next={path}"' in client.get(path).content.decode()

    data = {"login": "partner2@example.org", "password": OURS, "next": path}
    assert client.post("/accounts/login/", data)["Location"] == path
    assert "You use the account that you have" in words(client.get(path))
    assert not Membership.objects.filter(
        user__email="partner2@example.org", partner__slug="big-alliance"
    ).exists()

    answers = [client.post(path), client.post(path)]

    assert [answer["Location"] for answer in answers] == ["/partner/"] * 2
    assert {one.partner.slug for one in Membership.objects.of(answers[0].wsgi_request.user)} == {
        "big-alliance",
        "kx-recruit",
    }


def test_nobody_accepts_with_somebody_elses_account(client, invite, person):
    client.force_login(person("partner2"))
    invitation = invite()

    page, answer = client.get(path_of(invitation)), client.post(path_of(invitation), NEW)

    assert (page.status_code, answer.status_code) == (200, 409)
    assert "another email address" in words(answer)
    assert "sam@example.com" not in answer.content.decode()
    assert not Membership.objects.filter(user=person("partner2"), partner=invitation.partner)
    assert not User.objects.filter(email="sam@example.com").exists()


def test_a_closed_account_is_not_opened_again(client, invite, person):
    closed = person("editor2")
    closed.is_active = False
    closed.save()
    invitation = invite("editor2@example.org")

    client.post(path_of(invitation), NEW)

    assert not person("editor2").is_active
    assert not Membership.objects.filter(user=closed).exists()


def test_a_password_alone_of_somebody_of_the_cms_accepts_nothing(client, invite, person, settings):
    settings.SECOND_FACTOR = "required"
    path = path_of(invite("editor@example.org"))
    client.force_login(person("editor"))

    answers = [client.get(path), client.post(path)]

    assert [answer["Location"] for answer in answers] == ["/accounts/2fa/totp/activate/"] * 2
    assert not Membership.objects.filter(user=person("editor")).exists()


def test_another_spelling_of_the_address_is_the_same_account(client, invite):
    User.objects.create_user("sam@xn--bcher-kva.example", PASSWORD)
    invitation = invite("sam@bücher.example")

    assert services.has_account(invitation)


def test_an_address_has_one_open_invitation_of_a_partner_however_it_is_spelled(invite):
    first, second = invite("sam@bücher.example"), invite("sam@xn--bcher-kva.example")

    assert not Invitation.objects.open(timezone.now()).filter(pk=first.pk).exists()
    assert Invitation.objects.unanswered().get() == second


def test_two_invitations_of_one_address_accepted_in_one_moment_make_one_account(
    client, invite, monkeypatch
):
    invite()
    other = invite(partner=Partner.objects.get(slug="timewise"))
    User.objects.create_user("sam@example.com", PASSWORD)
    monkeypatch.setattr(services.invitations, "has_account", lambda _: False)

    with pytest.raises(services.HasAccount):
        services.accept_with_new_account(
            invitation=other, name="Sam", password=PASSWORD, now=timezone.now()
        )
    assert not Membership.objects.filter(partner__slug="timewise", user__email="sam@example.com")


# -- What is kept -------------------------------------------------------------------------


def test_invitations_are_forgotten_30_days_after_they_ended(invite, person, client):
    now = timezone.now()
    long_ago = now - timedelta(days=46)
    expired = invite("expired@example.com", now=long_ago)
    waiting = invite("waiting@example.com", now=now - timedelta(days=40))
    fresh = invite("fresh@example.com")

    tasks.forget_invitations(now)

    left = set(Invitation.objects.values_list("pk", flat=True))
    assert expired.pk not in left
    assert {waiting.pk, fresh.pk} <= left
    kept = set(Message.objects.values_list("recipient", flat=True))
    assert "expired@example.com" not in kept
    assert {"waiting@example.com", "fresh@example.com"} <= kept


def test_the_worker_forgets_them():
    from core import schedule

    assert "forget_invitations" in schedule._tasks


def test_invitations_are_exported_and_erased_with_the_person(client, invite):
    invitation = invite()
    assert export_person("SAM@example.com")["invitations"][0]["partner"] == "BIG Alliance"

    erased = erase_person("sam@example.com", timezone.now())

    assert erased["invitations"] == 1
    assert client.get(path_of(invitation)).status_code == 404


def test_an_expired_form_keeps_the_name_and_no_password(invite):
    client = Client(enforce_csrf_checks=True)

    answer = client.post(path_of(invite()), NEW)

    assert answer.status_code == 403
    assert "Sam Okafor" in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
