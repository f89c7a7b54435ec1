"""Pictures from people without an account: what is kept is drawn anew, so nothing hides in it."""

from io import BytesIO

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
ENDINGS = ".jpg,.jpeg,.png,.webp"
LARGEST_FILE = 10_000_000  # bytes: more than phones make
WIDEST = 2_400  # pixels: pages show at most 1,600
QUALITY = 90  # of 100: it is packed once more for each page


class NotAPicture(ValueError):
    """The file cannot be read as a picture of a kind that we take."""


class TooManyPixels(ValueError):
    """The picture would unfold to more than the site bears."""


def redrawn(file: File) -> ContentFile:
    """
    The picture alone, as a new file: a JPEG, or a PNG if it lets something shine through.

    Whatever else stood in the file is gone: where and with what it was taken, comments, scripts.
    Turned as the camera held it, at most 2,400 pixels wide or high.

    :raises NotAPicture: if its content is no JPEG, PNG or WebP picture, whatever its name.
    :raises TooManyPixels: if it has more pixels than `WAGTAILIMAGES_MAX_IMAGE_PIXELS`.
    """
    try:
        with Image.open(file, formats=FORMATS) as picture:
            if picture.width * picture.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
                raise TooManyPixels
            picture.draft("RGB", (WIDEST, WIDEST))  # a JPEG is read smaller at once
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((WIDEST, WIDEST))
            return _packed(upright)
    except (Image.DecompressionBombError, TooManyPixels):
        raise TooManyPixels from None
    except Exception:  # noqa: BLE001 - broken files make the library fail in many ways
        raise NotAPicture from None


def _packed(picture: Image.Image) -> ContentFile:
    """Its pixels in a new picture, which has nothing else."""
    shines_through = picture.has_transparency_data
    mode = "RGBA" if shines_through else "RGB"
    pixels = picture.convert(mode)
    alone = Image.new(mode, pixels.size)
    alone.paste(pixels)
    kept = BytesIO()
    if shines_through:
        alone.save(kept, "PNG", optimize=True)
    else:
        alone.save(kept, "JPEG", quality=QUALITY)
    return ContentFile(kept.getvalue(), name=f"picture.{'png' if shines_through else 'jpg'}")


class PhotoField(forms.FileField):
    """A picture as `redrawn` leaves it, or None."""

    widget = forms.FileInput

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ENDINGS}))
        super().__init__(**kwargs)
        self.error_messages |= {
            "empty": "The picture is empty. Choose another file",
            "invalid": "Choose a picture",
            "contradiction": "Choose a picture, or none",
            "max_length": "The name of the file is too long. Give it a shorter one",
        }

    def clean(self, data: object, initial: object = None) -> ContentFile | None:
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > LARGEST_FILE:
            raise ValidationError(TOO_LARGE)
        try:
            return redrawn(file)
        except NotAPicture:
            raise ValidationError("The picture must be a JPEG, PNG or WebP file") from None
        except TooManyPixels:
            most = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000
            raise ValidationError(
                f"The picture must have {most} million pixels or fewer. Make it smaller"
            ) from None


TOO_LARGE = f"The picture must be smaller than {LARGEST_FILE // 1_000_000} MB"
