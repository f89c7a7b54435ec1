from wagtail import blocks


class ResultBlock(blocks.StructBlock):
    """One figure of what changed."""

    figure = blocks.CharBlock(max_length=8)
    label = blocks.CharBlock(max_length=60)
    period = blocks.CharBlock(max_length=40)
    period.field.error_messages["required"] = "Enter the period this figure covers"
    source = blocks.CharBlock(required=False, max_length=120)

    class Meta:
        icon = "order"
        description = "One figure of what changed, with what it counts and when"
        preview_template = "block_previews/result.html"
        preview_value = {
            "figure": "12",
            "label": "mentors, from the kitchen to finance",
            "period": "October 2023 to July 2024",
            "source": "Example figure",
        }


class QuoteBlock(blocks.StructBlock):
    """What somebody said."""

    text = blocks.TextBlock(max_length=280, rows=3, help_text="Without quotation marks.")
    person = blocks.CharBlock(max_length=80, help_text="A name, or what they do.")
    role = blocks.CharBlock(required=False, max_length=80)

    class Meta:
        icon = "openquote"
        description = "What somebody at the employer said, set large"
        preview_template = "block_previews/quote.html"
        preview_value = {
            "text": "We did not expect our own managers to get so much out of it.",
            "person": "Head of people",
            "role": "Runs hiring and training",
        }
