from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.utils import timezone

from core.models import SiteImage

from . import services
from .models import CaseStudyPage, Permission


@receiver(pre_save, sender=SiteImage, dispatch_uid="casestudies.picture_changes")
def see_what_file_there_was(instance: SiteImage, **kwargs: object) -> None:
    """Permission was given for the picture, not for whatever stands in its place later."""
    before = SiteImage.objects.filter(pk=instance.pk).values_list("file", flat=True).first()
    instance.had_another_file = before is not None and before != instance.file.name


@receiver(post_save, sender=SiteImage, dispatch_uid="casestudies.picture_changed")
def end_permission_for_another_picture(instance: SiteImage, **kwargs: object) -> None:
    """Pages that show it leave the site until somebody agrees to the new one."""
    if not getattr(instance, "had_another_file", False):
        return
    for permission in Permission.objects.for_picture(instance).filter(withdrawn_on=None):
        services.withdraw_permission(
            permission=permission,
            why="Another picture was put in its place",
            by=None,
            now=timezone.now(),
        )


@receiver(pre_delete, sender=CaseStudyPage, dispatch_uid="casestudies.story_deleted")
def end_what_was_permitted_for_it(instance: CaseStudyPage, **kwargs: object) -> None:
    """However it is deleted: the rows stay, and would count for every other story."""
    services.end_with_story(page=instance, now=timezone.now())
