"""What the council enters about members in the CMS."""

from django import forms

from core.forms import EmailField, OnceField, Question

from .models import Partner


class InviteForm(forms.Form):
    """Whom to invite for which partner."""

    bound_field_class = Question

    once = OnceField()
    partner = forms.ModelChoiceField(
        Partner.objects.filter(is_active=True).in_order(),
        error_messages={
            "required": "Select a partner",
            "invalid_choice": "Select a partner from the list",
        },
    )
    email = EmailField(
        name="Email address",
        label="Email address",
        help_text="An invitation is sent there. Only whoever reads it can accept.",
        error_messages={"required": "Enter an email address"},
    )
    is_lead = forms.BooleanField(
        label="Lead",
        required=False,
        help_text="Can invite and remove members of the partner. Each needs one at least.",
    )
