from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import WorkflowState
from wagtail.signals import published, workflow_approved, workflow_rejected

from partners.models import Membership

from . import services
from .models import OfferLink


@receiver(published, sender=OfferLink, dispatch_uid="offers.link_published")
def count_as_confirmed(instance: OfferLink, **kwargs: object) -> None:
    """A link was published: somebody has looked at it."""
    services.was_confirmed(instance, timezone.now())


@receiver(workflow_approved, sender=WorkflowState, dispatch_uid="offers.link_approved")
def tell_of_approval(instance: WorkflowState, **kwargs: object) -> None:
    """A link, or a change of one, was approved."""
    if isinstance(instance.content_object, OfferLink):
        services.tell_about_link(state=instance, is_approved=True)


@receiver(workflow_rejected, sender=WorkflowState, dispatch_uid="offers.link_returned")
def tell_of_return(instance: WorkflowState, **kwargs: object) -> None:
    """A link, or a change of one, was returned."""
    if isinstance(instance.content_object, OfferLink):
        services.tell_about_link(state=instance, is_approved=False)


@receiver(post_delete, sender=Membership, dispatch_uid="offers.member_left")
def end_their_links(instance: Membership, **kwargs: object) -> None:
    """A member left, who may have been mailed the link to confirm what the partner offers."""
    services.end_links(instance.partner)
