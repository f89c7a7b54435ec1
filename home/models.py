from datetime import date

from django.db import models
from django.templatetags.static import static
from django.urls import reverse
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from casestudies.models import CaseStudyPage
from core import structured_data as schema
from core.blocks import ThingsBlock
from core.models import BasePage

from . import statement
from .cookies import cookies_of_the_site
from .forms import SecurityContactForm

TEXT = ["h2", "h3", "ul", "ol", "link", "bold"]  # what rich text on these pages may hold


class StepBlock(blocks.StructBlock):
    """One step of how it works."""

    heading = blocks.CharBlock(max_length=60)
    text = blocks.CharBlock(max_length=160)

    class Meta:
        icon = "list-ol"
        description = "A short heading with one or two sentences"
        preview_template = "block_previews/step.html"
        preview_value = {
            "heading": "Tell us about your business",
            "text": "Send a short form or call us. It takes about 5 minutes.",
        }


class HomePage(BasePage):
    """The front page: what to do, what it achieved, who did it, whom to ask."""

    hero_lede = models.CharField("opening text", max_length=200)
    offers_title = models.CharField(max_length=80)
    offers_intro = models.CharField(max_length=200, blank=True)
    impact_title = models.CharField(max_length=80)
    steps_title = models.CharField(max_length=80)
    steps = StreamField(ThingsBlock([("step", StepBlock())], things="steps"), min_num=2, max_num=4)
    stories_title = models.CharField("case studies title", max_length=80)
    featured_case_study = models.ForeignKey(
        CaseStudyPage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Its first quote and figure are shown large.",
    )
    partners_title = models.CharField(max_length=80)
    partners_intro = models.CharField(max_length=200, blank=True)
    contact_title = models.CharField(max_length=80)
    contact_lede = models.CharField(max_length=200, blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("hero_lede"),
        MultiFieldPanel([FieldPanel("offers_title"), FieldPanel("offers_intro")], "Offers"),
        FieldPanel("impact_title"),
        MultiFieldPanel([FieldPanel("steps_title"), FieldPanel("steps")], "How it works"),
        MultiFieldPanel(
            [FieldPanel("stories_title"), FieldPanel("featured_case_study")], "Case studies"
        ),
        MultiFieldPanel([FieldPanel("partners_title"), FieldPanel("partners_intro")], "Partners"),
        MultiFieldPanel([FieldPanel("contact_title"), FieldPanel("contact_lede")], "Contact"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("hero_lede")]
    is_needed = True
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    @property
    def card_text(self) -> str:
        return self.search_description or self.hero_lede

    def structured_data(self) -> list[dict]:
        """The partnership and its website, with its search."""
        search = schema.full(reverse("search"))
        council = {
            "@type": "GovernmentOrganization",
            "name": "Islington Council",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Town Hall, Upper Street",
                "addressLocality": "London",
                "postalCode": "N1 2UD",
                "addressCountry": "GB",
            },
        }
        return [
            {
                **schema.publisher(),
                "logo": schema.full(static("img/touch.png")),
                "image": schema.picture(),
                "description": self.description,
                "areaServed": schema.ISLINGTON,
                "parentOrganization": council,
            },
            {
                "@type": "WebSite",
                "name": schema.NAME,
                "url": schema.full("/"),
                "inLanguage": "en-GB",
                "publisher": {"@id": schema.publisher()["@id"]},
                "potentialAction": {
                    "@type": "SearchAction",
                    "target": {
                        "@type": "EntryPoint",
                        "urlTemplate": f"{search}?q={{search_term_string}}",
                    },
                    "query-input": "required name=search_term_string",
                },
            },
        ]


class TextPage(BasePage):
    """Text under a heading."""

    lede = models.CharField(max_length=200, blank=True)
    body = RichTextField(features=TEXT, error_messages={"blank": "Enter the text of the page"})

    content_panels = [*BasePage.content_panels, FieldPanel("lede"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("lede"), index.SearchField("body")]
    parent_page_types = ["home.HomePage"]
    subpage_types = []

    class Meta:
        abstract = True

    @property
    def card_text(self) -> str:
        return self.search_description or self.lede


class PlainPage(TextPage):
    """About the site, and what the law asks to say."""


class CookiesPage(TextPage):
    """Which cookies there are: the list comes from the settings, the words around it from here."""

    is_needed = True

    after = RichTextField("text below the list", blank=True, features=TEXT)

    content_panels = [*TextPage.content_panels, FieldPanel("after")]
    search_fields = [*TextPage.search_fields, index.SearchField("after")]
    max_count = 1

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["cookies"] = cookies_of_the_site()
        return context


class AccessibilityStatementPage(TextPage):
    """The statement that the accessibility regulations ask for, with the dates of its reviews."""

    is_needed = True

    prepared_on = models.DateField(
        null=True,  # while it is a draft
        error_messages={"blank": "Enter when the statement was prepared"},
    )
    reviewed_on = models.DateField(
        "last reviewed on",
        null=True,
        error_messages={"blank": "Enter when somebody last checked the statement"},
        help_text="At least once every 12 months. After that a deployment check fails.",
    )
    preparation = RichTextField(
        "how it was prepared",
        features=TEXT,
        error_messages={"blank": "Enter how the website was tested"},
        help_text="Printed below the dates, at the end.",
    )

    content_panels = [
        *TextPage.content_panels,
        FieldRowPanel([FieldPanel("prepared_on"), FieldPanel("reviewed_on")]),
        FieldPanel("preparation"),
    ]
    search_fields = [*TextPage.search_fields, index.SearchField("preparation")]
    max_count = 1

    def publish_problems(self, *, today: date) -> dict[str, str]:
        wrong = super().publish_problems(today=today)
        if not self.title.startswith(statement.TITLE):
            wrong["title"] = f"Title must begin with ‘{statement.TITLE}’: the law sets it"
        if missing := statement.missing(self.body):
            wrong["body"] = f"Add what the law asks for: {'; '.join(missing)}"
        if self.reviewed_on and self.reviewed_on > today:
            wrong["reviewed_on"] = "Date of the last review must be today or in the past"
        elif self.reviewed_on and self.prepared_on and self.reviewed_on < self.prepared_on:
            wrong["reviewed_on"] = "Date of the last review must not be before it was prepared"
        return wrong


@register_setting(icon="lock")
class SecurityContact(BaseSiteSetting):
    """Whom people tell about a security problem: `/.well-known/security.txt` is made of it."""

    contact = models.EmailField(blank=True, help_text="Read on every working day.")
    expires_on = models.DateField(
        "holds until",
        null=True,
        blank=True,
        help_text="Within a year. Before this day somebody checks that the address is still read.",
    )

    base_form_class = SecurityContactForm
    panels = [FieldPanel("contact"), FieldPanel("expires_on")]

    class Meta:
        verbose_name = "security contact"

    def __str__(self) -> str:
        return self.contact
