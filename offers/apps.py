from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "offers"
    verbose_name = "Offers"

    def ready(self) -> None:
        from search import sources

        from .models import OfferPage

        kind = sources.Kind(
            order=1, key="offers", label="Way to get involved", plural="Ways to get involved"
        )
        sources.register(kind, OfferPage.objects.published)
        sources.register_place(
            title="What suits us?",
            url_name="finder",
            text="Answer 4 short questions and see which ways to get involved fit you.",
        )
