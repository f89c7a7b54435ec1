from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from wagtail import blocks


def in_words(refused: ValidationError) -> str:
    """What a stream refuses, in a line: its own words, or where to look."""
    own = getattr(refused, "non_block_errors", [])
    return "; ".join(own) or "Something is missing or wrong in it"


class ThingsBlock(blocks.StreamBlock):
    """A stream that says what is missing in the page's own words; `things` is their plural."""

    def clean(self, value):
        least = self.meta.min_num
        if least and len(value) < least and not self.is_deferred_validation:
            words = f"Add at least {least} {self.meta.things}"
            raise blocks.StreamBlockValidationError(
                non_block_errors=ErrorList([ValidationError(words)])
            )
        return super().clean(value)

    class Meta:
        things = "items"
