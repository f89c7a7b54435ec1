"""What Wagtail's content checker looks for in a page, beside what it knows by itself."""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from wagtail.admin.userbar import ContentCheckerItem

LONGEST_SENTENCE = 25  # words: the common limit of public bodies in the United Kingdom
LONGEST_TITLE = 60  # characters that search engines show, without the site's name
LONGEST_DESCRIPTION = 160  # characters that search engines show

VAGUE_LINKS = [
    "click here",
    "click",
    "continue reading",
    "details",
    "find out more",
    "go",
    "here",
    "info",
    "information",
    "learn more",
    "link",
    "more",
    "more details",
    "more info",
    "more information",
    "page",
    "read more",
    "see more",
    "this",
    "this link",
    "this page",
    "this website",
    "view more",
    "website",
]
# A word with * stands for every word that starts so.
BANNED_WORDS = [
    "collaborat*",
    "commence*",
    "empower*",
    "facilitat*",
    "foster*",
    "going forward",
    "holistic*",
    "impactful",
    "in order to",
    "leverag*",
    "please",
    "prior to",
    "robust",
    "streamlin*",
    "synerg*",
    "tackl*",
    "upon",
    "utilis*",
    "utiliz*",
]
ACRONYMS = [
    "BELG",
    "BIG",
    "CSCS",
    "DBS",
    "EASS",
    "EHRC",
    "ESOL",
    "GCSE",
    "GDPR",
    "HTML",
    "ICO",
    "NHS",
    "PDF",
    "STEM",
    "UK",
    "VAT",
    "WCAG",
]


@dataclass(frozen=True)
class Rule:
    """
    One thing to look for. How, is said under the same id in `static/editor/content_checks.js`.

    `problem` and `advice` are what the editor reads; `selector` says which elements to look at.
    """

    id: str
    problem: str
    advice: str
    selector: str
    options: dict = field(default_factory=dict)


RULES = [
    Rule(
        id="long-sentence",
        problem=f"Sentence with more than {LONGEST_SENTENCE} words",
        advice="Make two sentences of it",
        selector="main *",
        options={"most": LONGEST_SENTENCE},
    ),
    Rule(
        id="banned-word",
        problem="Word that we do not use",
        advice=f"Use a plain word. We leave out: {', '.join(BANNED_WORDS)}",
        selector="main *",
        options={"words": BANNED_WORDS},
    ),
    Rule(
        id="all-capitals",
        problem="Words in capital letters",
        advice="Write small letters: capitals are hard to read, and some screen readers spell them",
        selector="main *",
        options={"acronyms": ACRONYMS},
    ),
    Rule(
        id="vague-link",
        problem="Link text that does not say where it leads",
        advice="Name what the link leads to, so that it makes sense on its own",
        selector="main a[href]",
        options={"texts": VAGUE_LINKS},
    ),
    Rule(
        id="same-link-text",
        problem="The same link text leads to different pages",
        advice="Give each of these links a text of its own",
        selector="main a[href]",
    ),
    # What is not drawn is reported at the heading, as Wagtail does with an empty description.
    Rule(
        id="long-title",
        problem=f"Title for search engines with more than {LONGEST_TITLE} characters",
        advice="Shorten it, or enter a shorter one under Promote",
        selector="main h1",
        options={"most": LONGEST_TITLE, "ending": f" – {settings.WAGTAIL_SITE_NAME}"},
    ),
    Rule(
        id="long-description",
        problem=f"Description for search engines with more than {LONGEST_DESCRIPTION} characters",
        advice="Shorten it under Promote",
        selector="main h1",
        options={"most": LONGEST_DESCRIPTION},
    ),
    Rule(
        id="no-description",  # then the title stands in for it
        problem="No description for search engines",
        advice="Enter one under Promote, or an opening text",
        selector="main h1",
    ),
]


class PlainWordsChecker(ContentCheckerItem):
    """Wagtail's checker, which knows skipped headings and missing alt text, with our rules."""

    axe_include = ["main"]  # the frame around it is not the editors'
    axe_run_only = [*ContentCheckerItem.axe_run_only, "image-alt", *(rule.id for rule in RULES)]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        *(
            {
                "id": rule.id,
                "impact": "moderate",
                "selector": rule.selector,
                "excludeHidden": False,  # the answer behind a question is text like any other
                "tags": ["best-practice"],
                "any": [f"check-{rule.id}"],
                "enabled": True,
            }
            for rule in RULES
        ),
    ]
    axe_custom_checks = [
        *ContentCheckerItem.axe_custom_checks,
        *({"id": f"check-{rule.id}", "options": rule.options} for rule in RULES),
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "image-alt": {
            "error_name": "Picture without a text for people who cannot see it",
            "help_text": "Say what it shows, or mark it as decoration",
        },
        **{rule.id: {"error_name": rule.problem, "help_text": rule.advice} for rule in RULES},
    }

    class Media:
        js = ["editor/content_checks.js"]


def use_plain_words_checker(request: HttpRequest, items: list, page: object) -> None:
    """Put our checker in the place of Wagtail's, on the page and in its editor."""
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[place] = PlainWordsChecker(in_editor=item.in_editor)
