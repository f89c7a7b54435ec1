from django.db import migrations


def fill(apps, schema_editor):
    """
    Put what was given with a story to it: both were written with the same moment.

    Where the story was forgotten before, the name is to go as well.
    """
    StoryRequest = apps.get_model("casestudies", "StoryRequest")
    Permission = apps.get_model("casestudies", "Permission")
    for story in StoryRequest.objects.exclude(answered_at=None).order_by("pk").iterator():
        given = Permission.objects.filter(
            story_request=None, sign_off=None, added_by=None, created_at=story.answered_at
        )
        if story.anonymised_at:
            given.filter(erase_asked_at=None).update(erase_asked_at=story.anonymised_at)
        given.update(story_request=story.pk)


class Migration(migrations.Migration):
    dependencies = [("casestudies", "0004_permission_of_story")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
