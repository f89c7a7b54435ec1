"""
What an accessibility statement must hold, word by word.

Source: the model accessibility statement (Commission Implementing Decision (EU) 2018/1523, as kept
in UK law) in the form of GOV.UK's sample of 19 December 2023, "minimum legal wording".
"""

import re
from html import unescape

TITLE = "Accessibility statement for"
# The last heading, “Preparation of this accessibility statement”, is printed by the template.
HEADINGS = (
    "Feedback and contact information",
    "Enforcement procedure",
    "Compliance status",
    "Non-accessible content",
    "Non-compliance with the accessibility regulations",
    "Disproportionate burden",
    "Content that’s not within the scope of the accessibility regulations",
)
REGULATIONS = (
    "Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018"
)
ENFORCEMENT = (
    "The Equality and Human Rights Commission (EHRC) is responsible for enforcing the "
    f"{REGULATIONS} (the ‘accessibility regulations’)."
)
EASS = (
    "If you’re not happy with how we respond to your complaint, contact the Equality Advisory and "
    "Support Service (EASS)."
)
_SENTENCES = {
    "This accessibility statement applies to": r"This accessibility statement applies to",
    "the commitment to accessibility": re.escape(
        f"is committed to making its website accessible, in accordance with the {REGULATIONS}."
    ),
    "how far the website complies": (
        r"This website is (?:fully|partially|not) compliant with the Web Content Accessibility "
        r"Guidelines version 2\.2 AA standard"
    ),
    "the sentence about the Equality and Human Rights Commission": re.escape(ENFORCEMENT),
    "the sentence about the Equality Advisory and Support Service": re.escape(EASS),
}
FORM = "/contact/website/"


def missing(body: str) -> list[str]:
    """What a statement lacks, in words; `body` is rich text as it is stored."""
    headings = {_plain(found) for found in re.findall(r"<h[23][^>]*>(.*?)</h[23]>", body)}
    text = _plain(body)
    return [
        *(f"the heading ‘{heading}’" for heading in HEADINGS if _plain(heading) not in headings),
        *(name for name, sentence in _SENTENCES.items() if not re.search(_plain(sentence), text)),
        *([] if FORM in body else [f"a link to the form at {FORM}"]),
    ]


def _plain(text: str) -> str:
    """Without mark-up, with straight apostrophes and single spaces."""
    text = unescape(re.sub(r"<[^>]+>", " ", text)).translate({0x2018: "'", 0x2019: "'"})
    return re.sub(r" (?=[.,])", "", " ".join(text.split()))
