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
        description = "What an employer’s business gets, in a few words and a sentence"
        preview_template = "block_previews/benefit.html"
        preview_value = {
            "heading": "Better managers",
            "text": "Mentoring is practice in listening, feedback and planning.",
        }


class QuestionBlock(blocks.StructBlock):
    """A question employers ask, with its answer."""

    question = blocks.CharBlock(max_length=120)
    answer = blocks.RichTextBlock(features=["ul", "ol", "link"])

    class Meta:
        icon = "help"
        description = "A question employers ask, with its answer behind it"
        preview_template = "block_previews/question.html"
        preview_value = {
            "question": "How many mentors do we need?",
            "answer": "<p>One is enough. Many employers start with 3 to 5 people.</p>",
        }

    def clean(self, value):
        result = super().clean(value)
        if not result["question"].rstrip().endswith("?"):
            raise blocks.StructBlockValidationError(
                {"question": ValidationError("Questions must end with a question mark")}
            )
        return result
