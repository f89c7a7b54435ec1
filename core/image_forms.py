from wagtail.images.forms import BaseImageForm

from .admin_forms import OwnWords


class ImageForm(OwnWords, BaseImageForm):
    """How a picture is uploaded and edited, alone or with others."""
