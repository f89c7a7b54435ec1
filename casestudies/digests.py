"""Whether two versions of a story say the same: to the public, or in everything."""

import hashlib
import html
import json
import re

from wagtail.models import Revision

from .models import CaseStudyPage

# What an employer answers for. Not: staff notes, topics, when it is checked, who looks after it,
# what search engines are told, and where a published source is.
WORDS = (
    *("title", "summary", "employer_name", "employer_website", "is_example", "sector_id", "size"),
    *("district", "challenge", "what_they_did", "what_changed", "what_was_hard", "advice"),
    *("time_given", "started_on", "image_id", "image_alt", "image_is_decorative"),
)
STREAMS = ("results", "quotes")

# Where a version stands, and who keeps it from others: none of it is content.
_BOOKKEEPING = frozenset(
    [
        *("pk", "path", "depth", "numchild", "url_path", "content_type", "locale", "owner"),
        *("translation_key", "draft_title", "live", "has_unpublished_changes", "expired"),
        *("go_live_at", "expire_at", "first_published_at", "last_published_at", "live_revision"),
        *("latest_revision", "latest_revision_created_at", "locked", "locked_at", "locked_by"),
        *("alias_of", "wagtail_admin_comments"),
    ]
)
_EDITOR_KEYS = re.compile(r' data-block-key="[^"]*"')  # the editor's own marks; not text
_SPACE = re.compile(r"\s+")


def of_words(page: CaseStudyPage) -> str:
    """Of all that an employer approves, as this version has it."""
    words = {name: getattr(page, name) for name in WORDS}
    for name in STREAMS:
        stream = getattr(page, name)
        words[name] = [(block.block_type, block.get_prep_value()["value"]) for block in stream]
    words["did"] = [link.offer_id for link in page.did.all()]
    words["partners"] = sorted(partner.pk for partner in page.partners.all())
    return _digest(words)


def of_content(revision: Revision) -> str:
    """Of everything that somebody can have written in a version."""
    content = revision.content
    kept = {name: value for name, value in content.items() if name not in _BOOKKEEPING}
    kept["did"] = [(row["offer"], row["featured"]) for row in content.get("did", [])]
    kept["tagged_items"] = sorted(row["tag"] for row in content.get("tagged_items", []))
    kept["partners"] = sorted(content.get("partners", []))
    for name in STREAMS:
        blocks = json.loads(content.get(name) or "[]")
        kept[name] = [(block["type"], block["value"]) for block in blocks]
    return _digest(kept)


def _digest(things: dict) -> str:
    text = json.dumps(_plain(things), sort_keys=True, default=str, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(thing: object) -> object:
    """Without what an editing screen adds or spells in another way."""
    if isinstance(thing, dict):
        return {str(name): _plain(value) for name, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [_plain(one) for one in thing]
    if isinstance(thing, str):
        return _SPACE.sub(" ", html.unescape(_EDITOR_KEYS.sub("", thing))).strip()
    return thing
