from datetime import timedelta

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = "Partners"

    def ready(self) -> None:
        from core import posted
        from search import sources

        from . import member_forms, profile_forms, receivers  # noqa: F401 - they register themselves
        from .models import Partner
        from .notifiers import connect_notifiers

        connect_notifiers()
        self._register_personal_data()
        self._register_tasks()
        posted.register({**member_forms.POSTED, **profile_forms.POSTED})

        kind = sources.Kind(order=3, key="partners", label="Partner", plural="Partners")
        sources.register(kind, Partner.objects.published)
        sources.register_place(
            title="Partners",
            url_name="partners",
            text="The organisations that you can work with, and what each of them does.",
        )

    def _register_personal_data(self) -> None:
        from core import personal_data

        from . import personal_data as ours

        personal_data.register(
            "invitations",
            find=ours.find_invitations,
            export=ours.export_invitation,
            erase=ours.erase,
        )
        personal_data.register(
            "memberships",
            find=ours.find_memberships,
            export=ours.export_membership,
            erase=ours.erase,
        )

    def _register_tasks(self) -> None:
        from core import schedule

        from . import tasks

        schedule.register("forget_invitations", tasks.forget_invitations, every=timedelta(hours=12))
