import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image

from accounts.models import User
from casestudies import services
from casestudies.models import CaseStudyPage, Permission, SignOff
from core.models import SiteImage


@pytest.fixture
def story(home, person):
    """A draft about a real employer, last changed by the first editor; nobody agreed to it yet."""
    page = CaseStudyPage.objects.get(slug="fanlight-foods")
    page.unpublish()
    page = CaseStudyPage.objects.get(pk=page.pk)
    page.is_example = False
    page.story_owner = person("editor")
    page.save()
    page.save_revision(user=person("editor"))
    return CaseStudyPage.objects.get(pk=page.pk)


@pytest.fixture
def ask(story, person):
    """Ask its employer about the latest draft."""

    def ask(**changes) -> SignOff:
        given = {
            "page": story,
            "to": "sam@example.com",
            "contact": "Sam Okafor",
            "note": "",
            "by": person("editor"),
            "key": uuid.uuid4(),
            "now": timezone.now(),
            **changes,
        }
        return services.ask_for_sign_off(**given)

    return ask


@pytest.fixture
def agree(ask):
    """Have its employer approve the latest draft."""

    def agree(*, months=24, picture=False, now=None, **asked) -> SignOff:
        now = now or timezone.now()
        return services.approve(
            sign_off=ask(now=now, **asked),
            person="Sam Okafor",
            role="Owner",
            months=months,
            picture=picture,
            now=now,
        )

    return agree


@pytest.fixture
def permit(story):
    """Put a row into the register, for the words of the story unless changed."""

    def permit(**changes) -> Permission:
        today = timezone.localdate()
        given = {
            "case_study": story,
            "organisation": "Fanlight Foods",
            "person": "Sam Okafor",
            "covers_words": True,
            "given_on": today,
            "added_by": User.objects.get(email="editor@example.org"),
            "until": today + timedelta(days=700),
            "evidence": "Email of today",
            "created_at": timezone.now(),
            **changes,
        }
        return Permission.objects.create(**given)

    return permit


@pytest.fixture
def photo(db):
    """A picture that may be shown only with permission."""
    file = BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, "PNG")
    return SiteImage.objects.create(
        title="The kitchen team",
        file=ImageFile(file, name="kitchen-team.png"),
        credit="Priya",
        licence="Given by the employer",
    )
