from django.db import models
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from offers.models import OfferPage

from ..forms import WHAT_THEY_DID


class CaseStudyTag(TagBase):
    """A word that connects case studies; its own list, apart from pictures and documents."""

    free_tagging = True


class CaseStudyOfferQuerySet(models.QuerySet):
    def published(self):
        """Only offers the public may see."""
        return self.filter(offer__in=OfferPage.objects.published()).select_related("offer")

    def in_order(self):
        """As the editors sorted them."""
        return self.order_by("sort_order", "pk")


class CaseStudyOffer(Orderable):
    """An offer that the employer of a case study took up."""

    case_study = ParentalKey(
        "casestudies.CaseStudyPage", on_delete=models.CASCADE, related_name="did"
    )
    offer = models.ForeignKey(
        OfferPage,
        on_delete=models.CASCADE,
        related_name="+",
        error_messages={"blank": WHAT_THEY_DID, "null": WHAT_THEY_DID},
    )
    featured = models.BooleanField(default=False, help_text="Show it first on the offer’s page.")

    panels = [FieldPanel("offer"), FieldPanel("featured")]

    objects = CaseStudyOfferQuerySet.as_manager()


class TaggedCaseStudy(ItemBase):
    """A tag on a case study."""

    tag = models.ForeignKey(CaseStudyTag, on_delete=models.CASCADE, related_name="tagged")
    content_object = ParentalKey(
        "casestudies.CaseStudyPage", on_delete=models.CASCADE, related_name="tagged_items"
    )
