"""What is not whole is published in no way: it is asked where every way of publishing passes."""

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.timezone import localdate
from wagtail.fields import StreamField

from ..blocks import in_words


class NotWhole(Exception):
    """What was to be published lacks something: `problems` are words by field name."""

    def __init__(self, thing: models.Model, problems: dict[str, str]):
        self.thing = thing
        self.problems = problems
        super().__init__(f"‘{thing}’ was not published. {' '.join(self.lines())}")

    def lines(self) -> Iterator[str]:
        """Each problem as a sentence that names its field."""
        for name, words in self.problems.items():
            if name == NON_FIELD_ERRORS:
                yield f"{words}."
            else:
                label = self.thing._meta.get_field(name).verbose_name
                yield f"{capfirst(label)}: {words.rstrip('.')}."


class PublishedWhole(models.Model):
    """For models with drafts, before Wagtail's own classes: a draft may have gaps."""

    class Meta:
        abstract = True

    def publish_problems(self, *, today: date) -> dict[str, str]:
        """What keeps it from being published, beyond its fields: words by field name."""
        return {}

    def missing_rows(self) -> list[str]:
        """What it lacks of rows edited with it, in words; the form asks its own formsets."""
        return []

    def check_whole(self, *, today: date) -> None:
        """:raises NotWhole: if anything keeps it from being published."""
        problems = self.publish_problems(today=today)
        try:
            self.full_clean()
        except ValidationError as refused:
            problems |= {name: words[0] for name, words in refused.message_dict.items()}
        problems |= dict(self._streams_with_gaps())
        if missing := self.missing_rows():
            problems[NON_FIELD_ERRORS] = ". ".join(missing)
        if problems:
            raise NotWhole(self, problems)

    def _streams_with_gaps(self) -> Iterator[tuple[str, str]]:
        """Models do not look into their streams; forms do."""
        for field in self._meta.fields:
            if isinstance(field, StreamField):
                try:
                    field.stream_block.clean(getattr(self, field.name))
                except ValidationError as refused:
                    yield field.name, in_words(refused)

    def publish(self, revision, *args, **kwargs):
        """
        Wagtail's own, for what is whole.

        :raises NotWhole: if the revision is not; nothing is changed then.
        """
        revision.as_object().check_whole(today=localdate())
        return super().publish(revision, *args, **kwargs)
