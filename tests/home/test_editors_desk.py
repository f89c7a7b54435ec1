"""The home of the CMS for editors: what waits for them, and for whom it is drawn."""

from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from casestudies import services
from casestudies.models import (
    CaseStudyIndexPage,
    CaseStudyPage,
    Permission,
    SignOff,
    StoryRequest,
)
from core.working_days import LONDON, add_working_days
from core.working_days import day as day_of
from home.models import PlainPage
from offers.models import OfferLink, OfferPage
from outbox.models import Message
from partners.models import Partner

DAY = timedelta(days=1)
HOME = "/admin/"


@pytest.fixture(autouse=True)
def _nothing_waits(home, today):
    """The demonstration content as it is once its editors have done everything."""
    CaseStudyPage.objects.update(review_on=today + 400 * DAY)
    Page.objects.update(search_description="Said", has_unpublished_changes=False)
    Permission.objects.update(until=today + 400 * DAY)


@pytest.fixture
def panels(sign_in):
    """The panels of an account's home, each its text by its id."""

    def panels(name="editor"):
        response = sign_in(name).get(HOME)
        assert response.status_code == 200
        page = BeautifulSoup(response.content, "html.parser")
        panels.page = page
        return {
            found["id"].removesuffix("-section"): " ".join(found.get_text(" ").split())
            for found in page.select("section.w-panel[id]")
        }

    return panels


def draft(title, **fields):
    page = CaseStudyPage(title=title, live=False, **fields)
    CaseStudyIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=fields.get("owner"), clean=False)
    return page


def submit(thing, by):
    """Somebody asks for a second pair of eyes."""
    thing.save_revision(user=by)
    thing.get_workflow().start(thing, by)


def ask(person, number=0):
    return services.ask_for_story(
        organisation=f"Bakery {number}",
        person="Sam",
        email=f"sam{number}@example.com",
        sector=None,
        size="",
        offers=[],
        by=person("editor"),
        now=timezone.now(),
    )


def sign_off(page, **fields):
    now = timezone.now()
    return SignOff.objects.create(
        case_study=page, digest="x", asked_at=now, expires_at=now + 60 * DAY, **fields
    )


def permission(page, until, **fields):
    return Permission.objects.create(
        case_study=page,
        organisation="Canal Bakery",
        person="Sam Okafor",
        covers_words=True,
        given_on=until - 400 * DAY,
        until=until,
        evidence="A letter",
        created_at=timezone.now(),
        **fields,
    )


def study():
    return CaseStudyPage.objects.live().order_by("pk").first()


OURS = {
    *("my_drafts", "pages_to_approve", "partners_to_approve", "offer_links_to_approve"),
    *("sign_offs_to_change", "sign_offs_waiting", "stories_waiting", "reviews_due"),
    *("permissions_lapsing", "undescribed", "stories_to_edit"),
}


def test_where_nothing_waits_one_calm_line_says_so(panels):
    assert not OURS & set(panels())
    assert "Nothing waits for you" in panels.page.get_text()


@pytest.mark.parametrize("name", ["desk"])
def test_who_edits_no_pages_sees_no_panel_of_the_editors(panels, person, name, today):
    draft("A draft", owner=person("desk"))
    ask(person)
    CaseStudyPage.objects.update(review_on=today)

    assert not OURS & set(panels(name))
    assert "Nothing waits for you" not in panels.page.get_text()


def test_my_drafts_are_those_i_own_or_changed_last(panels, person):
    mine = draft("Written by me", owner=person("editor"))
    draft("Written by another", owner=person("editor2"))
    changed = study()
    changed.save_revision(user=person("editor"))

    text = panels()["my_drafts"]

    assert text.startswith("Your drafts (2)")
    assert "Written by me" in text
    assert changed.title in text
    assert "another" not in text
    edit = reverse("wagtailadmin_pages:edit", args=[mine.pk])
    assert panels.page.select_one(f"#my_drafts-section a[href='{edit}']")
    assert "Nothing waits for you" not in panels.page.get_text()


def test_a_story_that_has_come_is_a_draft_of_who_asked(panels, person):
    page = draft("Canal Bakery’s story", owner=person("editor"))
    page.save_revision(clean=False)  # by the employer: by nobody we know

    assert "Canal Bakery’s story" in panels()["my_drafts"]
    assert "my_drafts" not in panels("editor2")


@pytest.mark.parametrize("asked_by", ["", "editor2", "desk"])
def test_a_story_that_nobody_edits_yet_waits_for_every_editor(panels, person, asked_by):
    owner = person(asked_by) if asked_by else None
    page = draft("Canal Bakery’s story", owner=owner)
    page.save_revision(clean=False)
    story = ask(person)
    StoryRequest.objects.filter(pk=story.pk).update(case_study=page, answered_at=timezone.now())

    assert "Canal Bakery’s story" in panels("editor")["stories_to_edit"]
    assert ("stories_to_edit" in panels("editor2")) == (asked_by != "editor2")

    page.save_revision(user=person("editor"), clean=False)
    assert "stories_to_edit" not in panels("editor2")
    assert "Canal Bakery’s story" in panels("editor")["my_drafts"]


def test_what_was_submitted_waits_for_others_and_not_for_its_author(panels, person):
    page = OfferPage.objects.live().order_by("pk").first()
    submit(page, person("editor"))

    assert "pages_to_approve" not in panels("editor")
    assert "my_drafts" not in panels("editor")
    text = panels("editor2")["pages_to_approve"]
    assert text.startswith("Pages to approve (1)")
    assert page.title in text
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert panels.page.select_one(f"#pages_to_approve-section a[href='{edit}']")
    assert not panels.page.select(".workflow-progress, #awaiting-review")


@pytest.mark.parametrize(
    ("model", "panel"),
    [(Partner, "partners_to_approve"), (OfferLink, "offer_links_to_approve")],
)
def test_what_was_proposed_for_a_partner_waits_for_an_editor(panels, person, model, panel):
    thing = model.objects.order_by("pk").first()
    submit(thing, person("partner"))

    found = panels("editor")

    assert str(thing) in found[panel]
    assert "by Pat Partner" in found[panel]
    assert panels.page.select_one(f"#{panel}-section li a")["href"].startswith("/admin/snippets/")
    assert len(OURS & set(found)) == 1


def test_open_sign_offs_and_those_with_comments_are_shown_apart(panels):
    waiting, commented = CaseStudyPage.objects.live().order_by("pk")[:2]
    sign_off(waiting)
    sign_off(
        commented,
        answer=SignOff.Answer.COMMENT,
        comment="<b>Our name is wrong</b>",
        answered_at=timezone.now(),
    )

    found = panels()

    assert waiting.title in found["sign_offs_waiting"]
    assert commented.title in found["sign_offs_to_change"]
    assert commented.title not in found["sign_offs_waiting"]
    assert "Our name is wrong" not in panels.page.get_text()


def test_stories_that_can_still_come_are_shown(panels, person):
    story = ask(person)
    gone = ask(person, 1)
    services.withdraw_story_request(story=gone, by=person("editor"), now=timezone.now())

    text = panels()["stories_waiting"]

    assert text.startswith("Waiting for a story (1)")
    assert story.organisation in text
    assert gone.organisation not in text


@pytest.mark.parametrize(
    ("days", "said"), [(-1, "was due on"), (0, "due on"), (30, "due on"), (31, "")]
)
def test_case_studies_are_due_for_review_30_days_before_their_day(panels, today, days, said):
    CaseStudyPage.objects.filter(pk=study().pk).update(review_on=today + days * DAY)

    found = panels()

    assert ("reviews_due" in found) == bool(said)
    assert said in found.get("reviews_due", "")


def test_a_draft_is_not_due_for_review(panels, person, today):
    draft("A draft", owner=person("editor2"), review_on=today)

    assert "reviews_due" not in panels()


def test_the_report_lists_what_is_due_the_most_urgent_first(sign_in, today):
    first, second = CaseStudyPage.objects.live().order_by("pk")[:2]
    CaseStudyPage.objects.filter(pk=first.pk).update(review_on=today + 20 * DAY)
    CaseStudyPage.objects.filter(pk=second.pk).update(review_on=today - 20 * DAY)
    editor = sign_in("editor")

    text = editor.get(reverse("pages_due_for_review")).content.decode()
    assert text.index(second.title) < text.index(first.title)
    file = editor.get(reverse("pages_due_for_review"), {"export": "csv"})
    lines = b"".join(file.streaming_content).decode().strip().splitlines()
    assert len(lines) == 3
    assert "Due for review" in lines[0]
    assert (today - 20 * DAY).isoformat() in lines[1]


def test_permissions_that_end_within_60_days_are_shown_unless_a_later_one_is_there(panels, today):
    one, other, third = CaseStudyPage.objects.live().order_by("pk")[:3]
    permission(one, today + 59 * DAY)
    permission(other, today + 61 * DAY)
    permission(third, today + 10 * DAY)
    permission(third, today + 300 * DAY)

    text = panels()["permissions_lapsing"]

    assert text.startswith("Permissions ending (1)")
    assert one.title in text


def test_public_pages_without_a_description_are_shown_and_no_others(panels, person):
    public = PlainPage.objects.live().order_by("pk").first()
    private = PlainPage.objects.live().order_by("pk").last()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    Page.objects.filter(pk__in=[public.pk, private.pk]).update(search_description="")
    draft("A draft", owner=person("editor2"))

    text = panels()["undescribed"]

    assert text.startswith("Without description (1)")
    assert public.title in text
    assert private.title not in text


def test_a_panel_shows_ten_and_says_how_many_more(panels, person):
    for number in range(13):
        draft(f"Draft {number}", owner=person("editor"))

    text = panels()["my_drafts"]

    assert text.startswith("Your drafts (13)")
    assert text.endswith("And 3 more.")
    assert len(panels.page.select("#my_drafts-section li")) == 10


def fill(person, today, numbers):
    """One thing of each number in each panel."""
    pages = [draft(f"Draft {number}", owner=person("editor")) for number in numbers]
    for number, page in zip(numbers, pages, strict=True):
        ask(person, number)
        sign_off(page)
        permission(page, today + 30 * DAY)
    theirs = [draft(f"Theirs {number}", owner=person("editor2")) for number in numbers]
    for number, page in zip(numbers, theirs, strict=True):
        sign_off(page, answer=SignOff.Answer.COMMENT, answered_at=timezone.now())
        page.get_workflow().start(page, person("editor2"))
        Page.objects.filter(pk=page.pk).update(live=True, search_description="", title=f"{number}")
    CaseStudyPage.objects.filter(pk__in=[page.pk for page in theirs]).update(
        review_on=today, story_owner=person("editor")
    )


def queries_of_home(client):
    client.get(HOME)  # what is asked once for each process
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get(HOME).content.decode()
    assert "Your drafts" in page
    return len(asked)


def test_the_home_asks_the_database_as_often_for_many_as_for_few(sign_in, person, today):
    """Beyond ten lines, a panel counts: one query more for each of ours."""
    editor = sign_in("editor")
    fill(person, today, range(3))
    few = queries_of_home(editor)
    fill(person, today, range(3, 30))
    many = queries_of_home(editor)

    assert few < 90
    assert many - few <= len(OURS)


# -- Reminders ----------------------------------------------------------------------------


def told(purpose):
    mails = Message.objects.filter(purpose=purpose).order_by("recipient")
    return list(mails.values_list("recipient", flat=True))


def at(day):
    return datetime(day.year, day.month, day.day, 9, tzinfo=LONDON)


def test_the_owner_is_told_once_30_days_before(person, today):
    page = study()
    CaseStudyPage.objects.filter(pk=page.pk).update(
        review_on=today + 30 * DAY, story_owner=person("editor2")
    )

    services.remind_of_reviews(now=at(today - DAY))
    assert told("review_due") == []
    for days in (0, 1, 20):
        services.remind_of_reviews(now=at(today + days * DAY))

    assert told("review_due") == ["editor2@example.org"]
    assert told("review_late") == []
    mail = Message.objects.get(purpose="review_due")
    assert page.title in mail.subject
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in mail.body


def test_every_editor_is_told_once_when_it_is_10_working_days_late(person, today):
    page = study()
    CaseStudyPage.objects.filter(pk=page.pk).update(review_on=today, story_owner=person("editor2"))
    last = add_working_days(today, 10)

    services.remind_of_reviews(now=at(last))
    assert told("review_late") == []
    for days in (1, 2, 30):
        services.remind_of_reviews(now=at(last + days * DAY))

    assert told("review_late") == ["editor2@example.org", "editor@example.org"]
    assert told("review_due") == ["editor2@example.org"]


def test_a_new_day_of_review_begins_anew(person, today):
    page = study()
    CaseStudyPage.objects.filter(pk=page.pk).update(review_on=today, story_owner=person("editor"))
    services.remind_of_reviews(now=at(today))
    CaseStudyPage.objects.filter(pk=page.pk).update(review_on=today + 365 * DAY)
    services.remind_of_reviews(now=at(today + 350 * DAY))

    assert len(told("review_due")) == 2
    assert day_of(at(today)) == today
