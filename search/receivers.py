from wagtail.models import Page
from wagtail.search import index
from wagtail.signals import page_published


def index_published_page(sender: type[Page], instance: Page, **kwargs) -> None:
    """Index the page once more: when it was saved, its tags and sectors were not yet."""
    index.insert_or_update_object(instance)


page_published.connect(index_published_page, dispatch_uid="search.index_published_page")
