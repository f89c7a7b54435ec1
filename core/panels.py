from wagtail.admin.forms import WagtailAdminPageForm


class PageForm(WagtailAdminPageForm):
    """Shows editors the model's own words where a required field is empty."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own_words = {
            field.name: field.error_messages["blank"]
            for field in self._meta.model._meta.get_fields()
            if "blank" in (getattr(field, "_error_messages", None) or {})
        }
        for name, words in own_words.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = words
