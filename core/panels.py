from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm


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
    """How every page is edited."""


class ModelForm(OwnWords, WagtailAdminModelForm):
    """How everything else is edited."""
