"""Public forms: one look, one behaviour."""

import re
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import BaseValidator, EmailValidator
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList

from .text import clean_text, on_the_wire


class Renderer(TemplatesSetting):
    """One question as the public site draws it."""

    field_template_name = "forms/field.html"


class Errors(ErrorList):
    template_name = "forms/errors.html"


class Question(forms.BoundField):
    """A field whose hint and error have ids that its control points to."""

    @property
    def is_optional(self) -> bool:
        """Whether it may be left out whatever else is answered."""
        sometimes_needed = getattr(self.form, "sometimes_needed", ())
        return not (self.field.required or self.name in sometimes_needed)

    @property
    def hint_id(self) -> str:
        return f"{self.auto_id}-hint"

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}-error"

    @property
    def count_id(self) -> str:
        return f"{self.auto_id}-count"

    @property
    def aria_describedby(self) -> str | None:
        """Ids of hint, error and character count, in the order they are read."""
        ids = [self.hint_id] if self.help_text else []
        ids += [self.error_id] if self.errors else []
        ids += [self.count_id] if "data-max" in self.field.widget.attrs else []
        return " ".join(ids) or None


class PlainForm(forms.Form):
    """
    A public form: no browser validation, messages in plain words, every answer kept.

    Ids are the field names, so that a link in the error summary and a person's bookmark agree.
    """

    default_renderer = Renderer
    use_required_attribute = False
    bound_field_class = Question
    sometimes_needed: tuple[str, ...] = ()  # depending on other answers: their hints say when

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="%s", error_class=Errors, label_suffix="", **kwargs)

    @property
    def summary(self) -> list[dict[str, str]]:
        """One line for each error, in the order of the page: `{"field": id, "message": words}`."""
        return [
            {"field": self[name].auto_id, "message": message}
            for name in self.fields
            for message in self.errors.get(name, [])
        ]


class Longest(BaseValidator):
    """At most so many characters; unlike `max_length` it does not cut off what people type."""

    code = "max_length"

    def compare(self, length: int, limit: int) -> bool:
        return length > limit

    def clean(self, value: str) -> int:
        return len(value)


class TextField(forms.CharField):
    """Text through `clean_text`, with a limit that is told and not enforced by the browser."""

    def __init__(self, *, name: str, limit: int, multiline: bool = False, **kwargs):
        self.multiline = multiline
        if multiline:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 6, "data-max": limit}))
        super().__init__(strip=False, **kwargs)
        self.limit = limit
        self.validators = [Longest(limit, f"{name} must be {limit:,} characters or less")]

    def to_python(self, value: object) -> str:
        return clean_text(str(value or ""), multiline=self.multiline)

    def run_validators(self, value: str) -> None:
        """Stop at the first that fails: one field has one message."""
        if value not in self.empty_values:
            for validator in self.validators:
                validator(value)


class OnceField(forms.Field):
    """The key of a form, which makes it act once; a new one if it is not ours."""

    widget = forms.HiddenInput

    def __init__(self):
        super().__init__(required=False, initial=uuid.uuid4)

    def to_python(self, value: object) -> uuid.UUID:
        try:
            return uuid.UUID(hex=str(value))
        except ValueError:
            return uuid.uuid4()


class MailableAddress:
    """
    Refuses what the standards allow and mail programs read differently.

    Quoted and encoded names, which can spell one mailbox in many ways, and domains that have no
    form on the wire: a mail to them would fail for days.
    """

    _NAME = re.compile(r"(?!.*=\?)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+")
    _DOMAIN = re.compile(r"[a-z0-9.-]+")  # on the wire

    def __init__(self, message: str):
        self.message = message

    def __call__(self, value: str) -> None:
        try:
            domain = on_the_wire(value).partition("@")[2]  # some letters become a further "@"
        except UnicodeError:
            raise ValidationError(self.message) from None
        name = value.rpartition("@")[0]  # as typed: small letters of some are those of others
        if not self._NAME.fullmatch(name) or not self._DOMAIN.fullmatch(domain):
            raise ValidationError(self.message)


class EmailField(TextField):
    """One e-mail address with a dot in its domain, kept as typed."""

    widget = forms.EmailInput

    def __init__(self, **kwargs):
        super().__init__(limit=254, **kwargs)
        wrong = "Enter an email address in the correct format, like name@example.com"
        self.validators += [EmailValidator(wrong, allowlist=[]), MailableAddress(wrong)]


class Checkboxes(forms.CheckboxSelectMultiple):
    """Checkboxes whose first one carries the field's own id."""

    template_name = "forms/choices.html"
    option_template_name = "django/forms/widgets/checkbox_option.html"

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}-{index}" if id_ and index and index != "0" else id_


class Radios(forms.RadioSelect):
    """Radio buttons whose first one carries the field's own id."""

    template_name = "forms/choices.html"

    id_for_label = Checkboxes.id_for_label
