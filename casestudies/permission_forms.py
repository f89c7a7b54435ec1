"""What an editor enters in the register, and to ask an employer."""

import uuid

from django import forms
from django.core.exceptions import ValidationError

from core.admin_forms import ModelForm
from core.forms import EmailField, Question, TextField
from core.text import clean_text
from core.working_days import today

STAYS = "This was withdrawn: it stays as it is. Add another one"
IS_OVER = "This is over: it stays as it is. Add another one"
BY_THE_EMPLOYER = (
    "The employer gave this on a page of ours, so it stays as it is. Withdraw it, or add another"
)


class PermissionForm(ModelForm):
    """One row of the register; what somebody else gave, or what is over, is not rewritten."""

    def clean(self) -> dict:
        data = super().clean()
        for name, value in list(data.items()):
            if isinstance(value, str):
                data[name] = clean_text(value)
                if value and not data[name] and self.fields[name].required:
                    self.add_error(name, self.fields[name].error_messages["required"])
        if self.instance.withdrawn_on:
            raise ValidationError(STAYS)
        if self.instance.sign_off_id or self.instance.story_request_id:
            raise ValidationError(BY_THE_EMPLOYER)
        before = type(self.instance).objects.filter(pk=self.instance.pk).first()
        if before and before.until < today():
            raise ValidationError(IS_OVER)
        return data


class AskForm(forms.Form):
    """Whom to ask for approval. Its key makes it act once."""

    bound_field_class = Question
    use_required_attribute = False

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        required=False,
        error_messages={"invalid": "This form was not ours. Open it again"},
    )
    to = EmailField(
        name="Email address",
        label="Their email address",
        error_messages={"required": "Enter the employer’s email address"},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    contact = TextField(
        name="Name",
        limit=200,
        label="Their name",
        help_text="How the mail greets them.",
        error_messages={"required": "Enter the name of the person at the employer"},
    )
    note = TextField(
        name="Note",
        limit=1_000,
        multiline=True,
        label="What you want to tell them",
        required=False,
        help_text="Stands in the mail.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())

    def clean(self) -> dict:
        """With other words the same form is another: nothing that was typed is lost."""
        data = super().clean()
        typed = "\n".join(data.get(name, "") for name in ("to", "contact", "note"))
        data["key"] = uuid.uuid5(data.get("key") or uuid.uuid4(), typed)
        return data


class WithdrawForm(forms.Form):
    """Why somebody does not agree any more."""

    bound_field_class = Question
    use_required_attribute = False

    why = TextField(
        name="Reason",
        limit=300,
        label="Why",
        help_text="For example, who told you and when.",
        error_messages={"required": "Enter why it is withdrawn"},
    )
