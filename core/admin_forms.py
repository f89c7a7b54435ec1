from django import forms
from django.utils.timezone import localdate
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError

from .blocks import in_words

HOME_DEPTH = 2  # of the front page in the page tree

# First segments of addresses that belong to views: a page of that name could never be reached.
RESERVED_SLUGS = frozenset(
    [
        ".well-known",
        "accounts",
        "admin",
        "api",
        "contact",
        "documents",
        "enquire",
        "favicon.ico",
        "handover",
        "impact",
        "livez",
        "media",
        "partner",
        "partners",
        "preview",
        "privacy",
        "readyz",
        "robots.txt",
        "search",
        "sign-off",
        "sitemap.xml",
        "start",
        "static",
        "still-right",
        "story",
        "styleguide",
        "track",
        "what-suits-us",
    ]
)
ADDRESS_IS_TAKEN = "This address is used by another part of the site"

# In place of what Django says of text that does not look as it must.
WRONG_FORMAT = {
    forms.EmailField: "Enter an email address in the correct format, like name@example.com",
    forms.URLField: "Enter a full web address, like https://www.islington.gov.uk",
    forms.SlugField: "Use only letters, numbers, hyphens and underscores",
}


class OwnWords:
    """Shows editors the messages that the model gives with its fields, and else our own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if type(field) in WRONG_FORMAT:
                field.error_messages["invalid"] = WRONG_FORMAT[type(field)]
        for field in self._meta.model._meta.fields:
            messages = dict(getattr(field, "_error_messages", None) or {})
            if "blank" in messages:
                messages["required"] = messages.pop("blank")
            if field.name in self.fields:
                self.fields[field.name].error_messages |= messages


class PageForm(OwnWords, WagtailAdminPageForm):
    """How every page is edited. A draft may have gaps; what is published may not."""

    def clean(self) -> dict:
        data = super().clean()
        self._say_what_streams_refuse()
        at_the_top = self.parent_page is not None and self.parent_page.depth == HOME_DEPTH
        reserved = RESERVED_SLUGS if at_the_top else self.instance.reserved_slugs
        if data.get("slug") in reserved:
            self.add_error("slug", ADDRESS_IS_TAKEN)
        return data

    def _say_what_streams_refuse(self) -> None:
        """In the list of errors at the top they would all say ‘Validation error in StreamBlock’."""
        for errors in self.errors.values():
            for error in errors.as_data():
                if isinstance(error, StreamBlockValidationError):
                    error.message = in_words(error)

    def _post_clean(self) -> None:
        """Once the page holds what was typed, ask it what keeps it from being published."""
        super()._post_clean()
        if not self.is_deferred_validation:
            for field, words in self.instance.publish_problems(today=localdate()).items():
                if field not in self.errors:
                    self.add_error(field if field in self.fields else None, words)


class ModelForm(OwnWords, WagtailAdminModelForm):
    """How everything else is edited."""
