from datetime import timedelta

from django.apps import AppConfig


class CaseStudiesConfig(AppConfig):
    name = "casestudies"
    verbose_name = "Case studies"

    def ready(self) -> None:
        from search import sources

        from . import receivers  # noqa: F401 - they register themselves
        from .models import CaseStudyPage

        kind = sources.Kind(order=2, key="case-studies", label="Case study", plural="Case studies")
        sources.register(kind, CaseStudyPage.objects.published)
        self._register_personal_data()
        self._register_forms()
        self._register_tasks()
        self._register_stories()

    def _register_personal_data(self) -> None:
        from core import personal_data

        from . import personal_data as ours

        personal_data.register(
            "sign-offs",
            find=ours.find_sign_offs,
            export=ours.export_sign_off,
            erase=ours.erase_sign_off,
        )
        personal_data.register(
            "permissions",
            find=ours.find_permissions,
            export=ours.export_permission,
            erase=ours.erase_permission,
        )

    def _register_forms(self) -> None:
        from core import posted

        from .sign_off_forms import POSTED

        posted.register(POSTED)

    def _register_tasks(self) -> None:
        from core import schedule

        from . import tasks

        schedule.register("agreed", tasks.keep_to_what_is_agreed, every=timedelta(hours=1))
        schedule.register("lapsing", tasks.warn, every=timedelta(hours=1))
        schedule.register("forget_agreed", tasks.forget_what_is_over, every=timedelta(hours=1))
        schedule.register("reviews", tasks.remind_of_reviews, every=timedelta(hours=6))
        schedule.register("held_back", tasks.tell_of_held_back, every=timedelta(minutes=5))
        schedule.register("forget_stories", tasks.forget_stories, every=timedelta(hours=1))

    def _register_stories(self) -> None:
        """The form for a story, and what it holds on people."""
        from core import personal_data, photos, posted, uploads

        from . import personal_data as ours
        from . import story_forms, story_views

        name = story_forms.URL_NAME
        fields = [field for field in story_forms.StoryForm.base_fields if field != "picture"]
        posted.register({name: fields})
        uploads.register(
            name,
            field=story_forms.PICTURE,
            at_most=photos.LARGEST_FILE,
            is_open=story_views.is_open,
        )
        personal_data.register(
            "stories",
            find=ours.find_stories,
            export=ours.export_story,
            erase=ours.erase_story,
        )
