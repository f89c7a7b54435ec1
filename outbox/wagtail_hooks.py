from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry

from .services import SENT_AGAIN
from .viewsets import MailboxViewSet, MessageViewSet


@hooks.register("register_admin_viewset")
def register_the_outbox() -> list[ModelViewSet]:
    return [MessageViewSet(), MailboxViewSet()]


@hooks.register("register_log_actions")
def register_sending_again(actions: LogActionRegistry) -> None:
    actions.register_action(SENT_AGAIN, "Try a message again", "Had the message tried again")
