"""How Wagtail's history tells what was switched."""

from wagtail.log_actions import LogFormatter
from wagtail.models import BaseLogEntry


class StageChanged(LogFormatter):
    label = "Switch the Business Portal"

    def format_message(self, log_entry: BaseLogEntry) -> str:
        data = log_entry.data
        return f"Switched from ‘{data.get('from', '')}’ to ‘{data.get('to', '')}’"
