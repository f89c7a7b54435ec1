"""
Puts the demonstration content into the database, and puts back what was changed in it.

Everything it knows by its slug or name is made to be as written here; what others added stays.
"""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.images import ImageFile
from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from accounts.models import User
from casestudies.models import (
    CARD_PICTURES,
    PAGE_PICTURES,
    REVIEW_AFTER,
    CaseStudyIndexPage,
    CaseStudyOffer,
    CaseStudyPage,
)
from core.models import OtherHelp, SiteImage, SiteMessage
from enquiries.models import DeskSettings, PrivacyNotice, ReplyTemplate
from home.forms import LONGEST
from home.models import (
    AccessibilityStatementPage,
    CookiesPage,
    HomePage,
    PlainPage,
    SecurityContact,
)
from impact.models import ImpactFact
from offers.models import OfferIndexPage, OfferLink, OfferPage, Sector
from outbox.models import Mailbox
from partners.models import Membership, Partner

from . import case_studies, impact, offers, pages, partners, replies

PASSWORD = "open-a-door-2015"  # noqa: S105 - printed for everybody by `make run`
PICTURES = Path(__file__).parent / "pictures"
MONTH = timedelta(days=30)
WEEK = timedelta(days=7)

ACCOUNTS = [  # address, first name, last name, group
    ("admin@example.org", "Ada", "Administrator", "Administrators"),
    ("editor@example.org", "Eddie", "Editor", "Editors"),
    ("editor2@example.org", "Edith", "Editor", "Editors"),
    ("desk@example.org", "Dee", "Desk", "Enquiry desk"),
    ("partner@example.org", "Pat", "Partner", None),
    ("partner2@example.org", "Parveen", "Partner", None),
]
MEMBERS = [  # address, partner: each leads it
    ("partner@example.org", "big-alliance"),
    ("partner2@example.org", "kx-recruit"),
]
AUTHOR, REVIEWER = "editor@example.org", "editor2@example.org"
SECTORS = [
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
]


class Loader:
    """One run of the loading; `changes` counts what was added or changed."""

    def __init__(self, now: datetime):
        self.now = now
        self.today = now.date()
        self.changes = 0

    @transaction.atomic
    def run(self) -> int:
        """Add what is missing and mend what differs; returns the number of changes."""
        self.accounts()
        self.sectors()
        home = self.home()
        self.desk(home)
        self.privacy_notice()
        self.plain_pages(home)
        self.offers(home, self.impact_facts())
        self.partners()
        self.members()
        self.offer_links()
        self.case_studies(home)
        self.feature(home)
        self.promotions()
        return self.changes

    # -- one method for each kind of content ----------------------------------------------

    def accounts(self) -> None:
        for email, first, last, group in ACCOUNTS:
            if User.objects.filter(email=email).exists():
                continue
            user = User.objects.create_user(email, PASSWORD, first_name=first, last_name=last)
            if group:
                user.groups.add(Group.objects.get(name=group))
            self.changes += 1

    def sectors(self) -> None:
        for order, name in enumerate(SECTORS, start=1):
            self.row(Sector, {"name": name}, {"slug": slugify(name), "order": order})

    def home(self) -> HomePage:
        root = Page.objects.get(depth=1)
        words = pages.HOME
        home = self.page(
            root,
            HomePage,
            "islington-aspires",
            title=words["hero_title"],
            steps=[("step", step) for step in words["steps"]],
            **{
                name: words[name]
                for name in [
                    "hero_lede",
                    "offers_title",
                    "offers_intro",
                    "impact_title",
                    "steps_title",
                    "stories_title",
                    "partners_title",
                    "partners_intro",
                    "contact_title",
                    "contact_lede",
                    "seo_title",
                    "search_description",
                ]
            },
        )
        self.site(home)
        return home

    def site(self, home: HomePage) -> None:
        """Make `home` the root of the default site, in place of Wagtail's welcome page."""
        site = Site.objects.get(is_default_site=True)
        if site.root_page_id == home.pk:
            return
        welcome = site.root_page
        address = urlsplit(settings.BASE_URL)
        site.root_page = home
        site.site_name = settings.WAGTAIL_SITE_NAME
        site.hostname = address.hostname
        site.port = address.port or (443 if address.scheme == "https" else 80)
        site.save()
        if welcome.specific_class is Page and welcome.is_leaf():
            welcome.delete()
        self.changes += 1

    def desk(self, home: HomePage) -> None:
        site = Site.objects.get(root_page=home)
        hours = {name: time.fromisoformat(pages.DESK[name]) for name in ("opens", "closes")}
        self.row(DeskSettings, {"site": site}, {**pages.DESK, **hours, "to_be_confirmed": True})
        for name in ("mailbox", "backup_mailbox"):
            address = pages.DESK[name]
            proven = {"proven_at": self.now}
            self.row(Mailbox, {"wire_address": address}, {"address": address}, once=proven)
        for reply in replies.REPLIES:
            key = {"name": reply["name"], "offer": reply["offer"]}
            self.row(ReplyTemplate, key, {"text": reply["text"]})
        self.row(SiteMessage, {"site": site}, {"text": pages.SITE_MESSAGE})
        self.row(OtherHelp, {"site": site}, pages.OTHER_HELP)

        self.row(
            SecurityContact,
            {"site": site},
            {"contact": pages.DESK["mailbox"]},
            once={"expires_on": self.today + LONGEST},
        )

    def privacy_notice(self) -> None:
        """Added if it is missing and then left alone: what people relied on is not mended."""
        version = pages.PRIVACY_NOTICE_VERSION
        if not PrivacyNotice.objects.filter(version=version).exists():
            text = {"body": pages.PRIVACY_NOTICE, "in_force_from": self.today}
            self.row(PrivacyNotice, {"version": version}, {**text, "to_be_confirmed": True})

    def plain_pages(self, home: HomePage) -> None:
        for entry in pages.PAGES:
            self.page(home, PlainPage, **entry, to_be_confirmed=True)
        self.page(home, CookiesPage, **pages.COOKIES, to_be_confirmed=True)
        self.page(
            home,
            AccessibilityStatementPage,
            once={"prepared_on": self.today, "reviewed_on": self.today},
            **pages.STATEMENT,
            to_be_confirmed=True,
        )

    def offers(self, home: HomePage, facts: dict[str, ImpactFact]) -> None:
        index = self.page(home, OfferIndexPage, "ways-to-get-involved", **pages.OFFER_INDEX)
        for words in offers.OFFERS:
            entry = dict(words)
            lists = {
                "benefits": [("benefit", benefit) for benefit in entry["benefits"]],
                "figures": [
                    ("fact", facts[key].pk) for key in impact.OFFER_FACTS.get(entry["slug"], [])
                ],
                "steps": [("step", step) for step in entry["steps"]],
                "questions": [("question", question) for question in entry["questions"]],
            }
            sectors = Sector.objects.filter(name__in=entry.pop("sectors")).in_order()
            self.page(
                index,
                OfferPage,
                once={"checked_on": self.today},
                related={"sectors": list(sectors)},
                **{**entry, **lists},
                to_be_confirmed=True,
            )

    def partners(self) -> None:
        for entry in partners.PARTNERS:
            fields = {
                ("public_" if name in ("email", "phone") else "") + name: value
                for name, value in entry.items()
                if name != "slug"
            }
            self.row(Partner, {"slug": entry["slug"]}, {**fields, "to_be_confirmed": True})

    def members(self) -> None:
        for email, slug in MEMBERS:
            key = {
                "user": User.objects.get(email=email),
                "partner": Partner.objects.get(slug=slug),
            }
            self.row(Membership, key, {"is_lead": True}, once={"joined_at": self.now})

    def offer_links(self) -> None:
        for entry in partners.OFFER_LINKS:
            once = {"confirmed_at": self.now}
            if entry["room"] == OfferLink.Room.FROM:
                later = self.today + entry["from_months"] * MONTH
                once["from_on"] = later.replace(day=1)
            self.row(
                OfferLink,
                {
                    "partner": Partner.objects.get(slug=entry["partner"]),
                    "offer": OfferPage.objects.get(slug=entry["offer"]),
                },
                {name: entry[name] for name in ("role", "what_we_do", "room")},
                once=once,
            )

    def impact_facts(self) -> dict[str, ImpactFact]:
        facts = {}
        for entry in impact.FACTS:
            fields = {name: value for name, value in entry.items() if name != "key"}
            fields["source_on"] = date.fromisoformat(entry["source_on"])
            exact_day = f"{fields['source_on'].day} {fields['source_on']:%B %Y}"
            if entry["source_date_text"] == exact_day:
                fields["source_date_text"] = ""
            natural_key = {"label": fields.pop("label"), "period": fields.pop("period")}
            facts[entry["key"]] = self.row(
                ImpactFact, natural_key, fields, once={"stale_after": self.today + REVIEW_AFTER}
            )
        return facts

    def case_studies(self, home: HomePage) -> None:
        index = self.page(home, CaseStudyIndexPage, "case-studies", **pages.CASE_STUDY_INDEX)
        for age, entry in enumerate(case_studies.CASE_STUDIES):
            self.case_study(index, entry, published_at=self.now - age * WEEK)

    def case_study(self, index: Page, entry: dict, published_at: datetime) -> None:
        entry = dict(entry)
        did = [
            CaseStudyOffer(offer=OfferPage.objects.get(slug=slug), featured=featured, sort_order=i)
            for i, (slug, featured) in enumerate(entry.pop("offers"))
        ]
        year_month, source_on = entry.pop("started"), entry.pop("source_on")
        self.page(
            index,
            CaseStudyPage,
            once={
                "review_on": self.today + REVIEW_AFTER,
                "first_published_at": published_at,
            },
            related={
                "partners": list(Partner.objects.filter(slug__in=entry.pop("partners")).in_order()),
                "did": did,
            },
            tags=entry.pop("tags"),
            **{
                **entry,
                "sector": Sector.objects.get(name=entry["sector"]),
                "image": self.picture(entry["image"]),
                "started_on": date(*year_month, 1) if year_month else None,
                "source_on": date.fromisoformat(source_on) if source_on else None,
                "results": [("result", result) for result in entry["results"]],
                "quotes": [("quote", quote) for quote in entry["quotes"]],
            },
        )

    def feature(self, home: HomePage) -> None:
        study = CaseStudyPage.objects.get(slug=pages.HOME["featured_case_study"])
        self.page(home.get_parent(), HomePage, home.slug, featured_case_study=study)

    def promotions(self) -> None:
        for words, slug, description in pages.PROMOTIONS:
            query = self.row(Query, {"query_string": words}, {})
            offer = OfferPage.objects.get(slug=slug)
            key = {"query": query, "page_id": offer.pk}
            self.row(SearchPromotion, key, {"description": description})

    def picture(self, name: str) -> SiteImage | None:
        """The drawing of that name, with the sizes that pages show made beforehand."""
        if not name:
            return None
        title = f"Drawing: {name.replace('-', ' ')}"
        image = SiteImage.objects.filter(title=title).first()
        if image is None:
            path = PICTURES / f"{name}.png"
            with path.open("rb") as file:
                image = SiteImage.objects.create(
                    title=title,
                    file=ImageFile(file, name=path.name),
                    credit="Drawn for Islington Aspires",
                    licence="Open Government Licence v3.0",
                )
            image.get_renditions(*CARD_PICTURES, *PAGE_PICTURES)
            self.changes += 1
        return image

    # -- adding or mending one thing ------------------------------------------------------

    def row(self, model: type[Model], key: dict, fields: dict, once: dict | None = None) -> Model:
        """
        One row known by `key`: added, or mended where `fields` differ.

        `once` is set when the row is added and not compared afterwards. Things with drafts are
        published through a revision.
        """
        row = model.objects.filter(**key).first()
        if row is None:
            row = model(**key, **fields, **(once or {}))
        elif all(getattr(row, name) == value for name, value in fields.items()):
            return row
        else:
            for name, value in fields.items():
                setattr(row, name, value)
        row.save()
        if hasattr(row, "save_revision"):
            row.save_revision().publish()
        self.changes += 1
        return row

    def page(
        self,
        parent: Page,
        model: type[Page],
        slug: str,
        *,
        once: dict | None = None,
        related: dict[str, list] | None = None,
        tags: list[str] | None = None,
        **fields: object,
    ) -> Page:
        """
        One page known by its parent and slug: added, or mended where something differs.

        `once` is set when the page is added and not compared afterwards; `related` are lists of
        rows. Everything is published through a revision.
        """
        page = model.objects.child_of(parent).filter(slug=slug).first()
        new = page is None
        if new:
            page = model(slug=slug, live=False, **(once or {}))
        changed = [name for name, value in fields.items() if self.set_field(page, name, value)]
        if new:
            parent.add_child(instance=page)
        changed += [name for name, rows in (related or {}).items() if set_related(page, name, rows)]
        if tags is not None and sorted(tags) != sorted(page.tags.names()):
            page.tags.set(tags)
            changed.append("tags")
        if new or changed:
            self.publish(page)
            self.changes += 1
            page = model.objects.get(pk=page.pk)  # publishing leaves this instance behind
        return page

    def publish(self, page: Page) -> None:
        """Written by one editor and published by another, as a case study needs it."""
        author, reviewer = (User.objects.get(email=email) for email in (AUTHOR, REVIEWER))
        page.save_revision(user=author).publish(user=reviewer, skip_permission_checks=True)

    def set_field(self, page: Page, name: str, value: object) -> bool:
        """Set one field; True if that changed it."""
        field = page._meta.get_field(name)
        if isinstance(field, StreamField):
            value = stream_value(field, f"{page.slug}.{name}", value)
            same = field.get_prep_value(getattr(page, name)) == field.get_prep_value(value)
        else:
            same = getattr(page, name, None) == value
        if not same:
            setattr(page, name, value)
        return not same


def stream_value(field: StreamField, place: str, blocks: Iterable[tuple[str, object]]):
    """A stream whose blocks have the same ids in every run, so that two runs can be compared."""
    return field.to_python(
        [
            {
                "type": kind,
                "value": value,
                "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{place}.{i}")),
            }
            for i, (kind, value) in enumerate(blocks)
        ]
    )


def set_related(page: Page, name: str, rows: list[Model]) -> bool:
    """Set a list of related rows; True if that changed it."""
    manager = getattr(page, name)
    if rows and isinstance(rows[0], CaseStudyOffer):
        now = [(row.offer_id, row.featured) for row in manager.all()]
        same = now == [(row.offer_id, row.featured) for row in rows]
    else:
        same = {row.pk for row in manager.all()} == {row.pk for row in rows}
    if not same:
        manager.set(rows)
    return not same


def load(now: datetime) -> int:
    """Load the demonstration content; returns how many things were added or changed."""
    return Loader(now).run()
