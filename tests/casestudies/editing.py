"""What a browser posts from the screen on which a case study is edited, and what came of it."""

from wagtail.models import Page
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from casestudies.models import CaseStudyOffer, CaseStudyPage


def is_live(page: Page) -> bool:
    """Whether the public can read a page."""
    return Page.objects.get(pk=page.pk).live


def form_of(study: CaseStudyPage, **changes) -> dict:
    """What the browser posts when an editor saves the latest draft, with some changes."""
    draft = CaseStudyPage.objects.get(pk=study.pk).get_latest_revision_as_object()
    plain = [
        *("title", "slug", "seo_title", "search_description", "summary", "employer_name"),
        *("employer_website", "size", "district", "time_given", "started_on", "image_alt"),
        *("basis", "source_title", "source_on", "source_url", "review_on", "staff_notes"),
    ]
    ticks = ("is_example", "image_is_decorative", "features_councillor", "to_be_confirmed")
    keys = ("sector_id", "image_id", "story_owner_id")
    texts = ("challenge", "what_they_did", "what_changed", "what_was_hard", "advice")
    data = {
        **{name: getattr(draft, name) for name in plain},
        **{name: "on" for name in ticks if getattr(draft, name)},
        **{name.removesuffix("_id"): getattr(draft, name) for name in keys},
        **{name: _rich(getattr(draft, name)) for name in texts},
        "results": streamfield([("result", dict(one.value)) for one in draft.results]),
        "quotes": streamfield([("quote", dict(one.value)) for one in draft.quotes]),
        "partners": [partner.pk for partner in draft.partners.all()],
        "tags": ", ".join(f'"{tag.name}"' for tag in draft.tags.all()),
        "did": inline_formset(
            [
                {
                    "id": link.pk or "",
                    "offer": link.offer_id,
                    **({"featured": "on"} if link.featured else {}),
                }
                for link in draft.did.all()
            ],
            initial=sum(1 for link in draft.did.all() if link.pk),
        ),
        "comments": inline_formset([]),
        "go_live_at": "",
        "expire_at": "",
        **changes,
    }
    posted = nested_form_data(data)
    return {name: "" if value is None else value for name, value in posted.items()}


def _rich(text: str) -> str:
    """As the editor posts it: an empty one is nothing, not a paragraph without words."""
    return rich_text(text) if text else "null"


def _did(link: CaseStudyOffer) -> dict[str, object]:
    featured = {"featured": "on"} if link.featured else {}
    return {"id": link.pk or "", "offer": link.offer_id, **featured}
