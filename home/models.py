from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from casestudies.models import CaseStudyPage
from core.blocks import ThingsBlock
from core.models import BasePage


class StepBlock(blocks.StructBlock):
    """One step of how it works."""

    heading = blocks.CharBlock(max_length=60)
    text = blocks.CharBlock(max_length=160)

    class Meta:
        icon = "list-ol"


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
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    page_type_label = "Home"


class PlainPage(BasePage):
    """Text under a heading: about the site, and what the law asks to say."""

    lede = models.CharField(max_length=200, blank=True)
    body = RichTextField(
        features=["h2", "h3", "ul", "ol", "link", "bold"],
        error_messages={"blank": "Enter the text of the page"},
    )

    content_panels = [*BasePage.content_panels, FieldPanel("lede"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("lede"), index.SearchField("body")]
    parent_page_types = ["home.HomePage"]
    subpage_types = []
