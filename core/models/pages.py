from datetime import date
from http import HTTPMethod

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef
from django.http import Http404
from django.utils.timezone import localdate
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.search import index

from ..admin_forms import HOME_DEPTH, PageForm
from .publishing import PublishedWhole
from .settings import PreElectionPeriod

SCHEDULED = "wagtail.publish.scheduled"  # how Wagtail's command marks what it publishes


class PublicPageQuerySet(PageQuerySet):
    def public(self):
        """
        Pages that are not behind a view restriction, their own or that of a page above.

        The same pages as Wagtail's own method gives, without its query for the restrictions.
        """
        path = ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
        # With a join in place of "in", SQLite may read through all pages for each page.
        restricted = Page.objects.filter(pk__in=PageViewRestriction.objects.values("page"))
        above = restricted.alias(below=path).filter(below__startswith=F("path"))
        return self.filter(~Exists(above)).exclude(pk__in=_aliases_of_restricted(restricted))

    def published(self):
        """Live pages that need no sign-in, in any parent: the only door to public lists."""
        return self.live().public()


def _aliases_of_restricted(restricted: PageQuerySet) -> PageQuerySet:
    """Aliases whose original, or a page above it, was restricted after they were made."""
    original = ExpressionWrapper(OuterRef("alias_of__path"), output_field=models.CharField())
    above = restricted.alias(below=original).filter(below__startswith=F("path"))
    return Page.objects.filter(Exists(above), alias_of__isnull=False).values("pk")


class BasePage(PublishedWhole, Page):
    """What every page of the site has: no POST, a mark for drafts of promises, a card for lists."""

    to_be_confirmed = models.BooleanField(
        "demonstration text",
        default=False,
        help_text="Ticked: the page says ‘Demonstration text, to be confirmed by the council’, "
        "and a deployment check fails until it is unticked.",
    )

    base_form_class = PageForm
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    # A shared password would need a page, a form and a session of its own.
    private_page_options = ["login", "groups"]
    reserved_slugs: frozenset[str] = frozenset()  # what its address may not end with
    is_needed = False  # whether the site, or the law, cannot do without it
    sharing_kind = "website"  # a type of Open Graph
    above: list[Page] | None = None  # the pages above, home first, once routing has met them
    search_fields = [*Page.search_fields, index.SearchField("card_text")]

    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title", help_text="Shown by search engines. About 60 characters."),
                FieldPanel(
                    "search_description",
                    help_text="Shown by search engines under the title. About 155 characters.",
                ),
            ],
            "How it is found",
        ),
    ]
    settings_panels = [PublishingPanel(), FieldPanel("to_be_confirmed")]

    objects = PageManager.from_queryset(PublicPageQuerySet)()

    class Meta:
        abstract = True

    def route(self, request, path_components):
        if not path_components:
            return super().route(request, path_components)
        try:
            child = self.child_by_slug(path_components[0])
        except ObjectDoesNotExist:
            raise Http404 from None
        child.above = [*self.trail(), self]
        return child.route(request, path_components[1:])

    def child_by_slug(self, slug: str) -> Page:
        """
        The page right below with that slug, live or not, as its own type. One query.

        :raises ObjectDoesNotExist: if there is none.
        """
        links = {
            model: model._meta.get_ancestor_link(Page).remote_field.get_accessor_name()
            for model in self.allowed_subpage_models()
            if model is not Page
        }
        children = self.get_children()
        child = (children.select_related(*links.values()) if links else children).get(slug=slug)
        link = links.get(child.specific_class)
        return getattr(child, link) if link else child.specific

    def get_view_restrictions(self):
        """The same as Wagtail gives, without its query for the pages above."""
        if any(page.alias_of_id for page in [*self.trail(), self]):
            return super().get_view_restrictions()  # those of the page it mirrors hold too
        ends = range(self.steplen, len(self.path) + 1, self.steplen)
        return PageViewRestriction.objects.filter(page__path__in=[self.path[:end] for end in ends])

    @property
    def card_text(self) -> str:
        """What a list of different pages says under the title; the search begins its text so."""
        return self.search_description

    @property
    def description(self) -> str:
        """What search engines say under the title, and where it is shared: never empty."""
        return self.search_description or self.card_text or self.title

    def structured_data(self) -> list[dict]:
        """What the page is about, as things of schema.org. No query of its own."""
        return []

    def publish_problems(self, *, today: date) -> dict[str, str]:
        wrong = super().publish_problems(today=today)
        if self.is_needed and self.expire_at:
            wrong["expire_at"] = "The site needs this page: leave out when it expires"
        return wrong

    @property
    def features_a_councillor(self) -> bool:
        """Whether it needs care in the weeks before an election."""
        return False

    def publish(self, revision, user=None, changed=True, log_action=True, **kwargs):
        """
        Wagtail's own, but for what was scheduled: before an election a page that features a
        councillor stays scheduled. The worker asks again every minute, and so publishes it when
        the period is over.

        :raises NotWhole: if the page has gaps.
        """
        scheduled = log_action == SCHEDULED and revision.as_object().features_a_councillor
        if scheduled and PreElectionPeriod.objects.on(localdate()).exists():
            return
        super().publish(revision, user=user, changed=changed, log_action=log_action, **kwargs)

    def trail(self) -> list[Page]:
        """The pages above this one, home first: the breadcrumbs. No query if it was routed to."""
        if self.above is not None:
            return self.above
        return list(self.get_ancestors().filter(depth__gt=1)) if self.depth > HOME_DEPTH else []
