from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from .log_formats import StageChanged
from .models import STAGE_CHANGED


@hooks.register("register_log_actions")
def name_what_is_switched(actions: LogActionRegistry) -> None:
    actions.register_action(STAGE_CHANGED)(StageChanged)
