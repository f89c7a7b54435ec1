from django.utils.timezone import localdate
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

HOME_DEPTH = 2  # of the front page in the page tree

# First segments of addresses that belong to views: a page of that name could never be reached.
RESERVED_SLUGS = frozenset(
    [
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


class OwnWords:
    """Shows editors the messages that the model gives with its fields."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
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
        at_the_top = self.parent_page is not None and self.parent_page.depth == HOME_DEPTH
        if at_the_top and data.get("slug") in RESERVED_SLUGS:
            self.add_error("slug", "This address is used by another part of the site")
        return data

    def _post_clean(self) -> None:
        """Once the page holds what was typed, ask it what keeps it from being published."""
        super()._post_clean()
        if not self.is_deferred_validation:
            for field, words in self.instance.publish_problems(today=localdate()).items():
                self.add_error(field, words)


class ModelForm(OwnWords, WagtailAdminModelForm):
    """How everything else is edited."""
