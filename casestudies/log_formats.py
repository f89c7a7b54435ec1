"""How Wagtail's history tells what was agreed and changed."""

from wagtail.log_actions import LogFormatter
from wagtail.models import BaseLogEntry


class Answered(LogFormatter):
    label = "Answer of the employer"

    def format_message(self, log_entry: BaseLogEntry) -> str:
        return f"The employer answered: {log_entry.data.get('answer', '')}"


class Changed(LogFormatter):
    label = "Change a permission"

    def format_message(self, log_entry: BaseLogEntry) -> str:
        return f"Changed. {'; '.join(log_entry.data.get('changes', []))}"
