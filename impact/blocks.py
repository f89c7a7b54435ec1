from wagtail.snippets.blocks import SnippetChooserBlock


def fact_block() -> SnippetChooserBlock:
    """
    An impact fact inside a stream; draw the stream with the tag `fresh_facts`.

    Not required: the place of a fact that was deleted later is empty, and an empty place keeps
    nobody from publishing the page.
    """
    return SnippetChooserBlock(
        "impact.ImpactFact",
        required=False,
        description="A figure from the impact facts, with its period and its source",
        preview_template="block_previews/fact.html",
    )
