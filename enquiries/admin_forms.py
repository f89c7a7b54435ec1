from datetime import date

from django.core.exceptions import ValidationError

from core.admin_forms import ModelForm
from core.working_days import today


class PrivacyNoticeForm(ModelForm):
    """How a privacy notice is edited: what is past is not rewritten."""

    def clean_in_force_from(self) -> date:
        day = self.cleaned_data["in_force_from"]
        if "in_force_from" in self.changed_data and day < today():
            raise ValidationError("Enter today or a later day: what applied before is history")
        return day
