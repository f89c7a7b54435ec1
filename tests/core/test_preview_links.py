"""A draft for somebody without an account: who gets in, what they see, and who may share it."""

import random
import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    GroupPagePermission,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageViewRestriction,
)

from accounts.models import User
from casestudies.models import CaseStudyIndexPage, CaseStudyPage
from core import services
from core.models import PREVIEW_PURPOSE, PreviewLink
from core.tokens import make_token
from home.models import HomePage
from offers.models import OfferPage

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_one_second(monkeypatch):
    """A token holds the second in which it is made: here all are made in the same."""
    monkeypatch.setattr("django.core.signing.TimestampSigner.timestamp", lambda _: "1vAAAA")


@pytest.fixture
def share(person):
    def share(page, **more):
        more = {"now": timezone.now(), "by": person("editor"), **more}
        return services.share_preview(page=page, **more)

    return share


@pytest.fixture
def study(home):
    return CaseStudyPage.objects.live().order_by("pk").first()


def at(link):
    return reverse("preview", args=[link.token])


def read(response):
    return BeautifulSoup(response.content, "html.parser")


def manage(page):
    return reverse("secret_previews", args=[page.pk])


@pytest.mark.parametrize("model", [CaseStudyPage, OfferPage, HomePage, CaseStudyIndexPage])
def test_a_link_shows_the_latest_draft_and_not_what_is_published(client, home, share, model):
    page = model.objects.live().order_by("pk").first()
    link = share(page)
    page.title = "A better title"
    page.save_revision()

    response = client.get(at(link))

    assert response.status_code == 200
    assert "A better title" in read(response).h1.get_text()
    assert "A better title" not in client.get(page.url).content.decode()


def test_a_page_that_was_never_published_and_has_gaps_is_shown(client, home, share):
    draft = CaseStudyPage(title="Nothing yet", slug="nothing-yet", live=False)
    CaseStudyIndexPage.objects.get().add_child(instance=draft)

    response = client.get(at(share(draft)))

    assert read(response).h1.get_text(strip=True) == "Nothing yet"
    assert "None" not in read(response).main.get_text(" ", strip=True)
    assert client.get(draft.url).status_code == 404


def test_a_page_behind_a_sign_in_is_shown(client, study, share):
    PageViewRestriction.objects.create(page=study, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(study.url).status_code == 302
    assert client.get(at(share(study))).status_code == 200


def test_it_says_that_it_is_a_draft_and_until_when_the_link_works(client, study, share):
    now = timezone.datetime(2026, 11, 26, 9, 0, tzinfo=timezone.get_current_timezone())
    link = share(study, now=now)

    link.refresh_from_db()
    PreviewLink.objects.update(expires_at=timezone.now() + 400 * DAY)
    words = read(client.get(at(link))).header.get_text(" ", strip=True)

    assert f"{link.works_until:%d %B %Y}" == "10 December 2026"
    assert "This is a draft. Do not share it further. This link works until" in words


def test_it_is_stored_nowhere_found_nowhere_and_sets_no_cookie(client, study, share):
    link = share(study)

    response = client.get(at(link))

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    robots = read(response).select("meta[name=robots]")
    assert [one["content"] for one in robots] == ["noindex, nofollow"]
    assert not response.cookies
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert link.token not in response.content.decode()


def test_it_shows_an_editor_the_same_as_anybody_without_the_bar_of_the_cms(
    client, sign_in, study, share
):
    link = share(study)
    for_anybody = client.get(at(link)).content
    editor = sign_in("editor")

    assert "wagtail-userbar" in editor.get(study.url).content.decode()
    assert editor.get(at(link)).content == for_anybody


def test_a_listing_in_a_draft_has_its_pages(client, home, share):
    address = at(share(CaseStudyIndexPage.objects.get()))

    first, second = client.get(address), client.get(address, {"page": 2})

    assert second.status_code == 200
    assert read(first).main.get_text() != read(second).main.get_text()


def test_a_link_ends_with_its_last_day(client, study, share):
    now = timezone.now()
    link = share(study, now=now - 16 * DAY)

    assert client.get(at(link)).status_code == 404


def test_a_withdrawn_link_leads_nowhere(client, study, share, person):
    link = share(study)
    address = at(link)
    for _ in range(2):
        services.withdraw_preview(link=link, by=person("editor"), now=timezone.now())

    link.refresh_from_db()
    assert link.version == 1
    assert client.get(address).status_code == 404
    assert client.get(at(link)).status_code == 404


def test_whatever_is_wrong_with_a_link_the_answer_is_the_same(client, study, share, person):
    link = share(study)
    over = share(study, now=timezone.now() - 40 * DAY)
    gone = share(study)
    services.withdraw_preview(link=gone, by=person("editor"), now=timezone.now())
    chance = random.Random(5)
    token = link.token
    tampered = []
    while len(tampered) < 200:
        place = chance.randrange(len(token))
        sign = chance.choice("abcXYZ019-_:.~")
        changed = token[:place] + sign + token[place + 1 :]
        if changed != token:
            tampered.append(changed)
    others = [
        over.token,
        gone.token,
        make_token("track", link.uuid, link.version),
        make_token(PREVIEW_PURPOSE, uuid.uuid4(), 0),
        make_token(PREVIEW_PURPOSE, link.uuid, 1),
        "x",
        "\x00",
        "İ" * 50,
        "a" * 10_000,
    ]

    answers = {
        (response.status_code, response.content)
        for one in [*tampered, *others]
        for response in [client.get(reverse("preview", args=[one]))]
    }

    assert len(answers) == 1
    assert answers.pop()[0] == 404


def test_opening_it_ten_times_changes_nothing(client, study, share):
    link = share(study)
    models = (PreviewLink, Page, CaseStudyPage, PageLogEntry, ModelLogEntry)
    before = [list(model.objects.order_by("pk").values()) for model in models]

    for _ in range(10):
        assert client.get(at(link)).status_code == 200
        assert client.head(at(link)).status_code == 200

    assert [list(model.objects.order_by("pk").values()) for model in models] == before
    assert client.post(at(link)).status_code == 405


# -- In the CMS ---------------------------------------------------------------------------


def test_an_editor_makes_a_link_once_sees_it_and_withdraws_it(sign_in, study):
    editor = sign_in("editor")
    edit = editor.get(reverse("wagtailadmin_pages:edit", args=[study.pk])).content.decode()
    assert manage(study) in edit
    assert "Share a secret preview" in edit
    key = read(editor.get(manage(study))).select_one("input[name=once]")["value"]

    for _ in range(2):
        assert editor.post(manage(study), {"once": key}).status_code == 302

    link = PreviewLink.objects.get()
    shown = editor.get(manage(study))
    address = read(shown).select_one("td input")["value"]
    assert address.endswith(at(link))
    editor.logout()
    assert editor.get(at(link)).status_code == 200
    editor = sign_in("editor")
    withdraw = reverse("withdraw_secret_preview", args=[study.pk, link.pk])
    assert editor.get(withdraw).status_code == 405
    editor.post(withdraw)
    assert editor.get(at(link)).status_code == 404
    assert "There is no link to this page that works" in editor.get(manage(study)).content.decode()
    history = editor.get(reverse("wagtailadmin_pages:history", args=[study.pk])).content.decode()
    assert "Made a secret preview link" in history
    assert "Withdrew a secret preview link" in history


@pytest.mark.parametrize("key", ["", "\x00", "x" * 100_000, "İ"])
def test_a_key_that_is_none_of_ours_makes_a_link_all_the_same(sign_in, study, key):
    assert sign_in("editor").post(manage(study), {"once": key}).status_code == 302
    assert PreviewLink.objects.count() == 1


def test_a_key_of_another_page_makes_a_link_of_this_one(sign_in, study, home, share):
    other = share(home)

    sign_in("editor").post(manage(study), {"once": other.uuid})

    assert PreviewLink.objects.get(page=study).uuid != other.uuid


@pytest.mark.parametrize("name", ["anonymous", "desk", "partner"])
def test_who_may_not_edit_the_page_sees_and_makes_nothing(sign_in, study, share, name):
    link = share(study)
    client = sign_in(name)

    for method in (client.get, client.post):
        assert method(manage(study)).status_code in {302, 403}
    client.post(reverse("withdraw_secret_preview", args=[study.pk, link.pk]))

    assert list(PreviewLink.objects.values_list("pk", "version")) == [(link.pk, 0)]


def test_who_may_edit_one_part_of_the_site_shares_no_other(client, study, share, db):
    """Rights are asked of the page: an author of offers cannot share case studies."""
    group = Group.objects.create(name="Authors of offers")
    group.permissions.set(
        Group.objects.get(name="Editors").permissions.filter(codename="access_admin")
    )
    offer = OfferPage.objects.live().first()
    permission = GroupPagePermission.objects.filter(permission__codename="change_page").first()
    GroupPagePermission.objects.create(
        group=group, page=offer.get_parent(), permission=permission.permission
    )
    author = User.objects.create_user("author@example.org")
    author.groups.add(group)
    client.force_login(author)
    theirs = share(study)

    assert client.post(manage(offer)).status_code == 302
    client.post(manage(study))
    client.post(reverse("withdraw_secret_preview", args=[offer.pk, theirs.pk]))

    assert PreviewLink.objects.filter(page=offer).count() == 1
    assert list(PreviewLink.objects.filter(page=study).values_list("version")) == [(0,)]


def test_links_that_ended_long_ago_are_deleted(study, share, person):
    now = timezone.now()
    old, recent = share(study, now=now - 50 * DAY), share(study, now=now - 20 * DAY)
    withdrawn = share(study, now=now - 40 * DAY)
    services.withdraw_preview(link=withdrawn, by=person("editor"), now=now - 31 * DAY)
    kept = share(study)

    assert services.remove_old_previews(now) == 2
    assert set(PreviewLink.objects.all()) == {recent, kept}
    assert old not in PreviewLink.objects.all()
