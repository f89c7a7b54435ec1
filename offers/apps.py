from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "offers"
    verbose_name = "Offers"

    def ready(self) -> None:
        from core import posted
        from search import sources

        from . import receivers  # noqa: F401 - they register themselves
        from .member_forms import POSTED
        from .models import OfferPage

        posted.register(POSTED)

        kind = sources.Kind(
            order=1, key="offers", label="Way to get involved", plural="Ways to get involved"
        )
        sources.register(kind, OfferPage.objects.published)
        sources.register_place(
            title="What suits us?",
            url_name="finder",
            text="Answer 4 short questions and see which ways to get involved fit you.",
        )
