from django.dispatch import receiver
from wagtail.models import WorkflowState
from wagtail.signals import workflow_approved, workflow_rejected

from . import services
from .models import Partner


@receiver(workflow_approved, sender=WorkflowState, dispatch_uid="partners.profile_approved")
def tell_of_approval(instance: WorkflowState, **kwargs: object) -> None:
    """A change of a profile was approved."""
    if isinstance(instance.content_object, Partner):
        services.tell_about_profile(state=instance, is_approved=True)


@receiver(workflow_rejected, sender=WorkflowState, dispatch_uid="partners.profile_returned")
def tell_of_return(instance: WorkflowState, **kwargs: object) -> None:
    """A change of a profile was returned."""
    if isinstance(instance.content_object, Partner):
        services.tell_about_profile(state=instance, is_approved=False)
