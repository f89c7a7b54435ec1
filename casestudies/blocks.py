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


class QuoteBlock(blocks.StructBlock):
    """What somebody said."""

    text = blocks.TextBlock(max_length=280, rows=3, help_text="Without quotation marks.")
    person = blocks.CharBlock(max_length=80, help_text="A name, or what they do.")
    role = blocks.CharBlock(required=False, max_length=80)

    class Meta:
        icon = "openquote"
