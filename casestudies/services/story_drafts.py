"""The draft of a case study from what an employer wrote: plain text, made safe and put in place."""

from contextlib import suppress
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.utils.html import escape
from wagtail.models import Collection, ReferenceIndex, Revision

from core.models import SiteImage
from core.working_days import day as day_of
from offers.models import OfferPage

from ..clock import months_after
from ..models import (
    HOLDS_FOR_MONTHS,
    REVIEW_AFTER,
    Basis,
    CaseStudyIndexPage,
    CaseStudyOffer,
    CaseStudyPage,
    Permission,
    StoryRequest,
)

COLLECTION = "Pictures from employers"
MOST_OFFERS = 3
_TEXTS = ("challenge", "what_they_did", "what_changed", "what_was_hard", "advice")
_MONTHS = ("%B %Y", "%b %Y", "%m/%Y", "%Y-%m")


def draft_from(
    story: StoryRequest, *, picture: ContentFile | None, now: datetime
) -> CaseStudyPage | None:
    """
    A new draft under the case studies, with the picture and what they permit on record; None if
    the site has no page for case studies.
    """
    day = day_of(now)
    # Two stories at once must not be given the same place in the tree of pages.
    index = CaseStudyIndexPage.objects.select_for_update().order_by("path").first()
    if index is None:
        return None
    image = _kept(picture, story, day) if picture else None
    page = _page(story, image, day)
    index.add_child(instance=page)
    page.save_revision(clean=False, log_action=True)  # a draft may have gaps
    _note_permissions(story, page, image, day, now)
    return page


def delete_copy(story: StoryRequest) -> None:
    """Delete the draft that nobody has edited, and its picture if nothing else shows it."""
    page = story.case_study
    if not StoryRequest.objects.to_edit().filter(pk=story.pk).exists():
        return
    image = page.image
    story.case_study = None
    page.delete()  # what was permitted for it ends: see `casestudies.receivers`
    if image and not _is_used(image):
        image.delete()


def title_of(story: StoryRequest) -> str:
    """What its draft is called until an editor finds a better title."""
    return f"{story.organisation[:70]}’s story"


def rich_text(plain: str) -> str:
    """Plain text as the rich text of the CMS: nothing in it is markup."""
    paragraphs = [part for part in plain.split("\n\n") if part.strip()]
    return "".join(f"<p>{escape(part).replace(chr(10), '<br/>')}</p>" for part in paragraphs)


def _page(story: StoryRequest, image: SiteImage | None, day: date) -> CaseStudyPage:
    told = story.answers
    offers = list(OfferPage.objects.filter(slug__in=told["did"]).order_by("path"))
    owner = story.asked_by
    page = CaseStudyPage(
        title=title_of(story),
        live=False,
        owner=owner,
        story_owner=owner,
        employer_name=story.organisation[:120],
        sector=story.sector,
        size=story.size,
        time_given=told["time_given"],
        started_on=_month(told["started"]),
        image=image,
        image_alt=told["picture_shows"] if image else "",
        basis=Basis.APPROVAL,
        review_on=day + REVIEW_AFTER,
        staff_notes=_notes(story, offers, day),
        **{name: rich_text(told[name]) for name in _TEXTS},
    )
    if told["figure"]:
        result = {name: told[name] for name in ("figure", "label", "period")}
        page.results = [("result", {**result, "source": "The employer"})]
    page.quotes = [("quote", _quote(told))]
    page.did = [
        CaseStudyOffer(offer=offer, sort_order=place)
        for place, offer in enumerate(offers[:MOST_OFFERS])
    ]
    return page


def _quote(told: dict) -> dict[str, str]:
    """What they said; by their role alone unless people may be named."""
    if "names" in told["may"]:
        return {
            "text": told["quote"],
            "person": told["quote_person"],
            "role": told["quote_role"],
        }
    return {"text": told["quote"], "person": told["quote_role"] or "The employer", "role": ""}


def _notes(story: StoryRequest, offers: list[OfferPage], day: date) -> str:
    """What they told that has no field of its own."""
    told = story.answers
    lines = [f"From their story form, sent on {day.day} {day:%B %Y}."]
    if told["people"]:
        lines.append(f"People who took part: {told['people']}")
    if told["started"]:
        lines.append(f"Started: {told['started']}")
    if offers[MOST_OFFERS:]:
        more = ", ".join(offer.title for offer in offers[MOST_OFFERS:])
        lines.append(f"They also did: {more}")
    lines.append(
        "People may be named."
        if "names" in told["may"]
        else "They did not say that people may be named: ask first, also for the quote."
    )
    if story.note:
        lines.append(f"Note when they were asked: {story.note}")
    return "\n".join(lines)


def _month(typed: str) -> date | None:
    for form in _MONTHS:
        with suppress(ValueError):
            return datetime.strptime(typed, form).date()  # noqa: DTZ007 - a month has no zone
    return None


def _kept(picture: ContentFile, story: StoryRequest, day: date) -> SiteImage:
    told = story.answers
    return SiteImage.objects.create(
        title=f"Picture from {story.organisation}",
        file=picture,
        collection=_collection(),
        description=told["picture_shows"],
        credit=told["picture_credit"],
        licence=f"By permission of {story.organisation[:70]}, {day.day} {day:%B %Y}",
        uploaded_by_user=None,
    )


def _is_used(image: SiteImage) -> bool:
    """Whether something that is saved shows a picture, or a version of it does."""
    in_versions = Revision.objects.filter(content__image=image.pk)
    return ReferenceIndex.get_references_to(image).exists() or in_versions.exists()


def _collection() -> Collection:
    """Where pictures from employers lie, made with the first."""
    root = Collection.objects.select_for_update().get(depth=1)
    found = root.get_children().filter(name=COLLECTION).first()
    return found or root.add_child(name=COLLECTION)


def _note_permissions(
    story: StoryRequest, page: CaseStudyPage, image: SiteImage | None, day: date, now: datetime
) -> None:
    """One for the words, and one for the picture: each can be taken back by itself."""
    told = story.answers
    names = "people may be named" if "names" in told["may"] else "nobody is named"
    common = {
        "case_study": page,
        "story_request": story,
        "organisation": story.organisation[:120],
        "person": told["giver"],
        "role": told["giver_role"],
        "given_on": day,
        "until": months_after(day, HOLDS_FOR_MONTHS),
        "evidence": f"Story form of {day.day} {day:%B %Y}: {names}",
        "created_at": now,
    }
    Permission.objects.create(**common, covers_words=True)
    if image:
        Permission.objects.create(**common, picture=image)
