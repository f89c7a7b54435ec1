"""The form for an employer's story: who gets in, what becomes of it, and what is kept how long."""

import random
import uuid
from datetime import timedelta
from importlib import import_module
from io import BytesIO
from pathlib import Path
from zlib import crc32

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image, PngImagePlugin
from wagtail.models import Collection, ModelLogEntry, Page, PageLogEntry, Revision

from casestudies import services
from casestudies.models import (
    STORY_PURPOSE,
    CaseStudyIndexPage,
    CaseStudyPage,
    Permission,
    StoryRequest,
)
from casestudies.services import stories
from casestudies.services.story_drafts import COLLECTION, rich_text
from casestudies.story_forms import PARTS, StoryForm
from core import personal_data, posted
from core.models import SiteImage
from core.services import share_preview
from core.tokens import make_token
from offers.models import OfferPage, Sector
from outbox.models import Message
from tests.hostile import CORPUS

DAY = timedelta(days=1)
TYPED = {
    "did": ["offer-work-experience"],
    "started": "September 2025",
    "people": "3 students and 2 of our bakers",
    "time_given": "2 hours a month",
    "challenge": "Nobody local applied.\n\nOur oven stood cold on Sundays.",
    "what_they_did": "We opened the bakery to a school.",
    "what_changed": "Two students work with us now.",
    "what_was_hard": "The first week nobody knew what to do.",
    "advice": "Start small.",
    "quote": "They asked better questions than we do.",
    "quote_person": "Sam Okafor",
    "quote_role": "Owner",
    "figure": "2",
    "label": "students who work with us now",
    "period": "September 2025 to July 2026",
    "may": ["words", "names"],
    "giver": "Sam Okafor",
    "giver_role": "Owner",
}


@pytest.fixture(autouse=True)
def _in_one_second(monkeypatch):
    """A token holds the second in which it is made: here all are made in the same."""
    monkeypatch.setattr("django.core.signing.TimestampSigner.timestamp", lambda _: "1vAAAA")


@pytest.fixture
def ask(home, person):
    def ask(**changes):
        answers = {
            "organisation": "Canal Bakery",
            "person": "Sam Okafor",
            "email": "sam@example.com",
            "sector": Sector.objects.get(slug="retail"),
            "size": "10-49",
            "offers": OfferPage.objects.filter(slug="offer-work-experience"),
            "by": person("editor"),
            "now": timezone.now(),
            "note": "They won a prize.",
        }
        return services.ask_for_story(**{**answers, **changes})

    return ask


@pytest.fixture
def story(ask):
    return ask()


def at(story):
    return reverse("story", args=[story.token])


def read(response):
    return BeautifulSoup(response.content, "html.parser")


def words(response):
    return " ".join(read(response).main.get_text(" ").split())


def photo(kind="JPEG", size=(300, 200), **more):
    file = BytesIO()
    Image.new("RGB", size, "orange").save(file, kind, **more)
    return file.getvalue()


def file(content, name="a.jpg", kind="image/jpeg"):
    return SimpleUploadedFile(name, content, kind)


def with_picture(content=None, **changes):
    return {
        **TYPED,
        "picture": file(content or photo()),
        "picture_shows": "Two students at an oven",
        "picture_credit": "Sam Okafor",
        "may": ["words", "picture", "names"],
        **changes,
    }


def errors(response):
    """The lines of the error summary."""
    assert response.status_code == 422
    return [line.get_text(strip=True) for line in read(response).select(".errors li")]


def everything():
    models = (StoryRequest, Permission, SiteImage, Page, CaseStudyPage, Message, Revision)
    return [list(model.objects.order_by("pk").values()) for model in models]


# -- Asking -------------------------------------------------------------------------------


def test_asking_mails_the_link_once_and_nothing_personal_stands_in_it(ask, client):
    key = uuid.uuid4()
    story = ask(key=key)
    again = ask(key=key)

    assert again == story
    mail = Message.objects.get(purpose="story_asked")
    assert mail.recipient == "sam@example.com"
    assert mail.reply_to == "editor@example.org"
    assert at(story) in mail.body
    assert at(story) in mail.body_html
    assert "prize" not in mail.body + mail.body_html
    assert story.works_until == timezone.localdate(story.asked_at) + 60 * DAY
    assert f"{story.works_until.day} {story.works_until:%B %Y}" in mail.body
    for secret in ("sam", "okafor", "canal", "bakery"):
        assert secret not in at(story).lower()
    assert client.get(at(story)).status_code == 200


def test_nobody_is_asked_without_an_address(ask):
    with pytest.raises(services.NoAddress):
        ask(email="")
    assert not StoryRequest.objects.exists()


def test_what_the_log_keeps_names_nobody(story, person):
    services.withdraw_story_request(story=story, by=person("editor"), now=timezone.now())

    logged = ModelLogEntry.objects.filter(action__startswith="casestudies.story")
    assert {entry.label for entry in logged} == {f"Story request {story.pk}"}
    assert logged.count() == 2


def test_an_editor_asks_without_an_enquiry(sign_in, home):
    editor = sign_in("editor")
    address = reverse("ask_for_story")
    key = read(editor.get(address)).select_one("[name=once]")["value"]
    offer = OfferPage.objects.get(slug="hire-flexibly")
    typed = {
        "once": key,
        "organisation": "Canal Bakery",
        "person": "Sam Okafor",
        "email": "sam@example.com",
        "offers": [offer.pk],
    }

    for _ in range(2):
        assert editor.post(address, typed).status_code == 302

    story = StoryRequest.objects.get()
    assert list(story.offers.all()) == [offer]
    assert story.asked_by.email == "editor@example.org"
    shown = editor.get(reverse("story_requests")).content.decode()
    assert "Canal Bakery" in shown
    assert "Waiting for their story" in shown
    assert Message.objects.filter(purpose="story_asked").count() == 1


def test_an_editor_who_enters_nothing_is_told_what_is_missing(sign_in, home):
    text = sign_in("editor").post(reverse("ask_for_story"), {}).content.decode()

    for message in (
        "Enter the organisation’s name",
        "Enter whom you ask",
        "Enter their email address",
    ):
        assert message in text
    assert not StoryRequest.objects.exists()


@pytest.mark.parametrize("value", ["x", "999999", "\x00", "İ", "<script>", "a" * 100_000])
@pytest.mark.parametrize("field", ["offers", "sector", "size", "once"])
def test_nothing_that_an_editor_cannot_choose_breaks_the_form(sign_in, home, field, value):
    typed = {"organisation": "A", "person": "B", "email": "c@example.com", field: value}

    response = sign_in("editor").post(reverse("ask_for_story"), typed)

    assert response.status_code == (302 if field == "once" else 422)


@pytest.mark.parametrize("name", ["anonymous", "desk", "partner"])
def test_who_may_not_add_case_studies_asks_nobody_and_sees_nobody(sign_in, story, name):
    client = sign_in(name)

    for address in (reverse("ask_for_story"), reverse("story_requests")):
        response = client.get(address)
        assert response.status_code in {302, 403}
        assert b"Canal Bakery" not in response.content
    client.post(reverse("withdraw_story_request", args=[story.pk]))

    story.refresh_from_db()
    assert story.withdrawn_at is None


def test_a_withdrawn_request_leads_nowhere(client, sign_in, story):
    address = at(story)
    withdraw = reverse("withdraw_story_request", args=[story.pk])
    assert sign_in("editor").get(withdraw).status_code == 405
    for _ in range(2):
        sign_in("editor").post(withdraw)

    assert client.get(address).status_code == 404
    assert client.post(address, TYPED).status_code == 404
    assert StoryRequest.objects.get().version == 1


def test_a_story_that_has_come_is_not_withdrawn(client, sign_in, story):
    client.post(at(story), TYPED)

    response = sign_in("editor").post(
        reverse("withdraw_story_request", args=[story.pk]), follow=True
    )

    assert "Nothing was withdrawn" in response.content.decode()
    assert StoryRequest.objects.get().withdrawn_at is None


# -- The form -----------------------------------------------------------------------------


def test_the_form_knows_what_we_know_and_asks_everything_once(client, story):
    response = client.get(at(story))

    page = read(response)
    assert page.select_one("[name=did][value=offer-work-experience]").has_attr("checked")
    assert page.select_one("[name=giver]")["value"] == "Sam Okafor"
    asked = {name for names in PARTS.values() for name in names}
    assert asked == set(StoryForm.base_fields) - {"once"}
    assert {tag["name"] for tag in page.form.select("[name]")} - {
        "csrfmiddlewaretoken",
        "once",
    } == asked
    assert "no-store" in response["Cache-Control"]
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert "prize" not in response.content.decode()


def test_a_closed_offer_that_they_were_asked_about_can_be_ticked(client, ask):
    offer = OfferPage.objects.get(slug="hire-flexibly")
    offer.unpublish()
    story = ask(offers=[offer])

    assert read(client.get(at(story))).select_one("[name=did][value=hire-flexibly]")
    assert client.post(at(story), {**TYPED, "did": ["hire-flexibly"]}).status_code == 303


def test_what_is_missing_is_said_in_words_and_what_was_typed_stays(client, story):
    response = client.post(at(story), {"advice": "Start small <b>now</b>"})

    assert errors(response) == [
        "Select what you did",
        "Enter what you wanted to change",
        "Enter what you did about it",
        "Enter what changed",
        "Enter what was hard",
        "Enter a sentence or two that we can quote",
        "Enter whose words these are",
        "Select that we may publish your words. Without it, we cannot use your story",
        "Enter your full name",
        "Enter your job title",
    ]
    page = read(response)
    assert page.select_one("[name=advice]").get_text().strip() == "Start small <b>now</b>"
    assert page.title.string.startswith("Error: ")
    for link in page.select(".errors a"):
        assert page.find(id=link["href"][1:])
    assert not CaseStudyPage.objects.filter(employer_name="Canal Bakery").exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"figure": ""}, "Enter the figure"),
        ({"period": " "}, "Enter the period this figure covers"),
        ({"label": ""}, "Enter what the figure counts"),
        ({"figure": "123456789"}, "Figure must be 8 characters or less"),
        ({"quote": "a" * 281}, "What we can quote must be 280 characters or less"),
        ({"what_they_did": "a" * 100_000}, "What you did must be 2,000 characters or less"),
        ({"did": ["nothing"]}, "Select what you did"),
        (
            {"may": ["names"]},
            "Select that we may publish your words. Without it, we cannot use your story",
        ),
        (
            {"may": ["words", "picture"]},
            "Choose the picture, or remove what you entered about it below",
        ),
        (
            {"picture_shows": "An oven"},
            "Choose the picture, or remove what you entered about it below",
        ),
    ],
)
def test_what_does_not_fit_is_said_in_words(client, story, changes, message):
    assert errors(client.post(at(story), {**TYPED, **changes})) == [message]
    assert not Permission.objects.filter(organisation="Canal Bakery").exists()


def test_what_a_figure_needs_is_said_before_it_is_missing(client, story):
    form = StoryForm(story=story, offers=[], too_large=False)

    for name in ("label", "period"):
        assert form.fields[name].help_text.startswith("Needed if you give a figure. ")


def test_a_figure_is_optional(client, story):
    client.post(at(story), {**TYPED, "figure": "", "label": "", "period": ""})

    assert not StoryRequest.objects.get().case_study.results


def test_an_expired_form_keeps_what_was_typed(story):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(at(story), with_picture())

    assert response.status_code == 403
    kept = {tag["name"] for tag in read(response).select("input[type=hidden]")}
    assert set(TYPED) <= kept
    assert posted.names_at(at(story)) == [
        name for name in StoryForm.base_fields if name != "picture"
    ]
    assert not SiteImage.objects.filter(title="Picture from Canal Bakery").exists()


# -- What becomes of it -------------------------------------------------------------------


def test_a_story_becomes_one_draft_with_its_words_in_place(client, story, person):
    response = client.post(at(story), TYPED)

    assert response.status_code == 303
    assert response["Location"] == at(story)
    thanks = client.get(at(story))
    assert "Thank you. We have your story" in words(thanks)
    assert "Sam" not in words(thanks)
    page = StoryRequest.objects.get().case_study
    assert not page.live
    assert page.first_published_at is None
    assert page.get_parent().specific == CaseStudyIndexPage.objects.get()
    assert page.owner == page.story_owner == person("editor")
    assert page.basis == "employer-approval"
    assert page.challenge == "<p>Nobody local applied.</p><p>Our oven stood cold on Sundays.</p>"
    assert page.started_on.isoformat() == "2025-09-01"
    assert page.results[0].value["period"] == "September 2025 to July 2026"
    assert page.quotes[0].value["person"] == "Sam Okafor"
    assert [row.offer.slug for row in page.did.all()] == ["offer-work-experience"]
    assert (page.sector.slug, page.size) == ("retail", "10-49")
    assert "3 students and 2 of our bakers" in page.staff_notes
    assert "They won a prize." in page.staff_notes
    assert page.latest_revision.as_object().challenge == page.challenge
    assert client.get(page.url).status_code == 404


def test_an_editor_opens_the_draft_and_its_preview(client, sign_in, story):
    client.post(at(story), with_picture())
    page = StoryRequest.objects.get().case_study
    editor = sign_in("editor")

    assert editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    drawn = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert "Our oven stood cold" in words(drawn)


def test_what_they_permit_is_on_record_with_its_evidence(client, story, today):
    client.post(at(story), with_picture())

    page = StoryRequest.objects.get().case_study
    words_, picture = Permission.objects.for_story(page).order_by("pk")
    assert words_.covers_words
    assert words_.picture is None
    assert picture.picture == page.image
    assert not picture.covers_words
    for one in (words_, picture):
        assert (one.person, one.role, one.organisation) == ("Sam Okafor", "Owner", "Canal Bakery")
        assert one.given_on == today
        assert one.evidence == (f"Story form of {today.day} {today:%B %Y}: people may be named")
        one.full_clean()
        assert one.is_in_force(today)


def test_nobody_is_named_who_did_not_agree(client, story):
    client.post(at(story), {**TYPED, "may": ["words"]})

    page = StoryRequest.objects.get().case_study
    assert page.quotes[0].value["person"] == "Owner"
    assert "They did not say that people may be named" in page.staff_notes
    assert Permission.objects.get(case_study=page).evidence.endswith("nobody is named")


def test_the_editor_who_asked_is_mailed_without_the_words(client, story):
    client.post(at(story), TYPED)

    mail = Message.objects.get(purpose="story_received")
    assert mail.recipient == "editor@example.org"
    page = StoryRequest.objects.get().case_study
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in mail.body
    for secret in ("Sam", "oven"):
        assert secret not in mail.body + mail.body_html + mail.subject


@pytest.mark.parametrize("who", ["nobody", "somebody who left", "somebody of another team"])
def test_every_editor_is_mailed_where_whoever_asked_cannot_be(client, ask, person, who):
    editor = person("editor")
    by = {"nobody": None, "somebody of another team": person("partner")}.get(who, editor)
    story = ask(by=by)
    if who == "somebody who left":
        editor.is_active = False
        editor.save()

    client.post(at(story), TYPED)

    told = Message.objects.filter(purpose="story_received").values_list("recipient", flat=True)
    here = {"editor@example.org", "editor2@example.org"} - (
        {"editor@example.org"} if who == "somebody who left" else set()
    )
    assert set(told) == here


def test_a_second_press_makes_no_second_draft_and_lands_on_the_same_page(client, story):
    typed = {**TYPED, "once": str(uuid.uuid4())}

    first, second = client.post(at(story), typed), client.post(at(story), typed)

    assert first.status_code == second.status_code == 303
    assert first["Location"] == second["Location"]
    assert CaseStudyPage.objects.filter(employer_name="Canal Bakery").count() == 1
    assert Message.objects.filter(purpose="story_received").count() == 1


def test_what_is_sent_from_another_window_is_not_taken_but_shown(client, story):
    client.post(at(story), TYPED)
    before = everything()

    response = client.post(at(story), {**TYPED, "advice": "Bring <b>cake</b>."})

    assert response.status_code == 409
    assert "You have already sent your story" in words(response)
    assert "Bring <b>cake</b>." in words(response)
    assert everything() == before


def test_a_draft_that_exists_is_not_touched(client, story):
    page = CaseStudyPage(title="Our own words", slug="our-own", live=False)
    CaseStudyIndexPage.objects.get().add_child(instance=page)
    story.case_study = page
    story.save()
    before = CaseStudyPage.objects.filter(pk=page.pk).values().get()

    client.post(at(story), TYPED)

    assert CaseStudyPage.objects.filter(pk=page.pk).values().get() == before
    story.refresh_from_db()
    assert story.answers["advice"] == "Start small."


def test_two_employers_of_one_name_have_two_drafts(client, ask):
    for _ in range(2):
        assert client.post(at(ask()), TYPED).status_code == 303

    drafts = CaseStudyPage.objects.filter(employer_name="Canal Bakery")
    assert len({page.slug for page in drafts}) == 2


@pytest.mark.parametrize("name", ["Feed", "☕", "<script>alert(1)</script>", "İ" * 120, "a" * 200])
def test_any_name_of_an_organisation_makes_a_draft(client, ask, name):
    assert client.post(at(ask(organisation=name)), TYPED).status_code == 303

    assert StoryRequest.objects.get().case_study.slug not in {"", "feed"}


def test_more_offers_than_a_case_study_shows_stand_in_the_notes(client, story):
    slugs = list(OfferPage.objects.published().order_by("path").values_list("slug", flat=True))[:4]

    client.post(at(story), {**TYPED, "did": slugs})

    page = StoryRequest.objects.get().case_study
    assert page.did.count() == 3
    assert OfferPage.objects.get(slug=slugs[3]).title in page.staff_notes


def test_without_a_page_for_case_studies_the_story_is_kept_all_the_same(client, story):
    CaseStudyIndexPage.objects.get().delete()

    assert client.post(at(story), TYPED).status_code == 303

    kept = StoryRequest.objects.get()
    assert kept.case_study is None
    assert kept.answers["advice"] == "Start small."
    assert reverse("story_requests") in Message.objects.get(purpose="story_received").body


# -- Who gets in --------------------------------------------------------------------------


def test_whatever_is_wrong_with_a_link_the_answer_is_the_same(client, ask, person):
    story = ask()
    over = ask(now=timezone.now() - 62 * DAY)
    gone = ask()
    services.withdraw_story_request(story=gone, by=person("editor"), now=timezone.now())
    chance = random.Random(5)
    token = story.token
    tampered = set()
    while len(tampered) < 200:
        place = chance.randrange(len(token))
        changed = token[:place] + chance.choice("abcXYZ019-_:.") + token[place + 1 :]
        tampered |= {changed} - {token}
    others = [
        over.token,
        gone.token,
        make_token("sign-off", story.uuid, story.version),
        make_token(STORY_PURPOSE, uuid.uuid4(), 0),
        make_token(STORY_PURPOSE, story.uuid, 1),
        "x",
        "\x00",
        "İ" * 50,
        "a" * 10_000,
    ]
    before = everything()

    answers = {
        (response.status_code, response.content)
        for one in [*sorted(tampered), *others]
        for method in (client.get, client.post)
        for response in [method(reverse("story", args=[one]))]
    }

    assert {status for status, _ in answers} == {404}
    assert len(answers) == 1
    assert everything() == before


def test_opening_it_ten_times_changes_nothing(client, story):
    before = everything()

    for _ in range(10):
        assert client.get(at(story)).status_code == 200
        assert client.head(at(story)).status_code == 200

    assert everything() == before


# -- The picture --------------------------------------------------------------------------


def with_exif():
    exif = Image.Exif()
    exif[0x010F] = "SpyCam"
    exif[0x0112] = 6  # held upright: turned by a quarter
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.0, 32.0, 46.0)
    return photo(exif=exif, comment=b"Taken at home")


def png_with_text():
    info = PngImagePlugin.PngInfo()
    info.add_text("Location", "Upper Street")
    return photo("PNG", pnginfo=info)


def kept_picture():
    image = StoryRequest.objects.get().case_study.image
    with image.file.open() as held:
        return image, held.read()


def test_a_picture_is_kept_with_credit_licence_and_description(client, story, today):
    client.post(at(story), with_picture())

    image, _ = kept_picture()
    assert image.credit == "Sam Okafor"
    assert image.licence == f"By permission of Canal Bakery, {today.day} {today:%B %Y}"
    assert image.description == "Two students at an oven"
    assert image.collection.name == COLLECTION
    assert (image.width, image.height) == (300, 200)
    assert StoryRequest.objects.get().case_study.image_alt == "Two students at an oven"


def test_the_second_picture_goes_to_the_same_collection(client, ask):
    for _ in range(2):
        client.post(at(ask()), with_picture())

    assert Collection.objects.filter(name=COLLECTION).count() == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_kind_of_picture_is_taken_whatever_its_name(client, story, kind):
    client.post(at(story), with_picture(photo(kind)))

    assert kept_picture()[0].width == 300


def test_where_and_with_what_it_was_taken_is_gone_and_it_stands_upright(client, story):
    client.post(at(story), with_picture(with_exif()))

    image, content = kept_picture()
    for secret in (b"SpyCam", b"Exif", b"Taken at home", b"GPS"):
        assert secret not in content
    kept = Image.open(BytesIO(content))
    assert not kept.getexif()
    assert (image.width, image.height) == (200, 300)


def test_what_was_written_into_a_picture_is_gone(client, story):
    script = b"<script>alert(1)</script>"

    client.post(at(story), with_picture(png_with_text() + script))

    content = kept_picture()[1]
    assert b"Upper Street" not in content
    assert script not in content


def test_what_shines_through_still_does(client, story):
    glass = BytesIO()
    Image.new("RGBA", (30, 20), (255, 0, 0, 100)).save(glass, "PNG")

    client.post(at(story), with_picture(glass.getvalue()))

    assert Image.open(BytesIO(kept_picture()[1])).getpixel((0, 0))[3] == 100


def test_a_large_picture_is_made_smaller(client, story):
    client.post(at(story), with_picture(photo(size=(4_000, 3_000))))

    image, _ = kept_picture()
    assert (image.width, image.height) == (2_400, 1_800)


def bomb(width, height):
    """A PNG of a few bytes that says it is huge."""
    content = bytearray(photo("PNG", size=(1, 1)))
    content[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    content[29:33] = crc32(content[12:29]).to_bytes(4, "big")
    return bytes(content)


def gif_with_script():
    content = photo("GIF")
    return content[:6] + content[6:] + b"/*<script>alert(1)</script>*/"


NO_PICTURE = "The picture must be a JPEG, PNG or WebP file"
PIXELS = "The picture must have 30 million pixels or fewer. Make it smaller"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', NO_PICTURE),
        (gif_with_script(), NO_PICTURE),
        (b"Only words, called a picture", NO_PICTURE),
        (b"<script>alert(1)</script>", NO_PICTURE),
        (photo()[:200], NO_PICTURE),
        (bomb(40_000, 40_000), PIXELS),
        (bomb(7_000, 7_000), PIXELS),
        (b"%PDF-1.4\n%%EOF", NO_PICTURE),
        (photo() + b"\0" * 10_000_000, "The picture must be smaller than 10 MB"),
    ],
    ids=["svg", "gif", "text", "script", "cut", "40,000²", "7,000²", "pdf", "10 MB"],
)
def test_what_is_no_picture_is_refused_in_words(client, story, content, message):
    before = SiteImage.objects.count()

    assert errors(client.post(at(story), with_picture(content))) == [message]
    assert SiteImage.objects.count() == before


def test_an_empty_file_is_refused_in_words(client, story):
    typed = {**TYPED, "picture": file(b""), "picture_shows": "An oven", "picture_credit": "Sam"}

    assert errors(client.post(at(story), typed)) == ["The picture is empty. Choose another file"]


def test_a_picture_needs_words_and_a_right_and_must_be_chosen_again(client, story):
    response = client.post(at(story), {**TYPED, "picture": file(photo())})

    assert errors(response) == [
        "Choose the picture again: browsers do not keep it",
        "Enter what the picture shows",
        "Enter who took the picture",
        "Select that we may publish the picture, or leave it out",
    ]


def test_a_file_is_taken_at_an_open_link_under_its_name_alone(rf, story, ask, person):
    over = ask(now=timezone.now() - 62 * DAY)

    def taken(address, **files):
        request = rf.post(address, {"advice": "A", **files})
        assert request.POST["advice"] == "A"
        return list(request.FILES)

    assert taken(at(story), picture=file(photo())) == ["picture"]
    assert taken(at(story), other=file(photo())) == []
    assert taken(at(over), picture=file(photo())) == []
    assert taken("/story/x/", picture=file(photo())) == []
    assert taken("/enquire/", picture=file(photo())) == []


def test_only_one_file_is_taken(rf, story):
    request = rf.post(at(story), {"picture": [file(photo()), file(photo())]})

    assert len(request.FILES.getlist("picture")) == 1


# -- Hostile words ------------------------------------------------------------------------


def texts(text):
    """Everything that is typed, with this text in its place."""
    return {**TYPED, **{name: text for name, value in TYPED.items() if isinstance(value, str)}}


def test_no_text_breaks_the_form(client, story):
    for text in CORPUS:
        response = client.post(at(story), {**texts(text), "did": [text], "may": [text]})
        assert response.status_code == 422, repr(text)


@pytest.mark.slow
def test_no_text_breaks_the_draft(client, ask):
    made = 0
    for text in sorted({text[:8] for text in CORPUS}):
        story = ask()
        response = client.post(at(story), texts(text))
        assert response.status_code in {303, 422}, repr(text)
        if response.status_code == 303:
            page = StoryRequest.objects.get(pk=story.pk).case_study
            link = share_preview(page=page, by=None, now=timezone.now())
            assert client.get(reverse("preview", args=[link.token])).status_code == 200, repr(text)
            made += 1
    assert made > 20


def test_what_looks_like_markup_stays_text(client, story, sign_in):
    hostile = '<script>alert(1)</script>\n\n<a href="javascript:alert(1)">x</a> <embed> & "q"'

    client.post(at(story), {**TYPED, "challenge": hostile, "quote_person": "<b>Sam</b>"})

    page = StoryRequest.objects.get().case_study
    assert page.challenge == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
        "<p>&lt;a href=&quot;javascript:alert(1)&quot;&gt;x&lt;/a&gt; &lt;embed&gt; &amp; "
        "&quot;q&quot;</p>"
    )
    drawn = read(sign_in("editor").get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])))
    assert not drawn.main.find("script", string="alert(1)")
    assert not drawn.find("embed")
    assert "<script>alert(1)</script>" in drawn.main.get_text()


def test_lines_and_paragraphs_are_kept():
    assert rich_text("one\ntwo\n\nthree") == "<p>one<br/>two</p><p>three</p>"
    assert rich_text("") == ""


@pytest.mark.parametrize("key", ["", "x", "\x00", "İ", "a" * 100_000])
def test_a_key_that_is_none_of_ours_loses_nothing(client, story, key):
    assert client.post(at(story), {**TYPED, "once": key}).status_code == 303


# -- What is kept, and how long -----------------------------------------------------------


def settle():
    Message.objects.update(state=Message.State.SENT, settled_at=timezone.now())


def test_who_never_answered_is_forgotten_when_the_link_ends(ask):
    now = timezone.now()
    story = ask(now=now - 62 * DAY)
    mail = Message.objects.get(purpose="story_asked")
    waiting = ask()
    settle()

    assert services.forget_stories(now=now) == 1
    assert services.forget_stories(now=now) == 0
    story.refresh_from_db()
    waiting.refresh_from_db()
    assert (story.person, story.sent_to, story.organisation, story.note) == ("", "", "", "")
    assert waiting.person == "Sam Okafor"
    mail.refresh_from_db()
    assert (mail.recipient, mail.body, mail.body_html) == ("", "", "")


def test_one_that_cannot_be_forgotten_keeps_no_other(ask, monkeypatch, caplog):
    now = timezone.now()
    bad, good = ask(now=now - 62 * DAY), ask(now=now - 62 * DAY)
    settle()
    blank = stories._blank

    def fail_for_one(story, now):
        if story.pk == bad.pk:
            raise ValueError("Sam Okafor")
        blank(story, now)

    monkeypatch.setattr(stories, "_blank", fail_for_one)

    assert services.forget_stories(now=now) == 1

    good.refresh_from_db()
    assert good.anonymised_at
    assert "ValueError" in caplog.text
    assert "Okafor" not in caplog.text


def test_what_was_sent_is_forgotten_after_24_months(client, ask):
    now = timezone.now()
    story = ask()
    client.post(at(story), TYPED)
    settle()

    assert services.forget_stories(now=now + 729 * DAY) == 0
    assert services.forget_stories(now=now + 732 * DAY) == 1
    story.refresh_from_db()
    assert story.answers == {}
    assert story.case_study is not None
    assert client.get(at(story)).status_code == 404


def test_nothing_is_forgotten_before_its_mail_is_settled(ask):
    story = ask(now=timezone.now() - 62 * DAY)

    assert services.forget_stories(now=timezone.now()) == 0
    story.refresh_from_db()
    assert story.person == "Sam Okafor"


def test_a_person_gets_what_we_hold_and_is_erased_on_request(client, story):
    client.post(at(story), TYPED)

    held = personal_data.export_person("SAM@example.com")["stories"]
    assert held[0]["answers"]["advice"] == "Start small."
    assert held[0]["note"] == "They won a prize."
    address = at(story)

    assert personal_data.erase_person("sam@example.com", timezone.now())["stories"] == 1

    story.refresh_from_db()
    assert (story.person, story.sent_to, story.answers) == ("", "", {})
    assert client.get(address).status_code == 404
    assert personal_data.export_person("sam@example.com")["stories"] == []


def test_a_draft_that_nobody_edited_is_erased_with_the_story(client, story):
    tell(client, story)
    page = CaseStudyPage.objects.get(story_requests=story)

    personal_data.erase_person("sam@example.com", timezone.now())

    assert not CaseStudyPage.objects.filter(pk=page.pk).exists()
    assert not Revision.objects.for_instance(page).exists()


def test_no_picture_of_an_erased_story_may_be_shown_with_another(client, story, permit_none):
    words_, picture = tell(client, story)
    given = permit_none(case_study=story_page(story), picture=picture.picture)

    personal_data.erase_person("sam@example.com", timezone.now())

    for permission in (words_, picture, given):
        permission.refresh_from_db()
        assert permission.case_study is None
        assert permission.status(timezone.localdate()) == "Withdrawn"
    assert words_.evidence == words_.withdrawn_why == ""
    assert given.withdrawn_why == "Its case study was deleted"


def test_the_picture_of_an_erased_story_goes_with_its_files(
    client, story, django_capture_on_commit_callbacks
):
    image = tell(client, story).get(picture__isnull=False).picture
    rendition = image.get_rendition("width-100")
    files = [one.file.path for one in (image, rendition)]
    assert all(Path(file).exists() for file in files)

    with django_capture_on_commit_callbacks(execute=True):
        personal_data.erase_person("sam@example.com", timezone.now())

    assert not SiteImage.objects.filter(pk=image.pk).exists()
    assert not any(Path(file).exists() for file in files)


@pytest.mark.parametrize("where", ["page", "version"])
def test_a_picture_that_is_shown_elsewhere_stays(client, story, where):
    image = tell(client, story).get(picture__isnull=False).picture
    other = CaseStudyPage.objects.exclude(story_requests=story).first()
    other.image = image
    if where == "page":
        other.save()
    else:
        other.save_revision(clean=False)

    personal_data.erase_person("sam@example.com", timezone.now())

    assert SiteImage.objects.filter(pk=image.pk).exists()


def test_the_log_of_pages_does_not_name_who_was_erased(client, ask):
    story, same_name = ask(), ask(email="other@example.com")
    for one in (story, same_name):
        client.post(at(one), TYPED)
    kept = CaseStudyPage.objects.get(story_requests=same_name)

    personal_data.erase_person("sam@example.com", timezone.now())

    named = PageLogEntry.objects.filter(label__contains="Canal Bakery")
    assert {entry.page_id for entry in named} == {kept.pk}


@pytest.mark.parametrize("is_still_here", [True, False])
def test_a_draft_that_somebody_edited_is_left_to_its_editors(client, story, person, is_still_here):
    tell(client, story)
    page = CaseStudyPage.objects.get(story_requests=story)
    edited = page.save_revision(user=person("editor"), clean=False)
    later = timezone.now() + timedelta(minutes=5)
    Revision.objects.filter(pk=edited.pk).update(created_at=later)
    if not is_still_here:  # with the account a revision forgets its author
        Revision.objects.filter(pk=edited.pk).update(user=None)

    personal_data.erase_person("sam@example.com", timezone.now())

    assert CaseStudyPage.objects.filter(pk=page.pk).exists()


def test_a_request_that_waits_is_erased_with_its_mail(client, story):
    mail = Message.objects.get(purpose="story_asked")

    personal_data.erase_person("sam@example.com", timezone.now())

    mail.refresh_from_db()
    assert mail.state != Message.State.WAITING
    assert "Sam" not in mail.body


def tell(client, story):
    """Have a story sent with a picture: two permissions come with it."""
    assert client.post(at(story), with_picture()).status_code == 303
    return Permission.objects.filter(organisation="Canal Bakery").order_by("pk")


def take_back(permissions, by):
    for permission in permissions:
        services.withdraw_permission(
            permission=permission, why="Sam rang", by=by, now=timezone.now()
        )


def story_page(story):
    return CaseStudyPage.objects.get(story_requests=story)


@pytest.fixture
def permit_none(today):
    """Put a row into the register that says nothing of what may be shown, unless it is given."""

    def permit_none(**given):
        common = {"given_on": today, "until": today + 99 * DAY, "created_at": timezone.now()}
        return Permission.objects.create(**common, **given)

    return permit_none


def delete_draft(story):
    story_page(story).delete()


def correct_name(story):
    Permission.objects.update(person="Samuel Okafor", evidence="Their letter")


def move_to_another_page(story):
    other = CaseStudyPage.objects.exclude(story_requests=story).first()
    Permission.objects.update(case_study=other)


@pytest.mark.parametrize("meanwhile", [delete_draft, correct_name, move_to_another_page])
def test_what_came_with_a_story_is_exported_and_erased_with_its_person(
    client, story, person, meanwhile
):
    permissions = tell(client, story)
    meanwhile(story)
    take_back(permissions.filter(withdrawn_on=None), person("editor"))

    assert len(personal_data.export_person("sam@example.com")["permissions"]) == 2
    counts = personal_data.erase_person("sam@example.com", timezone.now())

    assert (counts["stories"], counts["permissions"]) == (1, 2)
    left = permissions.values_list("person", "role", "evidence", "withdrawn_why")
    assert set(left) == {("", "", "", "")}


def test_a_permission_of_a_story_names_somebody_only_while_it_is_in_force(client, story, person):
    permissions = tell(client, story)
    story_page(story).save_revision(user=person("editor"), clean=False)  # so it is no mere copy

    personal_data.erase_person("sam@example.com", timezone.now())

    assert {one.person for one in permissions.all()} == {"Sam Okafor"}
    take_back(permissions, person("editor"))
    services.forget_what_is_over(now=timezone.now())
    assert {one.person for one in permissions.all()} == {""}


def test_the_names_in_its_permissions_go_with_a_story_after_24_months(client, story):
    now = timezone.now()
    words_, picture = tell(client, story)
    Permission.objects.filter(pk=picture.pk).update(until=timezone.localdate() + 900 * DAY)
    settle()

    services.forget_stories(now=now + 732 * DAY)

    words_.refresh_from_db()
    picture.refresh_from_db()
    assert (words_.person, picture.person) == ("", "Sam Okafor")
    services.forget_what_is_over(now=now + 901 * DAY)
    picture.refresh_from_db()
    assert picture.person == ""


def test_what_is_in_the_register_for_another_story_of_the_same_name_stays(client, ask, person):
    permissions = tell(client, ask())
    other = ask(email="other@example.com")
    client.post(at(other), TYPED)
    take_back(permissions, person("editor"))

    personal_data.erase_person("other@example.com", timezone.now())

    assert [one.person for one in permissions.all()] == ["Sam Okafor", "Sam Okafor", ""]


def test_permissions_given_before_are_put_to_their_stories(client, ask):
    fill = import_module("casestudies.migrations.0005_permissions_of_stories").fill
    deleted, corrected, other = ask(), ask(), ask()
    for one in (deleted, corrected, other):
        tell(client, one)
    delete_draft(deleted)
    Permission.objects.filter(story_request=corrected).update(person="Samuel Okafor")
    by_hand = Permission.objects.create(
        organisation="Canal Bakery",
        person="Sam Okafor",
        covers_words=True,
        given_on=timezone.localdate(),
        until=timezone.localdate() + DAY,
        evidence="Story form of today",
        created_at=timezone.now(),
    )
    before = set(Permission.objects.values_list("pk", "story_request"))
    Permission.objects.update(story_request=None)

    fill(apps, None)

    assert (by_hand.pk, None) in before
    assert set(Permission.objects.values_list("pk", "story_request")) == before
