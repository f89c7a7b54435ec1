from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils import timezone

from core import image_forms

from .models import CaseStudyPage

IS_SHOWN = (
    "A case study that was published, or that an employer approved or has before them, shows this "
    "picture. Add the new one as another picture"
)


class ImageForm(image_forms.ImageForm):
    """How every picture is uploaded and edited: the one of a case study stays what people saw."""

    def clean_file(self) -> File:
        """Another file in its place would be public at once, and nobody would have looked at it."""
        is_replaced = self.instance.pk and "file" in self.changed_data
        if is_replaced and CaseStudyPage.objects.showing(self.instance, timezone.now()).exists():
            raise ValidationError(IS_SHOWN)
        return self.cleaned_data["file"]
