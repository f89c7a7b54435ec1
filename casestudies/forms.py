from core.panels import PageForm


class CaseStudyPageForm(PageForm):
    """How a case study is edited: a draft may name no offer yet."""

    def clean(self) -> dict:
        data = super().clean()
        if not self.is_deferred_validation and "did" in self.formsets:
            offers = [
                form.cleaned_data.get("offer")
                for form in self.formsets["did"].forms
                if form.is_valid() and not form.cleaned_data.get("DELETE")
            ]
            if not any(offers):
                self.add_error(None, "Select what they did")
        return data
