from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


class SiteImage(AbstractImage):
    """A picture with what a council must be able to say: whose it is, and by what right."""

    credit = models.CharField(
        max_length=120,
        error_messages={"blank": "Enter who made the picture"},
        help_text="Who made it, as it should be printed.",
    )
    licence = models.CharField(
        max_length=120,
        error_messages={"blank": "Enter by what right we show the picture"},
        help_text="By what right we show it, for example a licence.",
    )

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit", "licence")

    @property
    def default_alt_text(self) -> str:
        """Empty unless described: a file name helps nobody who cannot see the picture."""
        return self.description


class Rendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_unique"
            ),
        ]
