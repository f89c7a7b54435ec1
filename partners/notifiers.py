"""
Wagtail's own mails about a decision lead into the CMS: only those who may enter it get them.

Members are told by `services.tell_approved` and `tell_returned`, which lead to the partner area.
"""

from wagtail.admin.mail import (
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
)
from wagtail.models import WorkflowState
from wagtail.signals import workflow_approved, workflow_rejected

from accounts.models import User

from .services import ENTER_CMS


def _who_may_enter(users: set[User]) -> set[User]:
    return {user for user in users if user.has_perm(ENTER_CMS)}


class ApprovalNotifier(WorkflowStateApprovalEmailNotifier):
    def get_recipient_users(self, workflow_state: WorkflowState, **kwargs: object) -> set[User]:
        return _who_may_enter(super().get_recipient_users(workflow_state, **kwargs))


class RejectionNotifier(WorkflowStateRejectionEmailNotifier):
    def get_recipient_users(self, workflow_state: WorkflowState, **kwargs: object) -> set[User]:
        return _who_may_enter(super().get_recipient_users(workflow_state, **kwargs))


_approval, _rejection = ApprovalNotifier(), RejectionNotifier()  # signals hold them weakly
_IN_PLACE_OF = [  # by the names under which Wagtail connects its own
    (workflow_approved, _approval, "workflow_state_approved_email_notification"),
    (workflow_rejected, _rejection, "workflow_state_rejected_email_notification"),
]


def connect_notifiers() -> None:
    """Put ours in the place of Wagtail's, whether those are connected already or come later."""
    for signal, notifier, name in _IN_PLACE_OF:
        signal.disconnect(sender=WorkflowState, dispatch_uid=name)
        signal.connect(notifier, sender=WorkflowState, dispatch_uid=name)
