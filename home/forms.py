from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from core.admin_forms import ModelForm

LONGEST = timedelta(days=364)  # RFC 9116, section 2.5.5: less than a year is recommended


class SecurityContactForm(ModelForm):
    """How the security contact is edited: with a day by which somebody looks again."""

    def clean_expires_on(self) -> date | None:
        day = self.cleaned_data["expires_on"]
        today = localdate()
        if day and not today < day <= today + LONGEST:
            raise ValidationError("Enter a day from tomorrow on, within 364 days")
        return day

    def clean(self) -> dict:
        data = super().clean()
        if data.get("contact") and not data.get("expires_on") and not self.errors:
            self.add_error("expires_on", "Enter until when the address holds")
        return data
