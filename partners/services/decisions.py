"""What members are told of the council's decision on what they proposed."""

from django.urls import reverse
from wagtail.models import WorkflowState

from accounts.models import User
from outbox.services import queue_mail

from ..models import Partner
from .proposals import ENTER_CMS, reason_of


def tell_approved(*, state: WorkflowState, partner: Partner, what: str, path: str) -> None:
    """Mail who proposed it that the public reads it now; those with the CMS are told by Wagtail."""
    context = {"partner": partner, "what": what, "path": path}
    _tell("proposal_approved", state.pk, state.requested_by, context)


def tell_returned(*, state: WorkflowState, partner: Partner, what: str, path: str) -> None:
    """Mail who proposed it what the reviewer wants changed."""
    context = {"partner": partner, "what": what, "path": path, "reason": reason_of(state)}
    _tell("proposal_returned", state.current_task_state_id, state.requested_by, context)


def tell_about_profile(*, state: WorkflowState, is_approved: bool) -> None:
    """The same for the profile of a partner."""
    tell = tell_approved if is_approved else tell_returned
    partner = state.content_object
    path = reverse("partner_profile", args=[partner.slug])
    tell(state=state, partner=partner, what="the profile", path=path)


def _tell(purpose: str, key: int, proposer: User | None, context: dict[str, object]) -> None:
    if proposer is None or not proposer.is_active or proposer.has_perm(ENTER_CMS):
        return
    queue_mail(
        purpose=purpose,
        dedupe_key=f"{purpose}:{key}",
        to=proposer.email,
        context=context,
    )
