"""What `check --deploy --database default` says before the site goes public."""

from django.apps import apps
from django.core.checks import Error, Tags, register


@register(Tags.database, deploy=True)
def demonstration_text_is_gone(databases: list[str] | None = None, **kwargs) -> list[Error]:
    """An error for every page, or setting, whose promises nobody has confirmed yet."""
    if not databases:
        return []
    return [
        Error(
            f"{model._meta.verbose_name.capitalize()} ‘{thing}’ is demonstration text, "
            "to be confirmed by the council",
            id="core.E001",
        )
        for model in apps.get_models()
        if any(field.name == "to_be_confirmed" for field in model._meta.fields)
        for thing in model._default_manager.filter(to_be_confirmed=True)
    ]
