from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import slugify

from accounts.permissions import holders
from core.admin_forms import PageForm

ASKS_EMPLOYERS = "casestudies.add_signoff"  # the permission of those who look after case studies
WHAT_THEY_DID = "Select what they did"


class CaseStudyPageForm(PageForm):
    """How a case study is edited: a draft may name no offer yet."""

    def __init__(self, *args, **kwargs):
        """Those who may look after a story are its editors, and whoever does now."""
        super().__init__(*args, **kwargs)
        if owner := self.fields.get("story_owner"):
            editors = Q(pk__in=holders(ASKS_EMPLOYERS).values("pk"))
            owner.queryset = owner.queryset.filter(editors | Q(pk=self.instance.story_owner_id))

    def clean_tags(self) -> list[str]:
        """Each becomes a part of addresses, which needs letters or numbers."""
        tags = self.cleaned_data["tags"]
        if not all(slugify(tag, allow_unicode=True) for tag in tags):
            raise ValidationError("Use letters or numbers in each topic")
        return tags

    def clean(self) -> dict:
        data = super().clean()
        if not self.is_deferred_validation and "did" in self.formsets:
            offers = [
                form.cleaned_data.get("offer")
                for form in self.formsets["did"].forms
                if form.is_valid() and not form.cleaned_data.get("DELETE")
            ]
            if not any(offers):
                self.add_error(None, WHAT_THEY_DID)
        return data
