"""Publishing as people do it: one editor wrote it, another publishes it."""

from wagtail.models import DraftStateMixin, Revision

from accounts.models import User


def publish(thing: DraftStateMixin) -> Revision:
    """Save the thing as one editor's draft, and publish it as another."""
    author, reviewer = (
        User.objects.get(email=f"{name}@example.org") for name in ("editor", "editor2")
    )
    revision = thing.save_revision(user=author)
    revision.publish(user=reviewer)
    return revision
