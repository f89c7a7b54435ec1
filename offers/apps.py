from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "offers"
    verbose_name = "Offers"

    def ready(self) -> None:
        from datetime import timedelta

        from core import posted, schedule
        from search import sources

        from . import receivers, tasks  # noqa: F401 - receivers register themselves
        from .member_forms import POSTED
        from .models import OfferPage

        posted.register(POSTED)
        schedule.register("fresh_links", tasks.keep_links_fresh, every=timedelta(hours=1))

        kind = sources.Kind(
            order=1, key="offers", label="Way to get involved", plural="Ways to get involved"
        )
        sources.register(kind, OfferPage.objects.published)
        sources.register_place(
            title="What suits us?",
            url_name="finder",
            text="Answer 4 short questions and see which ways to get involved fit you.",
        )
