"""Sample data for the style guide: the demonstration content, as things that were never saved."""

from datetime import date, datetime, time
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.safestring import mark_safe
from wagtail.models import Site

from casestudies.filters import FilterForm, Filters, Option
from casestudies.models import CaseStudyPage
from core.models import OtherHelp, SiteImage
from core.working_days import LONDON
from enquiries.forms import EnquiryForm
from enquiries.models import DeskSettings, Enquiry, Handover, Interest
from enquiries.standing import Standing
from impact.models import ImpactFact
from offers.choices import Door
from offers.finder import Match
from offers.forms import FinderForm
from offers.models import OfferLink, OfferPage, Sector
from partners.models import Partner
from partners.services import Standing as PartnersStanding
from search.services import Result

from .demo import case_studies, impact, offers, pages, partners

SECTORS = [Sector(name="Retail", slug="retail"), Sector(name="Education", slug="education")]


def samples(site: Site) -> dict:
    """What `home/styleguide.html` asks for. Two queries: for a picture."""
    root = site.root_page.url_path
    doors = [_offer(words, root) for words in offers.OFFERS[: len(Door)]]
    study = _case_study(case_studies.CASE_STUDIES[2], doors[5:6])
    pictured = _case_study(case_studies.CASE_STUDIES[0], doors[:2])
    pictured.image = SiteImage.objects.order_by("pk").first()
    closed = _offer({**offers.OFFERS[3], "is_open": False}, root)
    wrong = EnquiryForm(
        {"wrong-email": "sam@example"}, prefix="wrong", open_offers=doors[:2], sectors=SECTORS
    )
    right = {
        "offers": ["hire-flexibly", "take-on-an-apprentice"],
        "organisation": "Canal Bakery",
        "name": "Sam Okafor",
        "email": "sam@example.com",
        "message": "We open in spring.\nWe would like to start then.",
    }
    shown = [_partner(words) for words in partners.PARTNERS[:4]]
    checked = EnquiryForm(right, open_offers=doors, sectors=SECTORS)
    checked.is_valid()
    return {
        "offers": doors,
        "closed": closed,
        "study": study,
        "pictured": pictured,
        "partners": shown,
        "links": [
            OfferLink(partner=shown[0], offer=doors[1]),
            OfferLink(partner=shown[0], offer=doors[2], role=OfferLink.Role.SUPPORT),
        ],
        "facts": [_fact(words) for words in impact.FACTS[:3]],
        "desk": _desk(),
        "result": Result(
            mark_safe("How a bakery found its <mark>mentors</mark>"),
            "#lists",
            mark_safe("Two people from the bakery are <mark>mentors</mark> now."),
            "Case study",
        ),
        "other_help": OtherHelp(**pages.OTHER_HELP),
        "steps": pages.HOME["steps"],
        "results": _page_5_of_9(),
        "match": Match(
            doors[0], reasons=["Suits employers of any size", "Takes about 1 hour a month"]
        ),
        "miss": Match(closed, misses=["Takes about 2 hours a month"]),
        "form": EnquiryForm(None, open_offers=doors[:2], sectors=SECTORS),
        "filters": FilterForm(
            Filters(values=(("sector", "retail"),)),
            # No sizes: their ids would be those of the finder's question.
            [
                Option("offer", "recruit-locally", "Recruit locally", 3),
                Option("sector", "retail", "Retail", 2),
                Option("sector", "education", "Education", 1),
            ],
        ),
        "finder": FinderForm({}, sectors=SECTORS),
        "wrong": wrong,
        "checked": checked,
        "kept": [("organisation", "Canal Bakery")],
        "handed": {
            "handover": Handover(handed_at=datetime(2026, 11, 2, 9, tzinfo=LONDON)),
            "interest": Interest(topic="Mentoring a young person"),
            "enquiry": Enquiry(
                reference="IA-2222-2222", size="10-49", sector=SECTORS[0], postcode="N7 6AB"
            ),
        },
        "figures": {
            "waiting": 1,
            "with_us": 2,
            "handed": 9,
            "taken_up": 6,
            "declined": 1,
            "silent": 1,
            "placed": 3,
            "people": 5,
        },
        "returned": PartnersStanding(
            PartnersStanding.Code.RETURNED, "Which schools do you work with?"
        ),
        "standing": Standing(
            uuid=UUID(int=0),
            topic="Mentoring a young person",
            state="A partner has agreed to help you",
            who="BIG Alliance",
            since=datetime(2026, 11, 2, 9, tzinfo=LONDON),
            by=date(2026, 11, 30),
            is_late=True,
            is_open=True,
            partner="BIG Alliance",
        ),
    }


def _offer(words: dict, root: str) -> OfferPage:
    lists = {
        "benefits": [("benefit", benefit) for benefit in words["benefits"]],
        "steps": [("step", step) for step in words["steps"]],
        "questions": [("question", question) for question in words["questions"]],
    }
    url_path = f"{root}ways-to-get-involved/{words['slug']}/"
    plain = {name: value for name, value in words.items() if name != "sectors"}
    return OfferPage(**{**plain, **lists}, url_path=url_path)


def _case_study(words: dict, did: list[OfferPage]) -> CaseStudyPage:
    study = CaseStudyPage(
        title=words["title"],
        employer_name=words["employer_name"],
        is_example=words["is_example"],
        sector=Sector(name=words["sector"]),
        size=words["size"],
        summary=words["summary"],
        results=[("result", result) for result in words["results"]],
        quotes=[("quote", quote) for quote in words["quotes"]],
    )
    study.offers = did
    return study


def _partner(words: dict) -> Partner:
    return Partner(**{name: words[name] for name in ("name", "slug", "kind", "role")})


def _fact(words: dict) -> ImpactFact:
    fields = {name: value for name, value in words.items() if name != "key"}
    return ImpactFact(**{**fields, "source_on": date.fromisoformat(words["source_on"])})


def _desk() -> DeskSettings:
    hours = {name: time.fromisoformat(pages.DESK[name]) for name in ("opens", "closes")}
    return DeskSettings(**{**pages.DESK, **hours}, to_be_confirmed=True)


def _page_5_of_9() -> Page:
    return Paginator(range(81), 9).page(5)
