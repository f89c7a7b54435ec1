from django import forms
from django.db import models


class ChoiceListField(models.JSONField):
    """A list of choices kept in one column, edited as checkboxes; empty means no restriction."""

    def __init__(self, *args, options: type[models.TextChoices] | None = None, **kwargs):
        self.options = options
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=self.options.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=self.verbose_name.capitalize(),
            help_text=self.help_text,
        )
