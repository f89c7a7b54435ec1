from datetime import timedelta

from django.apps import AppConfig
from django.db.models import QuerySet
from django.utils.timezone import localdate


def _notice_in_force() -> QuerySet:
    """The privacy notice that applies today."""
    from .models import PrivacyNotice

    return PrivacyNotice.objects.in_force(localdate())


class EnquiriesConfig(AppConfig):
    name = "enquiries"
    verbose_name = "Enquiries"

    def ready(self) -> None:
        from core import schedule
        from search import sources

        from . import tasks

        schedule.register("turn_to_backup", tasks.turn_to_backup, every=timedelta(minutes=1))

        sources.register(sources.PAGES, _notice_in_force)
        sources.register_place(
            title="Ask about getting involved",
            url_name="enquire",
            text="Contact us: enquire about anything here, and one person replies to your enquiry.",
        )
        sources.register_place(
            title="Contact us about this website",
            url_name="website_contact",
            text="Report a problem, make a complaint, send feedback, or ask for another format or "
            "about your personal data.",
        )
