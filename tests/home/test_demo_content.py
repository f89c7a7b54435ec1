"""The demonstration content keeps its shape, its limits and its plain English."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from itertools import pairwise

import pytest

from enquiries.models import WebsiteMessage
from home.demo import case_studies, impact, offers, pages, partners

OFFERS = offers.OFFERS
CASE_STUDIES = case_studies.CASE_STUDIES
PARTNERS = partners.PARTNERS
OFFER_LINKS = partners.OFFER_LINKS
FACTS = impact.FACTS
PAGES = [*pages.PAGES, pages.COOKIES, pages.STATEMENT]

OFFER_SLUGS = [
    "mentor-a-young-person",
    "offer-work-experience",
    "take-on-an-apprentice",
    "hire-flexibly",
    "pay-the-london-living-wage",
    "recruit-locally",
    "visit-a-school",
    "volunteer-as-a-team",
    "open-a-job-to-someone-who-faces-barriers",
    "join-a-sector-group",
    "add-social-value-to-a-council-contract",
]
OFFER_DOORS = [
    "indigo",
    "teal",
    "plum",
    "forest",
    "brick",
    "azure",
    "indigo",
    "plum",
    "teal",
    "forest",
    "azure",
]
PUBLISHED_SLUGS = {"kings-cross-jobs", "big-alliance-mentoring", "council-timewise"}
PARTNER_SLUGS = {
    "big-alliance",
    "kx-recruit",
    "timewise",
    "jobcentre-plus",
    "city-and-islington-college",
    "mental-health-working",
    "iwork",
    "youth-employment",
}
SECTORS = {
    "Hospitality and catering",
    "Retail",
    "Construction and property",
    "Creative and digital",
    "Professional and legal services",
    "Health and social care",
    "Education",
    "Charity and community",
    "Manufacturing and logistics",
    "Public sector",
    "Other",
}
SIZES = {"1-9", "10-49", "50-249", "250-plus"}
GOALS = {"hire", "grow", "give-back", "contracts"}
PICTURES = {
    "kitchen",
    "bike-shop",
    "recording-studio",
    "building-site",
    "law-office",
    "design-studio",
    "cleaning-team",
    "kings-cross",
    "mentoring",
    "town-hall",
    "care-home",
    "workshop",
    "cafe",
    "classroom",
}
KINDS = {
    "council-team",
    "employer-network",
    "recruiter",
    "training-or-college",
    "charity",
    "employment-service",
    "accreditation",
}

STORY_PARTS = ("challenge", "what_they_did", "what_changed", "what_was_hard", "advice")

SEO_LIMITS = {"seo_title": 60, "search_description": 155}
OFFER_LIMITS = {
    "title": 60,
    "summary": 160,
    "time_needed": 40,
    "duration": 40,
    "cost": 60,
    "where": 60,
    "good_for": 80,
    "action_label": 40,
    "topic": 60,
    "closed_message": 200,
    **SEO_LIMITS,
}
OFFER_KEYS = {
    *OFFER_LIMITS,
    "slug",
    "door",
    "goals",
    "sizes",
    "sectors",
    "hours_per_month",
    "what_you_do",
    "benefits",
    "steps",
    "questions",
    "involves_under_18s",
    "safeguarding",
    "is_open",
}
CASE_STUDY_LIMITS = {
    "title": 80,
    "employer_name": 120,
    "summary": 220,
    "time_given": 60,
    "image_alt": 140,
}
CASE_STUDY_KEYS = {
    *CASE_STUDY_LIMITS,
    *STORY_PARTS,
    "slug",
    "employer_website",
    "sector",
    "size",
    "district",
    "is_example",
    "offers",
    "partners",
    "tags",
    "results",
    "quotes",
    "started",
    "image",
    "basis",
    "source_title",
    "source_on",
    "source_url",
    "features_councillor",
}
FACT_LIMITS = {
    "figure": 8,
    "label": 80,
    "period": 60,
    "comparison_figure": 8,
    "comparison_period": 60,
}
FACT_KEYS = {
    *FACT_LIMITS,
    "key",
    "nature",
    "source_title",
    "source_on",
    "source_date_text",
    "source_url",
    "method",
    "on_home",
    "order",
}
PARTNER_LIMITS = {"name": 120, "role": 80}
PARTNER_KEYS = {
    *PARTNER_LIMITS,
    "slug",
    "kind",
    "about",
    "website",
    "email",
    "phone",
    "order",
}
LINK_KEYS = {"partner", "offer", "role", "what_we_do", "room", "from_months"}
PAGE_KEYS = {"slug", "title", "lede", "body", "seo_title", "search_description"}

ALL_TEXT_ROOTS = {
    "offers": OFFERS,
    "case studies": CASE_STUDIES,
    "pictures": case_studies.PICTURES,
    "partners": PARTNERS,
    "offer links": OFFER_LINKS,
    "facts": FACTS,
    "home": pages.HOME,
    "offer index": pages.OFFER_INDEX,
    "case study index": pages.CASE_STUDY_INDEX,
    "pages": PAGES,
    "privacy notice": {"body": pages.PRIVACY_NOTICE},
    "desk": pages.DESK,
    "site message": pages.SITE_MESSAGE,
    "help elsewhere": pages.OTHER_HELP,
}
RICH_KEYS = {
    "what_you_do",
    "answer",
    "safeguarding",
    "about",
    "method",
    "body",
    "after",
    "preparation",
    *STORY_PARTS,
}
# Values that are codes or addresses, not words for people to read.
CODE_KEYS = {
    "slug",
    "door",
    "key",
    "kind",
    "image",
    "basis",
    "nature",
    "room",
    "website",
    "employer_website",
    "source_url",
    "source_on",
    "mailbox",
    "backup_mailbox",
    "featured_case_study",
    "postcode_districts",
    "jobseeker_address",
    "outside_address",
    "other_address",
}

TAGS_IN_RICH_TEXT = {"p", "h3", "ul", "ol", "li", "a", "b"}
CONTACTS = {"mailto:aspires@example.org", "tel:+442079460123"}
LINK_TOPICS = {"/contact/website/?topic=" + topic for topic in WebsiteMessage.Topic.values}
LINK_HOSTS = {
    "www.gov.uk",
    "www.islington.gov.uk",
    "www.legislation.gov.uk",
    "ico.org.uk",
    "www.equalityhumanrights.com",
    "www.equalityadvisoryservice.com",
}
FORBIDDEN = {
    "exclamation mark": r"!",
    "straight apostrophe or quotation mark": r"['\"]",
    "please": r"\bplease\b",
    "click here": r"\bclick here\b",
    "placeholder text": r"\blorem\b|\bipsum\b|\btbc\b",
    "a number in words": (
        r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred)\b"
    ),
    "a count of the offers": r"\b\d+ (?:ways|doors|offers)\b",
    "an upper bound": r"\bup to \d",
    "employer stories": r"\bemployer stor(?:y|ies)\b",
    "jargon": (
        r"\b(?:leverag\w+|tackl\w+|empower\w*|foster\w*|holistic\w*|pipelines?|synerg\w+|"
        r"(?<!Services )deliver\w*|utilis\w+|impactful|going forward)\b"
    ),
    "double space": r"\S  +\S",
    "unfinished mark-up": r"[<>]|&\w+;",
}
FIXED = {
    re.sub(r"<[^>]+>", "", sentence).replace("No. 2", "No 2") for sentence in pages.FIXED_WORDING
}


def texts() -> Iterator[tuple[str, str, str]]:
    """Every text of the content as (where it is, its key, the text)."""

    def walk(where: str, key: str, value: object) -> Iterator[tuple[str, str, str]]:
        if isinstance(value, str):
            if value and key not in CODE_KEYS:
                yield where, key, value
        elif isinstance(value, dict):
            name = value.get("slug") or value.get("key")
            inside = f"{where} / {name}" if name else where
            for child_key, child in value.items():
                yield from walk(f"{inside} / {child_key}", child_key, child)
        elif isinstance(value, list):
            for child in value:
                yield from walk(where, key, child)

    for root, value in ALL_TEXT_ROOTS.items():
        yield from walk(root, "", value)


def plain_lines(text: str) -> list[str]:
    """The text without mark-up: each paragraph, list item, heading and cell is one line."""
    text = re.sub(r"</?(?:p|h[1-6]|ul|ol|li|table|tr|t[dh])\b[^>]*>", "\n", text)
    text = unescape(re.sub(r"</?(?:a|b)\b[^>]*>", "", text))
    return [line.strip() for line in text.split("\n") if line.strip()]


def sentences(line: str) -> list[str]:
    """The sentences of one line. The “No. 2” of an act does not end one."""
    line = line.replace("No. 2", "No 2")
    return [part for part in re.split(r"(?<=[.!?])[”’)]*\s+", line) if part]


def word_count(*parts: str) -> int:
    return sum(len(line.split()) for part in parts for line in plain_lines(part))


def too_long(entry: dict, limits: dict[str, int]) -> list[str]:
    return [
        f"{entry.get('slug') or entry.get('key')}: {key} has {len(entry[key])}, limit {limit}"
        for key, limit in limits.items()
        if len(entry[key]) > limit
    ]


def has_duplicates(values: list[str]) -> bool:
    return len(values) != len(set(values))


def by_slug(entry: dict) -> str:
    return entry["slug"]


# Plain English


def test_no_sentence_has_more_than_25_words():
    long = [
        f"{where} ({len(sentence.split())} words): {sentence}"
        for where, _, text in texts()
        for line in plain_lines(text)
        for sentence in sentences(line)
        if len(sentence.split()) > 25 and sentence not in FIXED
    ]
    assert not long, "\n".join(long)


def test_only_the_prescribed_legal_wording_may_be_longer():
    long = [sentence for sentence in FIXED if len(sentence.split()) > 25]
    statement = next(page for page in PAGES if page["slug"] == "accessibility-statement")
    body = " ".join(plain_lines(statement["body"])).replace("No. 2", "No 2")

    assert len(long) == 1
    assert all(sentence in body for sentence in FIXED)


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_no_text_breaks_a_rule_of_style(rule):
    pattern = re.compile(FORBIDDEN[rule], re.IGNORECASE)
    found = [
        f"{where}: {line}"
        for where, _, text in texts()
        for line in plain_lines(text)
        if pattern.search(line)
    ]
    assert not found, "\n".join(found)


def test_paragraphs_end_like_sentences():
    endings = (".", "?", ":", ".”", "?”")
    loose = [
        f"{where}: {paragraph}"
        for where, key, text in texts()
        if key in RICH_KEYS
        for paragraph in re.findall(r"<p>(.*?)</p>", text)
        if not re.sub(r"<[^>]+>", "", paragraph).endswith(endings)
    ]
    assert not loose, "\n".join(loose)


def test_rich_text_uses_only_allowed_tags_that_are_balanced():
    wrong = []
    for where, key, text in texts():
        opened: list[str] = []
        allowed = TAGS_IN_RICH_TEXT | ({"h2"} if key in {"body", "after", "preparation"} else set())
        if key not in RICH_KEYS:
            allowed = set()
        for slash, tag, rest in re.findall(r"<(/?)([a-z0-9]+)([^>]*)>", text):
            if tag not in allowed or (rest and not (tag == "a" and not slash)):
                wrong.append(f"{where}: <{slash}{tag}{rest}>")
            elif not slash:
                opened.append(tag)
            elif not opened or opened.pop() != tag:
                wrong.append(f"{where}: unexpected </{tag}>")
        if opened:
            wrong.append(f"{where}: {opened} not closed")
        if key in RICH_KEYS and re.search(r"</(?:p|ul|ol|h2|h3)>[^<]", text):
            wrong.append(f"{where}: text outside a paragraph")
    assert not wrong, "\n".join(wrong)


def test_links_stay_on_the_site_or_lead_to_public_bodies():
    wrong = []
    for where, _, text in texts():
        hrefs = re.findall(r'href="([^"]*)"', text)
        if text.count("<a ") != len(hrefs):
            wrong.append(f"{where}: a link without an address")
        for href in hrefs:
            host = re.match(r"https://([^/]+)", href)
            on_site = href.startswith("/") and href.endswith("/")
            known = CONTACTS | LINK_TOPICS
            if not on_site and href not in known and not (host and host[1] in LINK_HOSTS):
                wrong.append(f"{where}: {href}")
    assert not wrong, "\n".join(wrong)


def test_links_to_partners_and_offers_lead_to_known_ones():
    known = {f"/partners/{slug}/" for slug in PARTNER_SLUGS} | {"/partners/"}
    linked = {
        href for _, _, text in texts() for href in re.findall(r'href="(/partners/[^"]*)"', text)
    }
    assert linked <= known


def test_phone_numbers_and_addresses_cannot_belong_to_anyone():
    wrong = []
    for where, _, text in texts():
        for number in re.findall(r"\b0\d[\d ]{7,}\d", text):
            if not re.fullmatch(r"020 7946 0\d{3}|07700 900 ?\d{3}", number):
                wrong.append(f"{where}: {number}")
        for domain in re.findall(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", text):
            if domain not in {"example.org", "example.com"}:
                wrong.append(f"{where}: {domain}")
    assert not wrong, "\n".join(wrong)


def test_titles_and_search_titles_are_unique():
    titled = [*OFFERS, *CASE_STUDIES, *PAGES, pages.OFFER_INDEX, pages.CASE_STUDY_INDEX]
    searched = [*OFFERS, *PAGES, pages.HOME, pages.OFFER_INDEX, pages.CASE_STUDY_INDEX]

    assert not has_duplicates([entry["title"] for entry in titled])
    assert not has_duplicates([entry["seo_title"] for entry in searched])
    assert not has_duplicates([entry["search_description"] for entry in searched])


# Offers


def test_offers_are_the_known_ones_in_order():
    assert [offer["slug"] for offer in OFFERS] == OFFER_SLUGS
    assert [offer["door"] for offer in OFFERS] == OFFER_DOORS


@pytest.mark.parametrize("offer", OFFERS, ids=by_slug)
def test_an_offer_is_complete_and_within_its_limits(offer):
    assert set(offer) == OFFER_KEYS
    assert not too_long(offer, OFFER_LIMITS)
    assert all(offer[key] for key in OFFER_LIMITS)
    assert set(offer["goals"]) <= GOALS
    assert set(offer["sizes"]) <= SIZES
    assert set(offer["sectors"]) <= SECTORS
    assert offer["hours_per_month"] is None or type(offer["hours_per_month"]) is int
    assert 2 <= len(re.findall(r"<(?:p|ul|ol)>", offer["what_you_do"])) <= 4
    assert offer["is_open"] is True
    assert offer["closed_message"].endswith(".")


@pytest.mark.parametrize("offer", OFFERS, ids=by_slug)
def test_an_offer_says_what_you_get_how_it_goes_and_what_people_ask(offer):
    assert 2 <= len(offer["benefits"]) <= 5
    for benefit in offer["benefits"]:
        assert set(benefit) == {"heading", "text", "source"}
        assert 0 < len(benefit["heading"]) <= 40
        assert 0 < len(benefit["text"]) <= 160

    assert 3 <= len(offer["steps"]) <= 6
    assert all(0 < len(step) <= 120 and step.endswith(".") for step in offer["steps"])
    assert "short enquiry" in offer["steps"][0]

    assert 3 <= len(offer["questions"]) <= 5
    for question in offer["questions"]:
        assert set(question) == {"question", "answer"}
        assert question["question"].endswith("?")
        assert question["answer"].startswith("<p>")


@pytest.mark.parametrize("offer", OFFERS, ids=by_slug)
def test_an_offer_with_young_people_says_how_they_are_kept_safe(offer):
    assert bool(offer["safeguarding"]) is offer["involves_under_18s"]


@pytest.mark.parametrize("offer", OFFERS, ids=by_slug)
def test_an_offer_names_no_partner_but_timewise(offer):
    names = ["BIG Alliance", "KX Recruit", "Jobcentre", "City and Islington", "iWork"]
    names += [
        "Mental Health Working",
        "Youth Employment",
        "Islington Council",
        "Linklaters",
    ]
    words = " ".join(text for where, _, text in texts() if f"/ {offer['slug']} /" in where)

    assert not [name for name in names if name in words]


# Case studies


def test_case_studies_fill_more_than_one_page_of_9():
    assert len(CASE_STUDIES) >= 14
    assert not has_duplicates([study["slug"] for study in CASE_STUDIES])
    assert not has_duplicates([study["employer_name"] for study in CASE_STUDIES])


def test_exactly_3_case_studies_come_from_a_published_source():
    published = {s["slug"] for s in CASE_STUDIES if s["basis"] == "published-source"}
    real = {s["slug"] for s in CASE_STUDIES if not s["is_example"]}

    assert published == real == PUBLISHED_SLUGS


def test_case_studies_cover_every_sector_size_picture_tag_and_offer():
    featured = {slug for s in CASE_STUDIES for slug, is_featured in s["offers"] if is_featured}

    assert {s["sector"] for s in CASE_STUDIES} == SECTORS
    assert {s["size"] for s in CASE_STUDIES if s["is_example"]} == SIZES
    assert {s["image"] for s in CASE_STUDIES} == PICTURES == set(case_studies.PICTURES)
    assert {tag for s in CASE_STUDIES for tag in s["tags"]} == set(case_studies.TAGS)
    assert featured == set(OFFER_SLUGS)


@pytest.mark.parametrize("study", CASE_STUDIES, ids=by_slug)
def test_a_case_study_is_complete_and_within_its_limits(study):
    assert set(study) == CASE_STUDY_KEYS
    assert not too_long(study, CASE_STUDY_LIMITS)
    assert study["title"]
    assert study["summary"]
    assert study["image_alt"]
    assert study["sector"] in SECTORS
    assert study["size"] in (SIZES if study["is_example"] else {""})  # no figure but published
    assert re.fullmatch(r"|[A-Z]{1,2}\d{1,2}[A-Z]?", study["district"])
    assert study["features_councillor"] is False
    assert "(example)" not in study["employer_name"]
    assert all(study[part] for part in ("challenge", "what_they_did", "what_changed"))


@pytest.mark.parametrize("study", CASE_STUDIES, ids=by_slug)
def test_a_case_study_points_only_to_things_that_exist(study):
    slugs = [slug for slug, _ in study["offers"]]

    assert 1 <= len(slugs) <= 3
    assert not has_duplicates(slugs)
    assert set(slugs) <= set(OFFER_SLUGS)
    assert all(type(featured) is bool for _, featured in study["offers"])
    # A real partner did not work with an employer who is made up.
    assert set(study["partners"]) <= (set() if study["is_example"] else PARTNER_SLUGS)
    assert len(study["tags"]) in ((1, 2, 3, 4) if not study["is_example"] else (2, 3, 4))
    assert set(study["tags"]) <= set(case_studies.TAGS)


@pytest.mark.parametrize("study", CASE_STUDIES, ids=by_slug)
def test_a_case_study_gives_each_result_a_period_and_a_source(study):
    assert 1 <= len(study["results"]) <= 3
    for result in study["results"]:
        assert set(result) == {"figure", "label", "period", "source"}
        assert 0 < len(result["figure"]) <= 8
        assert 0 < len(result["label"]) <= 60
        assert 0 < len(result["period"]) <= 40
        assert (result["source"] == "Example figure") is study["is_example"]
        assert result["source"]


@pytest.mark.parametrize("study", CASE_STUDIES, ids=by_slug)
def test_quotes_are_short_and_say_who_speaks(study):
    assert len(study["quotes"]) <= 3
    for quote in study["quotes"]:
        assert set(quote) == {"text", "person", "role"}
        assert 0 < len(quote["text"]) <= 280
        assert 0 < len(quote["person"]) <= 80
        assert 0 < len(quote["role"]) <= 80


@pytest.mark.parametrize("study", [s for s in CASE_STUDIES if s["is_example"]], ids=by_slug)
def test_an_example_is_finished_to_the_last_field(study):
    year, month = study["started"]

    assert study["basis"] == "employer-approval"
    assert study["employer_website"] == study["source_title"] == study["source_url"] == ""
    assert study["source_on"] is None
    assert study["quotes"]
    assert study["time_given"]
    assert study["district"]
    assert all(study[part] for part in STORY_PARTS)
    assert 300 <= word_count(study["summary"], *(study[part] for part in STORY_PARTS)) <= 600
    assert date(2000, 1, 1) < date(year, month, 1) < date(2026, 1, 1)


@pytest.mark.parametrize("study", [s for s in CASE_STUDIES if s["is_example"]], ids=by_slug)
def test_an_example_puts_no_words_about_partners_in_its_text(study):
    names = [
        "BIG Alliance",
        "KX Recruit",
        "Timewise",
        "Jobcentre",
        "City and Islington",
        "iWork",
    ]
    names += [
        "Mental Health Working",
        "Islington Council",
        "Linklaters",
        "Green and Fortune",
    ]
    words = " ".join(text for where, _, text in texts() if f"/ {study['slug']} /" in where)

    assert not [name for name in names if name in words]


@pytest.mark.parametrize("study", [s for s in CASE_STUDIES if not s["is_example"]], ids=by_slug)
def test_a_published_case_study_has_its_source_and_no_quotes(study):
    assert study["basis"] == "published-source"
    assert study["quotes"] == []
    assert study["source_title"]
    assert date.fromisoformat(study["source_on"]) == date(2015, 12, 3)
    assert word_count(study["summary"], *(study[part] for part in STORY_PARTS)) >= 120


# Partners and what they offer


def test_partners_are_the_known_ones_in_the_order_of_the_front_page():
    assert {partner["slug"] for partner in PARTNERS} == PARTNER_SLUGS
    assert [partner["order"] for partner in PARTNERS] == list(range(1, len(PARTNERS) + 1))


@pytest.mark.parametrize("partner", PARTNERS, ids=by_slug)
def test_a_partner_is_complete_and_gives_no_contact_details(partner):
    assert set(partner) == PARTNER_KEYS
    assert not too_long(partner, PARTNER_LIMITS)
    assert partner["kind"] in KINDS
    assert 1 <= partner["about"].count("<p>") <= 3
    assert partner["website"] == "" or partner["website"].startswith("https://")
    assert partner["email"] == partner["phone"] == ""


def test_offer_links_join_known_partners_and_offers_once():
    pairs = [f"{link['partner']} {link['offer']}" for link in OFFER_LINKS]
    leads = [link["offer"] for link in OFFER_LINKS if link["role"] == "lead"]

    assert not has_duplicates(pairs)
    assert not has_duplicates(leads)
    # The documents name no way to get involved for Jobcentre Plus.
    assert {link["partner"] for link in OFFER_LINKS} == PARTNER_SLUGS - {"jobcentre-plus"}
    for link in OFFER_LINKS:
        assert set(link) == LINK_KEYS
        assert link["offer"] in OFFER_SLUGS
        assert link["role"] in {"lead", "support"}
        assert link["room"] in {"now", "from", "full"}
        assert 0 < len(link["what_we_do"]) <= 200
        if link["room"] == "from":
            assert type(link["from_months"]) is int
        else:
            assert link["from_months"] is None


# Impact facts


def test_the_facts_are_the_published_figures():
    figures = {
        ("1,023", "2014/15"),
        ("108", "January to November 2015"),
        ("40%", "2015"),
        ("8", "2015"),
        ("60+", "2015"),
        ("17", "2015"),
        ("800", "From 1 September 2014 to November 2015"),
        ("70.5%", "June 2014"),
        ("12,600", "2014"),
        ("1,365", "September 2014"),
    }
    assert {(fact["figure"], fact["period"]) for fact in FACTS} == figures
    assert len(FACTS) == len(figures)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["key"])
def test_a_fact_has_its_period_source_and_method(fact):
    assert set(fact) == FACT_KEYS
    assert not too_long(fact, FACT_LIMITS)
    assert fact["label"]
    assert fact["period"]
    assert fact["source_title"]
    assert fact["method"]
    assert fact["nature"] in {"cumulative", "annual", "snapshot"}
    assert bool(fact["comparison_figure"]) is bool(fact["comparison_period"])
    assert date(2015, 1, 1) <= date.fromisoformat(fact["source_on"]) <= date(2015, 12, 3)
    assert fact["source_url"] == ""


def test_4_facts_are_on_the_front_page():
    on_home = [fact["figure"] for fact in FACTS if fact["on_home"]]

    assert on_home == ["1,023", "108", "40%", "8"]
    assert [fact["order"] for fact in FACTS] == list(range(1, 11))
    assert not has_duplicates([fact["key"] for fact in FACTS])


# Pages


def test_the_front_page_is_complete_and_features_a_quoted_example():
    featured = next(
        study for study in CASE_STUDIES if study["slug"] == pages.HOME["featured_case_study"]
    )

    assert all(pages.HOME.values())
    assert pages.HOME["hero_title"] == "Open a door for someone local"
    assert featured["quotes"]
    assert not too_long(pages.HOME, SEO_LIMITS)
    assert len(pages.HOME["steps"]) == 3
    for step in pages.HOME["steps"]:
        assert 0 < len(step["heading"]) <= 60
        assert 0 < len(step["text"]) <= 160


@pytest.mark.parametrize("index", [pages.OFFER_INDEX, pages.CASE_STUDY_INDEX])
def test_a_listing_has_a_title_and_a_description(index):
    assert set(index) == {"title", "lede", "seo_title", "search_description"}
    assert all(index.values())
    assert not too_long(index, SEO_LIMITS)


def test_the_plain_pages_are_the_ones_the_footer_needs():
    assert [page["slug"] for page in PAGES] == [
        "about",
        "vulnerability-disclosure",
        "cookies",
        "accessibility-statement",
    ]


@pytest.mark.parametrize("page", PAGES, ids=by_slug)
def test_a_plain_page_is_complete_and_its_headings_skip_no_level(page):
    levels = [int(level) for level in re.findall(r"<h([1-6])>", page["body"])]

    assert set(page) - {"after", "preparation"} == PAGE_KEYS
    assert not too_long(page, {**SEO_LIMITS, "lede": 200, "title": 80})
    assert levels[0] == 2
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert "{" not in page["body"]


def body_of(slug: str) -> str:
    if slug == "privacy":
        return pages.PRIVACY_NOTICE
    return next(page["body"] for page in PAGES if page["slug"] == slug)


@pytest.mark.parametrize(
    "heading",
    [
        "Who we are",
        "How to contact the Data Protection Officer",
        "What we collect",
        "Why we use it",
        "Our lawful basis",
        "Who we share it with",
        "How long we keep it",
        "Your rights",
        "How to complain",
        "Whether you have to give us your details",
        "Automated decisions",
    ],
)
def test_the_privacy_notice_has_each_item_the_law_asks_for(heading):
    assert f"<h2>{heading}</h2>" in body_of("privacy")


def test_the_privacy_notice_names_its_basis_regulator_and_version():
    body = body_of("privacy")

    for words in (
        "Article 6(1)(e)",
        "general power of competence",
        "Localism Act 2011",
    ):
        assert words in " ".join(plain_lines(body))
    for words in ("24 months", "ico.org.uk", pages.PRIVACY_NOTICE_VERSION):
        assert words in body


def test_the_privacy_notice_says_what_the_finder_does_with_answers():
    words = " ".join(plain_lines(body_of("privacy")))

    assert "uses only the answers you choose there. It stores nothing about you." in words


def test_the_security_page_keeps_the_promises_of_the_toolkit():
    body = body_of("vulnerability-disclosure")

    for words in (
        "5 working days",
        "10 working days",
        "good faith",
        "mailto:aspires@example.org",
    ):
        assert words in body


@pytest.mark.parametrize("slug", ["about", "privacy", "cookies", "accessibility-statement"])
def test_phone_numbers_are_links(slug):
    """P15."""
    page = next((page for page in PAGES if page["slug"] == slug), {})
    text = body_of(slug) + page.get("after", "")

    assert pages.DESK["phone"] in text
    assert pages.DESK["phone"] not in text.replace(pages.PHONE, "")


@pytest.mark.parametrize("slug", ["privacy", "accessibility-statement"])
def test_legal_pages_give_the_details_of_the_desk(slug):
    assert pages.DESK["phone"] in body_of(slug)
    assert pages.DESK["mailbox"] in body_of(slug)


def test_the_site_message_warns_in_one_breath():
    assert len(pages.SITE_MESSAGE) <= 160
    assert "demonstration" in pages.SITE_MESSAGE
    assert "(example)" in pages.SITE_MESSAGE
