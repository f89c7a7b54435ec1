"""What is agreed to goes live, and nothing else; what that means is in `casestudies.publishing`."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models, transaction
from django.utils import timezone

from core.models import NotWhole


class AgreedTo(models.Model):
    """For pages that people must agree to, before the base page: only publishing shows them."""

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        """
        Save the page: a new one, a copy too, as a draft.

        :raises NotWhole: if it would go live with what not everybody agreed to.
        """
        if self.alias_of_id is None and self.live:
            if self._state.adding:
                self.live, self.has_unpublished_changes = False, True
            elif self._goes_live(update_fields):
                self._must_be_allowed()
        if not self.live:
            self.live_revision = None
        return super().save(*args, update_fields=update_fields, **kwargs)

    def save_revision(self, *args, overwrite_revision=None, **kwargs):
        """
        Wagtail's own, which the editing screen uses to save by itself into the version it saved
        before: but one that somebody relies on stays as it is, and a new one follows it.
        """
        with transaction.atomic():
            if overwrite_revision and self._must_stay(overwrite_revision):
                overwrite_revision = None  # the screen goes on with the new one: it gets its key
            return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def publish(self, revision, user=None, changed=True, log_action=True, **kwargs):
        """
        Wagtail's own, for what people agreed to.

        :raises NotWhole: if it has gaps, or not everybody agreed who must.
        """
        from .. import publishing  # it reads the models that need this one

        with transaction.atomic():
            publishing.allow(page=self, revision=revision, by=user, now=timezone.now())
            super().publish(revision, user=user, changed=changed, log_action=log_action, **kwargs)

    def _must_stay(self, revision: models.Model) -> bool:
        """Whether a version stays; one that is not the latest Wagtail refuses to write over."""
        from .. import publishing

        # The page first, as asking and publishing do it: neither comes in between.
        type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        return revision == self.get_latest_revision() and publishing.is_relied_on(revision)

    def _goes_live(self, update_fields: list[str] | None) -> bool:
        """Whether the public would see another version than now."""
        if update_fields is not None and not {"live", "live_revision"} & set(update_fields):
            return False
        now = type(self).objects.filter(pk=self.pk).values_list("live", "live_revision_id")
        return list(now) != [(True, self.live_revision_id)]

    def _must_be_allowed(self) -> None:
        from .. import publishing

        if self.live_revision is None:
            raise NotWhole(self, {NON_FIELD_ERRORS: publishing.NEEDS_ANOTHER})
        publishing.check(page=self, revision=self.live_revision, by=None, now=timezone.now())
