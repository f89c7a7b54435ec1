from datetime import timedelta

from django.apps import AppConfig
from django.db.models import QuerySet

from core.working_days import today


def _notice_in_force() -> QuerySet:
    """The privacy notice that applies today."""
    from .models import PrivacyNotice

    return PrivacyNotice.objects.in_force(today())


class EnquiriesConfig(AppConfig):
    name = "enquiries"
    verbose_name = "Enquiries"

    def ready(self) -> None:
        from search import sources

        from . import receivers  # noqa: F401 - receivers register themselves

        self._register_personal_data()
        self._register_tasks()
        self._register_forms()
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

    def _register_personal_data(self) -> None:
        from core import personal_data

        from . import personal_data as ours

        personal_data.register(
            "enquiries",
            find=ours.find_enquiries,
            export=ours.export_enquiry,
            erase=ours.erase_enquiry,
        )
        personal_data.register(
            "addresses entered",
            find=ours.find_addresses,
            export=ours.export_address,
            erase=ours.erase_address,
        )
        personal_data.register(
            "website messages",
            find=ours.find_website_messages,
            export=ours.export_website_message,
            erase=ours.erase_website_message,
        )

    def _register_forms(self) -> None:
        from core import posted

        from .forms import EnquiryForm, WebsiteMessageForm
        from .handover_forms import POSTED as of_handovers
        from .track_forms import POSTED

        more = ["stamp", "website"]
        posted.register(
            {
                "enquire": [*EnquiryForm.base_fields, *more],
                "enquire_check": ["key", "shown"],
                "website_contact": [*WebsiteMessageForm.base_fields, *more],
                **POSTED,
                **{
                    f"{door}{name}": fields
                    for door in ("handover", "partner_interest")
                    for name, fields in of_handovers.items()
                },
            }
        )

    def _register_tasks(self) -> None:
        from core import figures, schedule

        from . import tasks

        schedule.register("retention", tasks.remove_personal_details, every=timedelta(hours=1))
        schedule.register("turn_to_backup", tasks.turn_to_backup, every=timedelta(minutes=1))
        schedule.register("handovers", tasks.watch_handovers, every=timedelta(minutes=5))
        schedule.register("desk_reminders", tasks.remind_the_desk, every=timedelta(minutes=15))
        figures.register(tasks.retention_figures)
