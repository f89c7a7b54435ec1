from django.core.exceptions import ValidationError
from wagtail import blocks


class BenefitBlock(blocks.StructBlock):
    """What an employer's business gets."""

    heading = blocks.CharBlock(max_length=40)
    text = blocks.CharBlock(max_length=160)
    source = blocks.CharBlock(
        required=False, max_length=120, help_text="Where a figure in the text comes from."
    )

    class Meta:
        icon = "tick"


class QuestionBlock(blocks.StructBlock):
    """A question employers ask, with its answer."""

    question = blocks.CharBlock(max_length=120)
    answer = blocks.RichTextBlock(features=["ul", "ol", "link"])

    class Meta:
        icon = "help"

    def clean(self, value):
        result = super().clean(value)
        if not result["question"].rstrip().endswith("?"):
            raise blocks.StructBlockValidationError(
                {"question": ValidationError("Questions must end with a question mark")}
            )
        return result
