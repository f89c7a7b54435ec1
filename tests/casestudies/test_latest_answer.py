"""What an employer answered last counts, and what it agreed to is neither lost nor exchanged."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from PIL import Image

from casestudies import publishing, services
from casestudies.models import CaseStudyPage, Permission, SignOff
from core.models import NotWhole, SiteImage
from tests.publishing import publish


@pytest.fixture
def from_story(story, person):
    """What came with the story form: the words and no end soon."""
    today, now = timezone.localdate(), timezone.now()
    asked = services.ask_for_story(
        organisation="Fanlight Foods",
        person="Sam Okafor",
        email="sam@example.com",
        sector=None,
        size="",
        offers=[],
        by=person("editor"),
        now=now,
    )
    return Permission.objects.create(
        case_study=story,
        organisation="Fanlight Foods",
        person="Sam Okafor",
        covers_words=True,
        given_on=today,
        until=today + timedelta(days=730),
        evidence="Story form",
        story_request=asked,
        created_at=timezone.now(),
    )


def fresh(page):
    return CaseStudyPage.objects.get(pk=page.pk)


def words(response):
    return " ".join(strip_tags(response.content.decode()).split())


def test_a_shorter_time_on_the_sign_off_page_is_the_time(story, from_story, agree):
    agree(months=12)
    publish(fresh(story).get_latest_revision_as_object())
    assert fresh(story).live

    services.take_off_all(now=timezone.now() + timedelta(days=400))

    assert not fresh(story).live
    from_story.refresh_from_db()
    assert from_story.is_replaced


def test_one_withdrawal_takes_the_page_off_however_often_they_agreed(
    story, from_story, agree, person
):
    agree()
    agree()
    publish(fresh(story).get_latest_revision_as_object())
    last = SignOff.objects.latest("pk").permissions.get(covers_words=True)

    services.withdraw_permission(
        permission=last, why="They rang", by=person("editor"), now=timezone.now()
    )

    assert not fresh(story).live


def test_what_an_editor_entered_stays_so_when_their_account_is_gone(story, agree, permit):
    row = permit(added_by=None)

    agree()

    row.refresh_from_db()
    assert row.withdrawn_on is None


def test_words_whose_permission_was_withdrawn_do_not_come_back_with_another(story, agree, person):
    agree()
    first = fresh(story).get_latest_revision()
    publish(first.as_object())
    services.withdraw_permission(
        permission=Permission.objects.in_force(timezone.localdate()).get(case_study=story),
        why="Take the figure out",
        by=person("editor"),
        now=timezone.now(),
    )
    draft = fresh(story).get_latest_revision_as_object()
    draft.summary = "Without the figure."
    draft.save_revision(user=person("editor"))
    agree()

    back = first.as_object()
    revision = back.save_revision(user=person("editor"))
    with pytest.raises(NotWhole) as refused:
        revision.publish(user=person("editor2"))

    assert publishing.NO_PERMISSION in str(refused.value)


def test_a_page_that_somebody_agreed_to_is_not_deleted(sign_in, story, agree):
    agree()
    client = sign_in("admin")

    for address in (
        reverse("wagtailadmin_pages:delete", args=[story.pk]),
        reverse("wagtailadmin_pages:delete", args=[story.get_parent().pk]),
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={story.pk}",
    ):
        response = client.post(address, follow=True)
        assert "is kept with it: unpublish it instead" in words(response)

    assert fresh(story)
    assert SignOff.objects.filter(case_study=story).exists()


def picture(colour):
    file = BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "PNG")
    return ImageFile(BytesIO(file.getvalue()), f"{colour}.png")


def test_another_file_in_place_of_a_picture_needs_another_permission(story, person):
    image = SiteImage.objects.create(title="Team", file=picture("red"), licence="By permission")
    today = timezone.localdate()
    permission = Permission.objects.create(
        case_study=story,
        organisation="Fanlight Foods",
        person="Sam Okafor",
        picture=image,
        given_on=today,
        until=today + timedelta(days=30),
        evidence="Mail",
        added_by=person("editor"),
        created_at=timezone.now(),
    )
    image.title = "The team"
    image.save()
    permission.refresh_from_db()
    assert permission.withdrawn_on is None

    image.file = picture("blue")
    image.save()

    permission.refresh_from_db()
    assert permission.withdrawn_on is not None


@pytest.fixture
def replace(sign_in):
    """Have an editor upload another file in place of a picture; the answer."""

    def replace(image, **changes):
        data = {
            "title": image.title,
            "credit": "Priya",
            "licence": "CC BY 4.0",
            "collection": image.collection_id,
            **changes,
        }
        return sign_in("editor").post(reverse("wagtailimages:edit", args=[image.pk]), data)

    return replace


@pytest.mark.parametrize("way", ["published", "scheduled"])
def test_the_picture_of_a_published_story_is_not_exchanged(story, replace, person, way):
    image = SiteImage.objects.create(title="Team", file=picture("red"), licence="CC BY 4.0")
    if way == "published":
        CaseStudyPage.objects.filter(pk=story.pk).update(image=image, live=True)
    else:
        story.image = image
        revision = story.save_revision(clean=False)
        revision.approved_go_live_at = timezone.now() + timedelta(days=1)
        revision.save()
    before = image.file.name

    answer = replace(image, file=picture("blue"), title="Lost")

    assert answer.status_code == 200
    assert "has before them, shows this picture. Add the new one as another picture" in words(
        answer
    )
    image.refresh_from_db()
    assert (image.file.name, image.title) == (before, "Team")

    assert replace(image, title="The team", description="Six people").status_code == 302
    image.refresh_from_db()
    assert (image.file.name, image.title) == (before, "The team")


def test_the_picture_of_a_story_that_was_public_is_not_exchanged_while_it_is_not(
    story, replace, person
):
    image = SiteImage.objects.create(title="Team", file=picture("red"), licence="CC BY 4.0")
    CaseStudyPage.objects.filter(pk=story.pk).update(image=image)
    assert story.first_published_at
    assert not story.live

    answer = replace(image, file=picture("blue"))

    assert "Add the new one as another picture" in words(answer)


@pytest.mark.parametrize("is_approved", [False, True])
def test_the_picture_an_employer_was_shown_is_not_exchanged(
    story, replace, ask, agree, person, is_approved
):
    image = SiteImage.objects.create(title="Team", file=picture("red"), licence="CC BY 4.0")
    story.image = image
    story.save_revision(user=person("editor"))
    (agree if is_approved else ask)()

    answer = replace(image, file=picture("blue"))

    assert "Add the new one as another picture" in words(answer)


def test_the_picture_an_employer_wants_changed_is_exchanged(story, replace, ask, person):
    image = SiteImage.objects.create(title="Team", file=picture("red"), licence="CC BY 4.0")
    story.image = image
    story.save_revision(user=person("editor"))
    services.comment(sign_off=ask(), text="Not this picture", now=timezone.now())

    assert replace(image, file=picture("blue")).status_code == 302


def test_the_picture_of_a_draft_is_exchanged(story, replace):
    image = SiteImage.objects.create(title="Team", file=picture("red"), licence="CC BY 4.0")
    CaseStudyPage.objects.filter(pk=story.pk).update(image=image, first_published_at=None)
    before = image.file.name

    assert replace(image, file=picture("blue")).status_code == 302

    image.refresh_from_db()
    assert image.file.name != before


@pytest.mark.parametrize(
    ("licence", "is_open"),
    [
        ("CC BY 4.0", True),
        ("Open Government Licence v3.0", True),
        ("Creative Commons Attribution", True),
        ("By permission of CC Bytes Ltd, 3 May", False),
        ("By permission of Public Domain Pizza", False),
        ("Acc by email, not for web", False),
        ("All rights reserved, NOT Creative Commons", False),
        ("", False),
    ],
)
def test_a_licence_is_open_if_it_says_so(home, licence, is_open):
    assert publishing.needs_no_permission(SiteImage(licence=licence)) == is_open


def test_the_page_of_an_earlier_approval_says_that_a_later_one_counts(agree, client):
    first = agree(months=24)
    at = reverse("sign_off", args=[first.token])
    assert "We may show these words until" in words(client.get(at))

    agree(months=12)

    shown = words(client.get(at))
    assert "You approved a newer version on" in shown
    assert "We may show these words until" not in shown
    assert "we do not show the story" not in shown
